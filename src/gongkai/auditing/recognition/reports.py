"""From a document to the filled-in reports in it."""

import dataclasses
import itertools
import re

from gongkai.auditing import characters
from gongkai.auditing.document import Document, Grid, Paragraph, Place
from gongkai.auditing.model import ABSENT, FilledReport, Fragment, Heading, LocalRow, Passage, Reading
from gongkai.auditing.recognition import blocks, flat, listing, local, matrix, strip, titles
from gongkai.law import forms

_NEW = re.compile(r"本年制发件数|本年废止件数|现行有效件数|本年收费金额|本年处理决定数量")
_TRIAL = re.compile(r"本年新制作|本年新公开|对外公开总?数量|上一年项目数量|本年增/减|政府集中采购|采购总金额")
_MATRIX = re.compile(r"本年新收政府信息公开申请|结转下年度继续办理|本机关不掌握相关政府信息")
_OTHER_ROWS = re.compile(r"逾期不补正|逾期未按收费通知")
_LIST = re.compile(r"统计指标\W*单位\W*统计数|政府公报公开政府信息数|主动公开规范性文件数")
_SECTION = re.compile(
    r"[一二三四五六]、\s*(?=(?:总体情况|主动公开政府信息情况|收到和处理政府信息公开申请|因?政府信息公开[^。]{0,12}行政[法]?复议|存在的?主要问题|其[他它]需要报告))"
)
# Text may follow a heading without a gap.
_HEADING_WORDS = re.compile(r"[^。;,:(\s]{2,40}?(?:情况|事项)|[^。;,:(\s]{2,40}")
SMALLEST_SHARE = 0.5
FLAT_LIMIT = 400_000


@dataclasses.dataclass(frozen=True)
class _Tables:
    edition: str
    cells: dict[str, Reading]
    extra: dict[str, Reading]
    covered: tuple[tuple[int, int], ...]
    local: tuple[LocalRow, ...]
    columns: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(reading.value is not None for reading in self.cells.values())


def recognise(document: Document) -> list[FilledReport]:
    """The reports of a document, the principal one first. Pieces that are no report hang on it as fragments."""
    known = titles.titles(document)
    parts = titles.segments(document, known)
    texts = [_text(document, part) for part in parts]
    agency = _agency(document, parts, texts)
    tables = [_tables(document, part) for part in parts]
    principal = _principal(parts, tables, texts, agency)
    whole = [i for i in range(len(parts)) if i != principal and _is_report(parts[i], tables[i])]
    pieces = [i for i in range(len(parts)) if i != principal and i not in whole]
    fragments = tuple(
        Fragment(parts[i].agency or agency, parts[i].year, Place(parts[i].start, 0, 40), texts[i].strip()[:40])
        for i in pieces
    )
    years = tuple(
        dict.fromkeys(
            part.year
            for part in parts
            if part.year is not None and (not part.agency or part.agency in agency or agency in part.agency)
        )
    )
    first = _report(document, parts[principal], tables[principal], agency, known)
    first = dataclasses.replace(first, fragments=fragments, years_seen=years)
    return [first, *(_report(document, parts[i], tables[i], parts[i].agency or agency, known) for i in whole)]


def _text(document: Document, part: titles.Segment) -> str:
    return "\n".join(block.plain for block in document.blocks[part.start : part.end] if isinstance(block, Paragraph))


def _agency(document: Document, parts: list[titles.Segment], texts: list[str]) -> str:
    """Whose file it is: the first titled report's agency, unless untitled report text outweighs it."""
    long_ones = [(len(text), part) for part, text in zip(parts, texts, strict=True)]
    longest = max(long_ones, key=lambda pair: pair[0])[1]
    whole = "\n".join(texts)
    if longest.titled:
        return titles.agency_of(document, whole, longest.agency)
    own = "\n".join(text for part, text in zip(parts, texts, strict=True) if not part.titled)
    return titles.agency_of(document, own, "")


def _principal(parts: list[titles.Segment], tables: list[_Tables], texts: list[str], agency: str) -> int:
    def weight(i: int) -> tuple[bool, int, int, int]:
        own = not parts[i].agency or parts[i].agency in agency or agency in parts[i].agency
        return own, tables[i].count, parts[i].year or 0, len(texts[i])

    return max(range(len(parts)), key=weight)


def _is_report(part: titles.Segment, tables: _Tables) -> bool:
    return part.titled and bool(tables.cells) and tables.count >= SMALLEST_SHARE * len(tables.cells)


def _tables(document: Document, part: titles.Segment) -> _Tables:
    numbered = [(number, document.blocks[number]) for number in range(part.start, part.end)]
    grids = [(number, block) for number, block in numbered if isinstance(block, Grid)]
    words = "\n".join(characters.squeezed(block.text) for _, block in numbered)[:FLAT_LIMIT]
    edition = _edition(words, part.year)
    running: flat.Flat | None = None
    cells: dict[str, Reading] = {}
    extra: dict[str, Reading] = {}
    covered: list[tuple[int, int]] = []
    prose = [(n, b) for n, b in numbered if isinstance(b, Paragraph)]
    if edition == "none":
        return _local(prose, grids, flat.flatten(prose))
    form = forms.form(edition)
    for table in form.tables.values():
        found, span = _of_grids(grids, table), None
        if not found:
            running = running or flat.flatten(prose)
            found, span = _of_text(running, table)
        if span and running:
            covered.append(span)
        for cell, reading in found.items():
            (cells if cell in form.cells else extra)[cell] = reading
    if not cells:
        return _local(prose, grids, running or flat.flatten(prose))
    spans = tuple(_source_spans(running, covered)) if running else ()
    complete = {cell: cells.get(cell, ABSENT) for cell in form.cells}
    return _Tables(edition, complete, extra, spans, (), ())


