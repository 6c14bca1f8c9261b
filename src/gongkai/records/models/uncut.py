"""The whole text behind a version with cuts. It stays on the desk."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import RecordVersion


class UncutText(models.Model):
    """What the version said before its cuts; the version itself holds what the public gets."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(RecordVersion, on_delete=models.PROTECT, related_name="uncut")
    body_html = models.TextField()
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.version_id}"
