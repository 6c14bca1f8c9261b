"""How portals and office programs really publish reports: layouts that no form ever asked for.

Every value that is still there is the true one. `LAYOUTS` are the ways in which a report must be read completely;
`DIRTY` those in which cells may be unread, but never wrong.
"""

import dataclasses
import html
import random
import re
from collections.abc import Callable

from tests.auditing import synthetic
from tests.auditing.synthetic import Box, Grid, Report

Draw = Callable[[Grid], str]


def _page(each: Report, draw: Draw, *, head: str = "", tail: str = "", charset: str = "utf-8") -> str:
    """A page of which only the tables are special."""
    tables = synthetic.grids(each)
    tags = {"title": "h1", "p": "p", "h": "p"}
    body = "".join(
        draw(tables[content]) if kind == "t" else f"<{tags[kind]}>{html.escape(content)}</{tags[kind]}>"
        for kind, content in synthetic.parts(each)
    )
    return f"<html><head><meta charset='{charset}'><title>年报</title></head><body>{head}{body}{tail}</body></html>"


def _spans(down: int, across: int) -> str:
    return (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")


def _table(grid: Grid, cell: Callable[[Box], str] = lambda box: html.escape(box[0])) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td{_spans(box[1], box[2])}>{cell(box)}</td>" for box in row) + "</tr>" for row in grid
    )
    return f"<table>{rows}</table>"


def wps(each: Report) -> str:
    """HTML saved by WPS: conditional comments, a colgroup, empty paragraphs, non-breaking blanks."""

    def cell(box: Box) -> str:
        inner = html.escape(box[0])
        return (
            f"<p class=MsoNormal align=center><span style='font-family:宋体'><o:p>&nbsp;</o:p></span>"
            f"<![if !supportEmptyParas]><![endif]><span lang=EN-US>{inner}</span><o:p></o:p></p>"
        )

    def draw(grid: Grid) -> str:
        return "<!--[if gte mso 9]><table><tr><td>99</td></tr></table><![endif]-->" + _table(grid, cell).replace(
            "<table>", "<table class=MsoNormalTable border=1><colgroup><col width=72 span=10></colgroup><tbody>"
        ).replace("</table>", "</tbody></table>")

    return _page(each, draw, head="<xml><w:WordDocument></w:WordDocument></xml><style>.a{color:red}</style>")


def layout_tables(each: Report) -> str:
    """Four tables deep, a menu beside, the report's tables in boxes of boxes."""

    def draw(grid: Grid) -> str:
        return f"<table><tbody><tr><td><table><tr><td>{_table(grid)}</td></tr></table></td></tr></tbody></table>"

    menu = "<td><ul><li><a href='#'>首页</a></li><li><a href='#'>2020年</a></li><li>2019年</li></ul></td>"
    return _page(each, draw, head=f"<table><tr>{menu}<td><table><tr><td>", tail="</td></tr></table></td></tr></table>")


def split_words(each: Report) -> str:
    """Words of headings and labels broken by blanks and line breaks, as narrow columns make them."""

    def cell(box: Box) -> str:
        text = box[0]
        if len(text) > 2 and not re.fullmatch(r"[\d.,-]+元?", text):
            text = "<br>".join(html.escape(text[i : i + 2]) for i in range(0, len(text), 2)).replace("政府", "政 府")
        return text

    return _page(each, lambda grid: _table(grid, cell))


def full_width(each: Report) -> str:
    """Digits of full width, commas between thousands, blanks around."""
    wide = str.maketrans("0123456789,.", "0123456789,.")

    def cell(box: Box) -> str:
        text = box[0]
        if re.fullmatch(r"\d+(?:\.\d+)?", text):
            whole, _, rest = text.partition(".")
            text = f"\u3000{int(whole):,}{'.' + rest if rest else ''}\u00a0".translate(wide)
        return html.escape(text)

    return _page(each, lambda grid: _table(grid, cell))


def with_units(each: Report) -> str:
    """Units behind the numbers, in the boxes of money too."""
    money = "万元" if each.edition == "G2021" else "元"

    def cell(box: Box) -> str:
        text = box[0]
        if re.fullmatch(r"\d+", text):
            text += " 件"
        elif re.fullmatch(r"\d+\.\d+", text):
            text += money
        return html.escape(text)

    return _page(each, lambda grid: _table(grid, cell))


