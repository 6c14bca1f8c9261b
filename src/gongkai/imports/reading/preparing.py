"""Turns the rows of a table into checked rows under a mapping."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.groundwork import digests
from gongkai.imports.domain import checking, genres, values
from gongkai.imports.domain.mapping import DATES, FLAGS, ImportMapping
from gongkai.imports.domain.rows import CheckedRow, Value
from gongkai.imports.reading.tables import CELL_LIMIT, Row, Table, UnreadableTable
from gongkai.law.findings import Finding
from gongkai.law.identifiers import document_number
from gongkai.law.identifiers.invalid import Invalid
from gongkai.published.domain.vocabulary import VALIDITIES
from gongkai.records.domain import statutory_tree

_OWN_COLUMN = "own."  # columns that an agency added itself
_MANY_LINES = frozenset({"summary", "body_text"})
_VALIDITY_CODES = {label: code for code, label in VALIDITIES.items()} | {
    "现行有效": "valid",
    "已失效": "expired",
    "已废止": "repealed",
}


@dataclass(frozen=True)
class OwnAgency:
    """The agency that imports for itself: rows that name another one stay out."""

    name: str
    short_name: str


class Preparer:
    """Prepares the rows of one file; remembers what the earlier lines said."""

    def __init__(self, table: Table, mapping: ImportMapping, *, own: OwnAgency | None, today: date) -> None:
        missing = sorted(mapping.columns - set(table.header))
        if missing:
            raise UnreadableTable(f"文件缺少以下列：{'、'.join(missing)}。实际的列：{'、'.join(table.header)[:200]}。")
        if mapping.agency.column == "" and own is None:
            raise UnreadableTable("映射没有指明公开机关所在的列（agency.column）。")
        self._table = table
        self._mapping = mapping
        self._own = own
        self._today = today
        self._places = {name: place for place, name in reversed(list(enumerate(table.header)))}
        self._required = frozenset(name for name, rule in mapping.fields.items() if rule.required)
        # Sixteen bytes of each digest are kept: enough to tell rows apart, small enough for millions of them.
        self._seen: dict[bytes, tuple[bytes, int]] = {}

    def rows(self) -> Iterator[CheckedRow]:
        for row in self._table.rows:
            yield self._prepare(row)

    def _prepare(self, row: Row) -> CheckedRow:
        if len(row.cells) > len(self._table.header) and any(row.cells[len(self._table.header) :]):
            message = "单元格比表头多，疑似分隔符或引号有误。"
            return self._rejected(row, checking.error("too_many_cells", "row", message))
        if any(len(cell) > CELL_LIMIT for cell in row.cells):
            return self._rejected(row, checking.error("too_long", "row", "单元格内容过长。"))
        fields, findings = self._fields(row)
        named = values.tidy(self._cell(row, self._mapping.agency.column)) if self._mapping.agency.column else ""
        agency = "" if self._own else named
        findings += checking.check(fields, required=self._required, today=self._today)
        findings += self._check_agency(named)
        key_values = [values.tidy(self._cell(row, column)) for column in self._mapping.key]
        if not any(key_values):
            findings.append(checking.error("missing_key", "key", f"缺少识别列（{'、'.join(self._mapping.key)}）。"))
        # What is looked at is not only what is taken over: a mark in a column that nobody maps counts as well.
        findings += self._check_rest(row, fields)
        if any(finding.is_error for finding in findings):
            return self._rejected(row, *findings)
        return self._accepted(row, fields, agency, key_values, findings)

    def _fields(self, row: Row) -> tuple[dict[str, Value], list[Finding]]:
        fields: dict[str, Value] = dict(self._mapping.constants)
        findings: list[Finding] = []
        for name, rule in self._mapping.fields.items():
            cell = self._cell(row, rule.column)
            text = values.paragraphs(cell) if name in _MANY_LINES else values.tidy(cell)
            if not text:
                continue
            try:
                fields[name] = self._value(name, text)
            except values.NotADate:
                label = checking.LABELS.get(name, name)
                finding = checking.error if rule.required else checking.warning
                findings.append(finding("unreadable_date", name, f"{label}无法识别，应为“2026-11-22”的形式。"))
        genre = genres.of_title(str(fields.get("title", ""))) if self._mapping.genre_from_title else ""
        if genre:
            fields.setdefault("genre", genre)
        return fields, findings

    def _value(self, name: str, text: str) -> Value:
        if name in DATES:
            found = values.day(text)
            assert found is not None
            return found
        if name in FLAGS:
            return values.flag(text)
        if name == "validity":
            return _VALIDITY_CODES.get(text, text)
        return text

    def _check_agency(self, agency: str) -> list[Finding]:
        if self._own is not None:
            if agency and agency not in {self._own.name, self._own.short_name}:
                return [checking.error("other_agency", "agency", "公开机关不是本单位，不能代其他单位导入。")]
            return []
        if not agency:
            return [checking.error("missing_agency", "agency", "缺少公开机关。")]
        if len(agency) > 60:
            return [checking.error("too_long", "agency", "公开机关名称超过60字。")]
        return []

    def _check_rest(self, row: Row, fields: dict[str, Value]) -> list[Finding]:
        taken = {rule.column for rule in self._mapping.fields.values()}
        rest = [name for name in self._table.header if name and name not in taken]
        findings: list[Finding] = []
        for name in rest:
            findings += checking.concealing(self._cell(row, name), place=name)
        if fields.get("validity", "valid") not in VALIDITIES:
            findings.append(checking.error("unknown_validity", "validity", "有效性无法识别。"))
        code = str(fields.get("column_code", ""))
        if not code.startswith(_OWN_COLUMN) and not _takes_records(code):
            findings.append(checking.error("unknown_column", "column_code", "公开栏目代码不存在。"))
        return findings

    def _accepted(
        self, row: Row, fields: dict[str, Value], agency: str, key_values: list[str], findings: list[Finding]
    ) -> CheckedRow:
        number = fields.get("document_number")
        if isinstance(number, str):
            # What has no known form is kept as the office wrote it; the finding says so.
            with contextlib.suppress(Invalid):
                fields["document_number"] = document_number.validate(number)
        key = _digest(key_values)
        content = _digest([agency, {name: str(value) for name, value in fields.items()}])
        said = bytes.fromhex(content[:32])
        earlier = self._seen.setdefault(bytes.fromhex(key[:32]), (said, row.line))
        if earlier[0] != said:
            message = f"与第{earlier[1]}行的{'、'.join(self._mapping.key)}相同但内容不同，请核对后保留一行。"
            return self._rejected(row, checking.error("conflict", "key", message))
        repeats = earlier[1] if earlier[1] != row.line else None
        return CheckedRow(row.line, fields, agency, key, content, repeats, tuple(findings))

    def _rejected(self, row: Row, *findings: Finding) -> CheckedRow:
        conceals = any(_is_concealing(finding) for finding in findings)
        if not conceals:
            # A row that was refused for its shape has not been looked at yet.
            more = [hit for cell in row.cells for hit in checking.concealing(cell[:CELL_LIMIT], place="row")]
            findings, conceals = (*findings, *more[:1]), bool(more)
        if not conceals:
            return CheckedRow(row.line, findings=findings, raw=tuple(row.cells))
        # Other findings may quote the row, for example its document number.
        kept = tuple(_without_content(finding) for finding in findings if _is_concealing(finding))
        return CheckedRow(row.line, findings=kept, conceals=True)

    def _cell(self, row: Row, column: str) -> str:
        place = self._places.get(column)
        return row.cells[place] if place is not None and place < len(row.cells) else ""


def _takes_records(code: str) -> bool:
    column = statutory_tree.BY_CODE.get(code)
    return column is not None and column.takes_records


def _is_concealing(finding: Finding) -> bool:
    return finding.code.startswith(checking.CONCEALING)


def _without_content(finding: Finding) -> Finding:
    message = "含有国家秘密标志，不得存储。" if finding.code.startswith("secrecy.") else finding.message
    return Finding(finding.code, finding.severity, finding.status, finding.where[:1], message, basis=finding.basis)


def _digest(value: object) -> str:
    return digests.sm3(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
