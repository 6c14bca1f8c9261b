"""What is kept back is looked at again from time to time (article 18); and the register of refused state secrets."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.models.record import Record


class Reevaluation(models.Model):
    """One look at a record that is not public: evidence, never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="reevaluations")
    # The day on which it was due, if one was set; what came of it; and the next day, unless it is taken up anew.
    due_on = models.DateField(null=True, blank=True)
    is_kept = models.BooleanField()
    next_on = models.DateField(null=True, blank=True)
    opinion = models.CharField(max_length=500, blank=True)
    evaluator_id = models.BigIntegerField()
    evaluator_name = models.CharField(max_length=60)
    evaluated_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["record", "-evaluated_at"], name="reevaluation_record")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.evaluated_at:%Y-%m-%d}"


class SecretRefusal(models.Model):
    """A document that was refused because it is a state secret. It never enters: no title, no text, no file.

    The paper register of the office says which document the number stands for.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    ground = models.CharField(max_length=40)
    decided_on = models.DateField()
    reevaluate_on = models.DateField()
    declassified_on = models.DateField(null=True, blank=True)
    registrar_id = models.BigIntegerField()
    registrar_name = models.CharField(max_length=60)
    registered_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(
                fields=["agency", "reevaluate_on"], name="secret_due", condition=Q(declassified_on__isnull=True)
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="secret_number_once")]

    def __str__(self) -> str:
        return self.number


class SecretReevaluation(models.Model):
    """One look at a refused state secret: still one, or not any more. Evidence, never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    refusal = models.ForeignKey(SecretRefusal, on_delete=models.PROTECT, related_name="reevaluations")
    due_on = models.DateField()
    is_kept = models.BooleanField()
    next_on = models.DateField(null=True, blank=True)
    evaluator_id = models.BigIntegerField()
    evaluator_name = models.CharField(max_length=60)
    evaluated_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["refusal", "-evaluated_at"], name="secret_reevaluation")]

    def __str__(self) -> str:
        return f"{self.refusal_id} {self.evaluated_at:%Y-%m-%d}"
