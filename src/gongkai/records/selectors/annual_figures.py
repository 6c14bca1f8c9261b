"""Figures of proactive disclosure for the annual report, by body and cell, each with the rows behind it.

What was public in the period counts, also when it was withdrawn later; what is withdrawn by the end is shown beside.
Records stay with the body that made them: after a merger each body keeps its own figures, and a sum over the tree
holds both. A number and its rows come from one condition.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.law import parameters
from gongkai.published.domain.vocabulary import Validity
from gongkai.records.domain import figures as domain
from gongkai.records.domain.channels import BY_HAND, Channel
from gongkai.records.domain.figures import CellRule, Counted, Period
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record, RecordChannel
from gongkai.records.selectors.scope import NothingToSee


@dataclasses.dataclass(frozen=True, kw_only=True)
class Bodies:
    """Whose rows: one body, or with ``below`` its whole subtree, ended bodies too. Empty sets narrow nothing.

    ``levels`` are steps below the body, which stands on level 0. ``only`` are ids of bodies.
    """

    agency_id: int
    below: bool = False
    kinds: frozenset[str] = frozenset()
    levels: frozenset[int] = frozenset()
    only: frozenset[int] = frozenset()
    in_city_sum_only: bool = False


@dataclasses.dataclass(frozen=True)
class Body:
    """One body whose rows are counted, and how many steps below the first it stands."""

    agency: Agency
    level: int


@dataclasses.dataclass(frozen=True)
class Sight:
    """The bodies whose rows a viewer may count, in the order of the tree; only `sight` makes one."""

    bodies: tuple[Body, ...]

    @contextmanager
    def scope(self) -> Iterator[list[int]]:
        """Reads inside see these bodies; yields their ids. Without any, nothing is seen."""
        ids = [body.agency.pk for body in self.bodies]
        with scoping.narrow_to(ids or [0]):
            yield ids


@dataclasses.dataclass(frozen=True)
class Figure:
    """One cell: its numbers by body, or why records cannot know it."""

    rule: CellRule
    by_body: Mapping[int, int] = dataclasses.field(default_factory=dict)
    beside: int = 0
    """How many rows stand beside it (`domain.BESIDE`)."""

    @property
    def number(self) -> int | None:
        """The sum over all bodies; None where records cannot know."""
        return None if self.rule.absent else sum(self.by_body.values())


@dataclasses.dataclass(frozen=True)
class FigureSet:
    """The figures of one period in the order of the form."""

    edition: str
    period: Period
    bodies: tuple[Body, ...]
    figures: tuple[Figure, ...]

    def of(self, cell_id: str) -> Figure:
        """Raises `KeyError` for a cell that is not about proactive disclosure."""
        return {figure.rule.cell.id: figure for figure in self.figures}[cell_id]


def sight(viewer: Viewer, asked: Bodies) -> Sight:
    """What the viewer may count of what is asked for; two queries.

    Raises:
        NothingToSee: the viewer has no figures there, or asks for bodies below without supervising them.
    """
    seat = viewer.seats.get(asked.agency_id)
    duties = (Duty.SUPERVISE_FIGURES,) if asked.below else (Duty.SEE_FIGURES, Duty.SUPERVISE_FIGURES)
    if seat is None or not any(seat.may(duty) for duty in duties):
        raise NothingToSee(asked.agency_id)
    top = Agency.objects.get(pk=asked.agency_id)
    rows = Agency.objects.select_related("staffed_by")
    rows = rows.filter(path__startswith=top.path) if asked.below else rows.filter(pk=top.pk)
    found = (Body(row, _depth(row) - _depth(top)) for row in rows.order_by("path", "id"))
    return Sight(tuple(body for body in found if _is_wanted(body, asked)))


def figures(seen: Sight, *, edition: str, period: Period) -> FigureSet:
    """The figures of the bodies; at most three queries. Raises `KeyError` for an unknown edition."""
    rules = domain.cells(edition, expired_count=_expired_count(period.last))
    with seen.scope() as ids:
        counts = _counted(rules, ids, period)
    return FigureSet(edition, period, seen.bodies, tuple(_figure(rule, rules, counts) for rule in rules))


def rows(seen: Sight, counted: Counted, period: Period) -> QuerySet[Record]:
    """The records behind a number, in no order yet."""
    with seen.scope() as ids:
        return Record.objects.filter(_CONDITIONS[counted](period), agency_id__in=ids)


def months(seen: Sight, period: Period) -> Mapping[date, int]:
    """How many records became public in each month, by its first day."""
    with seen.scope() as ids:
        public = Record.objects.filter(_published(period), agency_id__in=ids).order_by()
        by_month = public.annotate(month=TruncMonth("published_at")).values("month").annotate(number=Count("agency_id"))
        return {timezone.localdate(row["month"]): row["number"] for row in by_month}


def _depth(agency: Agency) -> int:
    return agency.path.count("/")


def _is_wanted(body: Body, asked: Bodies) -> bool:
    agency = body.agency
    # The figures of a second nameplate belong to the body that has its staff.
    in_sum = (agency.staffed_by or agency).in_city_sum
    return (
        (not asked.kinds or agency.kind in asked.kinds)
        and (not asked.levels or body.level in asked.levels)
        and (not asked.only or agency.pk in asked.only)
        and (in_sum or not asked.in_city_sum_only)
    )


def _expired_count(on: date) -> bool:
    value = parameters.at(domain.ENDED, on=max(on, date(2021, 1, 1)))
    return value.text == "repealed_and_expired"


def _figure(rule: CellRule, rules: Sequence[CellRule], counts: Mapping[Counted, Mapping[int, int]]) -> Figure:
    if rule.absent:
        return Figure(rule)
    if rule.counted is not None:
        beside = domain.BESIDE.get(rule.counted)
        return Figure(rule, counts[rule.counted], sum(counts[beside].values()) if beside else 0)
    parts = [counts[part.counted] for part in rules if part.cell.id in rule.parts and part.counted is not None]
    return Figure(rule, {body: sum(part.get(body, 0) for part in parts) for part in parts for body in part})


def _counted(rules: Sequence[CellRule], ids: Sequence[int], period: Period) -> Mapping[Counted, Mapping[int, int]]:
    """All that the rules count, by body; at most three queries."""
    wanted = {rule.counted for rule in rules if rule.counted is not None}
    wanted |= {domain.BESIDE[counted] for counted in wanted if counted in domain.BESIDE}
    found: dict[Counted, Mapping[int, int]] = {}
    for base, group in ((_published(period), _PUBLISHED), (Q(is_normative=True), _NORMATIVE)):
        if asked := wanted & group:
            found |= _grouped(base, asked, ids, period)
    if wanted & set(_CHANNELS):
        found |= _by_channel(ids, period)
    return found


def _grouped(base: Q, wanted: set[Counted], ids: Sequence[int], period: Period) -> Mapping[Counted, Mapping[int, int]]:
    names = {counted: counted.name.lower() for counted in wanted}
    filters = {counted: _WITHIN.get(counted, _CONDITIONS[counted])(period) for counted in wanted}
    counts = {name: Count("agency_id", filter=filters[counted]) for counted, name in names.items()}
    found = Record.objects.filter(base, agency_id__in=ids).order_by().values("agency_id").annotate(**counts)
    by_body = list(found.values_list("agency_id", *counts))
    return {counted: {row[0]: row[place] for row in by_body} for place, counted in enumerate(names, start=1)}


def _by_channel(ids: Sequence[int], period: Period) -> Mapping[Counted, Mapping[int, int]]:
    seen = RecordChannel.objects.filter(agency_id__in=ids, published_on__range=(period.first, period.last)).order_by()
    found: dict[Counted, dict[int, int]] = {counted: {} for counted in _CHANNELS}
    of_channel = {channel.value: counted for counted, channel in _CHANNELS.items()}
    for row in seen.values(body=F("record__agency_id"), way=F("channel")).annotate(
        number=Count("record_id", distinct=True)
    ):
        found[of_channel[row["way"]]][row["body"]] = row["number"]
    return dict(found)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _end(period: Period) -> datetime:
    """The first moment after the period."""
    return _start(period.last + timedelta(days=1))


def _published(period: Period) -> Q:
    return Q(entry_id__isnull=False, published_at__gte=_start(period.first), published_at__lt=_end(period))


def _gone(period: Period) -> Q:
    return Q(withdrawn_at__lt=_end(period))


def _withdrawn(period: Period) -> Q:
    return _published(period) & _gone(period)


def _normative_published(period: Period) -> Q:
    return _published(period) & Q(is_normative=True)


def _made(period: Period) -> Q:
    return Q(is_normative=True, created_on__range=(period.first, period.last))


def _issued(period: Period) -> Q:
    undated = _normative_published(period) & Q(created_on__isnull=True)
    return (_made(period) & Q(entry_id__isnull=False)) | undated


def _waiting(period: Period) -> Q:
    return _made(period) & Q(entry_id__isnull=True) & ~Q(state=State.DISCARDED)


def _public_at_end(period: Period) -> Q:
    still = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=_end(period))
    return still & Q(entry_id__isnull=False, is_normative=True, published_at__lt=_end(period))


def _ended(*validities: Validity) -> Callable[[Period], Q]:
    return lambda period: Q(
        entry_id__isnull=False,
        is_normative=True,
        validity__in=validities,
        invalid_since__range=(period.first, period.last),
    )


def _in_force(period: Period) -> Q:
    has_begun = Q(effective_on__isnull=True) | Q(effective_on__lte=period.last)
    not_past = Q(expires_on__isnull=True) | Q(expires_on__gte=period.last)
    holds = ~Q(validity__in=(Validity.REPEALED, Validity.EXPIRED)) | Q(invalid_since__gt=period.last)
    return _public_at_end(period) & has_begun & not_past & holds


def _through(channel: Channel) -> Callable[[Period], Q]:
    def seen(period: Period) -> Q:
        days = (period.first, period.last)
        return Q(
            Exists(RecordChannel.objects.filter(record_id=OuterRef("pk"), channel=channel, published_on__range=days))
        )

    return seen


_CHANNELS = {Counted[channel.name]: channel for channel in BY_HAND}
_PUBLISHED = {Counted.PUBLISHED, Counted.WITHDRAWN}
_CONDITIONS: Mapping[Counted, Callable[[Period], Q]] = {
    Counted.PUBLISHED: _published,
    Counted.WITHDRAWN: _withdrawn,
    Counted.NORMATIVE_ISSUED: _issued,
    Counted.NORMATIVE_WAITING: _waiting,
    Counted.NORMATIVE_PUBLISHED: _normative_published,
    Counted.NORMATIVE_PUBLIC: _public_at_end,
    Counted.NORMATIVE_REPEALED: _ended(Validity.REPEALED),
    Counted.NORMATIVE_ENDED: _ended(Validity.REPEALED, Validity.EXPIRED),
    Counted.NORMATIVE_EXPIRED: _ended(Validity.EXPIRED),
    Counted.NORMATIVE_IN_FORCE: _in_force,
} | {counted: _through(channel) for counted, channel in _CHANNELS.items()}
# What is left to ask of rows that are public in the period: so they are counted in the index `record_public` alone.
_WITHIN: Mapping[Counted, Callable[[Period], Q | None]] = {
    Counted.PUBLISHED: lambda period: None,
    Counted.WITHDRAWN: _gone,
}
_NORMATIVE = set(Counted) - _PUBLISHED - set(_CHANNELS)
