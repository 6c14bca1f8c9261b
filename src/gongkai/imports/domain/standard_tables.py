"""From the grid of a workbook to the matters of a standard table: headers of several rows, merged cells, boxes."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, Self

from gongkai.imports.domain import ticks, values
from gongkai.law import vocabulary
from gongkai.law.findings import Finding, Severity, Status
from gongkai.records.domain import standard_tables
from gongkai.records.domain.standard_tables import LABELS, LISTS, Matter

_HEADER_WITHIN = 15
_PLAIN = {
    "seq": ("序号",),
    "matter_l1": ("一级事项",),
    "matter_l2": ("二级事项",),
    "content": ("公开内容", "内容要素"),
    "basis": ("公开依据", "依据"),
    "time_limit": ("公开时限", "时限"),
    "subject": ("公开主体", "责任主体"),
}
_TICKED = {"channels": ("渠道",), "audience": ("公开对象",), "mode": ("公开方式",), "level": ("公开层级", "层级")}


_BELOW_HEADER = {"一级事项", "二级事项", "全社会", "主动", "县级", "乡级"} | {
    term.label for term in vocabulary.standard_channels().values()
}
_NOTES = {"channel": "channels", "audience": "audience"}


class NoSuchTable(Exception):
    """The grid holds no standard table; the message says what is missing."""


class GridRow(Protocol):
    """As `imports.reading.grid` makes them."""

    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> tuple[str, ...]: ...
    @property
    def continued(self) -> frozenset[int]: ...


@dataclasses.dataclass(frozen=True)
class ReadRow:
    """One matter, where it stands in the file, and what is wrong or doubtful about it."""

    line: int
    matter: Matter
    findings: tuple[Finding, ...] = ()


@dataclasses.dataclass(frozen=True)
class ReadTable:
    """The whole table; ``title`` is what stands above it."""

    title: str
    rows: tuple[ReadRow, ...]

    def as_dict(self) -> dict[str, object]:
        rows = [
            {
                "line": row.line,
                "matter": dataclasses.asdict(row.matter),
                "findings": [finding.as_dict() for finding in row.findings],
            }
            for row in self.rows
        ]
        return {"title": self.title, "rows": rows}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["title"], tuple(_row_from(row) for row in data["rows"]))


@dataclasses.dataclass(frozen=True)
class _Layout:
    """Which columns hold which field; for lists also which box stands above a column of its own."""

    plain: Mapping[str, int]
    lists: Mapping[str, tuple[tuple[int, str], ...]]


def read(grid: Sequence[GridRow]) -> ReadTable:
    """Finds the header, reads the matters below it and looks at each.

    Raises:
        NoSuchTable: there is no header of a standard table, or nothing below it.
    """
    top = next((place for place, row in enumerate(grid[:_HEADER_WITHIN]) if _is_header(row)), None)
    if top is None:
        raise NoSuchTable("没有找到表头。标准目录的表头应有“公开事项”“公开内容”“公开主体”等栏。")
    content = next(place for place, cell in enumerate(grid[top].cells) if "公开内容" in _closed_up(cell))
    end = top + 1
    while end < len(grid) and _continues_header(grid[end], content):
        end += 1
    layout = _layout(grid[top:end])
    missing = [LABELS[name] for name in ("matter_l1", "content", "subject") if name not in layout.plain]
    if missing:
        raise NoSuchTable(f"表头缺少：{'、'.join(missing)}。")
    rows = tuple(_without_twins(_matters(grid[end:], layout)))
    if not rows:
        raise NoSuchTable("表头下面没有内容。")
    return ReadTable(_title(grid[:top]), rows)


def _is_header(row: GridRow) -> bool:
    text = _closed_up("".join(dict.fromkeys(row.cells)))
    return "公开内容" in text and ("公开主体" in text or "公开事项" in text)


def _continues_header(row: GridRow, content: int) -> bool:
    """A second row of the header has boxes or names of matters, and nothing in the column of the content."""
    own = {_closed_up(cell) for place, cell in enumerate(row.cells) if cell and place not in row.continued}
    has_content = len(row.cells) > content and row.cells[content] and content not in row.continued
    return bool(own & _BELOW_HEADER) and not has_content


def _layout(header: Sequence[GridRow]) -> _Layout:
    plain: dict[str, int] = {}
    lists: dict[str, list[tuple[int, str]]] = {name: [] for name in LISTS}
    for column in range(max(len(row.cells) for row in header)):
        path = list(dict.fromkeys(_closed_up(row.cells[column]) for row in header if row.cells[column]))
        if not path:
            continue
        for name, words in _TICKED.items():
            if any(word in path[0] for word in words):
                lists[name].append((column, ticks.box(name, path[-1]) if len(path) > 1 else ""))
                break
        else:
            for name, words in _PLAIN.items():
                if name not in plain and any(word in path[-1] for word in words):
                    plain[name] = column
                    break
    if "matter_l1" not in plain and (place := _column_of(header, "公开事项")) is not None:
        plain["matter_l1"] = place
    return _Layout(plain, {name: tuple(columns) for name, columns in lists.items()})


def _column_of(header: Sequence[GridRow], word: str) -> int | None:
    return next((place for row in header for place, cell in enumerate(row.cells) if word in _closed_up(cell)), None)


def _matters(rows: Iterable[GridRow], layout: _Layout) -> Iterator[ReadRow]:
    above = ""
    for row in rows:
        texts = {name: values.paragraphs(row.cells[column]) for name, column in layout.plain.items()}
        if not texts.get("content") and not texts.get("matter_l2"):
            continue  # a heading between the rows, or a note below the table
        texts["matter_l1"] = above = texts["matter_l1"] or above
        texts = {name: text.replace("\n", "") if name in {"seq", "matter_l1", "matter_l2"} else text
                 for name, text in texts.items()}  # fmt: skip
        found = {name: ticks.read(name, row.cells, columns) for name, columns in layout.lists.items()}
        fields: dict[str, Any] = texts | {name: ticked.ids for name, ticked in found.items()}
        fields |= {f"{name}_note": found[long].note for name, long in _NOTES.items()}
        matter = Matter(**fields)
        yield ReadRow(row.line, matter, tuple(_findings(matter, row.line)))


def _findings(matter: Matter, line: int) -> Iterator[Finding]:
    for name in ("matter_l1", "content", "subject"):
        if not getattr(matter, name):
            severity = Severity.WARNING if name == "subject" else Severity.ERROR
            yield _finding("missing", severity, line, name, f"没有填写{LABELS[name]}。")
    if not standard_tables.fits(matter):
        yield _finding("too_long", Severity.ERROR, line, "content", "有的单元格内容过长。")
    for name in LISTS:
        if not getattr(matter, name) and not (name == "channels" and matter.channel_note):
            severity = Severity.ERROR if name == "mode" else Severity.WARNING
            yield _finding("nothing_ticked", severity, line, name, f"“{LABELS[name]}”一项没有勾选。")
    for name in ("audience", "mode"):
        if len(getattr(matter, name)) > 1:
            yield _finding("both_ticked", Severity.WARNING, line, name, f"“{LABELS[name]}”勾选了不止一项。")


def _without_twins(rows: Iterable[ReadRow]) -> Iterator[ReadRow]:
    """The same two names twice cannot be told apart from version to version: the later row is an error."""
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.matter.key, row.line)
        if first == row.line:
            yield row
        else:
            twin = _finding("twin", Severity.ERROR, row.line, "matter_l2", f"与第{first}行的一级、二级事项名称相同。")
            yield dataclasses.replace(row, findings=(*row.findings, twin))


def _finding(code: str, severity: Severity, line: int, name: str, message: str) -> Finding:
    return Finding(
        code=f"standard_table.{code}",
        severity=severity,
        status=Status.FAIL,
        where=(name,),
        message=f"第{line}行：{message}",
        basis="gosc-2019-54",
    )


def _title(above: Sequence[GridRow]) -> str:
    lines = (next((cell for cell in row.cells if cell), "") for row in above)
    return next((values.tidy(line)[:200] for line in lines if "目录" in line), "")


def _closed_up(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _row_from(data: Mapping[str, Any]) -> ReadRow:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data["matter"].items()
    }
    findings = tuple(Finding.from_dict(finding) for finding in data["findings"])
    return ReadRow(data["line"], Matter(**fields), findings)
