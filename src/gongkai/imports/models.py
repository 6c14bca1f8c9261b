"""What an agency brings to the desk to import, from the upload to the result."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile
from gongkai.imports.domain.dropping import State as DropState
from gongkai.imports.domain.lifecycle import State
from gongkai.imports.domain.registers import State as RegisterState
from gongkai.records.models import ImportAct, Record


class ImportFile(models.Model):
    """One file on its way through check, clearance by two people, and import. They clear exactly ``digest``."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Empty once the file was sent back or given up: then its bytes are erased.
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    mapping = models.CharField(max_length=60)
    # As it was when the file was checked: what was cleared is what is run.
    mapping_text = models.TextField()
    state = models.CharField(max_length=20, default=State.CHECKING.value)
    # What the check found: figures, findings by code, and the first rows that have any.
    preview = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    rows_done = models.PositiveIntegerField(default=0)
    rows_expected = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    rejects = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    act = models.ForeignKey(ImportAct, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()
    cleared_by_id = models.BigIntegerField(null=True, blank=True)
    cleared_by_name = models.CharField(max_length=60, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.BigIntegerField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "批量导入"
        indexes = [models.Index(fields=["agency", "-uploaded_at", "-id"], name="import_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cleared_by_id__isnull=True) | ~models.Q(cleared_by_id=models.F("uploaded_by_id")),
                name="uploader_does_not_clear",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by_id__isnull=True)
                | (
                    ~models.Q(confirmed_by_id=models.F("uploaded_by_id"))
                    & ~models.Q(confirmed_by_id=models.F("cleared_by_id"))
                ),
                name="import_confirmed_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class DroppedBatch(models.Model):
    """Files that a clerk dropped at once, with the list that came along."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    list_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    list_name = models.CharField(max_length=200, blank=True)
    # The rows of the list as they were read; None until then.
    list_rows = models.JSONField(null=True, blank=True)
    # What is wrong with the batch as a whole: rows without a file, a list that cannot be read.
    problems = models.JSONField(default=list, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["agency", "-uploaded_at", "-id"], name="drop_newest")]

    def __str__(self) -> str:
        return f"{self.uploaded_by_name} {self.uploaded_at:%F %T}"


class DroppedFile(models.Model):
    """One dropped file: what was read in it, what the clerk made of it, and the draft that it became."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(DroppedBatch, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    file_name = models.CharField(max_length=200)
    # Nothing of a refused file was kept.
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=DropState.WAITING.value)
    # Why it was refused, or of what it is a duplicate.
    reason = models.CharField(max_length=300, blank=True)
    # Field by field what the document says: value, place, doubt.
    readings = models.JSONField(default=dict, blank=True)
    # What the draft will say; a value in doubt is left out of it.
    values = models.JSONField(default=dict, blank=True)
    # Sentences about what does not fit together or was left behind.
    notes = models.JSONField(default=list, blank=True)
    first_lines = models.CharField(max_length=400, blank=True)
    body_html = models.TextField(blank=True)
    # The record that this became, or of which it is a duplicate.
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="dropped_position")]
        indexes = [models.Index(fields=["agency", "file"], name="dropped_bytes")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class RegisterTable(models.Model):
    """A register of issued documents that came from the office's own system as a table."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default=RegisterState.CHECKING.value)
    # What would happen: counts, findings by code, the first rows that stay out.
    preview = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()
    confirmed_by_id = models.BigIntegerField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["agency", "-uploaded_at", "-id"], name="register_newest")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"
