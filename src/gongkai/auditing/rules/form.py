"""Chapters, titles, years and statutory content: whether the document is the report it says it is."""

import itertools
import pathlib
import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.document import Place
from gongkai.auditing.model import FilledReport, Heading
from gongkai.auditing.recognition import labels, titles
from gongkai.auditing.rules import places
from gongkai.law import forms
from gongkai.law.findings import Finding, Severity, Status

LAST_OLD_YEAR = 2018
FEWEST_CHARACTERS = 300
LAST_CHAPTER = 6
_SAYS = re.compile(r"[。;]|无|没有|未|收取|收费|费用")
_PARTS = re.compile(
    r"(?:等|共|分为?|包括)?(?P<count>[一二三四五六七八九十]{1,3}|\d{1,2})个?(?:大)?部分(?:构成|组成|内容)"
)
_TABLE_YEAR = re.compile(r"\((?P<year>20\d{2})年度?\)")
_NAMED_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=\s*年(?!\d))")
_FEE = re.compile(r"信息处理费|收费|收取|费用")
_PROBLEM = re.compile(r"问题|不足|差距|薄弱|欠缺|短板|困难")
# What the regulation asked of annual reports up to 2018, whatever their chapters were called.
_OLD_CONTENTS = {
    "主动公开政府信息的情况": re.compile(r"主动公开|公开(?:各类)?政府信息|公开信息"),
    "依申请公开的情况": re.compile(r"依申请|申请"),
    "收费及减免的情况": re.compile(r"收费|收取|费用|减免|免费"),
    "行政复议、行政诉讼的情况": re.compile(r"复议|诉讼"),
    "存在的主要问题及改进情况": re.compile(r"问题|不足|差距|薄弱"),
}
_REMEDY = re.compile(r"改进|措施|下一步|加强|进一步|将|完善")


def check(report: FilledReport) -> Iterator[Finding]:
    """TXT-01, TXT-07, TXT-09, TXT-10, FORM-21, G14-TABLE."""
    yield from _edition(report)
    yield from _years(report)
    yield from _chapters(report)
    if report.edition in ("G2019", "G2021"):
        yield from _contents(report)
    elif report.year is not None and report.year <= LAST_OLD_YEAR:
        yield from _old_contents(report)


def _old_contents(report: FilledReport) -> Iterator[Finding]:
    """Statutory parts of which neither text nor tables of an older report say a word. Pieces are not judged."""
    text = report.document_text
    if report.fragments or not report.titles or len(report.prose) < FEWEST_CHARACTERS:
        return
    missing = [name for name, pattern in _OLD_CONTENTS.items() if not pattern.search(text)]
    if missing:
        message = f"没有写明{'、'.join(missing)}(没有发生的也应说明)"
        yield _finding("TXT-01", Severity.WARNING, Status.UNCERTAIN, message)


def _finding(code: str, severity: Severity, status: Status, message: str, where: tuple[str, ...] = ()) -> Finding:
    return Finding(code=code, severity=severity, status=status, where=where, message=message)


def _edition(report: FilledReport) -> Iterator[Finding]:
    if report.year is None:
        yield _finding("TXT-07", Severity.WARNING, Status.NOT_ASSESSABLE, "未能确定报告年度")
        return
    expected = forms.for_year(report.year)
    if expected is None:
        return
    if report.edition == "none":
        code = "G14-TABLE" if expected.edition == "G2014" else "FORM-21"
        if report.local:
            message = f"{report.year}年度应附《{expected.title}》,本报告附的是地方自制的统计表"
        else:
            message = f"{report.year}年度应有《{expected.title}》的表格,未找到可读取的表格(可能缺失或以图片公布)"
        yield _finding(code, Severity.WARNING, Status.FAIL, message)
    elif report.edition != expected.edition:
        message = f"{report.year}年度应使用{expected.title},本报告用的是{forms.form(report.edition).title}"
        yield _finding("FORM-21", Severity.WARNING, Status.FAIL, message)


def _years(report: FilledReport) -> Iterator[Finding]:
    yield from _printed_years(report)
    if len(report.years_seen) > 1:
        years = "、".join(f"{year}年" for year in sorted(report.years_seen))
        yield _finding("TXT-07", Severity.WARNING, Status.FAIL, f"同一文件里有几个年度的报告:{years}")
    titled = {year for _, year, _ in report.titles if year is not None}
    for passage in report.passages:
        stated = titles.period(passage.text)
        if stated is None:
            continue
        start, end, left, right = stated
        spot = places.prose(passage, left, right)
        if end is not None and end != start:
            yield _finding("TXT-07", Severity.WARNING, Status.FAIL, f"统计期限跨年:{start}年至{end}年", (spot,))
        elif titled and start not in titled:
            title = "、".join(f"{year}年" for year in sorted(titled))
            yield _finding("TXT-07", Severity.WARNING, Status.FAIL, f"标题是{title},统计期限却是{start}年", (spot,))
        return


def _printed_years(report: FilledReport) -> Iterator[Finding]:
    """The year under the title of the statistics table, and the year in the name of the file."""
    if report.year is None:
        return
    for number, block in enumerate(report.document.blocks):
        match = _TABLE_YEAR.fullmatch(characters.squeezed(block.text)) if len(block.text) < 20 else None
        if match and int(match["year"]) != report.year and not report.fragments:
            spot = places.at(Place(number, 0, len(block.text)), block.text)
            message = f"统计表标的是{match['year']}年度,报告年度是{report.year}"
            yield _finding("TXT-07", Severity.WARNING, Status.FAIL, message, (spot,))
    named = set(_NAMED_YEAR.findall(pathlib.PurePath(report.document.path).stem))
    if len(named) == 1 and int(year := named.pop()) != report.year and len(report.years_seen) < 2:
        message = f"文件名写的是{year}年,报告年度是{report.year}"
        yield _finding("TXT-07", Severity.WARNING, Status.UNCERTAIN, message)


