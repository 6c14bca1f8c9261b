"""Consistent reports of every edition, invented by chance, and the layouts in which offices publish them.

Nothing here knows the reader: values follow the identities of the form, layouts follow what portals print.
"""

import dataclasses
import html
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Mapping
from decimal import Decimal

from gongkai.law import forms

Values = dict[str, Decimal]
YEARS = {"G2014": 2017, "G2019": 2020, "G2021": 2023}


@dataclasses.dataclass(frozen=True)
class Report:
    """An invented report."""

    edition: str
    agency: str
    year: int
    values: Values
    tables: "dict[str, Grid] | None" = None
    extra: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()

    @property
    def form(self) -> forms.Form:
        return forms.form(self.edition)

    def text(self, cell: str) -> str:
        value = self.values[cell]
        return str(int(value)) if value == value.to_integral_value() else str(value)


def report(edition: str, seed: int, *, agency: str = "云川县农业农村局", year: int | None = None) -> Report:
    """A report whose every identity holds."""
    chance = random.Random(f"{edition}-{seed}")
    values = _list(chance) if edition == "G2014" else _tables(edition, chance)
    return Report(edition, agency, year or YEARS[edition], values)


def _tables(edition: str, chance: random.Random) -> Values:
    form = forms.form(edition)
    values: Values = {}
    for cell, entry in form.cells.items():
        if entry.table == "t2":
            values[cell] = Decimal(chance.choice((0, 0, 3, 12, 345, 2648)))
            if entry.decimal:
                values[cell] = Decimal(chance.randrange(0, 9_000_000)) / 100
    if edition == "G2021":
        for row in ("rules", "normative"):
            values[f"t2_{row}_in_force"] += values[f"t2_{row}_issued"]
        values["t2_rules_issued"] = values["t2_rules_in_force"] = values["t2_rules_repealed"] = Decimal(0)
    else:
        for row in ("rules", "normative"):
            values[f"t2_{row}_published_total"] += values[f"t2_{row}_published"]
        for cell in [cell for cell in values if cell.endswith("items_delta")]:
            values[cell] = Decimal(chance.choice((0, 2, 15)))
    _requests(form, chance, values)
    for row in form.tables["t4"].rows:
        parts = [Decimal(chance.choice((0, 0, 1, 2, 17))) for _ in range(4)]
        for name, value in zip(("upheld", "corrected", "other", "pending"), parts, strict=True):
            values[f"{row.id}_{name}"] = value
        values[f"{row.id}_total"] = sum(parts, Decimal(0))
    return {cell: values[cell] for cell in form.cells}


def _requests(form: forms.Form, chance: random.Random, values: Values) -> None:
    table = form.tables["t3"]
    details = [row.id for row in table.rows if row.group]
    people = [column.id for column in table.columns if column.id != "total"]
    for column in people:
        weight = (0, 0, 0, 1, 8, 40) if column == "natural_person" else (0, 0, 0, 0, 1, 3)
        for row in details:
            values[f"t3.{row}.{column}"] = Decimal(chance.choice(weight))
        closed = sum((values[f"t3.{row}.{column}"] for row in details), Decimal(0))
        left = Decimal(chance.choice((0, 0, 2)))
        carried = min(Decimal(chance.choice((0, 1, 5))), closed + left)
        values[f"t3.result_total.{column}"] = closed
        values[f"t3.carried_over_out.{column}"] = left
        values[f"t3.carried_over_in.{column}"] = carried
        values[f"t3.new_requests.{column}"] = closed + left - carried
    for line in table.rows:
        values[f"t3.{line.id}.total"] = sum((values[f"t3.{line.id}.{column}"] for column in people), Decimal(0))


