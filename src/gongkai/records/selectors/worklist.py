"""What waits for a person among the records of all agencies at which they have a seat."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork import scoping
from gongkai.groundwork.worklist import SOON_DAYS, Urgency, WorkItem, WorkKind, urgency_of
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.lifecycle import State
from gongkai.records.domain.stages import CLEARANCE, REVIEW_POSTS, Hand, Scheme
from gongkai.records.models import Decision, EmergencyRemoval, Plan, Purge, Record
from gongkai.records.models.plan import FAILED, OPEN, RELEASE, WITHDRAWAL
from gongkai.records.selectors import held, owed

# Of each kind at most so many: a longer list helps nobody to begin the day.
LIMIT = 200
REEVALUATION_NOTICE = timedelta(days=30)
_FIELDS = (
    *("id", "agency_id", "state", "stage", "stage_post", "scheme", "digest", "clearance", "attribute", "title"),
    *("drafter_id", "drafter_name", "writers", "changed_at", "due_on", "reevaluate_on", "entry_id"),
    *("joint_issuers", "is_party_mixed"),
    "urgent_reason",
)


@dataclasses.dataclass(frozen=True)
class _Waiting:
    """A record that waits, why, and the screen on which it is dealt with."""

    record: Record
    kind: WorkKind
    sentence: str
    screen: str
    due_on: date | None
    # The office above at which the person deals with it; None for the record's own agency.
    office_id: int | None = None

    def seat(self, viewer: Viewer) -> Seat:
        return viewer.seats[self.office_id or self.record.agency_id]


def work_waiting(viewer: Viewer, *, today: date) -> list[WorkItem]:
    """Reviews, clearances and publications for this person, what came back to them, their drafts, and what is due."""
    return [
        WorkItem(
            kind=waiting.kind,
            agency_name=_agency_name(waiting, viewer),
            sentence=waiting.sentence,
            title=waiting.record.title,
            url=_url(waiting.seat(viewer), waiting.screen, waiting.record),
            who=waiting.record.drafter_name,
            due_on=waiting.due_on,
            since=waiting.record.changed_at,
            urgency=urgency_of(waiting.due_on, today=today),
        )
        for waiting in _waiting(viewer, today=today)
    ]


def work_counts(viewer: Viewer, *, today: date) -> tuple[int, int]:
    """How much waits, and how much of it is overdue."""
    urgencies = [urgency_of(waiting.due_on, today=today) for waiting in _waiting(viewer, today=today)]
    return len(urgencies), urgencies.count(Urgency.OVERDUE)


def reviews_waiting(viewer: Viewer, agency_id: int) -> dict[int, str]:
    """What this person may review at the agency now, the oldest first, then what it holds of subordinates.

    The ids with the address of the screen of each.
    """
    seat = viewer.seats[agency_id]
    with scoping.narrow_to([agency_id]):
        found = {record.pk: _url(seat, "review", record) for record in _reviews(viewer, {agency_id: seat})}
    return found | {record.pk: _url(seat, "held", record) for record in _held(viewer, [agency_id])}


def clearances_waiting(viewer: Viewer, agency_id: int) -> dict[int, str]:
    """What this person may clear at the agency now, the oldest first; as `reviews_waiting`."""
    seat = viewer.seats[agency_id]
    with scoping.narrow_to([agency_id]):
        return {record.pk: _url(seat, "clearance", record) for record in _clearances(viewer, {agency_id: seat})}


def _waiting(viewer: Viewer, *, today: date) -> list[_Waiting]:
    seats = {agency_id: viewer.seats[agency_id] for agency_id in viewer.agencies_where(Duty.SEE_RECORDS)}
    if not seats:
        return []
    found: dict[int, _Waiting] = {}
    with scoping.narrow_to(seats):
        for read in _READERS:
            for waiting in read(viewer, seats, today):
                found.setdefault(waiting.record.pk, waiting)
    return list(found.values())


def _to_review(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    for record in _reviews(viewer, seats):
        verb = "请签发" if record.stage == "sign_off" else "请审核"
        sentence = f"{_hurry(record)}{verb}{record.drafter_name}提交的信息"
        yield _Waiting(record, WorkKind.REVIEW, sentence, "review", _due(record, today))


def _to_review_above(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    for record in _held(viewer, seats):
        sentence = f"{_hurry(record)}请审核{record.agency}报送的信息"
        yield _Waiting(record, WorkKind.REVIEW, sentence, "held", _due(record, today), office_id=record.held_at_id)


def _to_follow_up(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    """For the post that owes a review; once it is late, for those who answer for it; what is to be withdrawn."""
    for row in owed.unsettled(list(seats), limit=LIMIT):
        seat = seats[row.agency_id]
        is_late = not row.outcome and row.due_on < today
        if row.outcome and seat.may(Duty.WITHDRAW_RECORDS):
            sentence = f"{row.reviewer_name}补审要求撤下，请办理：{row.opinion}"
            yield _Waiting(row.record, WorkKind.DUE, sentence, "case", row.due_on)
        elif owed.first([row], viewer, seat):
            sentence = f"紧急发布后，请补办{row.stage_label}"
            yield _Waiting(row.record, WorkKind.REVIEW, sentence, "follow_up", row.due_on)
        elif is_late and (seat.may(Duty.PUBLISH_RECORDS) or seat.may(Duty.SIGN_RECORDS)):
            sentence = f"紧急发布后的{row.stage_label}逾期没有补办，请催办"
            yield _Waiting(row.record, WorkKind.DUE, sentence, "case", row.due_on)


def _to_clear(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    for record in _clearances(viewer, seats):
        sentence = f"{_hurry(record)}请对{record.drafter_name}提交的信息作保密审查"
        yield _Waiting(record, WorkKind.REVIEW, sentence, "clearance", _due(record, today))


def _to_publish(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    ready = Q(attribute=Attribute.PROACTIVE, clearance="publish") | ~Q(attribute=Attribute.PROACTIVE)
    planned = Plan.objects.filter(outcome=OPEN, kind=RELEASE).values("record_id")
    for record in _rows(_at(seats, Duty.PUBLISH_RECORDS), ready, ~Q(pk__in=planned), state=State.SIGNED):
        sentence = "已签发并通过保密审查，可以公开发布"
        if record.joint_issuers or record.is_party_mixed:
            sentence = "已签发并通过保密审查，联合发文机关都确认后可以公开发布"
        if record.attribute != Attribute.PROACTIVE:
            sentence = "已签发，请办理不公开留存"
        yield _Waiting(record, WorkKind.DUE, _hurry(record) + sentence, "case", _due(record, today))


def _hurry(record: Record) -> str:
    return "紧急发布，" if record.urgent_reason else ""


def _due(record: Record, today: date) -> date | None:
    """What is urgent is due today."""
    return min(record.due_on or today, today) if record.urgent_reason else record.due_on


def _plans_failed(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    """What was set for a time and did not happen, until somebody does something about the record."""
    failed = Plan.objects.filter(outcome=FAILED, agency_id__in=_at(seats, Duty.PUBLISH_RECORDS))
    rows = failed.filter(ended_at__gte=F("record__changed_at")).order_by("-ended_at")[:LIMIT]
    reasons = {plan.record_id: f"{_NOT_DONE[plan.kind]}：{plan.reason}" for plan in rows}
    for record in _rows(list(seats), pk__in=reasons) if reasons else ():
        yield _Waiting(record, WorkKind.DUE, reasons[record.pk], "case", record.due_on)


_NOT_DONE = {RELEASE: "定时发布没有办成", WITHDRAWAL: "定时撤下没有办成"}


def _to_reevaluate(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    agencies = _at(seats, Duty.PUBLISH_RECORDS)
    for record in _rows(agencies, state=State.KEPT, reevaluate_on__lte=today + REEVALUATION_NOTICE):
        assert record.reevaluate_on is not None  # the condition asks for it
        when = "过了评估日期" if record.reevaluate_on < today else "到了评估时间"
        yield _Waiting(record, WorkKind.DUE, f"不予公开的信息{when}，请评估能否公开", "case", record.reevaluate_on)


def _returned(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    for record in _rows(_at(seats, Duty.DRAFT_RECORDS), _as_drafter(viewer, seats), state=State.RETURNED):
        yield _Waiting(record, WorkKind.RETURNED, "退回修改，请修改后重新提交", "case", record.due_on)


def _unexplained(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    """For who took something down and for the head of the office; once it is late, for all who may take down."""
    agencies = _at(seats, Duty.WITHDRAW_RECORDS)
    leads = [agency_id for agency_id in agencies if Post.LEADER in seats[agency_id].posts]
    concerned = Q(remover_id=viewer.user_id) | Q(agency_id__in=leads) | Q(reason_due_on__lt=today)
    removals = EmergencyRemoval.objects.filter(concerned, agency_id__in=agencies, reason="").select_related("record")
    for removal in removals.order_by("reason_due_on", "id")[:LIMIT]:
        sentence = f"{removal.remover_name}已紧急撤下，请补写原因"
        if removal.reason_due_on < today:
            sentence = f"{removal.remover_name}紧急撤下后逾期没有说明原因，请督促补写"
        yield _Waiting(removal.record, WorkKind.DUE, sentence, "explain", removal.reason_due_on)


def _to_purge(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    agencies = _at(seats, Duty.CONFIRM_PURGE)
    waiting = Purge.objects.filter(agency_id__in=agencies, outcome="").exclude(asker_id=viewer.user_id)
    for purge in waiting.select_related("record").order_by("asked_at")[:LIMIT]:
        yield _Waiting(purge.record, WorkKind.REVIEW, f"{purge.asker_name}申请清除，请确认", "purge", None)


def _drafts(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    open_states = [State.DRAFT, State.CORRECTING]
    for record in _rows(_at(seats, Duty.DRAFT_RECORDS), _as_drafter(viewer, seats), state__in=open_states):
        sentence = "更正还没有提交审核" if record.state == State.CORRECTING else "草稿还没有提交审核"
        yield _Waiting(record, WorkKind.DRAFT, sentence, "case", record.due_on)


def _falling_due(viewer: Viewer, seats: Mapping[int, Seat], today: date) -> Iterator[_Waiting]:
    """For those who answer for the agency's deadlines: what is about to be late, in whosever hands it is."""
    under_way = [State.DRAFT, State.IN_REVIEW, State.RETURNED, State.SIGNED]
    soon = today + timedelta(days=SOON_DAYS)
    agencies = _at(seats, Duty.PUBLISH_RECORDS)
    for record in _rows(agencies, state__in=under_way, published_at__isnull=True, due_on__lte=soon):
        sentence = f"公开期限将到，现为“{State(record.state).label}”，请催办"
        yield _Waiting(record, WorkKind.DUE, sentence, "case", record.due_on)


