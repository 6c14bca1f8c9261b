"""Normative documents: the agency's rules, the numbers given out, and what was found when one was looked at again."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record


class NormativeRule(models.Model):
    """How an agency numbers its normative documents, and for how many years they hold; empty follows the parameters."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    registration_template = models.CharField(max_length=60, blank=True)
    validity_years = models.PositiveSmallIntegerField(null=True, blank=True)
    trial_years = models.PositiveSmallIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.agency_id} {self.registration_template}"


class Registration(models.Model):
    """One registration number given to a document. Never changed, and never given again by the agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="registrations")
    number = models.CharField(max_length=40)
    registered_at = models.DateTimeField()
    registered_by_id = models.BigIntegerField(null=True)
    registered_by = models.CharField(max_length=60)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="registration_once")]

    def __str__(self) -> str:
        return self.number


class CleanUp(models.Model):
    """A round (清理) in which everything in force on the cut-off day is looked at; one at a time is open."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    cutoff_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["agency"], condition=Q(closed_at__isnull=True), name="one_open_clean_up")
        ]

    def __str__(self) -> str:
        return self.title


class CleanUpItem(models.Model):
    """One document of a round. The outcome may be thought over until the round is closed and carries it out."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    clean_up = models.ForeignKey(CleanUp, on_delete=models.PROTECT, related_name="items")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    # Why the outcome could not be carried out when the round was closed.
    obstacle = models.CharField(max_length=200, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["clean_up", "record"], name="clean_up_once")]

    def __str__(self) -> str:
        return f"{self.clean_up_id} {self.record_id} {self.outcome}"


class Evaluation(models.Model):
    """What was found when a document was looked at again, by whom, in which post. Evidence, never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="evaluations")
    clean_up = models.ForeignKey(CleanUp, null=True, blank=True, on_delete=models.PROTECT, related_name="evaluations")
    outcome = models.CharField(max_length=12)
    reason = models.CharField(max_length=300)
    expired_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    evaluated_at = models.DateTimeField()
    evaluator_id = models.BigIntegerField()
    evaluator_name = models.CharField(max_length=60)
    post = models.CharField(max_length=24)
    as_deputy = models.BooleanField(default=False)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.record_id} {self.outcome}"
