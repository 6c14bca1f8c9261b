"""Issues of a gazette and what each carries."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record


class GazetteIssue(models.Model):
    """One issue: its name, year and number, day, and where the whole of it can be read."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    published_on = models.DateField()
    address = models.CharField(max_length=500, blank=True)
    entered_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["agency", "name", "year", "number"], name="gazette_issue_once")]

    def __str__(self) -> str:
        return f"{self.name}{self.label}"

    @property
    def label(self) -> str:
        return f"{self.year}年第{self.number}期"


class GazetteItem(models.Model):
    """One document of an issue. ``record`` is the agency's own; of another agency only the public entry is named."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    issue = models.ForeignKey(GazetteIssue, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    entry_id = models.BigIntegerField()
    index_number = models.CharField(max_length=80)
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["issue", "position"], name="gazette_item_position"),
            models.UniqueConstraint(fields=["issue", "entry_id"], name="gazette_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.index_number}"
