"""Workbooks with standard tables, as offices draw them: merged cells, headers of two rows, ticked boxes."""

import io
from collections.abc import Sequence

import openpyxl

HEAD = [
    *("序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体"),
    *("公开对象", "", "公开方式", "", "公开层级", ""),
]
SUB = ["", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体", "主动", "依申请公开", "县级", "乡级"]
BOXES = "■政府网站 □政府公报\n■两微一端 □发布会/听证会\n□广播电视 ■其他（12345热线）"


def row(number: int, l1: str, l2: str, **values: str) -> list[str]:
    """A good row; ``time_limit``, ``boxes`` and the rest may be given."""
    defaults = {
        "content": "申报条件、申报材料、办理流程、结果",
        "basis": "《中华人民共和国政府信息公开条例》",
        "time_limit": "自信息形成或者变更之日起20个工作日内",
        "subject": "市民政局",
        "boxes": BOXES,
        "everybody": "√",
        "some": "",
        "proactive": "√",
        "on_request": "",
        "county": "√",
        "town": "",
    } | values
    return [str(number), l1, l2, *defaults.values()]


def book(rows: Sequence[Sequence[str]], *, title: str = "青川市社会救助领域基层政务公开标准目录") -> bytes:
    """The usual form: a title, a header of two rows, first matters merged down."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append([title])
    sheet.append(HEAD)
    sheet.append(SUB)
    for area in ("A1:N1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "M2:N2"):
        sheet.merge_cells(area)
    first, above = 4, ""
    for place, cells in enumerate(rows, 4):
        sheet.append(list(cells))
        if cells[1] != above:
            if place - first > 1:
                sheet.merge_cells(f"B{first}:B{place - 1}")
            first, above = place, cells[1]
    if len(rows) + 4 - first > 1:
        sheet.merge_cells(f"B{first}:B{len(rows) + 3}")
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def plain(cells: Sequence[Sequence[str]]) -> bytes:
    """Just these cells, nothing merged."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for line in cells:
        sheet.append(list(line))
    return saved(made)
