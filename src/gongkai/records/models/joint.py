"""What co-issuers were asked, at their desk, and what they said, at the desk of the lead."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record, RecordVersion


class Confirmation(models.Model):
    """The word of one issuer on one version, given at a desk of this system or on paper. Evidence of the lead."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="confirmations")
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    # The issuer as the document names it.
    issuer = models.CharField(max_length=200)
    answer = models.CharField(max_length=12)
    opinion = models.CharField(max_length=500, blank=True)
    given_by = models.CharField(max_length=60)
    given_on = models.DateField()
    # Who noted down what was said on paper; nobody where the issuer answered at its own desk.
    recorder_id = models.BigIntegerField(null=True, blank=True)
    recorder_name = models.CharField(max_length=60, blank=True)
    entered_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["record", "digest"], name="confirmation_record")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.issuer} {self.answer}"

    @property
    def is_on_paper(self) -> bool:
        return self.recorder_id is not None


class ConfirmationRequest(models.Model):
    """A question to a co-issuer, with a copy of what would be public: it sees this and nothing else of the lead."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=200)
    lead_id = models.BigIntegerField()
    lead_name = models.CharField(max_length=120)
    lead_record = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    # Public metadata, files as title, name and digest, and the public text.
    metadata = models.JSONField()
    files = models.JSONField(default=list)
    body_html = models.TextField(blank=True)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=12, blank=True)
    opinion = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # The lead has changed, published or given up the document: there is nothing to answer any more.
    is_over = models.BooleanField(default=False)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["agency", "-asked_at", "-id"], name="confirmation_asked"),
            models.Index(fields=["lead_record"], name="confirmation_lead", condition=Q(answer="", is_over=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "lead_record", "digest"], condition=Q(is_over=False), name="asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.title}"

    @property
    def is_open(self) -> bool:
        return not self.answer and not self.is_over
