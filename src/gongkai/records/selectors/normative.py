"""Normative documents of an agency: what holds, what is about to end, what was found, and the rounds of clean-up.

This module is also a source of the first screen (`groundwork.worklist`): one line for what ends within half a year,
and one for each document in its last month.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind, urgency_of
from gongkai.published.domain.vocabulary import Validity
from gongkai.records.domain import normative
from gongkai.records.models import CleanUp, CleanUpItem, Evaluation, NormativeRule, Record, Registration
from gongkai.records.selectors import scope
from gongkai.records.selectors.case_file import NotFound

LIMIT = 200
_PUBLIC = Q(is_normative=True, entry_id__isnull=False, withdrawn_at__isnull=True)
_CURRENT = _PUBLIC & Q(validity__in=(*normative.IN_FORCE, Validity.NOT_YET_EFFECTIVE))
_HEAD = (
    *("id", "agency_id", "state", "title", "document_number", "created_on", "effective_on", "expires_on", "validity"),
    *("invalid_since", "responsible_unit", "published_at", "drafter_id", "drafter_name", "changed_at", "entry_id"),
)


@dataclass(frozen=True)
class Counts:
    """How many stand in each list: everything that holds, without a last day, ending, ended."""

    in_force: int
    no_end: int
    ending: Mapping[int, int]
    ended: int


def documents(viewer: Viewer, agency_id: int, show: str, *, today: date) -> QuerySet[Record]:
    """One list: ``in_force``, ``no_end``, ``ended`` or the days of a notice. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        number = Registration.objects.filter(record=OuterRef("pk")).order_by("-id").values("number")[:1]
        rows = Record.objects.filter(_list(show, today)).only(*_HEAD)
        return rows.annotate(registration=Subquery(number))


def counts(viewer: Viewer, agency_id: int, *, today: date) -> Counts:
    """All of them; one query. Raises `scope.NothingToSee`."""
    names = {"in_force": "in_force", "no_end": "no_end", "ended": "ended"}
    wanted = names | {f"ending_{days}": str(days) for days in normative.NOTICE_DAYS}
    with scope.of_agency(viewer, agency_id):
        found = Record.objects.filter(is_normative=True).aggregate(
            **{name: Count("pk", filter=_list(show, today)) for name, show in wanted.items()}
        )
    ending = {days: found[f"ending_{days}"] for days in normative.NOTICE_DAYS}
    return Counts(found["in_force"], found["no_end"], ending, found["ended"])


def document(viewer: Viewer, agency_id: int, record_id: int) -> Record:
    """One normative document of the agency. Raises `NotFound`."""
    try:
        with scope.of_agency(viewer, agency_id):
            found = Record.objects.filter(pk=record_id, is_normative=True).first()
    except scope.NothingToSee as error:
        raise NotFound(record_id) from error
    if found is None:
        raise NotFound(record_id)
    return found


def registrations(found: Record) -> list[Registration]:
    """Its numbers, the newest first."""
    with scoping.narrow_to([found.agency_id]):
        return list(Registration.objects.filter(record=found).order_by("-id"))


def evaluations(found: Record) -> list[Evaluation]:
    """What was found about it, the newest first."""
    with scoping.narrow_to([found.agency_id]):
        return list(Evaluation.objects.filter(record=found).select_related("clean_up").order_by("-id"))


def rule(viewer: Viewer, agency_id: int) -> NormativeRule:
    """The agency's rule; an empty one while it has set none. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        return NormativeRule.objects.first() or NormativeRule(agency_id=agency_id)


def own_periods(row: NormativeRule) -> Mapping[str, int]:
    """What the rule sets, by parameter."""
    values = {normative.PERIOD: row.validity_years, normative.TRIAL_PERIOD: row.trial_years}
    return {name: years for name, years in values.items() if years}


def in_force(on: date) -> QuerySet[Record]:
    """What holds now and was public by the day. Needs a scope."""
    return Record.objects.filter(_CURRENT, published_at__date__lte=on).order_by("created_on", "pk")


def clean_ups(viewer: Viewer, agency_id: int) -> QuerySet[CleanUp]:
    """The rounds with how many documents each has and how many have an outcome. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        decided = Count("items", filter=~Q(items__outcome=""))
        return CleanUp.objects.annotate(total=Count("items"), decided=decided).order_by("-pk")


