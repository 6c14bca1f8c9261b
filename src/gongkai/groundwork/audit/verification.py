"""Checks the whole chain against the events and against the exported heads, and names what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.groundwork.audit import chain, sealing
from gongkai.groundwork.audit import head_file as heads
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


@dataclass(frozen=True)
class _Link:
    number: int
    event_id: int
    link: str
    values: tuple[object, ...]


def verify(*, key: str, head_file: Path) -> Report:
    """Recomputes every link from the events as they are now, and compares with every head of ``head_file``.

    The walk ends at the first link that does not hold: what follows it proves nothing.
    """
    walk = _Walk(chain.authenticator(key.encode("ascii")))
    exported = _Exported(head_file)
    for page in _pages():
        for link in page:
            walk.step(link)
            if walk.flaw:
                break
        exported.compare([link for link in page if link.number <= walk.number])
        if walk.flaw:
            break
    found = [walk.flaw] if walk.flaw else []
    flaws = (*found, *exported.flaws(end=walk.number, complete=not walk.flaw), *_passed_over())
    return Report(walk.number, sealing.unsealed(), walk.link, flaws)


class _Walk:
    """Goes along the chain up to the first link that does not hold."""

    def __init__(self, authenticate: chain.Authenticate) -> None:
        self.number = 0
        self.link = chain.BEGINNING
        self.flaw: Flaw | None = None
        self._authenticate = authenticate

    def step(self, next_link: _Link) -> None:
        self.flaw = self._flaw_of(next_link)
        if self.flaw is None:
            self.number, self.link = next_link.number, next_link.link

    def _flaw_of(self, found: _Link) -> Flaw | None:
        number, event_id = found.number, found.event_id
        if number != self.number + 1:
            return Flaw("gap", f"Links {self.number + 1} to {number - 1} are missing.", self.number + 1)
        if not found.values:
            return Flaw("missing event", f"The event of link {number} is gone.", number, event_id)
        right = chain.link(self.link, number, event_id, found.values, authenticate=self._authenticate)
        if right != found.link:
            message = f"Link {number} does not fit its event or the link before it."
            return Flaw("broken link", message, number, event_id)
        return None


class _Exported:
    """Reads the file of heads beside the walk, so that years of it never lie in memory."""

    def __init__(self, path: Path) -> None:
        self._heads = heads.read(path)
        self._ahead: heads.Head | None = None
        self._furthest = 0
        self._flaws: list[Flaw] = []
        self._read_on()

    def compare(self, links: list[_Link]) -> None:
        """Compares the heads up to the end of these links; more than one may name the same link."""
        right = {link.number: link.link for link in links}
        end = max(right, default=0)
        while self._ahead is not None and self._ahead.number <= end:
            self._compare_one(self._ahead, right)
            self._read_on()

    def flaws(self, *, end: int, complete: bool) -> list[Flaw]:
        """What was wrong, once the rest of the file was read; ``complete``: the walk came to the last link."""
        while self._ahead is not None:
            if self._ahead.number <= end:
                self._compare_one(self._ahead, {})
            self._read_on()
        if complete and self._furthest > end:
            message = f"The chain ends at {end}, but had come to {self._furthest}."
            self._flaws.append(Flaw("missing tail", message, end + 1))
        if end and not self._furthest and not self._flaws:
            self._flaws.append(
                Flaw("head file", "There are links, but no exported head: the file is missing or empty.")
            )
        return self._flaws

    def _compare_one(self, head: heads.Head, right: dict[int, str]) -> None:
        # Two sealers may have written their lines in turned order; such a straggler is looked up by itself.
        link = right.get(head.number)
        if link is None:
            link = AuditSeal.objects.filter(number=head.number).values_list("link", flat=True).first()
        if link != head.link and not any(flaw.kind == "rewritten" for flaw in self._flaws):
            message = f"Link {head.number} differs from the one that was exported."
            self._flaws.append(Flaw("rewritten", message, head.number))

    def _read_on(self) -> None:
        try:
            self._ahead = next(self._heads, None)
        except heads.UnreadableHeadFile as error:
            self._ahead = None
            self._flaws.append(Flaw("head file", f"The file of exported heads cannot be read: {error}."))
        if self._ahead is not None:
            self._furthest = max(self._furthest, self._ahead.number)


def _pages() -> Iterator[list[_Link]]:
    """Seals in order with the fields of their events; an event that is gone gives no fields."""
    after = 0
    while True:
        rows = AuditSeal.objects.filter(number__gt=after).order_by("number")
        seals = list(rows.values_list("number", "event_id", "link")[:_PAGE])
        if not seals:
            return
        known = AuditEvent.objects.filter(seal__number__gt=after, seal__number__lte=seals[-1][0])
        events = {row[0]: row[1:] for row in known.values_list("id", *chain.FIELDS)}
        yield [_Link(number, event_id, link, events.get(event_id, ())) for number, event_id, link in seals]
        after = seals[-1][0]


def _passed_over() -> Iterator[Flaw]:
    # Events behind the head may have been written this moment; those before it were slipped in or lost their link.
    passed = sealing.passed_over()
    if passed:
        yield Flaw("unsealed", f"{len(passed)} events before the head have no link.", event_id=passed[0])
