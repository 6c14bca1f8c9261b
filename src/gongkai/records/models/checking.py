"""What checks found, what was set aside and by whom, who read what by eye: evidence, added and never changed.

The lists of words and what is known of web addresses are no evidence and may change.
"""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.law.findings import Severity
from gongkai.records.models.record import Record, RecordVersion

_SEVERITIES = [(severity.value, severity.label) for severity in Severity]


class CheckRun(models.Model):
    """All checks over one version, at one of the gates."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="check_runs")
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    # submit | clear | publish
    occasion = models.CharField(max_length=12)
    # `Spot.as_dict` of each; numbers of persons are masked in them.
    spots = models.JSONField(default=list)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60)
    ran_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["record", "ran_at"], name="check_run_record")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.occasion} {self.digest[:12]}"


class Dismissal(models.Model):
    """One finding set aside by one person with a reason. It holds while the fingerprint of the finding stays."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="dismissals")
    fingerprint = models.CharField(max_length=64)
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=500)
    # Of the content at that moment, submitted or not.
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=60)
    post = models.CharField(max_length=24)
    dismissed_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["record", "fingerprint"], name="dismissed_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.code} {self.person_name}"


class EyeReading(models.Model):
    """A reviewer has read a file of which the machine can read nothing: bound to the bytes of the public copy."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="eye_readings")
    file_digest = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=60)
    post = models.CharField(max_length=24)
    read_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["record", "file_digest"], name="read_by_eye_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.title} {self.person_name}"


class AgencyWord(models.Model):
    """A word that an agency wants to be told of."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    wrong = models.CharField(max_length=60)
    right = models.CharField(max_length=120, blank=True)
    severity = models.CharField(max_length=12, choices=_SEVERITIES)
    entered_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["agency", "wrong"], name="agency_word_once")]

    def __str__(self) -> str:
        return self.wrong


class PlatformWord(models.Model):
    """A word of the list that the supervisor keeps for all agencies."""

    wrong = models.CharField(max_length=60, unique=True)
    right = models.CharField(max_length=120, blank=True)
    severity = models.CharField(max_length=12, choices=_SEVERITIES)
    entered_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.wrong


class WebAddress(models.Model):
    """What the last look at an address outside found; the address says nothing about who links to it."""

    address = models.CharField(max_length=1000, unique=True)
    # ok | dead
    state = models.CharField(max_length=12)
    words = models.CharField(max_length=120, blank=True)
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.state} {self.address[:80]}"
