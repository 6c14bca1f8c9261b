"""What readers keep and what they leave out; whose report it is."""

import io
import zipfile
from pathlib import Path

import pytest

from gongkai.auditing import audit, errors
from gongkai.auditing.document import Document, Grid, Paragraph
from gongkai.auditing.reading import sources
from gongkai.auditing.recognition import titles
from tests.auditing import base, synthetic

pytestmark = pytest.mark.pure


def _read(folder: Path, name: str, content: bytes | str) -> Document:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return sources.read(path)


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def _grids(document: Document) -> list[list[list[str]]]:
    return [[[slot.text for slot in row] for row in block.rows] for block in document.blocks if isinstance(block, Grid)]


def test_a_page_loses_scripts_hidden_parts_and_nothing_else(tmp_path: Path) -> None:
    page = (
        "<html><head><title>标题</title><style>p{}</style></head><body><script>alert('x')</script><p>甲<b>乙</b>&nbsp;丙"
        "</p><div style='display: none'>藏</div><ul><li>一</li><li>二</li></ul>尾</body></html>"
    )
    document = _read(tmp_path, "a.html", page)
    assert document.title == "标题"
    assert _texts(document) == ["甲乙 丙", "一", "二", "尾"]


def test_spans_fill_the_positions_they_cover(tmp_path: Path) -> None:
    page = (
        "<table><tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr><tr><td>1</td><td>2</td></tr>"
        "<tr><td>丙</td><td>3</td></tr></table>"
    )
    document = _read(tmp_path, "a.html", page)
    assert _grids(document) == [[["甲", "乙", "乙"], ["甲", "1", "2"], ["丙", "3", ""]]]
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [slot.real for slot in grid.rows[2]] == [True, True, False]
    assert (grid.rows[1][0].row, grid.rows[1][0].column) == (0, 0)


def test_layout_tables_and_tables_of_prose_dissolve(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>导航</td><td><table><tr><td>数</td><td>1</td></tr></table></td></tr></table>"
        "<table><tr><td>第一段</td></tr><tr><td>第二段</td></tr></table>"
        f"<table><tr><td>标题</td><td>{'长' * 220}</td></tr><tr><td>数</td><td>2</td></tr></table>"
    )
    document = _read(tmp_path, "a.html", page)
    assert _grids(document) == [[["数", "1"]], [["数", "2"]]]
    assert _texts(document) == ["导航", "第一段", "第二段", "标题", "长" * 220]


def test_word_keeps_order_and_leaves_out_what_was_deleted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:tab/><w:t>乙</w:t></w:r>"
        "</w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>数</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>尾</w:t></w:r></w:p>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f"<w:document {synthetic.W}><w:body>{body}</w:body></w:document>")
    document = _read(tmp_path, "a.docx", out.getvalue())
    assert _texts(document) == ["甲 乙", "控件", "尾"]
    assert _grids(document) == [[["数", ""]]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    document = _read(tmp_path, "a.txt", "云川县农业农村局".encode(encoding))
    assert _texts(document) == ["云川县农业农村局"]


def test_a_page_may_be_called_anything(tmp_path: Path) -> None:
    content = synthetic.page(base.base("G2021"))
    assert _read(tmp_path, "download", content).kind == "html"
    assert _read(tmp_path, "report.txt", content).kind == "html"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.txt", b"", errors.Empty),
        ("a.html", b"<html></html>", errors.Empty),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, errors.Unsupported),
        ("a.docx", b"hello", errors.Damaged),
        ("a.txt", bytes(range(32)) * 40, errors.Unsupported),
    ],
)
def test_what_is_no_report_is_named(tmp_path: Path, name: str, content: bytes, error: type[errors.CannotRead]) -> None:
    with pytest.raises(error) as raised:
        _read(tmp_path, name, content)
    assert raised.value.message


