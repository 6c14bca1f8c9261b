"""What crosses contexts and must be remembered."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class Merger(models.Model):
    """A merger of bodies that is to be carried out in all rooms on its day, and what it moved. Spans agencies."""

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    noted_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True, blank=True)
    # How many posts, columns and records went over.
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "机构合并"
        constraints = [models.UniqueConstraint(fields=["body"], name="body_merges_once")]

    def __str__(self) -> str:
        return f"{self.body_id} → {self.into_id} {self.on}"


class Handover(models.Model):
    """Everything that one person had open went to another (交接). Evidence: added, never changed.

    ``items`` name records by id with state and deadline as they were; titles are read from the records themselves,
    so that what is purged there is nowhere else.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_id = models.BigIntegerField()
    from_name = models.CharField(max_length=60)
    # The posts that the giver held at the agency, in words.
    from_posts = models.CharField(max_length=200, blank=True)
    to_id = models.BigIntegerField()
    to_name = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    # [{"record_id": 1, "state": "draft", "due_on": "2026-12-01", "stayed_because": ""}, …]
    items = models.JSONField()
    handed_by_id = models.BigIntegerField()
    handed_by_name = models.CharField(max_length=60)
    handed_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "工作交接"
        indexes = [models.Index(fields=["agency", "-handed_at", "-id"], name="handover_newest")]
        constraints = [models.CheckConstraint(condition=~Q(from_id=F("to_id")), name="handover_between_two")]

    def __str__(self) -> str:
        return f"{self.from_name} → {self.to_name}"
