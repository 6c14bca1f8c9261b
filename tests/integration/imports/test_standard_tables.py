"""Reading standard tables in the child process: layouts, boxes, what is wrong with a row, what is no table at all."""

import tempfile

import pytest

from gongkai.imports.domain.standard_tables import ReadTable
from gongkai.imports.reading import standards
from gongkai.imports.reading.tables import UnreadableTable
from tests.integration.imports import standard_books as books

pytestmark = pytest.mark.pure


def _read(content: bytes) -> ReadTable:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return standards.read(file)


def _codes(found: ReadTable) -> set[tuple[int, str]]:
    return {(row.line, finding.code.partition(".")[2]) for row in found.rows for finding in row.findings}


def test_the_usual_form_is_read_with_merged_cells_and_ticked_boxes() -> None:
    found = _read(
        books.book(
            [
                books.row(1, "最低生活保障", "政策法规文件"),
                books.row(2, "最低生活保障", "审核审批信息", everybody="", some="√低保对象", town="√"),
                books.row(3, "临时救助", "办事指南"),
            ]
        )
    )
    assert found.title == "青川市社会救助领域基层政务公开标准目录"
    first, second, third = (row.matter for row in found.rows)
    assert (first.matter_l1, first.matter_l2, first.seq) == ("最低生活保障", "政策法规文件", "1")
    assert first.channels == ("website", "new_media", "other")
    assert first.channel_note == "其他（12345热线）"
    assert (first.audience, first.mode, first.level) == (("everybody",), ("proactive",), ("county",))
    assert (second.matter_l1, second.audience, second.audience_note) == ("最低生活保障", ("some",), "低保对象")
    assert second.level == ("county", "town")
    assert third.matter_l1 == "临时救助"
    assert _codes(found) == set()


def test_boxes_may_have_columns_of_their_own_and_rows_may_leave_the_first_matter_out() -> None:
    head = ["序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体"]
    head += ["公开渠道", "公开渠道", "公开对象", "公开方式", "公开层级"]
    sub = ["", "", "", "", "", "", "", "政府网站", "精准推送", "", "", ""]
    one = ["1", "就业信息", "岗位信息", "岗位", "条例", "7日内", "人社局", "√", "", "全社会", "主动", "县级、乡级"]
    two = [
        "2",
        "",
        "培训信息",
        "课程",
        "条例",
        "及时",
        "人社局",
        "□",
        "√",
        "特定群体（失业人员）",
        "依申请公开",
        "县级",
    ]
    found = _read(books.plain([head, sub, one, two]))
    first, second = (row.matter for row in found.rows)
    assert (first.channels, first.audience, first.mode, first.level) == (
        ("website",),
        ("everybody",),
        ("proactive",),
        ("county", "town"),
    )
    assert (second.matter_l1, second.channels, second.mode) == ("就业信息", ("targeted_push",), ("on_request",))
    assert second.audience_note == "特定群体（失业人员）"


def test_what_is_wrong_with_a_row_is_said_with_its_line() -> None:
    found = _read(
        books.book(
            [
                books.row(1, "低保", "政策", boxes="□政府网站", proactive=""),
                books.row(2, "低保", "标准", subject="", some="√"),
                books.row(3, "低保", "政 策", content=""),
                books.row(4, "低保", "长", content="长" * 4001),
            ]
        )
    )
    assert _codes(found) == {
        (4, "nothing_ticked"),
        (5, "missing"),
        (5, "both_ticked"),
        (6, "missing"),
        (6, "twin"),
        (7, "too_long"),
    }
    assert [row.line for row in found.rows if any(finding.is_error for finding in row.findings)] == [4, 6, 7]


def test_notes_below_the_table_are_no_matters() -> None:
    cells = [["序号", "一级事项", "二级事项", *books.HEAD[3:8], "公开对象", "公开方式", "公开层级"]]
    cells.append(["1", "低保", "政策", "内容", "条例", "20日内", "民政局", "■政府网站", "全社会", "主动", "县级"])
    cells.append(["注：本目录由市政府办公室解释。"])
    assert len(_read(books.plain(cells)).rows) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (books.plain([["标题", "发文字号"], ["通知", "1号"]]), "没有找到表头"),
        (books.plain([["一级事项", "公开内容", "公开事项"], ["a", "b", "c"]]), "公开主体"),
        (books.book([]), "没有内容"),
        (b"not a workbook", "已损坏"),
        (books.plain([["x"] * 81]), "80列"),
    ],
)
def test_what_holds_no_standard_table_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTable, match=reason):
        _read(content)
