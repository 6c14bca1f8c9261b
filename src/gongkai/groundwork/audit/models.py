"""The audit trail: events are inserted by acts, seals are added by the sealer; neither ever changes."""

from django.db import models

from gongkai.groundwork.transactions import CurrentTransaction


class AuditEvent(models.Model):
    """One act, or one look at personal data. Actor and agency are values, so the row outlives both."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=100)
    post = models.CharField(max_length=40, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)
    transaction_id = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_subject"),
            models.Index(fields=["agency_code", "-id"], name="audit_agency"),
            models.Index(fields=["transaction_id", "id"], name="audit_order"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.actor_name} {self.action} {self.subject_type} {self.subject_id}"


class AuditSeal(models.Model):
    """The link of one event in the HMAC-SM3 chain; ``number`` has no gaps."""

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="seal")
    link = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.link[:12]}"
