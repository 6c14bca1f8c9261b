"""What the screens of normative documents show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.filters import FilterGroup, choice_filter
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.groundwork.ui.parts import Badge, Fact, Tone
from gongkai.groundwork.worklist import time_left
from gongkai.published.domain.vocabulary import Validity
from gongkai.records.domain import normative
from gongkai.records.domain.normative import Outcome
from gongkai.records.models import CleanUp, CleanUpItem, Evaluation, NormativeRule, Record, Registration
from gongkai.records.selectors import normative as selector

SHOWN = ("in_force", "180", "90", "30", "no_end", "ended")
_LABELS = {"in_force": "现行有效", "no_end": "没有失效日期", "ended": "废止、失效"}
_URGENT = {30: Tone.BAD, 90: Tone.WAITING, 180: Tone.NEUTRAL}


@dataclass(frozen=True)
class DocumentLine:
    record: Record
    number: str
    url: str
    validity: Badge
    left: Badge | None
    proposed: date | None


@dataclass(frozen=True)
class DocumentsPage:
    lines: tuple[DocumentLine, ...]
    filters: tuple[FilterGroup, ...]
    page: KeysetPage[Record]
    show: str
    settings_url: str
    rounds_url: str


@dataclass(frozen=True)
class DocumentPage:
    """One document with what was found about it."""

    facts: tuple[Fact, ...]
    evaluations: tuple[tuple[Evaluation, str], ...]


@dataclass(frozen=True)
class ItemLine:
    item: CleanUpItem
    url: str
    outcome: Badge


@dataclass(frozen=True, kw_only=True)
class RoundPage:
    row: CleanUp
    total: int
    decided: int
    filters: tuple[FilterGroup, ...]
    lines: tuple[ItemLine, ...]
    page: KeysetPage[CleanUpItem]
    may_decide: bool
    close_url: str
    notice_url: str


def shown(query: QueryDict) -> str:
    show = query.get("show", "")
    return show if show in SHOWN else SHOWN[0]


def order(show: str) -> tuple[str, str]:
    """What ends first comes first, where everything has a last day."""
    return ("expires_on", "id") if show.isdecimal() else ("-published_at", "-id")


@dataclass(frozen=True)
class Surroundings:
    """What the lists need to know beside their rows."""

    counts: selector.Counts
    rule: NormativeRule
    today: date


def documents_page(page: KeysetPage[Record], around: Surroundings, query: QueryDict, seat: Seat) -> DocumentsPage:
    show, counts = shown(query), around.counts
    numbers = {"in_force": counts.in_force, "no_end": counts.no_end, "ended": counts.ended}
    numbers |= {str(days): counts.ending[days] for days in normative.NOTICE_DAYS}
    options = [("" if name == SHOWN[0] else name, _LABELS.get(name, f"{name}日内到期")) for name in SHOWN]
    group = choice_filter(query, param="show", label="清单", options=options, counts=numbers)
    may = seat.may(Duty.KEEP_NORMATIVE)
    place = {"agency_code": seat.agency_code}
    own = selector.own_periods(around.rule)
    return DocumentsPage(
        lines=tuple(_document(record, own, seat, around.today) for record in page.items),
        filters=(group,),
        page=page,
        show=show,
        settings_url=reverse("records:normative_rule", kwargs=place) if may else "",
        rounds_url=reverse("records:clean_ups", kwargs=place),
    )


def document_page(record: Record, numbers: Iterable[Registration], found: Iterable[Evaluation]) -> DocumentPage:
    facts = [
        Fact(label="发文字号", value=record.document_number or "没有"),
        Fact(label="登记号", value="、".join(row.number for row in numbers) or "没有"),
        Fact(label="成文日期", value=f"{record.created_on or '没有写明'}"),
        Fact(label="生效日期", value=f"{record.effective_on or '没有写明'}"),
        Fact(label="失效日期", value=f"{record.expires_on or '没有写明'}"),
        Fact(label="有效性", value=Validity(record.validity).label),
        Fact(label="承办部门", value=record.responsible_unit or "没有写明"),
    ]
    return DocumentPage(tuple(facts), tuple((row, Outcome(row.outcome).label) for row in found))


def proposal(record: Record, own: Mapping[str, int], today: date) -> date | None:
    """The last day of another period, as the evaluation form begins with."""
    if record.expires_on is None:
        return None
    next_first = record.expires_on + timedelta(days=1)
    return normative.last_day(next_first, normative.period_years(record.title, on=today, own=own))


def round_page(
    row: CleanUp, page: KeysetPage[CleanUpItem], counts: Mapping[str, int], query: QueryDict, seat: Seat
) -> RoundPage:
    place = {"agency_code": seat.agency_code, "clean_up_id": row.pk}
    is_open, may = row.closed_at is None, seat.may(Duty.KEEP_NORMATIVE)
    total, decided = sum(counts.values()), sum(number for name, number in counts.items() if name)
    options = [("none", "没有意见"), *((outcome.value, outcome.label) for outcome in Outcome)]
    shown_counts = {name or "none": number for name, number in counts.items()}
    return RoundPage(
        row=row,
        total=total,
        decided=decided,
        filters=(choice_filter(query, param="outcome", label="意见", options=options, counts=shown_counts),),
        lines=tuple(_item(item, seat) for item in page.items),
        page=page,
        may_decide=is_open and may,
        close_url=reverse("records:clean_up_close", kwargs=place) if is_open and may and decided == total else "",
        notice_url=reverse("records:clean_up_notice", kwargs=place)
        if not is_open and seat.may(Duty.DRAFT_RECORDS)
        else "",
    )


def round_lines(rows: Iterable[CleanUp], seat: Seat) -> Iterator[tuple[CleanUp, str]]:
    for row in rows:
        yield row, reverse("records:clean_up", kwargs={"agency_code": seat.agency_code, "clean_up_id": row.pk})


def _document(record: Record, own: Mapping[str, int], seat: Seat, today: date) -> DocumentLine:
    screen = "evaluate" if seat.may(Duty.KEEP_NORMATIVE) else "case"
    validity = Validity(record.validity)
    left, proposed = None, None
    if not validity.has_ended and record.expires_on is not None:
        stage = normative.stage((record.expires_on - today).days)
        left = Badge(label=time_left(record.expires_on, today=today), tone=_URGENT[stage]) if stage else None
    begin = record.effective_on or record.created_on
    if not validity.has_ended and record.expires_on is None and begin is not None:
        proposed = normative.last_day(begin, normative.period_years(record.title, on=today, own=own))
    return DocumentLine(
        record=record,
        number=getattr(record, "registration", "") or "",
        url=reverse(f"records:{screen}", kwargs={"agency_code": seat.agency_code, "record_id": record.pk}),
        validity=Badge(label=validity.label, tone=Tone.ENDED if validity.has_ended else Tone.GOOD),
        left=left,
        proposed=proposed,
    )


def _item(item: CleanUpItem, seat: Seat) -> ItemLine:
    place = {"agency_code": seat.agency_code, "record_id": item.record_id}
    badge = Badge(label="没有意见", tone=Tone.WAITING)
    if item.outcome:
        outcome = Outcome(item.outcome)
        badge = Badge(label=outcome.label, tone=Tone.ENDED if outcome.validity else Tone.GOOD)
    return ItemLine(item, reverse("records:case", kwargs=place), badge)
