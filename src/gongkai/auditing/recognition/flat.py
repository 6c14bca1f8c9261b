"""Text in which tables have lost their borders: label after label, the numbers between them."""

import bisect
import dataclasses
import functools
import re
from collections.abc import Iterable, Mapping

from gongkai.auditing import characters
from gongkai.auditing.document import Block, Paragraph, Place
from gongkai.auditing.model import Reading, State
from gongkai.auditing.recognition import found, labels, splitting
from gongkai.law import forms

_SPACE = re.compile(r"\s+")
_SIGNS = frozenset("0123456789.,+-/")
_RUN = re.compile(r"\d[\d\s/\-]{6,}(?!\d*[.、])")
NUMBERS = re.compile(r"[\d\s.,/+\-]*")
# The heading above the kinds of organisation holds the word for the last of them.
_ALL_BODIES = "法人或其他组织"
_GROUP = re.compile(r"(?:三[、.])?本年度办理结果|\([三四五六]\)(?:不予公开|无法提供|不予处理|其[他它]处理)$")


@dataclasses.dataclass(frozen=True)
class Flat:
    """Blocks joined and squeezed: no white space except between numbers. Knows where every character came from."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    block_starts: tuple[int, ...]
    blocks: tuple[int, ...]
    prose: tuple[bool, ...]

    def place(self, start: int, end: int) -> Place:
        """The spot in the document of a stretch of the squeezed text; cut at the end of its first block."""
        first, last = self.source(start), self.source(max(start, end - 1)) + 1
        i = bisect.bisect_right(self.block_starts, first) - 1
        if not self.prose[i]:
            return Place(self.blocks[i])
        limit = self.block_starts[i + 1] if i + 1 < len(self.block_starts) else last
        return Place(self.blocks[i], first - self.block_starts[i], min(last, limit) - self.block_starts[i])

    def source(self, at: int) -> int:
        i = bisect.bisect_right(self.starts, at) - 1
        return self.sources[i] + at - self.starts[i]


def flatten(blocks: Iterable[tuple[int, Block]]) -> Flat:
    """Joins the blocks given as (number, block)."""
    parts: list[str] = []
    block_starts: list[int] = []
    numbers: list[int] = []
    prose: list[bool] = []
    at = 0
    for number, block in blocks:
        text = block.plain if isinstance(block, Paragraph) else characters.plain(block.text)
        block_starts.append(at)
        numbers.append(number)
        prose.append(isinstance(block, Paragraph))
        parts.append(text + "\n")
        at += len(text) + 1
    return _squeeze("".join(parts), tuple(block_starts), tuple(numbers), tuple(prose))


def _squeeze(text: str, block_starts: tuple[int, ...], numbers: tuple[int, ...], prose: tuple[bool, ...]) -> Flat:
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    at = last = 0
    for gap in _SPACE.finditer(text):
        if gap.start() > last:
            starts.append(at)
            sources.append(last)
            pieces.append(text[last : gap.start()])
            at += gap.start() - last
        before = text[gap.start() - 1 : gap.start()]
        after = text[gap.end() : gap.end() + 1]
        last = gap.end()
        if before in _SIGNS and after in _SIGNS and before and after:
            starts.append(at)
            sources.append(gap.start())
            pieces.append(" ")
            at += 1
    if last < len(text):
        starts.append(at)
        sources.append(last)
        pieces.append(text[last:])
    return Flat(
        "".join(pieces),
        tuple(starts) or (0,),
        tuple(sources) or (0,),
        block_starts or (0,),
        numbers or (0,),
        prose or (True,),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """A label found in the squeezed text."""

    row: str
    start: int
    end: int


@functools.cache
def pattern(line: forms.Line, among: tuple[forms.Line, ...] = ()) -> re.Pattern[str]:
    """The label with its numbering, tolerant in marks, strict in words; not the end of another label `among` lines."""
    words = "|".join(_words(label) for label in sorted(line.labels, key=len, reverse=True))
    end = r"(?![\u4e00-\u9fff])" if len(characters.key(line.label)) <= 2 else ""
    return re.compile(f"{_mark(line.mark)}{_alone(line, among)}(?:{words}){end}")


def _alone(line: forms.Line, among: tuple[forms.Line, ...]) -> str:
    """Forbids what stands before the label in longer ones: 同意公开答复数 is not meant by 不同意公开答复数."""
    own = [characters.squeezed(label) for label in line.labels]
    others = [characters.squeezed(label) for other in among if other is not line for label in other.labels]
    before = {other[: -len(label)] for other in others for label in own if other.endswith(label) and other != label}
    return "".join(f"(?<!{re.escape(words)})" for words in sorted(before))


def _mark(mark: str) -> str:
    folded = characters.squeezed(mark).strip("()、.,:")
    if not folded:
        return ""
    if mark.startswith(("(", "(")):
        return rf"(?:\({folded}\)[、.]?)?"
    return rf"(?:\(?{folded}[、.,:)]+)?"


def _words(label: str) -> str:
    folded = characters.squeezed(label)
    return "".join(re.escape(char) if char.isalnum() else r"\W{0,2}" for char in folded)


def hits(flat: Flat, lines: Iterable[forms.Line], start: int, end: int) -> list[Hit]:
    """Labels in form order between `start` and `end`; short words only in the gap where they must stand."""
    lines = tuple(lines)
    result: dict[str, Hit] = {}
    at = start
    plain = _unmistakable(lines)
    for line in lines:
        if line.id not in plain:
            continue
        match = pattern(line, lines).search(flat.text, at, end)
        if match:
            result[line.id] = Hit(line.id, match.start(), match.end())
            at = match.end()
    for i, line in enumerate(lines):
        if line.id in plain:
            continue
        before = max((result[known.id].end for known in lines[:i] if known.id in result), default=start)
        after = min((result[known.id].start for known in lines[i + 1 :] if known.id in result), default=end)
        match = pattern(line, lines).search(flat.text, before, after)
        if match:
            result[line.id] = Hit(line.id, match.start(), match.end())
    return sorted(result.values(), key=lambda hit: hit.start)


@functools.cache
def _unmistakable(lines: tuple[forms.Line, ...]) -> frozenset[str]:
    """Lines whose label is long enough and not shared with another line."""
    known = labels.index(lines)
    return frozenset(
        line.id
        for line in lines
        if all(len(known[characters.key(label)]) == 1 for label in line.labels) and len(characters.key(line.label)) > 2
    )


def rows(flat: Flat, table: forms.Table) -> tuple[dict[str, found.RowFound], tuple[int, int] | None]:
    """Rows of table 3 from running text, and the stretch they cover."""
    start = _start(flat, table)
    if start is None:
        return {}, None
    end = min(len(flat.text), start + 6000)
    last = pattern(table.rows[-1]).search(flat.text, start, end)
    if last:
        end = last.end() + len(_run(flat.text[last.end() : last.end() + 60]))
    marks = hits(flat, table.rows, start, end)
    chunks = [
        (hit, flat.text[hit.end : (marks[i + 1].start if i + 1 < len(marks) else end)]) for i, hit in enumerate(marks)
    ]
    result = {hit.row: _row(flat, hit.row, hit.end, chunk, table) for hit, chunk in chunks}
    result.update(_misspelt(flat, [_opening(flat, marks, start), *chunks], result, table))
    return _strict(_reordered(result, flat, start, table), table), (start, end)


def _opening(flat: Flat, marks: list[Hit], start: int) -> tuple[Hit, str]:
    """What stands between the heading and the first label found: perhaps a first row with a damaged label."""
    end = marks[0].start if marks else start
    return Hit("", start, start), flat.text[start:end]


def _reordered(
    rows: dict[str, found.RowFound], flat: Flat, start: int, table: forms.Table
) -> dict[str, found.RowFound]:
    """Values in form order where the heading prints the kinds of organisation in another order.

    A heading of which words are lost cannot say so: then the others must stand in form order, or nothing is read.
    """
    inner = table.columns[1:-1]
    heading = flat.text[max(0, start - 160) : start]
    heading = heading[max(heading.rfind("申请人情况"), 0) :].replace(_ALL_BODIES, "")
    places = {i: at for i, line in enumerate(inner) if (at := heading.rfind(_heading_word(line))) >= 0}
    order = sorted(places, key=lambda i: places[i])
    if order == sorted(order):
        return rows
    if len(order) < len(inner):
        return {name: dataclasses.replace(row, readings=(), candidates=()) for name, row in rows.items()}
    printed = [0, *(i + 1 for i in order), len(table.columns) - 1]
    back = [printed.index(i) for i in range(len(printed))]
    return {
        name: dataclasses.replace(
            row,
            readings=tuple(row.readings[i] for i in back) if row.readings else (),
            candidates=tuple(tuple(way[i] for i in back) for way in row.candidates),
        )
        for name, row in rows.items()
    }


def _heading_word(line: forms.Line) -> str:
    return characters.squeezed(line.label)


def _start(flat: Flat, table: forms.Table) -> int | None:
    first = pattern(table.rows[0])
    matches = list(first.finditer(flat.text))
    with_numbers = [match for match in matches if re.match(r"[\d/\-]", flat.text[match.end() : match.end() + 1])]
    chosen = (with_numbers or matches)[:1]
    if chosen:
        return chosen[0].start()
    heading = re.search(r"申请人情况.{0,60}?法律服务机构(?:其[他它])?(?:总计)?", flat.text)
    return heading.end() if heading else None


def without_units(chunk: str) -> str:
    """Units behind numbers become blanks: they end a number as a blank does."""
    return re.sub(r"(?<=\d)[件条份次项个]\s*", " ", chunk)


def _run(chunk: str) -> str:
    """The numbers at the head of a chunk, without the numbering of the label that follows."""
    chunk = without_units(chunk)
    head = NUMBERS.match(chunk)
    run = head.group() if head else ""
    if len(run) < len(chunk):
        run = re.sub(r"\d[.、,]\s*$", "", run)
    return run.strip()


def _row(flat: Flat, name: str, at: int, chunk: str, table: forms.Table) -> found.RowFound:
    run = _run(_GROUP.sub("", chunk)) or _inside_label(chunk, name, table)
    place = flat.place(at, at + max(len(run), 1))
    return _cut(name, place, run, len(table.columns))


def _inside_label(chunk: str, name: str, table: forms.Table) -> str:
    """Numbers that stand within the label, whose lines were read across: “部分公开(…不 1 0 … 1 计其他情形)”."""
    runs = list(_RUN.finditer(chunk))
    line = next((line for line in table.rows if line.id == name), None)
    if len(runs) != 1 or line is None:
        return ""
    rest = characters.key(_GROUP.sub("", chunk[: runs[0].start()] + chunk[runs[0].end() :]))
    return runs[0].group().strip() if rest and any(rest in characters.key(label) for label in line.labels) else ""


def _cut(name: str, place: Place, run: str, width: int) -> found.RowFound:
    tokens = run.split()
    if len(tokens) == width and all(characters.number(t) is not None or characters.is_blank(t) for t in tokens):
        readings = tuple(
            Reading(State.BLANK if characters.is_blank(token) else State.READ, characters.number(token), place, token)
            for token in tokens
        )
        return found.RowFound(name, place, run, readings=readings)
    return found.RowFound(name, place, run, candidates=tuple(splitting.rows(run, width)))


def _misspelt(
    flat: Flat, chunks: list[tuple[Hit, str]], known: Mapping[str, found.RowFound], table: forms.Table
) -> dict[str, found.RowFound]:
    """A row whose label is damaged: words and a run of numbers left over where exactly that row is missing."""
    order = [line.id for line in table.rows]
    result: dict[str, found.RowFound] = {}
    for i, (hit, chunk) in enumerate(chunks):
        after = order.index(chunks[i + 1][0].row) if i + 1 < len(chunks) else len(order)
        before = order.index(hit.row) + 1 if hit.row else 0
        missing = [line for line in table.rows[before:after] if line.id not in known]
        rest = _GROUP.sub("", chunk[len(_run(chunk)) :])
        runs = list(_RUN.finditer(rest))
        if not missing or len(missing) != len(runs) or not _told(rest, runs, missing):
            continue
        for line, run in zip(missing, runs, strict=True):
            at = hit.end + len(chunk) - len(rest) + run.start()
            place = flat.place(at, at + len(run.group()))
            result[line.id] = _cut(line.id, place, run.group().strip(), len(table.columns))
    return result


def _told(rest: str, runs: list[re.Match[str]], missing: list[forms.Line]) -> bool:
    """True if the words around the runs are the labels of the missing rows, in order."""
    if len(missing) == 1:
        return bool(labels.nearest(rest[: runs[0].start()] + rest[runs[0].end() :], missing, least=0.5))
    starts = [0, *(run.end() for run in runs)]
    return all(
        characters.key(line.label)[:5] in characters.squeezed(rest[start : run.start()])
        for line, start, run in zip(missing, starts, runs, strict=False)
    )


def _strict(rows: dict[str, found.RowFound], table: forms.Table) -> dict[str, found.RowFound]:
    """Where most rows keep their white space, a row with fewer numbers has lost blanks: it is not cut."""
    width = len(table.columns)
    kept = sum(len(row.raw.split()) == width for row in rows.values())
    if kept * 2 <= len(rows):
        return rows
    return {
        name: row if row.readings or len(row.raw.split()) == width else dataclasses.replace(row, candidates=())
        for name, row in rows.items()
    }