def head_and_body(each: Report) -> str:
    """thead, th, tfoot, captions, hidden helper rows."""

    def draw(grid: Grid) -> str:
        rows = re.findall(r"<tr>.*?</tr>", _table(grid))
        first = rows[0].replace("<td", "<th").replace("</td>", "</th>")
        hidden = "<tr style='display: none'>" + "<td>1</td>" * 10 + "</tr>"
        return (
            f"<table><caption>表格</caption><thead>{first}</thead><tbody>{hidden}{''.join(rows[1:-1])}</tbody>"
            f"<tfoot>{rows[-1]}</tfoot></table>"
        )

    return _page(each, draw)


def saved(each: Report) -> bytes:
    """Saved by a browser: GBK, upper case tags, unclosed boxes, a base64 picture."""
    page = _page(each, _table, charset="gb2312").replace("<p>", "<P>").replace("</td>", "").replace("</tr>", "")
    picture = f"<img src='data:image/png;base64,{'QUJD' * 500}'>"
    return page.replace("<body>", f"<body>{picture}").encode("gb18030")


def linked(each: Report) -> str:
    """Numbers in links and formatting, notes as superscripts outside the boxes, comments between."""

    def cell(box: Box) -> str:
        text = html.escape(box[0])
        return f"<!-- 8 --><a href='#'><b>{text[:1]}</b>{text[1:]}</a>" if text.isdigit() else f"<font>{text}</font>"

    return _page(each, lambda grid: _table(grid, cell))


def two_on_one_page(each: Report) -> str:
    """The report, and below it that of another agency of another year with other figures."""
    other = synthetic.report(each.edition, 99, agency="白山县水利局", year=each.year)
    first, second = _page(each, _table), _page(other, _table)
    return first.replace("</body></html>", "<hr>" + second.split("<body>")[1])


def with_menus(each: Report) -> str:
    """A menu of years above, reports of other years and the rest of the site below."""
    years = "".join(f"<li>{each.year + n}年</li>" for n in (2, 1, 0, -1))
    links = "".join(f"<li>{each.agency}{each.year - n}年政府信息公开工作年度报告</li>" for n in range(1, 5))
    words = (
        "法定主动公开内容",
        "政府信息公开条例",
        "政府信息公开指南",
        "依申请公开",
        "网站地图",
        "联系我们",
        "主办单位",
    )
    site = "".join(f"<li>{word}</li>" for word in words * 4)
    return _page(each, _table, head=f"<ul>{years}</ul>", tail=f"<h4>相关链接</h4><ul>{links}</ul><ul>{site}</ul>")


def tracked(each: Report) -> bytes:
    """Word with tracked changes: old numbers deleted, moved or struck in whole rows, new ones inserted."""
    wrong = dataclasses.replace(each, values={cell: value + 3 for cell, value in each.values.items()})
    now, before = synthetic.docx_body(each), synthetic.docx_body(wrong)
    runs, old = (re.split(r"(<w:r><w:t>.*?</w:t></w:r>)", body) for body in (now, before))
    for i in range(1, len(runs), 2):
        if runs[i] != old[i]:
            gone = old[i].replace("<w:t>", "<w:delText>").replace("</w:t>", "</w:delText>")
            kind = ("del", gone) if i % 4 == 1 else ("moveFrom", old[i])
            runs[i] = f"<w:{kind[0]} w:id='1'>{kind[1]}</w:{kind[0]}><w:ins w:id='2'>{runs[i]}</w:ins>"
    body = "".join(runs)
    dropped = re.findall(r"<w:tr>.*?</w:tr>", before)[4]
    dead = dropped.replace("<w:tr>", "<w:tr><w:trPr><w:del w:id='3'/></w:trPr>", 1)
    return synthetic.package(body.replace("</w:tr>", f"</w:tr>{dead}", 1))


def nested_word(each: Report) -> bytes:
    """Word with every table inside a table of one box, as pasted from the web, and content controls around."""
    body = synthetic.docx_body(each)
    body = body.replace("<w:tbl>", "<w:tbl><w:tr><w:tc><w:tcPr/><w:sdt><w:sdtContent><w:tbl>")
    return synthetic.package(
        body.replace("</w:tbl>", "</w:tbl></w:sdtContent></w:sdt><w:p/></w:tc></w:tr></w:tbl>").replace(
            "</w:t></w:r>", "</w:t></w:r><w:r><w:fldChar/><w:instrText>PAGE 7</w:instrText></w:r>"
        )
    )


def long_pdf(each: Report) -> bytes:
    """A PDF in which every table is broken over pages and begins in mid-page."""
    work = tuple(f"第{n}项工作:坚持公开为常态,及时发布解读材料,回应群众关切。" for n in range(37))
    return synthetic.pdf(dataclasses.replace(each, extra=work))


# --- where something is lost -------------------------------------------------------------------------------------


