"""The HTML report: the document as read, faults marked where they stand, one file without scripts or addresses."""

import collections
import dataclasses
import html
import itertools
from collections.abc import Iterator, Sequence

from gongkai.auditing import audit
from gongkai.auditing.document import Document, Grid, Paragraph, origins
from gongkai.auditing.model import FilledReport
from gongkai.auditing.rules import places
from gongkai.law.findings import Finding, Severity, Status

_STYLE = """
:root{--ink:#1f2430;--line:#d5d9e2;--soft:#f5f6f9;--error:#b42318;--error-soft:#fde8e6;--warn:#9a5b00;--warn-soft:#fff1d6;
--info:#1f4e9c;--info-soft:#e6eefb}
*{box-sizing:border-box}
body{margin:0;font:16px/1.75 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;
color:var(--ink);background:var(--soft)}
main{max-width:1180px;margin:0 auto;padding:24px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:19px;margin:32px 0 8px}h3{font-size:16px;margin:20px 0 8px}
.summary{color:#596273;margin:0 0 16px}
section.report{background:#fff;border:1px solid var(--line);border-radius:8px;padding:20px 24px;margin:0 0 24px}
ol.findings{list-style:none;padding:0;margin:0}
ol.findings li{border-left:4px solid var(--info);background:var(--info-soft);padding:6px 12px;margin:6px 0;
border-radius:0 4px 4px 0}
ol.findings li.error{border-color:var(--error);background:var(--error-soft)}
ol.findings li.warning{border-color:var(--warn);background:var(--warn-soft)}
ol.findings b{margin-right:8px}
ol.findings a{color:inherit;margin-left:8px}
.source{border-top:1px solid var(--line);margin-top:16px;padding-top:8px;overflow-wrap:anywhere}
.source p{margin:8px 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:12px 0;font-size:14px;line-height:1.5}
td{border:1px solid var(--line);padding:4px 8px;vertical-align:middle;min-width:36px}
mark{background:var(--info-soft);border-bottom:2px solid var(--info);color:inherit}
mark.warning,td.warning{background:var(--warn-soft);border-bottom:2px solid var(--warn)}
mark.error,td.error{background:var(--error-soft);border-bottom:2px solid var(--error)}
td.info{background:var(--info-soft)}
sup{font-size:11px;font-weight:bold;margin-left:2px}
:target{outline:3px solid #2f6fde;outline-offset:2px}
@media print{body{background:#fff}section.report{border:0;padding:0}}
"""
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclasses.dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    number: int
    severity: Severity


@dataclasses.dataclass
class _Marks:
    """Marks by block: stretches of prose, and boxes of grids."""

    prose: dict[int, list[_Mark]]
    boxes: dict[tuple[int, int, int], list[tuple[int, Severity]]]


def page(outcomes: Sequence[audit.Outcome]) -> str:
    """The whole page. Every text of the source is escaped."""
    body = "".join(part for i, outcome in enumerate(outcomes) for part in _outcome(outcome, i))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>年度报告核对结果</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>政府信息公开工作年度报告核对结果</h1>{_summary(outcomes)}{body}</main></body></html>\n"
    )


def _summary(outcomes: Sequence[audit.Outcome]) -> str:
    findings = [f for outcome in outcomes for entry in outcome.audited for f in entry.findings]
    errors = sum(finding.is_error for finding in findings)
    unreadable = sum(bool(outcome.error) for outcome in outcomes)
    words = f"共{len(outcomes)}个文件,错误{errors}项,其他提示{len(findings) - errors}项,无法读取{unreadable}个。"
    return f'<p class="summary">{words}</p>'


def _outcome(outcome: audit.Outcome, i: int) -> Iterator[str]:
    if outcome.error:
        yield (
            f'<section class="report"><h2>{html.escape(outcome.path)}</h2><ol class="findings"><li class="error">'
            f"<b>无法读取</b>{html.escape(outcome.message)}</li></ol></section>"
        )
    for k, entry in enumerate(outcome.audited):
        yield _report(outcome.path, entry, f"r{i}-{k}")


