"""The clock of a request for information: from what happened to the last day for the reply.

The rules are those of the day on which the request was received, also for events after a change of law. The reply is
due `base + extension + excluded` working days after the clock started; it starts with receipt, and anew when a
correction arrives or a fee is paid. What begins after the limit has run out no longer moves it; a finding says so.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Sequence

from gongkai.law import periods
from gongkai.law.findings import Finding, Severity, Status
from gongkai.law.parameters import Value
from gongkai.law.periods import Deadline, Rules, Step, day_label
from gongkai.law.request_events import (
    BadEvents,
    ConsultationAnswered,
    ConsultationServed,
    Corrected,
    CorrectionAsked,
    Deferred,
    Event,
    Extended,
    FeeNotified,
    FeePaid,
    Received,
)

Day = datetime.date

_ANSWER_PERIODS = {
    "third_party": "requests.third_party_period",
    "co_maker": "requests.co_maker_period",
    "agency": "requests.other_agency_period",
}


@dataclasses.dataclass(frozen=True, slots=True)
class _Start:
    """Where the clock last started. `waiting`: it stands still. `pauses`: waits for payment that do not count."""

    day: Day
    event: str
    basis: str
    waiting: Step | None = None
    pauses: tuple[tuple[Day, Day], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Interval:
    """Days after `after` up to `until` that do not count. `open`: no answer yet, so the full period is assumed."""

    after: Day
    until: Day
    reason: str
    basis: str
    open: bool = False


def reply_deadline(events: Iterable[Event], *, rules: Rules | None = None) -> Deadline:
    """The last day on which the reply can be served. Raises `BadEvents`, `parameters.NotInForce`."""
    rules = rules or Rules()
    ordered = _in_order(events)
    received_on = ordered[0].on
    base = rules.at("requests.reply_period", on=received_on)
    start = _find_start(ordered, rules)
    findings = _check_corrections(ordered, rules)
    edition = periods.edition(base, rules)
    if start.waiting:
        return Deadline(
            due_on=None,
            steps=(start.waiting,),
            provisional=False,
            edition=edition,
            waiting_for=start.waiting.code,
            findings=findings,
        )
    derivation = _Derivation(rules, received_on, start, base)
    moments: list[_Interval | Extended] = [*_merged(_intervals(ordered, start, rules)), *_extensions(ordered, start)]
    for moment in sorted(moments, key=_begin):
        derivation = derivation.moved_by(moment)
    deferred = [event for event in ordered if isinstance(event, Deferred) and event.on >= start.day]
    return derivation.deadline(edition, findings, deferred[-1] if deferred else None)


def answer_deadline(served_on: Day, *, kind: str, received_on: Day, rules: Rules | None = None) -> Deadline:
    """Until when a consulted party may answer. Raises `KeyError` for an unknown kind."""
    rules = rules or Rules()
    name = _answer_period(kind, received_on, rules)
    return periods.count(name, served_on, event="收到征求意见书", on=received_on, rules=rules)


@dataclasses.dataclass(frozen=True)
class _Derivation:
    """The limit as moved so far. Each event moves it only if it begins while the limit still runs."""

    rules: Rules
    received_on: Day
    start: _Start
    base: Value
    extended: int = 0
    excluded: int = 0
    reasons: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    provisional: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def due(self) -> periods.Reached:
        amount = self.base.number + self.extended + self.excluded
        return periods.Reached(*self.rules.calendar.add_workdays(self.start.day, amount))

    def moved_by(self, moment: "_Interval | Extended") -> "_Derivation":
        if _begin(moment) > self.due.day:
            return self._with(_too_late(moment, self.due.day))
        return self._exclude(moment) if isinstance(moment, _Interval) else self._extend(moment)

    def _exclude(self, interval: _Interval) -> "_Derivation":
        days, provisional = self.rules.calendar.workdays_between(interval.after, interval.until)
        return dataclasses.replace(
            self,
            excluded=self.excluded + days,
            reasons=tuple(dict.fromkeys((*self.reasons, *interval.reason.split("、")))),
            bases=tuple(dict.fromkeys((*self.bases, interval.basis))),
            provisional=self.provisional or provisional or interval.open,
        )

    def _extend(self, event: Extended) -> "_Derivation":
        limit = self.rules.at("requests.extension_limit", on=self.received_on)
        if self.extended:
            return self._with(
                _finding("extension_repeated", "答复期限只能延长一次，再次延长不计。", event.on, limit.basis)
            )
        days = limit.number if event.workdays is None else min(event.workdays, limit.number)
        moved = dataclasses.replace(self, extended=days)
        if event.workdays is not None and event.workdays > limit.number:
            message = f"延长期限最长{limit.label}，超出部分不计。"
            return moved._with(_finding("extension_too_long", message, event.on, limit.basis))
        return moved

    def _with(self, finding: Finding) -> "_Derivation":
        return dataclasses.replace(self, findings=(*self.findings, finding))

    def deadline(self, edition: str, findings: tuple[Finding, ...], deferred: Deferred | None) -> Deadline:
        due = self.due
        steps, provisional = self._steps(due.day), due.provisional or self.provisional
        due_on = due.day
        if deferred:
            due_on, provisional = deferred.until, False
            text = f"经说明理由，确定延迟至{day_label(due_on, self.start.day)}答复"
            steps = (*steps, Step("deferred", text, "oigr-2019/35", due_on))
        return Deadline(due_on, steps, provisional, edition, findings=(*findings, *self.findings))

    def _steps(self, due_on: Day) -> tuple[Step, ...]:
        again = "重新计算" if self.start.day != self.received_on or self.start.event != "收到" else ""
        start = f"自{day_label(self.start.day, due_on)}{self.start.event}之次日起{again}{self.base.label}"
        steps = [
            Step("start", "", self.start.basis, self.start.day),
            Step("base", start, self.base.basis, None, self.base.number),
        ]
        if self.extended:
            limit = self.rules.at("requests.extension_limit", on=self.received_on)
            steps.append(Step("extension", f"经批准延长{self.extended}个工作日", limit.basis, None, self.extended))
        if self.excluded:
            text = f"扣除{'、'.join(self.reasons)}{self.excluded}日"
            steps += [Step("excluded", text, self.bases[0], None, self.excluded)]
            steps += [Step("basis", "", basis) for basis in self.bases[1:]]
        return (*steps, Step("due", "", self.base.basis, due_on))


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    ordered = tuple(sorted(events, key=lambda event: (event.on, not isinstance(event, Received))))
    received = [event for event in ordered if isinstance(event, Received)]
    if len(received) != 1 or ordered[0] is not received[0]:
        raise BadEvents("a request is received exactly once, before anything else happens")
    if any(isinstance(event, Extended) and event.workdays is not None and event.workdays < 1 for event in ordered):
        raise BadEvents("an extension adds at least one working day")
    return ordered


def _find_start(events: Sequence[Event], rules: Rules) -> _Start:
    """Follow corrections and fees to the last start of the clock."""
    received_on = events[0].on
    start = _Start(received_on, "收到", rules.at("requests.reply_period", on=received_on).basis)
    effects = {name: rules.book.find(f"requests.{name}_effect", on=received_on) for name in ("correction", "fee")}
    asked: dict[str, Day] = {}
    for event in events:
        match event:
            case CorrectionAsked() | FeeNotified():
                cause = "correction" if isinstance(event, CorrectionAsked) else "fee"
                asked[cause] = event.on
                start = _wait(start, cause, event.on, effects[cause])
            case Corrected() | FeePaid():
                cause = "correction" if isinstance(event, Corrected) else "fee"
                if cause not in asked:
                    raise BadEvents(f"{cause}: answered before it was asked for")
                start = _go_on(start, cause, (asked.pop(cause), event.on), effects[cause])
    return start


def _wait(start: _Start, cause: str, day: Day, effect: Value | None) -> _Start:
    if effect is None or effect.value == "run":
        return start
    texts = {"correction": ("告知补正", "收到补正"), "fee": ("通知缴费", "缴费完成")}[cause]
    then = "之次日起重新计算" if effect.value == "restart" else "后继续计算"
    text = f"{day_label(day, start.day)}{texts[0]}，期限自{texts[1]}{then}"
    return dataclasses.replace(start, waiting=Step(f"waiting_{cause}", text, effect.basis, day))


def _go_on(start: _Start, cause: str, pause: tuple[Day, Day], effect: Value | None) -> _Start:
    if effect is None or effect.value == "run":
        return start
    if effect.value == "pause":
        return dataclasses.replace(start, waiting=None, pauses=(*start.pauses, pause))
    return _Start(pause[1], {"correction": "收到补正", "fee": "缴费完成"}[cause], effect.basis)


def _intervals(events: Sequence[Event], start: _Start, rules: Rules) -> Iterator[_Interval]:
    """Consultations and waits that do not count, clipped to the time after the last start."""
    received_on = events[0].on
    served: dict[str, ConsultationServed] = {}
    answered: list[tuple[ConsultationServed, Day]] = []
    for event in events:
        if isinstance(event, ConsultationServed):
            if event.party in served:
                raise BadEvents(f"{event.party} is consulted again before answering")
            served[event.party] = event
        elif isinstance(event, ConsultationAnswered):
            if event.party not in served:
                raise BadEvents(f"{event.party} answers without having been consulted")
            answered.append((served.pop(event.party), event.on))
    for letter, answer in (*answered, *((letter, None) for letter in served.values())):
        interval = _consultation(letter, answer, received_on, rules)
        if interval and interval.until > start.day:
            yield dataclasses.replace(interval, after=max(interval.after, start.day))
    for after, until in start.pauses:
        yield _Interval(after, until, "等待缴费", "gosc-2020-109")


def _consultation(letter: ConsultationServed, answer: Day | None, received_on: Day, rules: Rules) -> _Interval | None:
    """What one letter takes out of the count; None where the law of the request counts it."""
    which = "third_party_time" if letter.kind == "third_party" else "agency_time"
    rule = rules.at(f"requests.{which}", on=received_on)
    if rule.value != "excluded":
        return None
    period = rules.at(_answer_period(letter.kind, received_on, rules), on=received_on)
    limit = periods.reach(letter.on, period, rules=rules).day
    return _Interval(letter.on, min(answer or limit, limit), "征求意见", rule.basis, open=answer is None)


def _answer_period(kind: str, received_on: Day, rules: Rules) -> str:
    """The parameter for the party's answer. The 2008 text knows no co-makers: they are other agencies there."""
    name = _ANSWER_PERIODS[kind]
    return name if rules.book.find(name, on=received_on) else _ANSWER_PERIODS["agency"]