def _chapters(report: FilledReport) -> Iterator[Finding]:
    first = report.headings[:1]
    for passage in report.passages:
        match = _PARTS.search(passage.text)
        if match and (not first or passage.block <= first[0].place.block) and report.headings:
            yield from _announced(report, match, places.prose(passage, match.start(), match.end()))
            break
    form = report.form
    if form is None or not form.headings:
        return
    numbered = {heading.number: heading for heading in reversed(report.headings) if heading.number <= 6}
    missing: list[int] = []
    for number, words in enumerate(form.headings, 1):
        heading = numbered.get(number)
        if heading is None:
            missing.append(number)
            continue
        yield from _wording(heading, words)
    if missing and numbered:
        names = "、".join(f"“{_NUMERAL[n]}、{form.headings[n - 1]}”" for n in missing)
        cut_off = min(missing) > max(numbered)
        status = Status.UNCERTAIN
        message = f"未找到标题{names}" + (",文件可能不完整" if cut_off else "")
        yield _finding("TXT-01", Severity.WARNING, status, message)
    yield from _order(report)
    yield from _empty(report, numbered)


_NUMERAL = "零一二三四五六七八九十"


def _announced(report: FilledReport, match: re.Match[str], spot: str) -> Iterator[Finding]:
    count = titles.numeral(match["count"]) or (int(match["count"]) if match["count"].isdigit() else 0)
    chapters = _counted(report.headings)
    incomplete = report.form is not None and chapters < len(report.form.headings)
    if chapters >= 3 and count and count != chapters and not incomplete:
        message = f"前言说共{match['count']}部分,正文实有{chapters}章"
        yield _finding("TXT-01", Severity.WARNING, Status.FAIL, message, (spot,))


def _counted(headings: tuple[Heading, ...]) -> int:
    """How far the chapters run without a gap."""
    numbers = {heading.number for heading in headings}
    return next(n for n in itertools.count() if n + 1 not in numbers)


def _wording(heading: Heading, words: str) -> Iterator[Finding]:
    found, wanted = characters.key(heading.words), characters.key(words)
    known = {wanted, "因" + wanted, wanted.replace("政府信息公开", "因政府信息公开工作被申请"), "存在的主要问题及改进"}
    if found in known or found.startswith(wanted):
        return
    if "因政府信息公开工作被申请行政复议" in found and "提起行政诉讼情况" in found:
        return
    spot = places.at(heading.place, heading.words)
    alike = labels.likeness(found, wanted)
    if 0.85 <= alike < 1:
        message = f"标题“{heading.words}”应为“{words}”,疑有错字"
        yield _finding("TXT-01", Severity.WARNING, Status.FAIL, message, (spot,))
    elif alike < 0.85:
        message = f"标题“{heading.words}”与规定的“{words}”不一致"
        yield _finding("TXT-01", Severity.INFO, Status.UNCERTAIN, message, (spot,))


def _order(report: FilledReport) -> Iterator[Finding]:
    numbers = [heading.number for heading in report.headings if heading.number <= 6]
    if sorted(numbers) != numbers and len(set(numbers)) == len(numbers):
        yield _finding("TXT-01", Severity.WARNING, Status.UNCERTAIN, "六个部分的次序与规定不同")


def _empty(report: FilledReport, numbered: dict[int, Heading]) -> Iterator[Finding]:
    for number in (1, 5, LAST_CHAPTER):
        if number not in numbered or (number + 1 not in numbered and number != LAST_CHAPTER):
            continue
        passages = [passage.text for passage in report.passages if passage.section == number]
        if number == LAST_CHAPTER:  # signature and foot of the page follow it
            passages = [text for text in passages if _SAYS.search(text)]
        text = "".join(passages)
        heading = numbered[number]
        if not characters.key(text.replace(heading.words, "")):
            spot = places.at(heading.place, heading.words)
            message = f"“{_NUMERAL[number]}、{heading.words}”下没有内容(没有的应写“无”)"
            yield _finding("TXT-01", Severity.WARNING, Status.UNCERTAIN, message, (spot,))


def _contents(report: FilledReport) -> Iterator[Finding]:
    sections = {n: "".join(p.text for p in report.passages if p.section == n) for n in range(1, 7)}
    for heading in report.headings:
        if heading.number in sections:
            sections[heading.number] = sections[heading.number].replace(heading.words, "")
    complete = any(heading.number == 6 for heading in report.headings)
    if not complete:
        return
    if sections[5] and not (_PROBLEM.search(sections[5]) and _REMEDY.search(sections[5])):
        yield _finding("TXT-09", Severity.WARNING, Status.UNCERTAIN, "第五部分应写明存在的问题和改进措施")
    if report.edition == "G2021" and sections[6] and not _FEE.search(sections[6]):
        yield _finding(
            "TXT-10", Severity.WARNING, Status.UNCERTAIN, "第六部分没有报告收取信息处理费的情况(没有收取也应写明)"
        )
    zero = all((report.value(cell) or Decimal(0)) == 0 for cell in report.cells if cell.startswith("t3.")) and any(
        report.value(cell) is not None for cell in report.cells if cell.startswith("t3.")
    )
    if zero and re.search(r"收到[^。]{0,20}申请\s*[1-9]\d*\s*件", report.prose):
        yield _finding("G21-T3-10", Severity.WARNING, Status.UNCERTAIN, "表三全部为0,正文却说收到申请")
