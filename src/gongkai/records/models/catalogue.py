"""The statutory catalogue: one tree for all, which each agency shows, hides or renames."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class CatalogueColumn(models.Model):
    """One node of the common tree. The same for all agencies, so not scoped."""

    code = models.CharField(max_length=60, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    statutory_item = models.CharField(max_length=60, blank=True)
    position = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class AgencyColumn(models.Model):
    """What an agency does with one node: another name, hidden with a reason, who keeps it, how often."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    column = models.ForeignKey(CatalogueColumn, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    is_hidden = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    update_period_days = models.PositiveIntegerField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["agency", "column"], name="agency_column_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.column_id}"