def _list(chance: random.Random) -> Values:
    form = forms.form("G2014")
    values: Values = {cell: Decimal(chance.choice((0, 1, 4, 30))) for cell in form.cells}
    for identity in form.identities:
        if identity.relation == "equal" and identity.code != "G14-14":
            values[identity.left[0]] = _sum(values, identity.right)
    values["replies_total"] = Decimal(0)
    refused = next(identity for identity in form.identities if identity.code == "G14-13")
    values["reply_refused"] = _sum(values, refused.right)
    replies = next(identity for identity in form.identities if identity.code == "G14-12")
    values["replies_total"] = _sum(values, replies.right)
    values["closed_extended"] = Decimal(0)
    values["closed_on_time"] = values["requests_closed"] = values["replies_total"]
    channels = [cell for cell in form.cells if cell.startswith("channel_") and cell != "channel_total"]
    values["proactive_total"] = max(values[cell] for cell in channels) + Decimal(1)
    values["channel_website"] = values["proactive_total"]
    values["channel_total"] = _sum(values, channels)
    values["normative_published"] = values["normative_issued"] = min(Decimal(4), values["proactive_total"])
    values["press_conferences"] += values["press_conferences_leader"]
    values["online_interviews"] += values["online_interviews_leader"]
    ways = next(identity for identity in form.identities if identity.code == "G14-09")
    values["response_channel_total"] = _sum(values, ways.right)
    values["response_total"] = Decimal(1)
    values["training_sessions"], values["trainees"] = Decimal(3), Decimal(120)
    values["budget_wan"] = Decimal("12.35")
    return values


def _sum(values: Values, cells: Mapping[str, object] | tuple[str, ...] | list[str]) -> Decimal:
    return sum((values[cell] for cell in cells), Decimal(0))


# --- layouts -------------------------------------------------------------------------------------------------------

Box = tuple[str, int, int]
Grid = list[list[Box]]


def grids(each: Report) -> dict[str, Grid]:
    """The printed tables with their merged boxes (text, rows down, columns across)."""
    if each.tables is not None:
        return each.tables
    if each.edition == "G2014":
        return {"g14": _list_grid(each)}
    return {"t2": _blocks_grid(each), "t3": _matrix_grid(each), "t4": _strip_grid(each)}


def _list_grid(each: Report) -> Grid:
    rows: Grid = [[("统计指标", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]]
    for line in each.form.tables["g14"].rows:
        mark = f"{line.mark}、" if line.mark.isdigit() else line.mark
        rows.append([(f"{mark}{line.label}", 1, 1), (line.unit, 1, 1), (each.text(line.id), 1, 1)])
    return rows


def _blocks_grid(each: Report) -> Grid:
    rows: Grid = []
    table = each.form.tables["t2"]
    for block in table.blocks:
        width = len(block.columns)
        rows.append([(block.article, 1, 4)])
        spread = 3 if width == 1 else 1
        unit = "(单位:万元)" if each.edition == "G2021" else ""
        titles = [f"{c.label}{unit if c.decimal else ''}" for c in block.columns]
        rows.append([("信息内容", 1, 1), *((title, 1, spread) for title in titles)])
        for line in block.rows:
            cells = [each.text(table.cell_id(line.id, column.id)) for column in block.columns]
            if line.id == "procurement":
                cells[1] += "元"
            rows.append([(line.label, 1, 1), *((cell, 1, spread) for cell in cells)])
    return rows


def _matrix_grid(each: Report) -> Grid:
    table = each.form.tables["t3"]
    note = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
    rows: Grid = [
        [(note, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(column.label, 1, 1) for column in table.columns[1:6]],
    ]
    groups = {group.id: group for group in table.groups}
    sizes = {group: sum(line.group == group for line in table.rows) for group in groups}
    inner = sum(1 for line in table.rows if line.group or line.id == "result_total")
    begun: set[str] = set()
    for line in table.rows:
        boxes: list[Box] = []
        if line.id == "granted_full":
            boxes.append(("三、本年度办理结果", inner, 1))
        if line.group in groups:
            if line.group not in begun:
                begun.add(line.group)
                group = groups[line.group]
                boxes.append((f"{group.mark}{group.label}", sizes[line.group], 1))
            boxes.append((f"{line.mark}{line.label}", 1, 1))
        else:
            label = line.also[0] if line.id == "granted_partial" else line.label
            boxes.append((f"{line.mark}{label}", 1, 2 if line.group or line.id == "result_total" else 3))
        boxes.extend((each.text(table.cell_id(line.id, column.id)), 1, 1) for column in table.columns)
        rows.append(boxes)
    return rows


def _strip_grid(each: Report) -> Grid:
    table = each.form.tables["t4"]
    outcomes = [column.label for column in table.columns]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((name, 2, 1) for name in outcomes), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(name, 1, 1) for name in outcomes * 2],
        [(each.text(table.cell_id(row.id, column.id)), 1, 1) for row in table.rows for column in table.columns],
    ]


