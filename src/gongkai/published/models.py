"""Public entries. `Entry` is the narrow head that lists read; the content stands in immutable versions."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency

LISTED = Q(withdrawn_at__isnull=True)


class Entry(models.Model):
    """One published item with its index number, which it keeps for ever.

    A withdrawn entry stays as a tombstone: number, title replaced by nothing, ground and time.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="entries")
    index_number = models.CharField(max_length=80, unique=True)
    # The version that is shown: (entry, version_number) is unique in `EntryVersion`.
    version_number = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=300)
    document_number = models.CharField(max_length=60, blank=True)
    # 登记号 of a normative document; a renewed one has another.
    registration_number = models.CharField(max_length=40, blank=True)
    document_number_key = models.CharField(max_length=60, blank=True, db_index=True)
    issuer = models.CharField(max_length=200, blank=True)
    created_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    year = models.IntegerField()
    node_code = models.CharField(max_length=60, blank=True)
    genre = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    in_library = models.BooleanField(default=False)
    validity = models.CharField(max_length=24, default="valid")
    effective_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    invalid_since = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    # Whether `ValidityChange` holds anything about it: spares most pages a query.
    has_history = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_ground = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "公开条目"
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="entry_newest", condition=LISTED),
            models.Index(fields=["agency", "-published_at", "-id"], name="entry_agency_newest", condition=LISTED),
            models.Index(
                fields=["agency", "node_code", "-published_at", "-id"],
                name="entry_node_newest",
                condition=LISTED,
            ),
            models.Index(
                fields=["-published_at", "-id"],
                name="entry_library_newest",
                condition=LISTED & Q(in_library=True),
            ),
            models.Index(fields=["updated_at", "id"], name="entry_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.index_number} {self.title}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class EntryIssuer(models.Model):
    """A body beside the lead that issued the entry too (联合发文), and in whose lists it stands.

    Time and column are copies, so that a list of that body is read off one index.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="issuers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    node_code = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-published_at", "-entry"], name="issuer_newest"),
        ]
        constraints = [models.UniqueConstraint(fields=["entry", "agency"], name="entry_issuer_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.agency_id}"


class EntryVersion(models.Model):
    """The public content of an entry as it was released once. Never changed; a correction adds a version."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file_count = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    # Further public metadata by field id of the metadata standard, as shown in the table of the entry page.
    metadata = models.JSONField(default=dict)
    summary = models.TextField(blank=True)
    keywords = models.CharField(max_length=300, blank=True)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    released_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    # When the content was erased for good; what is left is the digest and the times.
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="entry_version_number")]

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.number}"


class EntryFile(models.Model):
    """A public copy of a file belonging to one version; the bytes lie in the file store under the digest."""

    version = models.ForeignKey(EntryVersion, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="entry_file_position")]

    def __str__(self) -> str:
        return self.title


class ValidityChange(models.Model):
    """One step in the life of a document after its release: amended, repealed, replaced. Never changed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="validity_changes")
    at = models.DateTimeField()
    validity = models.CharField(max_length=24)
    since = models.DateField()
    successor = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["entry", "at"], name="validity_history")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.validity} {self.since}"


class CatalogueNode(models.Model):
    """One visible column of an agency's public catalogue, copied from the desk's catalogue when that changes."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="catalogue_nodes")
    code = models.CharField(max_length=60)
    parent_code = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    position = models.IntegerField(default=0)
    # Said on the page where a column is rightly empty, for example "本机关无此项职权".
    empty_note = models.CharField(max_length=200, blank=True)
    # The part of a key area (重点领域) to which the column belongs.
    key_area = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="catalogue_node_code")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.code} {self.title}"


class ReleasedTable(models.Model):
    """One version of an agency's standard table (基层政务公开标准目录) as it was released. The last one is shown.

    ``matters`` never change; ``columns`` says in which column each matter is found, by its key, and follows the desk.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    # Who approved it, by which document.
    approval = models.CharField(max_length=300)
    approved_on = models.DateField()
    matters = models.JSONField()
    columns = models.JSONField(default=dict)
    released_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "field", "version"], name="released_table_version"),
            models.UniqueConstraint(
                fields=["agency", "field"], condition=Q(is_current=True), name="one_released_table_is_shown"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class ReleasedGazette(models.Model):
    """One issue of a gazette (政府公报) with the entries that it carries, in order. The desk corrects it as a whole."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # The id that the desk gave the issue.
    issue_id = models.BigIntegerField(unique=True)
    name = models.CharField(max_length=120)
    label = models.CharField(max_length=60)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    published_on = models.DateField()
    # Where the printed issue can be read as a whole, if it can.
    address = models.CharField(max_length=500, blank=True)
    entry_ids = models.JSONField(default=list)
    released_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-published_on", "-id"], name="released_gazette_newest")]

    def __str__(self) -> str:
        return f"{self.name} {self.label}"


class DailyCount(models.Model):
    """How often a page was read, or a file fetched, on one day. Nobody is known by it: it is a number.

    ``position`` is that of the file; 0 is the page itself.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="daily_counts")
    position = models.PositiveIntegerField(default=0)
    day = models.DateField()
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["day", "entry"], name="count_by_day")]
        constraints = [models.UniqueConstraint(fields=["entry", "position", "day"], name="count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.position} {self.day} {self.number}"


class LogPlace(models.Model):
    """How far a log of a front server was counted. The log is known by its first line, under whatever name it lies."""

    first_line = models.CharField(max_length=64, unique=True)
    # In bytes of the unpacked text.
    offset = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.first_line[:12]} {self.offset}"
