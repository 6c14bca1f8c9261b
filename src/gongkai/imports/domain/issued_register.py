"""The register of issued documents as another system exports it: rows to be entered, and what is wrong with others."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.imports.domain import attribute_words, headings, values
from gongkai.law import secrecy_marks
from gongkai.law.findings import Finding, Severity, Status
from gongkai.law.identifiers import document_number
from gongkai.law.identifiers.invalid import Invalid
from gongkai.records.domain.issued import Issued

MOST_ROWS = 50_000
_LINES_FOR_THE_HEAD = 10
_NOT_SECRET = frozenset({"", "无", "非密", "普通", "公开", "内部", "一般", "—", "-", "/"})
_LONGEST_TITLE = 300


class UnreadableRegister(Exception):
    """The columns cannot be told; the message is for staff."""


@dataclass(frozen=True)
class RegisterRow:
    """A row as it was read. ``issued`` is None where the row stays out; an error among the findings says why."""

    line: int
    issued: Issued | None
    findings: tuple[Finding, ...] = ()


def read(lines: Sequence[tuple[int, Sequence[str]]]) -> list[RegisterRow]:
    """Every row of the table. Raises UnreadableRegister."""
    first = [cells for _, cells in lines[:_LINES_FOR_THE_HEAD]]
    place, columns = max(
        enumerate(map(headings.fields_of, first)), key=lambda found: len(found[1]), default=(0, dict[str, int]())
    )
    if not {"title", "document_number"} <= columns.keys():
        raise UnreadableRegister("没有找到“文号”和“标题”这两列。请检查表格的列名，列名应在前10行内。")
    copies: Counter[str] = Counter()
    return [
        _row(line, cells, columns, copies) for line, cells in lines[place + 1 :] if any(cell.strip() for cell in cells)
    ]


def _row(line: int, cells: Sequence[str], columns: Mapping[str, int], copies: Counter[str]) -> RegisterRow:
    def cell(name: str) -> str:
        place = columns.get(name)
        return values.tidy(cells[place]) if place is not None and place < len(cells) else ""

    if cell("secrecy") not in _NOT_SECRET or secrecy_marks.is_marked("\n".join(cells)):
        return _out(line, "secret", "登记了密级或者带有国家秘密标志，没有导入这一行的任何内容。", "secrecy")
    if not cell("document_number"):
        return _out(line, "number", "没有文号，不能登记。", "document_number")
    try:
        number = document_number.parse(cell("document_number")).text
    except Invalid as error:
        return _out(line, "number", f"文号“{cell('document_number')[:30]}”无法识别：{error}", "document_number")
    if not cell("title") or len(cell("title")) > _LONGEST_TITLE:
        return _out(line, "title", f"没有标题，或者标题超过{_LONGEST_TITLE}字。", "title")
    copies[number] += 1
    written, attribute = _day(cell("created_on")), attribute_words.value_of(cell("attribute"))
    row = Issued(
        document_number=number,
        title=cell("title"),
        copy=copies[number],
        created_on=written,
        attribute=attribute or "",
        unit=cell("unit")[:120],
    )
    return RegisterRow(line, row, tuple(_doubts(row, said_day=cell("created_on"), said_attribute=cell("attribute"))))


def _doubts(row: Issued, *, said_day: str, said_attribute: str) -> Iterator[Finding]:
    if row.copy > 1:
        yield _warning("repeated", f"文号“{row.document_number}”在表中出现不止一次。", "document_number")
    if row.created_on is None:
        words = f"成文日期“{said_day[:20]}”不是有效的日期。" if said_day else "没有成文日期。"
        yield _warning("day", words, "created_on")
    elif row.parts.year and row.parts.year != row.created_on.year:
        words = f"文号年份{row.parts.year}与成文日期的年份{row.created_on.year}不一致。"
        yield _warning("year", words, "document_number")
    if not row.attribute:
        words = f"公开属性“{said_attribute[:20]}”无法识别。" if said_attribute else "没有登记公开属性。"
        yield _warning("attribute", words, "attribute")


def _day(text: str) -> date | None:
    try:
        return values.day(text)
    except values.NotADate:
        return None


def _out(line: int, code: str, message: str, place: str) -> RegisterRow:
    finding = Finding(f"register.{code}", Severity.ERROR, Status.FAIL, (place,), message)
    return RegisterRow(line, None, (finding,))


def _warning(code: str, message: str, place: str) -> Finding:
    return Finding(f"register.{code}", Severity.WARNING, Status.FAIL, (place,), message)
