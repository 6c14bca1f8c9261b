"""History that came in from files: the act with its stated clearance, and where each row went."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class ImportAct(models.Model):
    """One import of one file under a batch clearance by two named people, bound to the file's digest.

    On the command line the names are what the operator stated, and are shown as such: never as decisions of
    those persons. Spans agencies, so not scoped.
    """

    file_digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    mapping = models.CharField(max_length=60)
    cleared_by = models.CharField(max_length=60)
    confirmed_by = models.CharField(max_length=60)
    stated_by = models.CharField(max_length=60)
    is_operator_statement = models.BooleanField(default=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.file_name} {self.started_at:%F %T}"


class ImportedRow(models.Model):
    """The key of a row that was imported and the digest of its content: what makes a second run change nothing."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    act = models.ForeignKey(ImportAct, on_delete=models.PROTECT, related_name="rows")
    mapping = models.CharField(max_length=60)
    key_digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    record_id = models.BigIntegerField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["mapping", "key_digest"], name="imported_row_key")]

    def __str__(self) -> str:
        return f"{self.mapping} {self.key_digest[:12]}"
