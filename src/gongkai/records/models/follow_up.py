"""Reviews that an urgent release left out and that are made up for afterwards."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record, RecordVersion


class FollowUp(models.Model):
    """One stage that is owed on one released version, by a day. ``outcome`` is empty until somebody reviews it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="follow_ups")
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=40)
    stage_label = models.CharField(max_length=40)
    stage_post = models.CharField(max_length=24)
    # Why it went out at once, and who wrote in it: they do not review it afterwards either.
    reason = models.CharField(max_length=300)
    writers = models.JSONField(default=list)
    due_on = models.DateField()
    # approve | correct | withdraw; the decision itself is evidence of its own.
    outcome = models.CharField(max_length=20, blank=True)
    opinion = models.CharField(max_length=500, blank=True)
    reviewer_name = models.CharField(max_length=60, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["agency", "due_on"], name="follow_up_open", condition=Q(outcome=""))]
        constraints = [models.UniqueConstraint(fields=["version", "stage"], name="follow_up_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.stage} {self.due_on}"
