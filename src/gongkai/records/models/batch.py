"""An act ordered for many records at once: who ordered it, and what became of each."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record

WAITING, DONE, REFUSED = "", "done", "refused"


class BatchRun(models.Model):
    """One order. The acts themselves leave their decisions and audit lines as if done one by one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=12)
    opinion = models.CharField(max_length=500, blank=True)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=60)
    ordered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.act} {self.person_name} {self.ordered_at:%F %T}"


class BatchItem(models.Model):
    """One record of an order, bound to what the preview showed of it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(BatchRun, on_delete=models.CASCADE, related_name="items")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    token = models.CharField(max_length=80)
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="batch_item_position"),
            models.UniqueConstraint(fields=["run", "record"], name="batch_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.record_id} {self.outcome}"
