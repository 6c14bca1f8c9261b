"""What an agency wrote into its guide, and when somebody last looked whether guide and rules still hold."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record


class GuideFile(models.Model):
    """One row an agency. ``parts`` are those of the last written version, which may still be under review."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    parts = models.JSONField(default=dict)
    guide_checked_on = models.DateField(null=True, blank=True)
    guide_checked_by = models.CharField(max_length=60, blank=True)
    rules_checked_on = models.DateField(null=True, blank=True)
    rules_checked_by = models.CharField(max_length=60, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.agency_id}"