def prose(each: Report) -> dict[int, list[str]]:
    """Paragraphs by chapter; figures agree with the tables."""
    year = each.year
    if each.edition == "G2014":
        received = each.text("requests_received")
        return {
            0: [f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"],
            1: [f"{year}年,我局认真做好政府信息公开工作,收到政府信息公开申请{received}件。没有收费。", *each.extra],
        }
    new, closed = each.text("t3.new_requests.total"), each.text("t3.result_total.total")
    carried, left = each.text("t3.carried_over_in.total"), each.text("t3.carried_over_out.total")
    return {
        0: [f"根据《中华人民共和国政府信息公开条例》编制本报告。统计期限自{year}年1月1日起至{year}年12月31日止。"],
        1: [
            f"{year}年,我局共收到政府信息公开申请{new}件,上年结转申请{carried}件,办结{closed}件,结转下年度{left}件。",
            *each.extra,
        ],
        5: ["存在的主要问题是政策解读形式不多。下一步将改进解读方式,加强培训。"],
        6: [f"{year}年度没有收取信息处理费。大量反复申请已依法说明。"],
    }


def parts(each: Report) -> list[tuple[str, str]]:
    """(kind, content): title, paragraph, heading or table, in order; `replaced` changes words in them."""
    parts = _original(each)
    for old, new in each.replaced:
        parts = [(kind, content.replace(old, new)) for kind, content in parts]
    return [(kind, content) for kind, content in parts if content]


def _original(each: Report) -> list[tuple[str, str]]:
    title = f"{each.agency}{each.year}年政府信息公开工作年度报告"
    words = prose(each)
    parts = [("title", title), *(("p", text) for text in words[0])]
    if each.edition == "G2014":
        parts += [("h", "一、概述"), *(("p", text) for text in words[1]), ("h", "二、附表")]
        parts += [("p", "政府信息公开情况统计表"), ("p", f"({each.year}年度)"), ("t", "g14")]
        return parts
    numerals = "一二三四五六"
    for number, heading in enumerate(each.form.headings, 1):
        parts.append(("h", f"{numerals[number - 1]}、{heading}"))
        parts += [("p", text) for text in words.get(number, [])]
        if 2 <= number <= 4:
            parts.append(("t", f"t{number}"))
    return parts


def lines_of(each: Report, draw: Callable[[Grid], str]) -> str:
    tables = grids(each)
    return "\n".join(draw(tables[content]) if kind == "t" else content for kind, content in parts(each)) + "\n"


def pipes(each: Report) -> str:
    """Boxes between bars, nothing for merged ones, rows padded to one width: what text extraction leaves."""

    def draw(grid: Grid) -> str:
        width = max(sum(across for _, _, across in row) for row in grid)
        return "\n".join(" | ".join([*(text for text, _, _ in row), *[""] * (width - len(row))]) + " |" for row in grid)

    return lines_of(each, draw)


def ragged(each: Report) -> str:
    """The same without padding."""
    return lines_of(each, lambda grid: "\n".join("| " + " | ".join(text for text, _, _ in row) + " |" for row in grid))


def tabs(each: Report) -> str:
    """Boxes between tabs; merged positions stay as empty boxes, as a spreadsheet copies them."""
    return lines_of(each, lambda grid: "\n".join("\t".join(row) for row in laid_out(grid)))


def markdown(each: Report) -> str:
    """A Markdown table with a ruler; merged positions empty."""

    def draw(grid: Grid) -> str:
        rows = [f"| {' | '.join(row)} |" for row in laid_out(grid)]
        return "\n".join([rows[0], "|" + " --- |" * len(laid_out(grid)[0]), *rows[1:]])

    return lines_of(each, draw)


def lines(each: Report) -> str:
    """Every box on a line of its own, as a browser copies a table of paragraphs."""
    return lines_of(each, lambda grid: "\n\n".join(text for row in grid for text, _, _ in row if text))


def stacked(each: Report, *, opening: str = "") -> str:
    """Every box on a line of its own with a bar behind it, rows filled up with bars, perhaps opened by one."""

    def draw(grid: Grid) -> str:
        width = max(sum(across for _, _, across in row) for row in grid)
        rows = []
        for row in grid:
            boxes = "\n".join(f"{text} |" if text else "|" for text, _, _ in row)
            pad = "|" * (width - len(row))
            rows.append(f"{opening}{boxes}" + (f"\n{pad}" if pad else ""))
        return "\n".join(rows)

    return lines_of(each, draw)


def laid_out(grid: Grid) -> list[list[str]]:
    """Rows of equal length; the text of a merged box stands in its first position."""
    width = max(sum(across for _, _, across in row) for row in grid) + 1
    taken: set[tuple[int, int]] = set()
    rows = [[""] * width for _ in grid]
    for y, boxes in enumerate(grid):
        x = 0
        for text, down, across in boxes:
            while (y, x) in taken:
                x += 1
            taken.update((y + i, x + j) for i in range(down) for j in range(across))
            rows[y][x] = text
            x += across
    used = max(x for row in rows for x, text in enumerate(row) if text) + 1
    return [row[:used] for row in rows]


def spaced(each: Report) -> str:
    """Everything in one paragraph, boxes separated by blanks."""
    return lines_of(each, lambda grid: " ".join(text for row in grid for text, _, _ in row)).replace("\n", " ")


def glued(each: Report) -> str:
    """Everything in one paragraph, no blanks at all between boxes."""
    return lines_of(each, lambda grid: "".join(text for row in grid for text, _, _ in row)).replace("\n", " ")


def page(each: Report, *, nested: bool = False, styled: bool = False) -> str:
    """A web page with real tables; `nested` puts all into layout tables, `styled` is the markup of Word."""

    def cell(box: Box) -> str:
        text, down, across = box
        spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
        inner = "".join(f'<span lang="EN-US">{html.escape(c)}</span>' for c in text) if styled else html.escape(text)
        return f"<td{spans}><p>{inner}</p></td>"

    def table(grid: Grid) -> str:
        return "<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in grid) + "</table>"

    tables = grids(each)
    tags = {"title": "h1", "p": "p", "h": "h3"}
    body = "".join(
        table(tables[content]) if kind == "t" else f"<{tags[kind]}>{html.escape(content)}</{tags[kind]}>"
        for kind, content in parts(each)
    )
    if nested:
        body = f"<table><tr><td>导航</td><td><table><tr><td>{body}</td></tr></table></td></tr></table>"
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>公开</title><script>var a='<table>';</script></head>"
        f"<body><div>首页 &gt; 政府信息公开</div>{body}<div>版权所有</div></body></html>"
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(each: Report) -> bytes:
    """A Word document with gridSpan and vMerge."""
    return package(docx_body(each))


def docx_body(each: Report) -> str:
    """What stands in it."""

    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"

    def table(grid: Grid) -> str:
        held: dict[int, tuple[int, int]] = {}
        rows: list[str] = []
        for boxes in grid:
            x, cells, queue = 0, [], list(boxes)
            while queue or x in held:
                if x in held:
                    left, across = held.pop(x)
                    if left > 1:
                        held[x] = (left - 1, across)
                    cells.append(_word_cell("", across, "<w:vMerge/>"))
                    x += across
                    continue
                text, down, across = queue.pop(0)
                if down > 1:
                    held[x] = (down - 1, across)
                cells.append(_word_cell(paragraph(text), across, '<w:vMerge w:val="restart"/>' if down > 1 else ""))
                x += across
            rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
        return f"<w:tbl>{''.join(rows)}</w:tbl>"

    def _word_cell(content: str, across: int, merge: str) -> str:
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{content or '<w:p/>'}</w:tc>"

    tables = grids(each)
    return "".join(table(tables[c]) if kind == "t" else paragraph(c) for kind, c in parts(each))


def package(body: str) -> bytes:
    """A Word document with this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("[Content_Types].xml", "<Types/>")
        whole.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def pdf(each: Report, *, lines: int = 0, ruled: bool = True) -> bytes:
    """A PDF with tables that run over page breaks; text in a standard Chinese font, not embedded."""
    canvas = _Canvas(ruled=ruled)
    for n in range(lines):
        canvas.paragraph(f"第{n + 1}项工作:坚持公开为常态,及时发布政策文件和解读材料,回应群众关切。")
    tables = grids(each)
    for kind, content in parts(each):
        if kind == "t":
            canvas.table(tables[content])
        else:
            canvas.paragraph(content)
    return canvas.finished()


class _Canvas:
    """Just enough PDF: black text and lines on A4."""

    TOP, BOTTOM, LEFT, WIDTH, SIZE = 780, 60, 50, 495, 8

    def __init__(self, *, ruled: bool) -> None:
        self.ruled = ruled
        self.pages: list[list[str]] = [[]]
        self.y = float(self.TOP)

    def text(self, x: float, y: float, words: str) -> None:
        code = words.encode("utf-16-be").hex()
        self.pages[-1].append(f"BT /F1 {self.SIZE} Tf {x:.1f} {y:.1f} Td <{code}> Tj ET")

    def line(self, x: float, y: float, right: float, bottom: float) -> None:
        if self.ruled:
            self.pages[-1].append(f"{x:.1f} {y:.1f} m {right:.1f} {bottom:.1f} l S")

    def turn(self) -> None:
        self.pages.append([])
        self.y = self.TOP

    def paragraph(self, words: str) -> None:
        for start in range(0, len(words), 52):
            if self.y < self.BOTTOM + 20:
                self.turn()
            self.text(self.LEFT, self.y, words[start : start + 52])
            self.y -= 16

    def table(self, grid: Grid) -> None:
        columns = max(x + across for row in _placed(grid) for _, x, _, across in row)
        label = 120 if columns == 10 else self.WIDTH / columns
        rest = (self.WIDTH - label * (3 if columns == 10 else 1)) / (columns - (3 if columns == 10 else 1))
        widths = [label if i < (3 if columns == 10 else 1) else rest for i in range(columns)]
        if columns == 10:
            widths = [50, 60, 120, *[(self.WIDTH - 230) / 7] * 7]
        edges = [self.LEFT + sum(widths[:i]) for i in range(columns + 1)]
        placed = _placed(grid)
        heights = [
            max([16.0, *(14.0 * len(self._wrapped(t, edges[x + a] - edges[x])) + 4 for t, x, d, a in row if d == 1)])
            for row in placed
        ]
        self._draw(placed, heights, edges)

    def _wrapped(self, text: str, width: float) -> list[str]:
        most = max(int((width - 4) / self.SIZE), 1)
        return [text[i : i + most] for i in range(0, len(text), most)] or [""]

    def _draw(self, placed: list[list[tuple[str, int, int, int]]], heights: list[float], edges: list[float]) -> None:
        start = 0
        while start < len(placed):
            end, used = start, 0.0
            while end < len(placed) and self.y - used - heights[end] > self.BOTTOM:
                used += heights[end]
                end += 1
            if end == start:
                self.turn()
                continue
            self._rows(placed, heights, edges, start, end)
            self.y -= used + 20
            if end < len(placed):
                self.turn()
            start = end

    def _rows(
        self, placed: list[list[tuple[str, int, int, int]]], heights: list[float], edges: list[float], a: int, b: int
    ) -> None:
        tops = [self.y - sum(heights[a:i]) for i in range(a, b + 1)]
        for y, row in enumerate(placed):
            for text, x, down, across in row:
                first, last = max(y, a), min(y + down, b)
                if first >= last:
                    continue
                top, bottom = tops[first - a], tops[last - a]
                left, right = edges[x], edges[x + across]
                for line in ((left, top, right, top), (left, bottom, right, bottom)):
                    self.line(*line)
                for line in ((left, top, left, bottom), (right, top, right, bottom)):
                    self.line(*line)
                if y >= a:
                    for n, words in enumerate(self._wrapped(text, right - left)):
                        self.text(left + 2, top - 12 - 14 * n, words)

    def finished(self) -> bytes:
        objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
        kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(self.pages)))
        objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode())
        objects.append(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
            b"/DescendantFonts [4 0 R] >>"
        )
        objects.append(
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo "
            b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>"
        )
        objects.append(
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
            b"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
        )
        for i, page_lines in enumerate(self.pages):
            stream = zlib.compress("\n".join(["0.5 w", *page_lines]).encode("ascii"))
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * i} 0 R "
                "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
            )
            objects.append(
                f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream"
            )
        out = bytearray(b"%PDF-1.5\n")
        offsets = []
        for number, body in enumerate(objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
        out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def _placed(grid: Grid) -> list[list[tuple[str, int, int, int]]]:
    """Boxes with their columns."""
    taken: set[tuple[int, int]] = set()
    result = []
    for y, boxes in enumerate(grid):
        row, x = [], 0
        for text, down, across in boxes:
            while (y, x) in taken:
                x += 1
            taken.update((y + i, x + j) for i in range(down) for j in range(across))
            row.append((text, x, down, across))
            x += across
        result.append(row)
    return result


TEXT_LAYOUTS: dict[str, Callable[[Report], str]] = {
    "pipes": pipes,
    "ragged": ragged,
    "tabs": tabs,
    "markdown": markdown,
    "lines": lines,
    "stacked": stacked,
    "opened": lambda each: stacked(each, opening="|\n"),
    "spaced": spaced,
    "glued": glued,
}
PAGE_LAYOUTS: dict[str, Callable[[Report], str]] = {
    "page": page,
    "nested": lambda each: page(each, nested=True),
    "styled": lambda each: page(each, styled=True),
}
FILE_LAYOUTS: dict[str, Callable[[Report], bytes]] = {
    "docx": docx,
    "pdf": pdf,
    "unruled": lambda each: pdf(each, ruled=False),
}
SUFFIXES = {
    **dict.fromkeys(TEXT_LAYOUTS, ".txt"),
    **dict.fromkeys(PAGE_LAYOUTS, ".html"),
    "docx": ".docx",
    "pdf": ".pdf",
    "unruled": ".pdf",
}
LAYOUTS = tuple(SUFFIXES)


def written(each: Report, layout: str, *, tables: dict[str, Grid] | None = None) -> bytes:
    """The file in a layout; `tables` replaces the printed tables."""
    if tables is not None:
        each = dataclasses.replace(each, tables=tables)
    if layout in FILE_LAYOUTS:
        return FILE_LAYOUTS[layout](each)
    return (TEXT_LAYOUTS | PAGE_LAYOUTS)[layout](each).encode("utf-8")
