"""Tables are read in the child process, whatever their encoding, and each row is checked."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gongkai.imports.domain.rows import CheckedRow
from gongkai.imports.reading import stream
from gongkai.imports.reading.preparing import OwnAgency
from gongkai.imports.reading.tables import UnreadableTable

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 20)
MAPPING = """
name: own
key: 编号
fields:
  title: 标题
  document_number: 文号
  created_on: 成文日期
  published_on: 发布日期
constants: {column_code: art20_15_other}
"""
HEADER = ("编号", "标题", "文号", "成文日期", "发布日期", "备注")
GOOD = ("1", "关于某事的通知", "青政发〔2026〕3号", "2026-03-02", "2026-03-05", "")
OWN = OwnAgency("青川市财政局", "市财政局")


def csv_of(*rows: Iterable[str], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def read(
    content: bytes, folder: Path, *, ending: str = "csv", mapping: str = MAPPING, own: OwnAgency | None = OWN
) -> list[CheckedRow]:
    path = folder / f"table.{ending}"
    path.write_bytes(content)
    with (
        path.open("rb") as file,
        stream.read(file, ending=ending, mapping_text=mapping, own=own, today=TODAY) as reading,
    ):
        return list(reading.rows)


def codes(row: CheckedRow) -> set[str]:
    return {finding.code for finding in row.findings}


def changed(**values: str) -> tuple[str, ...]:
    names = {"key": 0, "title": 1, "number": 2, "written": 3, "published": 4, "remark": 5}
    row = list(GOOD)
    for name, value in values.items():
        row[names[name]] = value
    return tuple(row)


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
    def test_the_same_table_is_read_from_every_encoding(self, encoding: str, tmp_path: Path) -> None:
        (row,) = read(csv_of(HEADER, GOOD).encode(encoding), tmp_path)
        assert row.fields["title"] == "关于某事的通知"
        assert row.fields["published_on"] == date(2026, 3, 5)
        assert (row.line, row.findings) == (2, ())

    def test_a_broken_encoding_names_the_line(self, tmp_path: Path) -> None:
        content = csv_of(HEADER, GOOD).encode() + b"2,\xff\xfe\xff,,,\r\n"
        with pytest.raises(UnreadableTable, match=r"第3行.*编码"):
            read(content, tmp_path)

    def test_two_encodings_in_one_file_are_refused(self, tmp_path: Path) -> None:
        content = csv_of(HEADER, GOOD).encode() + "2,关于财政的通知啊,,,2026-01-01,\r\n".encode("gbk") + b"\x80\r\n"
        with pytest.raises(UnreadableTable, match="编码"):
            read(content, tmp_path)


class TestForms:
    def test_tab_separated(self, tmp_path: Path) -> None:
        (row,) = read(csv_of(HEADER, GOOD, delimiter="\t").encode(), tmp_path, ending="tsv")
        assert row.fields["title"] == "关于某事的通知"

    def test_quoted_cells_may_hold_lines_and_quotes(self, tmp_path: Path) -> None:
        rows = read(csv_of(HEADER, changed(title='"第一行\n第""二""行"'), changed(key="2")).encode(), tmp_path)
        assert rows[0].fields["title"] == '第一行 第"二"行'
        assert [row.line for row in rows] == [2, 4]

    def test_an_open_quote_names_its_line(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableTable, match=r"第3行.*引号"):
            read(csv_of(HEADER, GOOD, changed(key="2", title='"没有结束')).encode(), tmp_path)

    def test_a_workbook_gives_values_not_formulas(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(HEADER)
        sheet.append(["1", "关于某事的通知", "=1+1", date(2026, 3, 2), date(2026, 3, 5), 12.0])
        out = io.BytesIO()
        book.save(out)
        (row,) = read(out.getvalue(), tmp_path, ending="xlsx")
        # A formula that nothing has computed yet has no value.
        assert "document_number" not in row.fields
        assert row.fields["published_on"] == date(2026, 3, 5)

    @pytest.mark.parametrize(
        ("part", "before", "words"),
        [
            ("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>', "文档类型"),
            ("xl/workbook.xml", b"<<<", "损坏"),
            ("xl/worksheets/sheet1.xml", b"<<<", "损坏"),
            ("xl/styles.xml", b"</x>", "损坏"),
        ],
    )
    def test_a_workbook_that_was_tampered_with_is_refused(
        self, part: str, before: bytes, words: str, tmp_path: Path
    ) -> None:
        out = io.BytesIO()
        openpyxl.Workbook().save(out)
        hostile = io.BytesIO()
        with zipfile.ZipFile(out) as old, zipfile.ZipFile(hostile, "w") as new:
            for name in old.namelist():
                new.writestr(name, (before if name == part else b"") + old.read(name))
        with pytest.raises(UnreadableTable, match=words):
            read(hostile.getvalue(), tmp_path, ending="xlsx")

    def test_a_workbook_that_is_a_bomb_is_refused(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
            bomb.writestr("xl/workbook.xml", "<workbook/>")
            bomb.writestr("xl/worksheets/sheet1.xml", b" " * (200 * 1024 * 1024))
        with pytest.raises(UnreadableTable, match="炸弹"):
            read(out.getvalue(), tmp_path, ending="xlsx")

    @pytest.mark.parametrize(
        ("content", "ending"), [(b"PK\x03\x04", "csv"), (b"a,b", "xlsx"), (b"a,b", "exe"), (b"", "csv")]
    )
    def test_what_is_no_table_is_refused(self, content: bytes, ending: str, tmp_path: Path) -> None:
        with pytest.raises(UnreadableTable):
            read(content, tmp_path, ending=ending)

    def test_missing_columns_are_named(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableTable, match="缺少以下列：发布日期"):
            read(csv_of(HEADER[:4], GOOD[:4]).encode(), tmp_path)


class TestFindings:
    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (changed(title=""), "imports.missing_title"),
            (changed(published=""), "imports.missing_published_on"),
            (changed(published="三月"), "imports.unreadable_date"),
            (changed(published="2026-12-01"), "imports.published_in_future"),
            (changed(key=""), "imports.missing_key"),
            (changed(title="题" * 301), "imports.too_long"),
            (changed(title="联系人13800138000"), "personal_data.mobile_number"),
            (changed(title="机密★10年 某通知"), "secrecy.mark"),
            (changed(remark="秘密★5年"), "secrecy.mark"),
            (changed(remark="11010519491231002X"), "personal_data.citizen_id"),
            ((*GOOD, "多"), "imports.too_many_cells"),
        ],
    )
    def test_an_error_keeps_the_row_out(self, row: tuple[str, ...], code: str, tmp_path: Path) -> None:
        (checked,) = read(csv_of(HEADER, row).encode(), tmp_path)
        assert checked.is_rejected
        assert code in codes(checked)
        assert checked.fields == {}

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (changed(number="一号文"), "document_number.form"),
            (changed(number="青政发[2026]3号"), "document_number.spelling"),
            (changed(number="青政发〔2025〕3号"), "document_number.year"),
            (changed(published="2026-03-01"), "imports.published_before_written"),
            (changed(published="2026-06-01"), "imports.published_late"),
            (changed(written=""), "imports.missing_created_on"),
            (changed(written="不详"), "imports.unreadable_date"),
        ],
    )
    def test_a_doubt_is_said_and_the_row_comes_in(self, row: tuple[str, ...], code: str, tmp_path: Path) -> None:
        (checked,) = read(csv_of(HEADER, row).encode(), tmp_path)
        assert not checked.is_rejected
        assert code in codes(checked)

    def test_what_is_concealed_is_nowhere_in_the_row(self, tmp_path: Path) -> None:
        marked = changed(title="机密★10年 某通知", remark="13800138000", number="青政发[2026]3号")
        (checked,) = read(csv_of(HEADER, marked).encode(), tmp_path)
        assert checked.conceals
        for word in ("★", "某通知", "13800138000", "青政发"):
            assert word not in repr(checked)

    def test_a_concealed_row_of_a_wrong_shape_is_concealed_too(self, tmp_path: Path) -> None:
        (checked,) = read(csv_of(HEADER, (*GOOD, "机密★10年")).encode(), tmp_path)
        assert checked.conceals
        assert checked.raw == ()

    def test_an_ordinary_rejected_row_keeps_its_cells_for_the_rejects_file(self, tmp_path: Path) -> None:
        (checked,) = read(csv_of(HEADER, changed(published="")).encode(), tmp_path)
        assert checked.raw == changed(published="")

    def test_the_number_is_spelt_as_the_standard_says(self, tmp_path: Path) -> None:
        (checked,) = read(csv_of(HEADER, changed(number="青政发 [2026] 3 号")).encode(), tmp_path)
        assert checked.fields["document_number"] == "青政发〔2026〕3号"


class TestRepeats:
    def test_an_exact_repeat_points_to_the_first(self, tmp_path: Path) -> None:
        first, again = read(csv_of(HEADER, GOOD, GOOD).encode(), tmp_path)
        assert (first.repeats, again.repeats) == (None, 2)

    def test_the_same_key_with_another_content_is_a_conflict(self, tmp_path: Path) -> None:
        first, other = read(csv_of(HEADER, GOOD, changed(title="另一个标题的通知")).encode(), tmp_path)
        assert not first.is_rejected
        assert codes(other) == {"imports.conflict"}
        assert "第2行" in other.findings[0].message

    def test_a_rejected_row_does_not_take_the_key(self, tmp_path: Path) -> None:
        first, good = read(csv_of(HEADER, changed(published=""), GOOD).encode(), tmp_path)
        assert first.is_rejected
        assert not good.is_rejected


class TestAgencies:
    WITH_AGENCY = MAPPING + "agency: {column: 备注}\n"

    def test_a_row_of_another_body_stays_out(self, tmp_path: Path) -> None:
        rows = [changed(remark="市财政局"), changed(key="2", remark="市审计局"), changed(key="3", remark="")]
        checked = read(csv_of(HEADER, *rows).encode(), tmp_path, mapping=self.WITH_AGENCY)
        assert [row.is_rejected for row in checked] == [False, True, False]
        assert codes(checked[1]) == {"imports.other_agency"}

    def test_for_no_agency_of_ones_own_every_row_must_name_one(self, tmp_path: Path) -> None:
        rows = [changed(remark="市财政局"), changed(key="2")]
        checked = read(csv_of(HEADER, *rows).encode(), tmp_path, mapping=self.WITH_AGENCY, own=None)
        assert [row.agency for row in checked] == ["市财政局", ""]
        assert codes(checked[1]) == {"imports.missing_agency"}

    def test_a_mapping_without_agency_needs_an_own_one(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableTable, match=r"agency\.column"):
            read(csv_of(HEADER, GOOD).encode(), tmp_path, own=None)