_READERS: tuple[Callable[[Viewer, Mapping[int, Seat], date], Iterator[_Waiting]], ...] = (
    _unexplained,
    _to_purge,
    _to_follow_up,
    _to_review,
    _to_review_above,
    _to_clear,
    _plans_failed,
    _to_publish,
    _to_reevaluate,
    _returned,
    _drafts,
    _falling_due,
)


def _reviews(viewer: Viewer, seats: Mapping[int, Seat]) -> Iterator[Record]:
    mine = Q()
    for agency_id, seat in seats.items():
        posts = [post.value for post in seat.posts if post in REVIEW_POSTS]
        if posts:
            mine |= Q(agency_id=agency_id, stage_post__in=posts)
    if not mine:
        return
    records = _oldest_first(
        Record.objects.filter(mine, state=State.IN_REVIEW, held_at__isnull=True).select_related("scheme"),
        joined=("scheme__agency_id", "scheme__stages", "scheme__distinct_persons"),
    )
    yield from _decidable(viewer, records)


def _held(viewer: Viewer, office_ids: Collection[int]) -> Iterator[Record]:
    found = held.heads(viewer, office_ids, limit=LIMIT)
    if found:
        with scoping.narrow_to({record.agency_id for record in found}):
            yield from list(_decidable(viewer, found))