def _report(path: str, entry: audit.Audited, name: str) -> str:
    report = entry.report
    year = f"{report.year}年度" if report.year else "年度不明"
    marks = _marks(report, entry.findings)
    found = "".join(_item(finding, n, name, report) for n, finding in enumerate(entry.findings, 1))
    nothing = "" if found else "<p>没有发现问题。</p>"
    source = "".join(_blocks(report.document, marks, name))
    return (
        f'<section class="report"><h2>{html.escape(report.agency or "机关不明")} {year}</h2>'
        f'<p class="summary">{html.escape(path)},格式{html.escape(report.edition)},'
        f"读出{len(report.cells) - len(report.unread)}格,未读{len(report.unread)}格</p>"
        f'{nothing}<ol class="findings">{found}</ol><div class="source"><h3>原文</h3>{source}</div></section>'
    )


def _item(finding: Finding, number: int, name: str, report: FilledReport) -> str:
    status = "" if finding.status is Status.FAIL else f"({finding.status.label})"
    placed = any(places.parse(where) or report.place(where) for where in finding.where)
    link = f'<a href="#{name}-{number}">查看</a>' if placed else ""
    return (
        f'<li class="{finding.severity.value}"><b>{number}. {finding.severity.label}{status}</b>'
        f"{html.escape(finding.message)} <small>{html.escape(finding.code)}</small>{link}</li>"
    )


def _marks(report: FilledReport, findings: Sequence[Finding]) -> _Marks:
    marks = _Marks(collections.defaultdict(list), collections.defaultdict(list))
    for number, finding in enumerate(findings, 1):
        for where in finding.where:
            spot = places.parse(where)
            place = None if spot else report.place(where)
            if spot:
                marks.prose[spot.block].append(_Mark(spot.start, spot.end, number, finding.severity))
            elif place and place.row >= 0:
                box = marks.boxes[place.block, place.row, place.column]
                if (number, finding.severity) not in box:
                    box.append((number, finding.severity))
            elif place and place.start >= 0:
                mark = _Mark(place.start, place.end, number, finding.severity)
                if mark not in marks.prose[place.block]:
                    marks.prose[place.block].append(mark)
    return marks


def _blocks(document: Document, marks: _Marks, name: str) -> Iterator[str]:
    anchored: set[int] = set()
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield f"<p>{_marked(block.text, marks.prose.get(number, []), name, anchored)}</p>"
        else:
            yield _table(block, number, marks, name, anchored)


def _marked(text: str, marks: Sequence[_Mark], name: str, anchored: set[int]) -> str:
    """Text cut at the borders of marks; overlapping marks show the gravest colour and all numbers."""
    cuts = sorted({0, len(text), *(min(m.start, len(text)) for m in marks), *(min(m.end, len(text)) for m in marks)})
    pieces: list[str] = []
    for left, right in itertools.pairwise(cuts):
        here = [mark for mark in marks if mark.start <= left and right <= mark.end]
        words = html.escape(text[left:right])
        if not here:
            pieces.append(words)
            continue
        severity = min((mark.severity for mark in here), key=_RANK.__getitem__)
        ending = sorted({mark.number for mark in here if min(mark.end, len(text)) == right})
        anchors = "".join(_anchor(mark.number, name, anchored) for mark in here)
        notes = f"<sup>注{','.join(map(str, ending))}</sup>" if ending else ""
        pieces.append(f'{anchors}<mark class="{severity.value}">{words}</mark>{notes}')
    return "".join(pieces)


def _anchor(number: int, name: str, anchored: set[int]) -> str:
    if number in anchored:
        return ""
    anchored.add(number)
    return f'<span id="{name}-{number}"></span>'


def _table(grid: Grid, number: int, marks: _Marks, name: str, anchored: set[int]) -> str:
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(grid.rows):
        for x, slot in enumerate(row):
            top, left = sizes.get((slot.row, slot.column), (0, 0))
            sizes[slot.row, slot.column] = (max(top, y - slot.row + 1), max(left, x - slot.column + 1))
    rows: list[str] = []
    for y, row in enumerate(grid.rows):
        boxes: list[str] = []
        for slot in origins(row, y):
            found = marks.boxes.get((number, slot.row, slot.column), [])
            down, across = sizes[slot.row, slot.column]
            spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            severity = min((severity for _, severity in found), key=_RANK.__getitem__, default=None)
            css = f' class="{severity.value}"' if severity else ""
            anchors = "".join(_anchor(n, name, anchored) for n, _ in found)
            notes = f"<sup>注{','.join(str(n) for n, _ in found)}</sup>" if found else ""
            boxes.append(f"<td{spans}{css}>{anchors}{html.escape(slot.text)}{notes}</td>")
        rows.append(f"<tr>{''.join(boxes)}</tr>")
    return f'<div class="scroll"><table>{"".join(rows)}</table></div>'
