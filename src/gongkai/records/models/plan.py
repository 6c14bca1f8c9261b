"""What shall happen to a record at a later moment. A plan that has ended stays, with what became of it."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record

RELEASE, WITHDRAWAL = "release", "withdrawal"
OPEN, DONE, FAILED, CANCELLED, OVERTAKEN = "", "done", "failed", "cancelled", "overtaken"


class Plan(models.Model):
    """A release or a withdrawal for which somebody has set day and time; at most one of each kind is open."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=12)
    due_at = models.DateTimeField()
    # What a release was planned for: other content asks for another plan.
    digest = models.CharField(max_length=64, blank=True)
    # Why the record will be withdrawn; it is published with the tombstone.
    ground = models.CharField(max_length=300, blank=True)
    planner_id = models.BigIntegerField()
    planner_name = models.CharField(max_length=60)
    planned_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["due_at"], name="plan_due", condition=Q(outcome="")),
            models.Index(fields=["agency", "outcome", "ended_at"], name="plan_outcome"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "kind"], condition=Q(outcome=""), name="one_open_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind} {self.due_at:%Y-%m-%d %H:%M}"
