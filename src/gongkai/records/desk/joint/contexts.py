"""Where the issuers of a joint document stand, for the lead; what is asked, for the co-issuer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.ui.parts import Badge, Fact, Tone
from gongkai.records.desk.contexts import difference
from gongkai.records.domain import joint
from gongkai.records.domain.content import FIELD_LABELS
from gongkai.records.domain.joint import Answer
from gongkai.records.domain.lifecycle import TABLE, Act
from gongkai.records.models import Confirmation, ConfirmationRequest, Record

_UNSHOWN = frozenset({"attribute", "column_code", "title"})


@dataclass(frozen=True)
class IssuerLine:
    """One issuer: what it said last about the submitted content, who and how."""

    issuer: str
    state: Badge
    who: str
    given_on: date | None
    opinion: str


@dataclass(frozen=True)
class JointPanel:
    lines: tuple[IssuerLine, ...]
    note_url: str


@dataclass(frozen=True)
class AskedLine:
    """One question in the list of a co-issuer."""

    title: str
    url: str
    lead: str
    state: Badge
    asked_at: datetime


@dataclass(frozen=True)
class AskedPage:
    """What a co-issuer reads before it answers."""

    asked: ConfirmationRequest
    state: Badge
    facts: tuple[Fact, ...]
    body: SafeString
    files: tuple[tuple[str, str], ...]
    back_url: str


def panel(
    record: Record, confirmations: Iterable[Confirmation], events: Iterable[AuditEvent], seat: Seat
) -> JointPanel | None:
    """None for a document of one issuer."""
    issuers = joint.to_be_asked({"joint_issuers": record.joint_issuers, "is_party_mixed": record.is_party_mixed})
    if not issuers:
        return None
    last = {row.issuer: row for row in confirmations if row.digest == record.digest}
    asked = {name for event in events if _is_question(event, record) for name in event.detail["issuers"]}
    may_note = TABLE.find(Act.NOTE_CONFIRMATION, record.state) is not None and seat.may(Duty.PUBLISH_RECORDS)
    return JointPanel(
        lines=tuple(_line(issuer, last.get(issuer), is_asked=issuer in asked) for issuer in issuers),
        note_url=_url("note_confirmation", seat, record_id=record.pk) if may_note else "",
    )


def missing(record: Record, confirmations: Iterable[Confirmation]) -> tuple[str, ...]:
    """Who has not agreed yet to what is under way."""
    last = {row.issuer: row.answer for row in confirmations if row.digest == record.digest}
    issuers = joint.to_be_asked({"joint_issuers": record.joint_issuers, "is_party_mixed": record.is_party_mixed})
    return tuple(issuer for issuer in issuers if last.get(issuer) != Answer.CONFIRMED)


def was_asked(record: Record, events: Iterable[AuditEvent]) -> bool:
    """Whether the issuers that have a desk here were asked about what is under way."""
    return any(_is_question(event, record) for event in events)


def asked_lines(rows: Iterable[ConfirmationRequest], seat: Seat) -> tuple[AskedLine, ...]:
    return tuple(
        AskedLine(row.title, _url("confirm", seat, request_id=row.pk), row.lead_name, state_of(row), row.asked_at)
        for row in rows
    )


def asked_page(asked: ConfirmationRequest, seat: Seat) -> AskedPage:
    facts = [Fact(label="牵头机关", value=asked.lead_name)]
    for name, label in FIELD_LABELS.items():
        if name in asked.metadata and name not in _UNSHOWN and asked.metadata[name] is not False:
            facts.append(Fact(label=label, value=difference.word(asked.metadata[name])))
    return AskedPage(
        asked=asked,
        state=state_of(asked),
        facts=tuple(facts),
        body=mark_safe(asked.body_html),  # the public text of a version, frozen after rich_text.clean
        files=tuple(
            (file["title"], _url("confirmation_file", seat, request_id=asked.pk, position=place))
            for place, file in enumerate(asked.files, start=1)
        ),
        back_url=_url("confirmations", seat),
    )


def state_of(asked: ConfirmationRequest) -> Badge:
    if asked.answer:
        tone = Tone.GOOD if asked.answer == Answer.CONFIRMED else Tone.BAD
        return Badge(label=f"已答复：{Answer(asked.answer).label}", tone=tone)
    return Badge(label="不再需要", tone=Tone.ENDED) if asked.is_over else Badge(label="等待答复", tone=Tone.WAITING)


def _line(issuer: str, said: Confirmation | None, *, is_asked: bool) -> IssuerLine:
    if said is None:
        state = Badge(label="等待确认" if is_asked else "未征求", tone=Tone.WAITING if is_asked else Tone.NEUTRAL)
        return IssuerLine(issuer, state, "", None, "")
    tone = Tone.GOOD if said.answer == Answer.CONFIRMED else Tone.BAD
    who = f"{said.given_by}（书面，{said.recorder_name}登记）" if said.is_on_paper else said.given_by
    return IssuerLine(issuer, Badge(label=Answer(said.answer).label, tone=tone), who, said.given_on, said.opinion)


def _is_question(event: AuditEvent, record: Record) -> bool:
    return event.action == "record.ask_issuers" and event.detail.get("digest") == record.digest


def _url(name: str, seat: Seat, **arguments: int) -> str:
    return reverse(f"records:{name}", kwargs={"agency_code": seat.agency_code, **arguments})