def _local(prose: list[tuple[int, Paragraph]], grids: list[tuple[int, Grid]], running: flat.Flat) -> _Tables:
    for number, grid in grids:
        rows, columns = local.of_grid(number, grid)
        if rows:
            return _Tables("none", {}, {}, (), rows, columns)
    rows, columns, span = local.of_text(running)
    return _Tables("none", {}, {}, tuple(_source_spans(running, [span] if span else [])), rows, columns)


def _source_spans(running: flat.Flat, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of the squeezed text as stretches of the joined source text."""
    return [(running.source(start), running.source(max(start, end - 1)) + 1) for start, end in spans]


def _edition(words: str, year: int | None) -> str:
    """By content; the report year decides where the content fits two editions."""
    if _LIST.search(words) and not _MATRIX.search(words):
        return "G2014"
    new, trial = len(set(_NEW.findall(words))), len(set(_TRIAL.findall(words)))
    if new > trial:
        return "G2021"
    if trial > new:
        return "G2019"
    if _MATRIX.search(words) or "复议后起诉" in words:
        if _OTHER_ROWS.search(words):
            return "G2021"
        by_year = forms.for_year(year) if year else None
        return by_year.edition if by_year and by_year.edition != "G2014" else "G2021"
    return "none"


def _of_grids(grids: list[tuple[int, Grid]], table: forms.Table) -> dict[str, Reading]:
    if table.kind == "blocks":
        return blocks.of_grids(grids, table)
    if table.kind == "matrix":
        return matrix.resolve(matrix.rows_of_grids(grids, table), table)
    return strip.of_grids(grids, table) if table.kind == "strip" else listing.of_grids(grids, table)


def _of_text(running: flat.Flat, table: forms.Table) -> tuple[dict[str, Reading], tuple[int, int] | None]:
    if table.kind == "blocks":
        return blocks.of_text(running, table)
    if table.kind == "matrix":
        rows, span = flat.rows(running, table)
        return matrix.resolve(rows, table), span
    return strip.of_text(running, table) if table.kind == "strip" else listing.of_text(running, table)


def _report(
    document: Document, part: titles.Segment, tables: _Tables, agency: str, known: list[titles.Title]
) -> FilledReport:
    year = part.year if part.titled or part.year else titles.year_of(_text(document, part))
    own = [title for title in known if part.start <= title.place.block < part.end]
    passages, inline = _passages(document, part, tables.covered)
    return FilledReport(
        document=document,
        agency=agency,
        year=year,
        edition=tables.edition,
        cells=tables.cells,
        headings=tuple(sorted((*titles.headings(document, part.start, part.end), *inline), key=_position)),
        passages=passages,
        extra=tables.extra,
        local=tables.local,
        local_columns=tables.columns,
        titles=tuple((title.agency, title.year, title.place) for title in own),
    )


def _position(heading: Heading) -> tuple[int, int]:
    return heading.place.block, heading.place.start


def _passages(
    document: Document, part: titles.Segment, covered: tuple[tuple[int, int], ...]
) -> tuple[tuple[Passage, ...], list[Heading]]:
    """The prose without the tables that ran into it, cut at chapter headings inside long paragraphs."""
    passages: list[Passage] = []
    headings: list[Heading] = []
    at = 0
    section = 0
    for number in range(part.start, part.end):
        block = document.blocks[number]
        if not isinstance(block, Paragraph):
            continue
        plain = block.plain
        opening = titles.chapter(plain)
        section = opening[0] if opening else section
        for start, end in _outside(at, len(plain), covered):
            cuts = [start, *(m.start() for m in _SECTION.finditer(plain, start, end) if m.start() > start), end]
            for left, right in itertools.pairwise(cuts):
                marked = _SECTION.match(plain, left)
                if marked and (left > 0 or opening is None):
                    section = titles.numeral(plain[left])
                    words = _HEADING_WORDS.match(plain, marked.end(), right)
                    headings.append(
                        Heading(section, words.group() if words else "", Place(number, left, min(right, left + 40)))
                    )
                if plain[left:right].strip():
                    passages.append(Passage(plain[left:right], number, left, section))
        at += len(plain) + 1
    return tuple(passages), headings


def _outside(at: int, length: int, covered: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """The parts of a block (at offset `at` of the joined text) that no table covers."""
    free = [(0, length)]
    for start, end in covered:
        low, high = max(start - at, 0), min(end - at, length)
        if low >= high:
            continue
        free = [
            piece
            for left, right in free
            for piece in ((left, min(right, low)), (max(left, high), right))
            if piece[0] < piece[1]
        ]
    return free
