"""Statistics tables of local design (before or beside the national form): label, unit, year, cumulative."""

import re
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.document import Grid, Place
from gongkai.auditing.model import LocalRow
from gongkai.auditing.recognition import flat as flats

_HEAD = re.compile(r"指标名称(?:计量)?单位(?P<columns>(?:(?:20\d{2}年度?|本年度?|历年累计|累计)\s*)+)")
_ROW = re.compile(
    r"(?P<label>(?:其中:)?(?:\d[、.])?[^\d\s]+?)(?P<unit>条|件|次|元|万元|人次|个|人)"
    r"(?P<values>(?:\s*\d[\d,]*(?:\.\d+)?(?![\d、])(?!\.\D))+)"
)
_CELLS = (
    (r"主动公开(?:政府)?(?:信息|文件)(?:总)?数", "proactive_total"),
    (r"(?:政府)?网站公开", "channel_website"),
    (r"公报公开", "channel_gazette"),
    (r"(?:受理)?依申请公开信息总数|受理申请(?:总)?数|收到申请数", "requests_received"),
    (r"当面申请", "requests_in_person"),
    (r"对申请的?答复(?:总)?数", "replies_total"),
    (r"同意部分公开", "reply_granted_partial"),
    (r"同意公开", "reply_granted"),
    (r"(?:否决|不予|不同意)公开", "reply_refused"),
    (r"行政诉讼、举报|诉讼、举报", ""),
    (r"^行政复议数", "review_total"),
    (r"^行政诉讼数", "suit_total"),
)


def of_text(flat: flats.Flat) -> tuple[tuple[LocalRow, ...], tuple[str, ...], tuple[int, int] | None]:
    """Rows, column names and the stretch they cover."""
    head = _HEAD.search(flat.text)
    if head is None:
        return (), (), None
    columns = tuple(re.findall(r"20\d{2}年度?|本年度?|历年累计|累计", head["columns"]))
    rows: list[LocalRow] = []
    at = head.end()
    while match := _ROW.match(flat.text, at):
        values = tuple(characters.number(value) for value in match["values"].split())
        rows.append(_row(match["label"], values, len(columns), flat.place(match.start(), match.end())))
        at = match.end()
        while flat.text[at : at + 1] == " ":
            at += 1
    return tuple(rows), columns, (head.start(), at)


def _row(label: str, values: tuple[Decimal | None, ...], width: int, place: Place) -> LocalRow:
    bare = re.sub(r"^(?:其中[::]?)?(?:\d[、.])?", "", characters.squeezed(label))
    cell = next((cell for words, cell in _CELLS if re.search(words, bare)), "")
    whole = values if len(values) == width else (None,) * width
    return LocalRow(bare, whole, cell, place)


def of_grid(block: int, grid: Grid) -> tuple[tuple[LocalRow, ...], tuple[str, ...]]:
    """The same from a grid with a heading row 指标名称 | 计量单位 | 年度 | 累计."""
    for y, row in enumerate(grid.rows[:4]):
        texts = [characters.squeezed(slot.text) for slot in row]
        if not texts or not re.match(r"指标(?:名称)?$", texts[0]):
            continue
        columns = [x for x, text in enumerate(texts) if re.search(r"20\d{2}年|本年|累计", text)]
        rows = [
            _row(
                line[0].text,
                tuple(characters.number(line[x].text) if x < len(line) else None for x in columns),
                len(columns),
                Place(block, row=number, column=0),
            )
            for number, line in enumerate(grid.rows)
            if number > y and line
        ]
        return tuple(rows), tuple(texts[x] for x in columns)
    return (), ()