def _decidable(viewer: Viewer, candidates: Iterable[Record]) -> Iterator[Record]:
    """Those to which the pinned scheme does not object."""
    records = [record for record in candidates if viewer.user_id not in record.writers]
    approvers = _approvers(records)
    for record in records:
        assert record.scheme is not None  # pinned at submission
        scheme = Scheme.read(record.scheme.stages, record.scheme.distinct_persons)
        scheme = scheme.path(is_urgent=bool(record.urgent_reason))
        objection = scheme.objection(
            record.stage,
            hand=Hand(viewer.user_id, viewer.name),
            post=record.stage_post,
            writers=record.writers,
            approvers=approvers[record.pk],
        )
        if not objection:
            yield record


def _clearances(viewer: Viewer, seats: Mapping[int, Seat]) -> Iterator[Record]:
    agencies = _at(seats, Duty.CLEAR_SECRECY)
    uncleared = Q(clearance="") | Q(clearance="refer")
    states = [State.IN_REVIEW, State.SIGNED]
    for record in _rows(agencies, uncleared, state__in=states, attribute=Attribute.PROACTIVE):
        if viewer.user_id not in record.writers:
            yield record


def _approvers(records: list[Record]) -> dict[int, list[Hand]]:
    found: dict[int, list[Hand]] = defaultdict(list)
    decisions = Decision.objects.filter(record__in=[record.pk for record in records], outcome="approve", is_valid=True)
    deciders = decisions.exclude(stage=CLEARANCE).values_list("record_id", "decider_id", "decider_name")
    for record_id, person, name in deciders:
        found[record_id].append(Hand(person, name))
    return found


def _as_drafter(viewer: Viewer, seats: Mapping[int, Seat]) -> Q:
    """What the person drafted, and what absent colleagues did for whom they stand in."""
    mine = Q(drafter_id=viewer.user_id)
    for agency_id, seat in seats.items():
        if absent := seat.absent_holders(Post.DRAFTER):
            mine |= Q(agency_id=agency_id, drafter_id__in=absent)
    return mine


def _rows(agencies: list[int], *conditions: Q, **filters: object) -> list[Record]:
    if not agencies:
        return []
    return list(_oldest_first(Record.objects.filter(*conditions, agency_id__in=agencies, **filters)))


def _oldest_first(records: QuerySet[Record], *, joined: tuple[str, ...] = ()) -> QuerySet[Record]:
    """Heads only."""
    return records.only(*_FIELDS, *joined).order_by("changed_at", "id")[:LIMIT]


def _at(seats: Mapping[int, Seat], duty: Duty) -> list[int]:
    return [agency_id for agency_id, seat in seats.items() if seat.may(duty)]


def _agency_name(waiting: _Waiting, viewer: Viewer) -> str:
    return waiting.record.agency.name if waiting.office_id else waiting.seat(viewer).agency_name


def _url(seat: Seat, screen: str, record: Record) -> str:
    return reverse(f"records:{screen}", kwargs={"agency_code": seat.agency_code, "record_id": record.pk})