def divisions(each: Report) -> str:
    """Tables drawn with div elements; merged boxes are lost, empty ones have no text at all."""

    def draw(grid: Grid) -> str:
        rows = "".join(
            "<div class='tr'>" + "".join(f"<div class='td'>{html.escape(text)}</div>" for text, _, _ in row) + "</div>"
            for row in grid
        )
        return f"<div class='table'>{rows}</div>"

    return _page(each, draw)


def spans_of_text(each: Report) -> str:
    """The same with inline elements only: digits touch."""

    def draw(grid: Grid) -> str:
        return "<div>" + "".join(f"<span>{html.escape(text)}</span>" for row in grid for text, _, _ in row) + "</div>"

    return _page(each, draw)


def lost_spans(each: Report) -> str:
    """Spans lost by a converter: header boxes stand too far left, rows have fewer boxes."""
    return _page(each, lambda grid: _table([[(text, 1, 1) for text, _, _ in row] for row in grid]))


def no_totals(each: Report) -> str:
    """The total column left empty."""

    def draw(grid: Grid) -> str:
        if any(text == "自然人" for row in grid for text, _, _ in row):
            grid = [[*row[:-1], ("", 1, 1)] if sum(text.isdigit() for text, _, _ in row) == 7 else row for row in grid]
        return _table(grid)

    return _page(each, draw)


def mixed_blanks(each: Report) -> str:
    """Zeroes as dashes, slashes, blanks or zeroes, whatever the hand did."""
    chance = random.Random(each.agency)
    signs = ("0", "-", "/", "", "&nbsp;", "—", "0", "〇")

    def cell(box: Box) -> str:
        return chance.choice(signs) if box[0] == "0" else html.escape(box[0])

    return _page(each, lambda grid: _table(grid, cell))


def one_line_per_row(each: Report) -> str:
    """Copied from a viewer: boxes of a row separated by blanks, rows by line ends, empty header boxes gone."""
    return synthetic.lines_of(each, lambda grid: "\n".join(" ".join(t for t, _, _ in row if t) for row in grid))


def two_columns(each: Report) -> str:
    """Rows of tables as terms and descriptions."""

    def draw(grid: Grid) -> str:
        rows = []
        for row in grid:
            words = "".join(html.escape(t) for t, _, _ in row if not re.fullmatch(r"[\d.]+", t))
            numbers = " ".join(t for t, _, _ in row if re.fullmatch(r"[\d.]+", t))
            rows.append(f"<dt>{words}</dt><dd>{numbers}</dd>")
        return f"<dl>{''.join(rows)}</dl>"

    return _page(each, draw)


def repeated_heads(each: Report) -> str:
    """A table cut in two, the heading repeated above the second half."""

    def draw(grid: Grid) -> str:
        if len(grid) < 15:
            return _table(grid)
        cut = next(y for y in range(len(grid) // 2, len(grid)) if all(down == 1 for _, down, _ in grid[y]))
        upper = [[(t, min(d, cut - y), a) for t, d, a in row] for y, row in enumerate(grid[:cut])]
        lower = [row if len(row) >= 9 else [("续", 1, 1), *row] for row in grid[cut:]]
        return _table(upper) + "<p>续表</p>" + _table([*grid[:3], *lower])

    return _page(each, draw)


LAYOUTS: dict[str, tuple[str, Callable[[Report], str | bytes]]] = {
    "wps": (".htm", wps),
    "layout_tables": (".html", layout_tables),
    "split_words": (".html", split_words),
    "full_width": (".html", full_width),
    "with_units": (".html", with_units),
    "head_and_body": (".shtml", head_and_body),
    "saved": (".htm", saved),
    "linked": (".html", linked),
    "two_on_one_page": (".html", two_on_one_page),
    "with_menus": (".html", with_menus),
    "tracked": (".docx", tracked),
    "nested_word": (".docx", nested_word),
    "long_pdf": (".pdf", long_pdf),
}
DIRTY: dict[str, tuple[str, Callable[[Report], str | bytes]]] = {
    "divisions": (".html", divisions),
    "spans_of_text": (".html", spans_of_text),
    "lost_spans": (".html", lost_spans),
    "no_totals": (".html", no_totals),
    "mixed_blanks": (".html", mixed_blanks),
    "one_line_per_row": (".txt", one_line_per_row),
    "two_columns": (".html", two_columns),
    "repeated_heads": (".html", repeated_heads),
}


def written(each: Report, name: str) -> tuple[str, bytes]:
    """The ending of the file and its bytes."""
    suffix, make = (LAYOUTS | DIRTY)[name]
    content = make(each)
    return suffix, content if isinstance(content, bytes) else content.encode("utf-8")
