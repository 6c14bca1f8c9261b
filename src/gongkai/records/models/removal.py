"""Emergency removals: who took a record from the public at once, and why, which is said afterwards."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record


class EmergencyRemoval(models.Model):
    """One removal without a ground. ``reason`` is empty until somebody writes it; it is due on a day."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="removals")
    removed_at = models.DateTimeField()
    remover_id = models.BigIntegerField()
    remover_name = models.CharField(max_length=60)
    post = models.CharField(max_length=24)
    as_deputy = models.BooleanField(default=False)
    reason_due_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    explainer_name = models.CharField(max_length=60, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["agency", "reason_due_on"], name="removal_unexplained", condition=Q(reason="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(reason=""), name="one_unexplained_removal"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.removed_at:%F %T}"