def clean_up(viewer: Viewer, agency_id: int, clean_up_id: int) -> CleanUp:
    """One of them. Raises `NotFound`."""
    found = clean_ups(viewer, agency_id).filter(pk=clean_up_id).first()
    if found is None:
        raise NotFound(clean_up_id)
    return found


def items(found: CleanUp) -> QuerySet[CleanUpItem]:
    """The documents of a round with their heads, in no order yet."""
    with scoping.narrow_to([found.agency_id]):
        return (
            CleanUpItem.objects.filter(clean_up=found)
            .select_related("record")
            .defer("record__body_html", "record__body_text")
        )


def work_waiting(viewer: Viewer, *, today: date) -> Iterable[WorkItem]:
    """What ends soon: for the office of each agency, and for who drafted a document in its last month; one query."""
    seen = viewer.agencies_where(Duty.SEE_RECORDS)
    if not seen:
        return
    mine = Q(agency_id__in=viewer.agencies_where(Duty.KEEP_NORMATIVE)) | Q(drafter_id=viewer.user_id)
    with scoping.narrow_to(seen):
        ending = Record.objects.filter(_list(str(max(normative.NOTICE_DAYS)), today), mine).only(*_HEAD)
        found = list(ending.order_by("expires_on", "pk")[:LIMIT])
    yield from _lines(viewer, found)
    last_month = today + timedelta(days=min(normative.NOTICE_DAYS))
    yield from (_line(viewer, record, today) for record in found if (record.expires_on or today) <= last_month)


def work_counts(viewer: Viewer, *, today: date) -> tuple[int, int]:
    """How many lines that makes; what has passed its last day is ended by the calendar."""
    return len(list(work_waiting(viewer, today=today))), 0


def _list(show: str, today: date) -> Q:
    if show == "ended":
        return _PUBLIC & ~Q(validity__in=(*normative.IN_FORCE, Validity.NOT_YET_EFFECTIVE))
    if show == "no_end":
        return _CURRENT & Q(expires_on__isnull=True)
    if show.isdecimal():
        return _CURRENT & Q(expires_on__range=(today, today + timedelta(days=int(show))))
    return _CURRENT


def _lines(viewer: Viewer, found: Iterable[Record]) -> Iterable[WorkItem]:
    """One for each office; of very many documents it says that there are at least so many."""
    by_agency: dict[int, list[Record]] = defaultdict(list)
    for record in found:
        by_agency[record.agency_id].append(record)
    for agency_id, records in by_agency.items():
        seat = viewer.seats[agency_id]
        if seat.may(Duty.KEEP_NORMATIVE):
            yield WorkItem(
                kind=WorkKind.UPKEEP,
                agency_name=seat.agency_name,
                sentence="规范性文件半年内到期，请组织评估",
                title=f"{len(records)}件" if len(records) < LIMIT else f"{LIMIT}件以上",
                url=reverse("records:normative", kwargs={"agency_code": seat.agency_code}) + "?show=180",
                who="",
                due_on=None,
                since=max(record.changed_at for record in records),
                urgency=Urgency.NONE,
            )


def _line(viewer: Viewer, record: Record, today: date) -> WorkItem:
    seat = viewer.seats[record.agency_id]
    screen = "evaluate" if seat.may(Duty.KEEP_NORMATIVE) else "case"
    return WorkItem(
        kind=WorkKind.DUE,
        agency_name=seat.agency_name,
        sentence="规范性文件即将到期，请评估是否继续有效",
        title=record.title,
        url=reverse(f"records:{screen}", kwargs={"agency_code": seat.agency_code, "record_id": record.pk}),
        who=record.drafter_name,
        due_on=record.expires_on,
        since=record.changed_at,
        urgency=urgency_of(record.expires_on, today=today),
    )
