"""Uploaded annual reports, what was read in them, and what people confirmed."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile
from gongkai.reports.domain.states import Relation, State


class ReportCheck(models.Model):
    """One uploaded file with the result of its last check. ``result`` is a copy of what `domain.result` describes."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default=State.CHECKING.value)
    # Raised by everything that asks for a new check; a run under an older one changes nothing.
    revision = models.PositiveIntegerField(default=1)
    problem = models.CharField(max_length=500, blank=True)
    result = models.JSONField(default=dict)
    # The prose of its reports, see `domain.wording`: later checks are held against it.
    wording = models.JSONField(default=list)
    # Of the first report in the file, and over all of them: for the list.
    report_agency = models.CharField(max_length=200, blank=True)
    report_year = models.PositiveSmallIntegerField(null=True, blank=True)
    error_count = models.PositiveIntegerField(default=0)
    other_count = models.PositiveIntegerField(default=0)
    doubtful_count = models.PositiveIntegerField(default=0)

    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField(max_length=60)
    uploaded_by_post = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "年度报告检查"
        indexes = [models.Index(fields=["agency", "-uploaded_at", "-id"], name="report_check_newest")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class CellConfirmation(models.Model):
    """What a person read in one cell of one report of the file; None is an empty box. Append-only, the last counts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    report_check = models.ForeignKey(ReportCheck, on_delete=models.PROTECT, related_name="confirmations")
    report_number = models.PositiveSmallIntegerField()
    cell = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    read_as = models.CharField(max_length=60, blank=True)
    confirmed_by_id = models.BigIntegerField()
    confirmed_by_name = models.CharField(max_length=60)
    confirmed_by_post = models.CharField(max_length=40)
    confirmed_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "年度报告数值确认"
        indexes = [models.Index(fields=["report_check", "report_number", "id"], name="cell_confirmation_order")]

    def __str__(self) -> str:
        return f"{self.cell} {self.value}"


class Comparison(models.Model):
    """Another check beside which this one is set."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    report_check = models.ForeignKey(ReportCheck, on_delete=models.PROTECT, related_name="comparisons")
    other = models.ForeignKey(ReportCheck, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Relation])

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "年度报告对照"
        constraints = [
            models.UniqueConstraint(fields=["report_check", "other", "relation"], name="compared_once"),
            models.UniqueConstraint(
                fields=["report_check"], condition=models.Q(relation=Relation.PREVIOUS.value), name="one_year_before"
            ),
            models.CheckConstraint(condition=~models.Q(other=models.F("report_check")), name="not_beside_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.report_check_id} {self.relation} {self.other_id}"