@pytest.mark.parametrize(
    ("line", "agency", "year"),
    [
        ("云川县人民政府2023年政府信息公开工作年度报告", "云川县人民政府", 2023),
        ("2018年沙水区政府信息公开年度工作报告", "沙水区", 2018),
        ("云川县统计局关于2022年度政府信息公开工作的年度报告", "云川县统计局", 2022),
        ("云川县人民政府二〇二三年政府信息公开工作年度报告", "云川县人民政府", 2023),
        ("标题: 云川县2019年度政府信息公开工作年度报告", "云川县", 2019),
        ("云川县教育局2018年度政府信息公开工作情况统计表", "云川县教育局", 2018),
    ],
)
def test_a_title_names_agency_and_year(line: str, agency: str, year: int) -> None:
    found = titles.titles(Document("", "text", (Paragraph(line),)))
    assert [(title.agency, title.year) for title in found] == [(agency, year)]


def test_a_title_may_stand_on_two_lines() -> None:
    lines = (Paragraph("云川县人民政府"), Paragraph("2024 年政府信息公开工作年度报告"))
    (title,) = titles.titles(Document("", "text", lines))
    assert (title.agency, title.year) == ("云川县人民政府", 2024)


def test_a_sentence_about_a_report_is_no_title() -> None:
    words = (
        "根据《中华人民共和国政府信息公开条例》,现将2023年政府信息公开工作情况报告如下,请予审阅并提出意见,谢谢大家。"
    )
    assert titles.titles(Document("", "text", (Paragraph(words),))) == []


def test_reports_of_two_years_in_one_file_are_two_reports(tmp_path: Path) -> None:
    both = [base.base("G2021", year=2022), base.changed(base.base("G2021"), {"t2_licence_decisions": 7})]
    path = tmp_path / "both.txt"
    path.write_text("\n".join(map(synthetic.pipes, both)), encoding="utf-8")
    found = {entry.report.year: entry.report for entry in audit.audit(path).audited}
    assert set(found) == {2022, 2023}
    assert found[2022].value("t2_licence_decisions") == 300
    assert found[2023].value("t2_licence_decisions") == 7


def test_a_piece_of_another_agency_gives_no_cell(tmp_path: Path) -> None:
    foreign = base.base("G2014", agency="远山开发区教育局")
    piece = "\n".join(synthetic.pipes(foreign).splitlines()[:16])
    own = "\n".join(
        [
            "云川县人民政府2018年政府信息公开工作年度报告",
            "一、概述",
            "2018年,云川县主动公开政府信息70条。" + "我县坚持公开为常态。" * 20,
            "二、主动公开政府信息情况",
            "云川县通过网站公开。",
            "三、问题",
            "没有。",
        ]
    )
    path = tmp_path / "mixed.txt"
    path.write_text(f"{own}\n{piece}\n", encoding="utf-8")
    (entry,) = audit.audit(path).audited
    report = entry.report
    assert (report.agency, report.year, report.edition) == ("云川县人民政府", 2018, "none")
    assert report.cells == {}
    assert [(each.agency, each.year) for each in report.fragments] == [("远山开发区教育局", 2017)]
    assert not [finding for finding in entry.findings if finding.is_error]


def test_links_to_other_years_open_no_report(tmp_path: Path) -> None:
    each = base.base("G2021")
    links = "".join(f"<li>{each.agency}{year}年政府信息公开工作年度报告</li>" for year in (2022, 2021, 2020))
    page = synthetic.page(each).replace(
        "</body>", f"<ul>{links}</ul><p>主办单位:云川县。联系我们。网站地图。</p></body>"
    )
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    (entry,) = audit.audit(path).audited
    assert entry.report.year == 2023
    assert entry.findings == ()


def test_a_box_may_have_its_bar_on_the_next_line(tmp_path: Path) -> None:
    text = (
        "信息内容 |\n本年制发件数 |\n规章 |\n0 |\n行政规范性文件\n|\n4 |\n三、收到和处理政府信息公开申请情况\n|\n甲 |\n"
    )
    document = _read(tmp_path, "a.txt", text)
    assert _grids(document)[0] == [["信息内容", "本年制发件数"], ["规章", "0"], ["行政规范性文件", "4"]]
    assert _texts(document)[0] == "三、收到和处理政府信息公开申请情况"
