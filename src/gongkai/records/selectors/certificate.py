"""What a publication certificate (发布证明) says about a record that is or was public."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Viewer
from gongkai.published.models import Entry, EntryVersion
from gongkai.published.selectors import proof
from gongkai.records.domain.stages import CLEARANCE, SIGN_OFF
from gongkai.records.models import Decision, Record
from gongkai.records.selectors import case_file, scope


@dataclass(frozen=True)
class Ruling:
    """A decision without its person: which post decided, and when."""

    post: str
    at: datetime


@dataclass(frozen=True)
class Released:
    """One version as it was public. The decisions of imported history are those of its batch."""

    number: int
    released_at: datetime
    cleared_digest: str
    public_digest: str
    signed: Ruling | None
    cleared: Ruling | None


@dataclass(frozen=True)
class Certificate:
    record: Record
    entry: Entry
    number: str
    versions: tuple[Released, ...]


def certificate(viewer: Viewer, agency_id: int, record_id: int) -> Certificate:
    """Five queries. Raises `case_file.NotFound`, also for what was never public."""
    record = case_file.record(viewer, agency_id, record_id)
    entry = Entry.objects.filter(pk=record.entry_id or 0).select_related("agency").first()
    if entry is None:
        raise case_file.NotFound(record_id)
    public = proof.digests_of(entry)
    with scope.of_agency(viewer, agency_id):
        rulings = _rulings(record)
    versions = tuple(
        Released(
            number=version.number,
            released_at=version.released_at,
            cleared_digest=version.digest,
            public_digest=public.get(version.number, ""),
            signed=rulings.get((SIGN_OFF, version.digest)),
            cleared=rulings.get((CLEARANCE, version.digest)),
        )
        for version in EntryVersion.objects.filter(entry=entry)
        .order_by("number")
        .only("number", "released_at", "digest")
    )
    last = versions[-1]
    return Certificate(record, entry, f"{entry.index_number}-{last.number}-{last.cleared_digest[:8]}", versions)


def _rulings(record: Record) -> dict[tuple[str, str], Ruling]:
    """The last positive decision for each content; a decision that later ended was valid when it went out."""
    rows = Decision.objects.filter(record=record, stage__in=[SIGN_OFF, CLEARANCE], outcome__in=["approve", "publish"])
    found = rows.order_by("decided_at", "id").values_list("stage", "digest", "post", "decided_at")
    return {(stage, digest): Ruling(Post(post).label, at) for stage, digest, post, at in found}
