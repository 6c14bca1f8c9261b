"""Everything about one record, as its case page shows it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from gongkai.accounts import selectors as accounts
from gongkai.accounts.models import PostHolding
from gongkai.accounts.viewer import Viewer
from gongkai.agencies.models import Agency
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.models import Entry
from gongkai.published.selectors import counts
from gongkai.published.selectors.counts import Counts
from gongkai.records.domain.catalogue import AgencyNode, tree_for
from gongkai.records.models import (
    AgencyColumn,
    Attachment,
    Confirmation,
    Decision,
    EmergencyRemoval,
    FollowUp,
    ImportAct,
    ImportedRow,
    Plan,
    Purge,
    Record,
    RecordChannel,
    RecordVersion,
    ReviewScheme,
)
from gongkai.records.models.plan import OPEN
from gongkai.records.selectors import channels, scope

SUBJECT = "record"


class NotFound(LookupError):
    """The agency has no such record, version or file, or the viewer may not see it."""


@dataclass(frozen=True)
class CaseFile:
    """A record with all that was frozen, decided, attached and done."""

    record: Record
    files: tuple[Attachment, ...]
    versions: tuple[RecordVersion, ...]
    decisions: tuple[Decision, ...]
    events: tuple[AuditEvent, ...]
    scheme: ReviewScheme | None
    nodes: tuple[AgencyNode, ...]
    import_act: ImportAct | None
    plans: tuple[Plan, ...]
    confirmations: tuple[Confirmation, ...]
    # How far the public document holds today; the calendar changes that without the desk.
    validity: str
    channels: tuple[RecordChannel, ...]
    # Whether it was taken down at once and the reason has not been given yet.
    # What an urgent release left out of the version that is public.
    follow_ups: tuple[FollowUp, ...]
    is_unexplained: bool
    # The last purge that somebody asked for.
    purge: Purge | None
    read: Counts | None


def record(viewer: Viewer, agency_id: int, record_id: int) -> Record:
    """The record alone. Raises `NotFound`."""
    try:
        with scope.of_agency(viewer, agency_id):
            found = Record.objects.select_related("scheme", "held_at").filter(pk=record_id).first()
    except scope.NothingToSee as error:
        raise NotFound(record_id) from error
    if found is None:
        raise NotFound(record_id)
    return found


def case_file(viewer: Viewer, agency_id: int, record_id: int) -> CaseFile:
    """The whole case. Raises `NotFound`."""
    found = record(viewer, agency_id, record_id)
    with scope.of_agency(viewer, agency_id):
        return gathered(found)


def gathered(found: Record) -> CaseFile:
    """Everything about the record; inside the scope of its agency."""
    agency_id, record_id = found.agency_id, found.pk
    imported = ImportedRow.objects.filter(record_id=record_id).select_related("act").first()
    events = AuditEvent.objects.filter(subject_type=SUBJECT, subject_id=str(record_id)).order_by("id")
    return CaseFile(
        record=found,
        files=tuple(files_of(found)),
        versions=tuple(RecordVersion.objects.filter(record=found).order_by("-number")),
        decisions=tuple(Decision.objects.filter(record=found).order_by("decided_at", "id")),
        events=tuple(events),
        scheme=found.scheme,
        nodes=_nodes(agency_id),
        import_act=imported.act if imported else None,
        confirmations=_confirmations(found),
        plans=tuple(Plan.objects.filter(record=found, outcome=OPEN).order_by("due_at")),
        validity=_validity(found),
        channels=tuple(channels.of_record(record_id)) if found.entry_id is not None else (),
        follow_ups=tuple(_follow_ups(found)),
        is_unexplained=EmergencyRemoval.objects.filter(record=found, reason="").exists(),
        read=counts.of_entry(found.entry_id) if found.entry_id is not None else None,
        purge=Purge.objects.filter(record=found).order_by("-asked_at", "-id").first(),
    )


def _confirmations(found: Record) -> tuple[Confirmation, ...]:
    if not (found.joint_issuers or found.is_party_mixed):
        return ()
    return tuple(Confirmation.objects.filter(record=found).order_by("id"))


def _follow_ups(found: Record) -> list[FollowUp]:
    rows = FollowUp.objects.filter(record=found, version__number=found.released_number, record__withdrawn_at=None)
    return list(rows.select_related("version").order_by("id"))


def _validity(found: Record) -> str:
    if found.entry_id is None:
        return ""
    return Entry.objects.filter(pk=found.entry_id).values_list("validity", flat=True).first() or ""


def files_of(found: Record) -> list[Attachment]:
    """The files of the working copy in their order; inside a scope."""
    return list(
        Attachment.objects.filter(record=found).select_related("file", "cleaned").defer("file__text", "cleaned__text")
    )


def attachment(viewer: Viewer, agency_id: int, attachment_id: int) -> Attachment:
    """A file of a record of this agency. Raises `NotFound`."""
    try:
        with scope.of_agency(viewer, agency_id):
            found = Attachment.objects.filter(pk=attachment_id).select_related("file", "cleaned", "record").first()
    except scope.NothingToSee as error:
        raise NotFound(attachment_id) from error
    if found is None:
        raise NotFound(attachment_id)
    return found


def decision_on_paper(viewer: Viewer, agency_id: int, record_id: int, decision_id: int) -> Decision:
    """A decision of this record that was taken on paper. Raises `NotFound`."""
    try:
        with scope.of_agency(viewer, agency_id):
            rows = Decision.objects.filter(pk=decision_id, record_id=record_id, scan__isnull=False)
            found = rows.select_related("scan").first()
    except scope.NothingToSee as error:
        raise NotFound(decision_id) from error
    if found is None:
        raise NotFound(decision_id)
    return found


def nodes(viewer: Viewer, agency_id: int) -> tuple[AgencyNode, ...]:
    """The agency's catalogue, hidden columns included. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        return _nodes(agency_id)


def holders(agency_id: int, *, on: date) -> dict[str, str]:
    """Who holds which post at the agency on the day, or acts for it; names joined; at a second nameplate, its staff."""
    agency = Agency.objects.get(pk=agency_id)
    places = [agency.pk, *([agency.staffed_by_id] if agency.staffed_by_id else [])]
    rows = PostHolding.objects.filter(agency_id__in=places, user__is_active=True, valid_from__lte=on)
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).order_by("is_deputy", "id")
    found: dict[str, list[str]] = {}
    for post, name in rows.values_list("post", "user__name"):
        found.setdefault(post, []).append(name)
    for mandate in accounts.mandates_for(agency_id, on=on):
        for post in mandate.posts:
            found.setdefault(post, []).append(f"{mandate.office}代办")
    return {post: "、".join(dict.fromkeys(names)) for post, names in found.items()}


def counts_by_column(viewer: Viewer, agency_id: int) -> dict[str, int]:
    """How many public records stand in each column. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        public = Record.objects.filter(entry_id__isnull=False).exclude(state="withdrawn").order_by()
        found = public.values("column_code").annotate(how_many=Count("id"))
        return {row["column_code"]: row["how_many"] for row in found}


def schemes(viewer: Viewer, agency_id: int) -> list[ReviewScheme]:
    """The agency's schemes, the one in force first; empty while none was ever needed."""
    with scope.of_agency(viewer, agency_id):
        return list(ReviewScheme.objects.order_by("-version"))


def _nodes(agency_id: int) -> tuple[AgencyNode, ...]:
    agency = Agency.objects.get(pk=agency_id)
    return tree_for(agency.kind, AgencyColumn.objects.order_by("position", "id"))
