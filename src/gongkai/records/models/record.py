"""A record on the desk, its frozen versions and its attachments."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile


class Record(models.Model):
    """A piece of government information on its way to the public, or rightly kept from it.

    The working copy lives here; what was submitted stands frozen in `RecordVersion`.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, default="draft")
    # While in review: the position in the stages of the pinned scheme.
    stage = models.CharField(max_length=40, blank=True)
    # The post of that stage, so that a worklist is one query.
    stage_post = models.CharField(max_length=24, blank=True)
    # The superior body at which that post decides; None for the own agency.
    held_at = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey("ReviewScheme", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted = models.ForeignKey(
        "RecordVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    # The digest of the submitted version, and the outcome of the clearance that is valid for it: both caches for
    # lists; an act always asks the decisions themselves.
    digest = models.CharField(max_length=64, blank=True)
    clearance = models.CharField(max_length=20, blank=True)
    # Why it must go out at once, and who said so: the reviews that may follow afterwards are left out. Empty as usual.
    urgent_reason = models.CharField(max_length=300, blank=True)
    urgent_by = models.CharField(max_length=60, blank=True)
    # How many versions were frozen, so that the next one knows its number.
    version_count = models.PositiveIntegerField(default=0)
    # The number of the version that is public now, 0 before; the working copy may be ahead of it.
    released_number = models.PositiveIntegerField(default=0)
    # The published.Entry that this record became; public ids are values here.
    entry_id = models.BigIntegerField(null=True, blank=True)
    index_number = models.CharField(max_length=80, blank=True)

    title = models.CharField(max_length=300)
    document_number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    joint_issuers = models.JSONField(default=list, blank=True)
    is_party_mixed = models.BooleanField(default=False)
    created_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    attribute = models.CharField(max_length=20, default="proactive")
    ground = models.CharField(max_length=40, blank=True)
    ground_note = models.CharField(max_length=300, blank=True)
    reevaluate_on = models.DateField(null=True, blank=True)
    column_code = models.CharField(max_length=60, blank=True)
    genre = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=40, blank=True)
    service_object = models.CharField(max_length=40, blank=True)
    is_normative = models.BooleanField(default=False)
    is_major_decision = models.BooleanField(default=False)
    publication_forms = models.JSONField(default=list, blank=True)
    carriers = models.JSONField(default=list, blank=True)
    scope = models.CharField(max_length=40, blank=True)
    time_limit = models.CharField(max_length=200, blank=True)
    procedure = models.CharField(max_length=300, blank=True)
    validity = models.CharField(max_length=24, default="valid")
    # With `validity` a cache of what the entry says: the day from which the document binds nobody any more.
    invalid_since = models.DateField(null=True, blank=True)
    responsible_unit = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    keywords = models.CharField(max_length=300, blank=True)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    remarks = models.CharField(max_length=500, blank=True)
    # Why the public version is being corrected; it goes out with the new one.
    correction_reason = models.CharField(max_length=300, blank=True)

    # Nobody's for history that the operator of the command line brought in.
    drafter_id = models.BigIntegerField(null=True, blank=True)
    drafter_name = models.CharField(max_length=60)
    # Everyone who has written in it since it was last public; none of them may review, sign or clear it.
    writers = models.JSONField(default=list)
    drafted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    # While the entry is a tombstone; the record itself may be on its way back to the public.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Cache of the legal clock with the edition of calendar and parameters that made it.
    due_on = models.DateField(null=True, blank=True)
    due_edition = models.CharField(max_length=120, blank=True)
    lock_version = models.PositiveIntegerField(default=0)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "主动公开信息"
        indexes = [
            models.Index(fields=["agency", "state", "-changed_at", "-id"], name="record_worklist"),
            models.Index(fields=["agency", "-changed_at", "-id"], name="record_newest"),
            models.Index(fields=["agency", "document_number"], name="record_number"),
            models.Index(fields=["held_at", "changed_at"], name="record_held", condition=Q(held_at__isnull=False)),
            models.Index(fields=["agency", "due_on"], name="record_due", condition=Q(published_at__isnull=True)),
            # Which columns are in use is read by steps along this index.
            models.Index(fields=["agency", "column_code"], name="record_column"),
            # Figures of a period are read from this index alone.
            models.Index(
                fields=["agency", "published_at"],
                include=["withdrawn_at"],
                name="record_public",
                condition=Q(entry_id__isnull=False),
            ),
            models.Index(fields=["agency", "created_on"], name="record_normative", condition=Q(is_normative=True)),
            models.Index(
                fields=["agency", "expires_on"],
                name="record_normative_ends",
                condition=Q(is_normative=True, expires_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry_id"], name="record_entry_once"),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(state="in_review"), name="record_held_in_review_only"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RecordVersion(models.Model):
    """What was submitted, frozen: canonical public metadata, text and file digests, and the digest over all."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    author_id = models.BigIntegerField(null=True, blank=True)
    author_name = models.CharField(max_length=60)
    frozen_at = models.DateTimeField()
    # When the content was erased for good; what is left is the digest, the author and the time.
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="record_version_number")]

    def __str__(self) -> str:
        return f"{self.record_id} v{self.number}"


class Attachment(models.Model):
    """A file of a record: what was uploaded, which stays on the desk, and its public copy."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    # None: the file itself is the public copy.
    cleaned = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["record", "position"], name="attachment_position")]

    def __str__(self) -> str:
        return self.title

    @property
    def copy(self) -> StoredFile:
        """What the public gets."""
        return self.cleaned or self.file
