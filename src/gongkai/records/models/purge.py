"""Purges: what two people of different posts decided to erase for good, and how far that is done."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record


class Purge(models.Model):
    """One person asks, another confirms or declines. People are values; digests stay when everything else is gone."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="purges")
    # everything | earlier
    scope = models.CharField(max_length=12)
    # Public on the tombstone where everything goes.
    ground = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asker_id = models.BigIntegerField()
    asker_name = models.CharField(max_length=60)
    asker_post = models.CharField(max_length=24)
    # confirmed | declined, empty while it waits
    outcome = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decider_id = models.BigIntegerField(null=True, blank=True)
    decider_name = models.CharField(max_length=60, blank=True)
    decider_post = models.CharField(max_length=24, blank=True)
    opinion = models.CharField(max_length=300, blank=True)
    # {"versions": [digest, …], "files": [digest, …], "kept_files": [digest, …]}
    digests = models.JSONField(default=dict)
    # When bytes and index were cleaned, and when the pages of the database were.
    files_erased_at = models.DateTimeField(null=True, blank=True)
    database_swept_at = models.DateTimeField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(outcome=""), name="one_purge_waiting"),
            models.CheckConstraint(
                condition=Q(decider_id__isnull=True) | ~Q(decider_id=F("asker_id")), name="purge_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.scope} {self.asked_at:%F %T}"
