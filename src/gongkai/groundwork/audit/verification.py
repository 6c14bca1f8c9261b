"""Checks the whole chain against the events and against the exported heads, and names what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.groundwork.audit import chain, head_file, sealing
from gongkai.groundwork.audit.models import AuditEvent, AuditSeal

_PAGE = 5_000


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong with the trail. ``number`` is the place in the chain, ``event_id`` the row."""

    kind: str
    message: str
    number: int | None = None
    event_id: int | None = None


@dataclass(frozen=True)
class Report:
    """What verification found. ``unsealed`` counts events without a link; the worker seals new ones within a second."""

    links: int
    unsealed: int
    head: str
    flaws: tuple[Flaw, ...]

    @property
    def intact(self) -> bool:
        return not self.flaws


def verify(*, key: str, head_file: Path) -> Report:
    """Recomputes every link from the events as they are now, then compares with the heads of ``head_file``."""
    authenticate = chain.authenticator(key.encode("ascii"))
    walk = _Walk(_exported(head_file))
    for number, event_id, link, values in _links():
        walk.step(number, event_id, link, values, authenticate)
        if walk.broken:
            break
    unsealed = sealing.unsealed()
    flaws = [
        *walk.flaws,
        *([] if walk.broken else walk.missing_tail()),
        *_passed_over(),
        *_head_file_flaws(head_file),
    ]
    return Report(walk.number, unsealed, walk.link, tuple(flaws))


class _Walk:
    """Goes along the chain and stops at the first link that does not hold."""

    def __init__(self, exported: dict[int, str]) -> None:
        self.number = 0
        self.link = chain.BEGINNING
        self.flaws: list[Flaw] = []
        self._exported = exported

    @property
    def broken(self) -> bool:
        return bool(self.flaws)

    def step(
        self, number: int, event_id: int, link: str, values: tuple[object, ...], authenticate: chain.Authenticate
    ) -> None:
        if number != self.number + 1:
            self._flaw("gap", f"Links {self.number + 1} to {number - 1} are missing.", self.number + 1, None)
        elif not values or values[0] is None:
            self._flaw("missing event", f"The event of link {number} is gone.", number, event_id)
        elif chain.link(self.link, number, event_id, values, authenticate=authenticate) != link:
            self._flaw("broken link", f"Link {number} does not fit its event or the link before it.", number, event_id)
        elif self._exported.get(number, link) != link:
            self._flaw("rewritten", f"Link {number} differs from the one that was exported.", number, event_id)
        else:
            self.number, self.link = number, link

    def missing_tail(self) -> Iterator[Flaw]:
        furthest = max(self._exported, default=0)
        if furthest > self.number:
            yield Flaw("missing tail", f"The chain ends at {self.number}, but had come to {furthest}.", self.number + 1)

    def _flaw(self, kind: str, message: str, number: int, event_id: int | None) -> None:
        self.flaws.append(Flaw(kind, message, number, event_id))


def _links() -> Iterator[tuple[int, int, str, tuple[object, ...]]]:
    """Seals in order with the fields of their events; an event that is gone gives no fields."""
    after = 0
    while True:
        seals = list(
            AuditSeal.objects.filter(number__gt=after)
            .order_by("number")
            .values_list("number", "event_id", "link")[:_PAGE]
        )
        if not seals:
            return
        events = {
            row[0]: row[1:]
            for row in AuditEvent.objects.filter(seal__number__gt=after, seal__number__lte=seals[-1][0]).values_list(
                "id", *chain.FIELDS
            )
        }
        for number, event_id, link in seals:
            yield number, event_id, link, events.get(event_id, ())
        after = seals[-1][0]


def _exported(path: Path) -> dict[int, str]:
    heads: dict[int, str] = {}
    try:
        for head in head_file.read(path):
            heads.setdefault(head.number, head.link)
    except head_file.UnreadableHeadFile:
        return heads  # said by _head_file_flaws
    return heads


def _head_file_flaws(path: Path) -> Iterator[Flaw]:
    heads: dict[int, str] = {}
    try:
        for head in head_file.read(path):
            if heads.setdefault(head.number, head.link) != head.link:
                yield Flaw("two heads", f"The exported heads name two links with number {head.number}.", head.number)
    except head_file.UnreadableHeadFile as error:
        yield Flaw("head file", f"The file of exported heads cannot be read: {error}.")
    if not heads and AuditSeal.objects.exists():
        yield Flaw("head file", "There are links, but no exported head: the file of heads is missing or empty.")


def _passed_over() -> Iterator[Flaw]:
    # Events behind the head may have been written this moment; those before it were slipped in or lost their link.
    passed = sealing.passed_over()
    if passed:
        yield Flaw("unsealed", f"{len(passed)} events before the head have no link.", event_id=passed[0])