def _merged(intervals: Iterable[_Interval]) -> tuple[_Interval, ...]:
    """Their union: days on which two letters are out count once."""
    union: list[_Interval] = []
    for interval in sorted(intervals, key=lambda interval: interval.after):
        if not union or interval.after > union[-1].until:
            union.append(interval)
            continue
        last = union[-1]
        reasons = "、".join(dict.fromkeys((*last.reason.split("、"), interval.reason)))
        union[-1] = dataclasses.replace(
            last, until=max(last.until, interval.until), reason=reasons, open=last.open or interval.open
        )
    return tuple(union)


def _extensions(events: Sequence[Event], start: _Start) -> Iterator[Extended]:
    """An extension of a period that has been started anew is void with it."""
    return (event for event in events if isinstance(event, Extended) and event.on >= start.day)


def _begin(moment: _Interval | Extended) -> Day:
    return moment.after if isinstance(moment, _Interval) else moment.on


def _too_late(moment: _Interval | Extended, due_on: Day) -> Finding:
    limit = f"{due_on.month}月{due_on.day}日"
    if isinstance(moment, Extended):
        message = f"延期告知晚于原期限（{limit}），不计。"
        return _finding("extension_late", message, moment.on, "oigr-2019/33")
    message = f"征求意见始于期限（{limit}）届满之后，不予扣除。"
    return _finding("consultation_late", message, moment.after, moment.basis)


def _check_corrections(events: Sequence[Event], rules: Rules) -> tuple[Finding, ...]:
    """One notice only, in time: both rules came with the 2019 text."""
    received_on = events[0].on
    period = rules.book.find("requests.correction_notice_period", on=received_on)
    asked = [event.on for event in events if isinstance(event, CorrectionAsked)]
    if period is None or not asked:
        return ()
    findings = [_finding("correction_repeated", "补正只能一次性告知。", day, period.basis) for day in asked[1:]]
    limit = periods.reach(received_on, period, rules=rules).day
    if asked[0] > limit:
        message = f"应在收到申请之日起{period.label}内告知补正（{limit.month}月{limit.day}日前）。"
        findings.insert(0, _finding("correction_late", message, asked[0], period.basis))
    return tuple(findings)


def _finding(code: str, message: str, day: Day, basis: str) -> Finding:
    where = (day.isoformat(),)
    return Finding(f"request_clock.{code}", Severity.ERROR, Status.FAIL, where, message, basis=basis)
