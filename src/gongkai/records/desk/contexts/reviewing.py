"""The review and the clearance page: the document left, findings and opinion right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Badge, ClockPanel, Fact
from gongkai.records.desk.checking import contexts as checking
from gongkai.records.desk.checking.contexts import ChecksPanel
from gongkai.records.desk.contexts import case, clock, difference, states
from gongkai.records.desk.contexts.case import DecisionLine, FileLine
from gongkai.records.desk.contexts.difference import Difference
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.content import FIELD_LABELS
from gongkai.records.models import Record, RecordVersion
from gongkai.records.selectors.case_file import CaseFile


@dataclass(frozen=True)
class ReviewPage:
    """What a reviewer reads. ``stage`` names what is decided, ``verb`` stands on the button."""

    record: Record
    stage: str
    verb: str
    state: Badge
    clearance: Badge | None
    urgent: Badge | None
    urgent_reason: str
    clock: ClockPanel | None
    facts: tuple[Fact, ...]
    body: SafeString
    files: tuple[FileLine, ...]
    checks: ChecksPanel
    decisions: tuple[DecisionLine, ...]
    difference: Difference | None
    waiting: int
    # Empty for the office above, which sees no more than this page.
    case_url: str
    sender: str


@dataclass(frozen=True)
class VersionPage:
    """A frozen version, as it was submitted."""

    record: Record
    version: RecordVersion
    body: SafeString
    files: tuple[str, ...]
    facts: tuple[Fact, ...]
    difference: Difference | None
    case_url: str


def review_page(found: CaseFile, seat: Seat, *, waiting: int, today: date) -> ReviewPage:
    """``waiting`` is how many more wait for this person."""
    record, scheme = found.record, states.scheme_of(found.record)
    stage = scheme.stage(record.stage) if scheme and record.stage else None
    checks = checking.panel(record, found.files, seat, today=today)
    page = case.decision_lines(found, seat)
    is_own = record.agency_id == seat.agency_id
    return ReviewPage(
        record=record,
        stage=stage.label if stage else "保密审查",
        verb="签发" if stage and stage.is_sign_off else "审核通过",
        state=states.state_badge(record),
        clearance=states.clearance_badge(record),
        urgent=states.urgent_badge(record),
        urgent_reason=record.urgent_reason,
        clock=clock.panel(record, today=today),
        facts=tuple(case.facts(found)),
        body=checks.body,
        files=case.file_lines(found.files, seat, held_record=None if is_own else record.pk),
        checks=checks,
        decisions=tuple(line for line in page if line.opinion or line.is_valid),
        difference=_last_difference(found.versions),
        waiting=waiting,
        case_url=_case_url(record, seat) if is_own else "",
        sender=record.drafter_name if is_own else f"{record.agency}{record.drafter_name}",
    )


def version_page(found: CaseFile, seat: Seat, number: int) -> VersionPage | None:
    """None where there is no such version."""
    version = next((version for version in found.versions if version.number == number), None)
    if version is None or version.purged_at is not None:
        return None
    before = next((other for other in found.versions if other.number == number - 1 and not other.purged_at), None)
    metadata = version.content["metadata"]
    return VersionPage(
        record=found.record,
        version=version,
        body=mark_safe(version.body_html),  # frozen after rich_text.clean
        files=tuple(file["title"] for file in version.content["files"]),
        facts=tuple(
            Fact(label=label, value=_said(name, metadata[name], found))
            for name, label in FIELD_LABELS.items()
            if name in metadata
        ),
        difference=difference.between(before, version) if before else None,
        case_url=_case_url(found.record, seat),
    )


def _said(name: str, value: object, found: CaseFile) -> str:
    """A value in the words of the office, where it is kept as a code."""
    if name == "attribute":
        return Attribute(str(value)).label
    if name == "column_code":
        return next((node.title for node in found.nodes if node.code == value), str(value))
    return difference.word(value)


def _last_difference(versions: Sequence[RecordVersion]) -> Difference | None:
    if len(versions) < 2 or versions[1].purged_at is not None:
        return None
    return difference.between(versions[1], versions[0])


def _case_url(record: Record, seat: Seat) -> str:
    return reverse("records:case", kwargs={"agency_code": seat.agency_code, "record_id": record.pk})
