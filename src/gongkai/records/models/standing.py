"""How an agency's catalogue stood at the last look: a cache for menus and first screens, made anew every night."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class CatalogueStanding(models.Model):
    """Counts of one agency; the screens of the catalogue count for themselves."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="+")
    blank = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    # Why guide and rules want a look, in a sentence; empty when they do not.
    guide_reason = models.CharField(max_length=300, blank=True)
    rules_reason = models.CharField(max_length=300, blank=True)
    looked_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.blank}, {self.stale}"
