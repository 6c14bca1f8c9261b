"""What was handed to archives, libraries and service halls so that people can read it there (article 25)."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class DepositBatch(models.Model):
    """One hand-over: to whom, what period of publication, who handed over, who received."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    recipient = models.CharField(max_length=120)
    first_on = models.DateField()
    last_on = models.DateField()
    item_count = models.PositiveIntegerField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    handed_over_by = models.CharField(max_length=60, blank=True)
    handed_over_on = models.DateField(null=True, blank=True)
    received_by = models.CharField(max_length=60, blank=True)
    received_on = models.DateField(null=True, blank=True)
    receipt_note = models.CharField(max_length=300, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["agency", "-made_at", "-id"], name="deposit_newest")]
        constraints = [models.UniqueConstraint(fields=["agency", "year", "number"], name="deposit_batch_number")]

    def __str__(self) -> str:
        return f"{self.year}-{self.number} {self.recipient}"

    @property
    def label(self) -> str:
        return f"{self.year}年第{self.number}批"


class DepositItem(models.Model):
    """One public version of one entry in a batch. Evidence: never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(DepositBatch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    entry_id = models.BigIntegerField()
    version_number = models.PositiveIntegerField()
    index_number = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    document_number = models.CharField(max_length=60, blank=True)
    published_on = models.DateField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("position",)
        indexes = [models.Index(fields=["agency", "entry_id"], name="deposit_item_entry")]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="deposit_item_position")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.index_number}"
