"""How far a released document still holds: amended, repealed, replaced by another, expired."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import events
from gongkai.groundwork.audit import trail
from gongkai.groundwork.feed import reading as feed
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.events import ValidityChanged
from gongkai.published.models import LISTED, Entry, ValidityChange
from gongkai.published.services import releasing

LONGEST_CHAIN = 100


class CannotChangeValidity(Exception):
    """The entry or its successor is not public, or the chain of successors would become a circle."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What becomes of a document from a day on."""

    validity: Validity
    since: date
    successor_id: int | None = None
    """The entry that took its place."""
    basis: str = ""
    """Which document or decision says so."""
    expires_on: date | None = None
    """The new last day of a document that goes on; None leaves the one it has."""


@transaction.atomic
def change_validity(*, entry_id: int, change: Change, actor: Actor, at: datetime) -> Entry:
    """Marks the entry, links its successor, and adds a line to its history, with feed and audit row.

    Raises:
        CannotChangeValidity: see the class.
    """
    entry = Entry.objects.select_for_update().filter(LISTED, pk=entry_id).first()
    if entry is None:
        raise CannotChangeValidity("条目不存在或者已经撤下")
    _check_successor(entry, change.successor_id)
    _apply(entry, change, actor=actor, at=at)
    return entry


@transaction.atomic
def apply_calendar(*, on: date, actor: Actor, at: datetime, limit: int = 500) -> int:
    """Marks what has expired before the day or takes effect on it; returns how many, at most ``limit`` at once.

    A document holds on its last day; it has ended since the day after.
    """
    expired = Entry.objects.select_for_update().filter(
        LISTED, expires_on__lt=on, validity__in=[Validity.VALID, Validity.AMENDED, Validity.PARTLY_INVALID]
    )
    begun = Entry.objects.select_for_update().filter(LISTED, effective_on__lte=on, validity=Validity.NOT_YET_EFFECTIVE)
    count = 0
    for entry in expired.order_by("pk")[:limit]:
        assert entry.expires_on
        ended = Change(validity=Validity.EXPIRED, since=entry.expires_on + timedelta(days=1))
        _apply(entry, ended, actor=actor, at=at, by_calendar=True)
        count += 1
    for entry in begun.order_by("pk")[: limit - count]:
        assert entry.effective_on
        begun_on = Change(validity=Validity.VALID, since=entry.effective_on)
        _apply(entry, begun_on, actor=actor, at=at, by_calendar=True)
        count += 1
    return count


def _apply(entry: Entry, change: Change, *, actor: Actor, at: datetime, by_calendar: bool = False) -> None:
    entry.validity = change.validity
    entry.invalid_since = change.since if change.validity.has_ended else None
    entry.successor_id = change.successor_id
    entry.updated_at = at
    entry.has_history = True
    entry.expires_on = change.expires_on or entry.expires_on
    entry.save(update_fields=["validity", "invalid_since", "successor", "updated_at", "has_history", "expires_on"])
    ValidityChange.objects.create(
        entry=entry,
        at=at,
        validity=change.validity,
        since=change.since,
        successor_id=change.successor_id,
        basis=change.basis,
    )
    feed.append(releasing.STREAM, [entry.pk], at=at)
    events.emit(ValidityChanged(entry.pk, change.validity, change.since, at, by_calendar))
    trail.write(
        trail.Entry(
            action="entry.validity_changed",
            subject_type="entry",
            subject_id=entry.pk,
            detail={
                "index_number": entry.index_number,
                "validity": change.validity,
                "since": change.since.isoformat(),
                "successor": change.successor_id,
            },
        ),
        actor=actor,
        at=at,
    )


def _check_successor(entry: Entry, successor_id: int | None) -> None:
    if successor_id is None:
        return
    if not Entry.objects.filter(LISTED, pk=successor_id).exists():
        raise CannotChangeValidity("替代文件不存在或者已经撤下")
    if entry.pk in _chain(successor_id):
        raise CannotChangeValidity("替代文件的后继又是本文件，不能成环")


def _chain(entry_id: int) -> Iterator[int]:
    """The entry and everything that took its place, one after the other."""
    following: int | None = entry_id
    for _ in range(LONGEST_CHAIN):
        if following is None:
            return
        yield following
        following = Entry.objects.filter(pk=following).values_list("successor_id", flat=True).first()
