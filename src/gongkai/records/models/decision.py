"""Review schemes and the decisions taken under them. A decision is evidence: it is added, never changed."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile
from gongkai.records.domain.stages import CLEARANCE, SIGN_OFF
from gongkai.records.models.record import Record, RecordVersion


class ReviewScheme(models.Model):
    """An agency's stages of review in order; a change makes a new version, cases keep the one they began with."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    # [{"code": "section_head", "post": "section_head", "label": "…"}, …]; the last one signs. See `stages.Stage`.
    stages = models.JSONField()
    distinct_persons = models.PositiveIntegerField(default=2)
    valid_from = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["agency", "version"], name="review_scheme_version")]

    def __str__(self) -> str:
        return f"{self.agency_id} v{self.version}"


class Decision(models.Model):
    """Who decided what on which content, in which post. Drafter, decider and recorder are kept as values.

    A decision taken on paper carries who entered it, the day on the paper and the scan; its signer may be known by
    name only.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="decisions")
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="decisions")
    digest = models.CharField(max_length=64)
    stage = models.CharField(max_length=40)
    # approve | return for review stages; publish | exempt | refer for the clearance.
    outcome = models.CharField(max_length=20)
    opinion = models.CharField(max_length=500, blank=True)
    drafter_id = models.BigIntegerField()
    drafter_name = models.CharField(max_length=60)
    decider_id = models.BigIntegerField(null=True)
    decider_name = models.CharField(max_length=60)
    recorder_id = models.BigIntegerField(null=True)
    recorder_name = models.CharField(max_length=60, blank=True)
    post = models.CharField(max_length=24)
    as_deputy = models.BooleanField(default=False)
    # Where the decider sits, if not at the agency of the record: the superior office that holds the stage, or the one
    # that acts for an agency without staff (代办).
    office = models.CharField(max_length=120, blank=True)
    is_on_behalf = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    # The day on the paper; `decided_at` is then the moment of entry.
    signed_on = models.DateField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan_name = models.CharField(max_length=200, blank=True)
    is_valid = models.BooleanField(default=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["record", "decided_at"], name="decision_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "stage", "digest"], condition=Q(is_valid=True), name="one_valid_decision"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[SIGN_OFF, CLEARANCE])
                | Q(decider_id__isnull=True)
                | ~Q(decider_id=F("drafter_id")),
                name="drafter_neither_signs_nor_clears",
            ),
            models.CheckConstraint(
                condition=Q(decider_id__isnull=False, recorder_id__isnull=True)
                | Q(recorder_id__isnull=False, scan__isnull=False, signed_on__isnull=False),
                name="decided_here_or_on_paper_with_scan",
            ),
            models.CheckConstraint(
                condition=Q(recorder_id__isnull=True)
                | (
                    ~Q(recorder_id=F("drafter_id"))
                    & (Q(decider_id__isnull=True) | ~Q(recorder_id=F("decider_id")))
                    & ~Q(decider_name=F("drafter_name"), decider_id__isnull=True)
                ),
                name="paper_is_entered_by_a_third_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.stage} {self.outcome}"

    @property
    def is_on_paper(self) -> bool:
        return self.recorder_id is not None
