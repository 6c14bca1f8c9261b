"""Text copied from another agency's report (TXT-08), over any number of reports.

Every report brings a small sample of marks (`prose.own_words`). Reports that share marks are compared word for word;
all others are not. A mark that many share is met with its first few bearers only, so the work grows with the number
of reports, also where all of them are copies of one.
"""

import collections
import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from gongkai.auditing.model import FilledReport, Passage
from gongkai.auditing.prose import own_words
from gongkai.auditing.prose.own_words import OwnWords
from gongkai.auditing.rules import places, years
from gongkai.law.findings import Finding, Severity, Status

COPIED = 0.5
SUSPICIOUS = 0.3
FEWEST_CHARACTERS = 200
SHORTEST_QUOTE = 20
MOST_QUOTES = 6
BEARERS = 12
MOST_NAMES = 3
LONGEST_QUOTE = 60
_CHAPTERS = ("开头", "第一部分", "第二部分", "第三部分", "第四部分", "第五部分", "第六部分")

Stretch = tuple[Passage, int, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """A report of the run. Members of one `family` are not compared (reports of one file)."""

    report: FilledReport
    marks: tuple[int, ...]
    family: int

    @property
    def name(self) -> str:
        year = f"{self.report.year}年度" if self.report.year else ""
        return f"{self.report.agency or '机关不明'}{year}报告({self.report.document.path})"


@dataclasses.dataclass(frozen=True, slots=True)
class Copy:
    """How much of a report's own words another one has too, and where: here and there, the longest first."""

    other: Member
    share: float
    length: int
    quotes: tuple[tuple[Stretch, Stretch], ...]


class Crowd:
    """All reports of a run, ready to be asked for look-alikes."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        bearers: dict[int, list[int]] = collections.defaultdict(list)
        pairs = sorted((mark, number) for number, member in enumerate(members) for mark in member.marks)
        for mark, group in itertools.groupby(pairs, key=lambda pair: pair[0]):
            numbers = [number for _, number in itertools.islice(group, BEARERS + 1)]
            if len(numbers) > 1:
                bearers[mark] = numbers
        self._bearers = bearers

    def check(self, member: Member) -> Iterator[Finding]:
        """One finding at most: the report that is most alike, quoted; others by name."""
        alike = self._alike(member)
        copy = next((found for other in alike[:MOST_NAMES] if (found := compare(member, other))), None)
        if copy is not None:
            yield _finding(copy, [other for other in alike if other is not copy.other])

    def _alike(self, member: Member) -> list[Member]:
        """Those that share enough marks to be worth a closer look, the most alike first."""
        counts: collections.Counter[int] = collections.Counter()
        for mark in member.marks:
            counts.update(self._bearers.get(mark, ()))
        least = max(2, 0.5 * SUSPICIOUS * len(member.marks))
        found = [(self.members[number], count) for number, count in counts.most_common(4 * BEARERS)]
        return [other for other, count in found if count >= least and comparable(member, other)]


def among(children: Sequence[Member], year: int | None, crowd: Crowd) -> Iterator[Finding]:
    """Bodies below that copied from each other, told on the report of the one above: it collects them."""
    for child in children:
        if child.report.year == year:
            for finding in crowd.check(child):
                places_there = tuple(places.elsewhere(child.report.document.path, at) for at in finding.where[::2])
                where = tuple(itertools.chain(*zip(places_there, finding.where[1::2], strict=True)))
                message = f"下级单位{child.name}:{finding.message}"
                yield dataclasses.replace(finding, where=where, message=message)


def twins(report: FilledReport, others: Sequence[FilledReport]) -> Iterator[Finding]:
    """Another report of the same agency and year in another file: compared by its figures, not by its words."""
    for other in others:
        apart = other.document.path != report.document.path and other.year is not None
        if not apart or not report.agency or years.bare(other.agency) != years.bare(report.agency):
            continue
        message = f"同一机关同一年度的报告另有一份({other.document.path})"
        known = [cell for cell in report.cells if report.value(cell) is not None and other.value(cell) is not None]
        differing = [cell for cell in known if report.value(cell) != other.value(cell)]
        if not differing or report.form is None:
            yield Finding("TXT-08", Severity.INFO, Status.NOT_ASSESSABLE, (), f"{message},未作雷同比较")
            continue
        names = "、".join(report.form.describe(cell) for cell in differing[:3])
        message += f",有{len(differing)}格数字不同:{names}{'等' if len(differing) > 3 else ''}"
        yield Finding("TXT-08", Severity.WARNING, Status.UNCERTAIN, tuple(differing), message)


def comparable(member: Member, other: Member) -> bool:
    """Not itself, not its own other years or copies, not of the same file: those are compared elsewhere."""
    return member is not other and member.family != other.family and not related(member.report, other.report)


def related(report: FilledReport, other: FilledReport) -> bool:
    """The same agency in the same or a neighbouring year."""
    near = report.year is None or other.year is None or abs(report.year - other.year) <= 1
    return near and years.same_agency(report.agency, other.agency)


def compare(member: Member, other: Member) -> Copy | None:
    """What was copied, if it is a good part of the report's own words."""
    mine, theirs = own_words.of(member.report), own_words.of(other.report)
    stretches = [(a, b) for a, b in _shared(mine, theirs.grams) if b - a >= SHORTEST_QUOTE]
    length = sum(b - a for a, b in stretches)
    share = length / len(mine.text) if mine.text else 0.0
    if length < FEWEST_CHARACTERS or share < SUSPICIOUS:
        return None
    longest = sorted(stretches, key=lambda stretch: stretch[0] - stretch[1])[:MOST_QUOTES]
    quotes = tuple(
        (mine.place(a, b), theirs.place(at, at + b - a))
        for a, b in longest
        if (at := theirs.text.find(mine.text[a:b])) >= 0
    )
    return Copy(other, share, length, quotes) if quotes else None


def _shared(mine: OwnWords, grams: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Stretches within one paragraph of which every run of characters stands in the other text, too."""
    covered = bytearray(len(mine.text))
    for i in range(len(mine.text) - own_words.GRAM + 1):
        if mine.text[i : i + own_words.GRAM] in grams:
            covered[i : i + own_words.GRAM] = b"\x01" * own_words.GRAM
    at = 0
    for (_, copied), group in itertools.groupby(zip(mine.at, covered, strict=True), key=lambda x: (x[0][0], x[1])):
        length = sum(1 for _ in group)
        if copied:
            yield at, at + length
        at += length


def _finding(copy: Copy, others: Sequence[Member]) -> Finding:
    (here, there) = copy.quotes[0]
    also = f";另与{'、'.join(other.name for other in others[:MOST_NAMES])}相近" if others else ""
    also += f"等{len(others)}份" if len(others) > MOST_NAMES else ""
    message = (
        f"正文自行撰写部分有{copy.share:.0%}与{copy.other.name}逐字相同,内容雷同:本报告{_chapter(here)}、"
        f"该报告{_chapter(there)}均有“{_short(here)}”{also}"
    )
    where = [place for here, there in copy.quotes for place in (places.prose(*here), _elsewhere(copy.other, there))]
    status = Status.FAIL if copy.share >= COPIED else Status.UNCERTAIN
    return Finding("TXT-08", Severity.WARNING, status, tuple(where), message, None, round(copy.share, 3))


def _elsewhere(other: Member, stretch: Stretch) -> str:
    return places.elsewhere(other.report.document.path, places.prose(*stretch))


def _chapter(stretch: Stretch) -> str:
    section = stretch[0].section
    return _CHAPTERS[section] if section < len(_CHAPTERS) else f"第{section}部分"


def _short(stretch: Stretch) -> str:
    passage, start, end = stretch
    words = "".join(passage.text[start:end].split())
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"
