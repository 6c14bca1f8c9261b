"""Standard tables (基层政务公开标准目录) by version, their matters, and where each matter is published."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.domain.standard_lifecycle import State


class StandardTable(models.Model):
    """One version of the table of one field. What is cleared and approved is exactly ``digest``."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default=State.READY.value)
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    findings = models.JSONField(default=list)
    matter_count = models.PositiveIntegerField()

    brought_by_id = models.BigIntegerField()
    brought_by = models.CharField(max_length=60)
    brought_at = models.DateTimeField()
    cleared_by_id = models.BigIntegerField(null=True, blank=True)
    cleared_by = models.CharField(max_length=60, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.BigIntegerField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Who approved it outside the system, as the leader entered it.
    approved_by = models.CharField(max_length=120, blank=True)
    approval_number = models.CharField(max_length=60, blank=True)
    approved_on = models.DateField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["agency", "field", "version"], name="standard_table_version"),
            models.UniqueConstraint(
                fields=["agency", "field"], condition=Q(state=State.IN_FORCE.value), name="one_standard_table_in_force"
            ),
            models.CheckConstraint(
                condition=Q(cleared_by_id__isnull=True) | ~Q(cleared_by_id=F("brought_by_id")),
                name="standard_table_cleared_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by_id__isnull=True)
                | (~Q(confirmed_by_id=F("brought_by_id")) & ~Q(confirmed_by_id=F("cleared_by_id"))),
                name="standard_table_approved_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    @property
    def approval(self) -> str:
        """Who approved it, by which document, in words."""
        return "，".join(part for part in (self.approved_by, self.approval_number) if part)


class StandardMatter(models.Model):
    """One row of a version. Evidence of what was approved: never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey(StandardTable, on_delete=models.PROTECT, related_name="matters")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=32)
    seq = models.CharField(max_length=20, blank=True)
    matter_l1 = models.CharField(max_length=200)
    matter_l2 = models.CharField(max_length=300, blank=True)
    content = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    time_limit = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    channels = models.JSONField(default=list)
    channel_note = models.TextField(blank=True)
    audience = models.JSONField(default=list)
    audience_note = models.TextField(blank=True)
    mode = models.JSONField(default=list)
    level = models.JSONField(default=list)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["table", "position"], name="standard_matter_position")]

    def __str__(self) -> str:
        return f"{self.matter_l1} {self.matter_l2}"


class MatterLink(models.Model):
    """The column in which a matter is published; it stays with the matter from version to version."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    matter_key = models.CharField(max_length=32)
    column_code = models.CharField(max_length=60)
    linked_by = models.CharField(max_length=60)
    linked_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["agency", "field", "matter_key"], name="matter_link_once")]

    def __str__(self) -> str:
        return f"{self.matter_key} → {self.column_code}"
