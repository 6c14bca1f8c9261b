"""Copied text (TXT-08, TXT-09): from last year's report, from another report in the same file, within one report."""

import re
from collections.abc import Iterator

from gongkai.auditing.document import Paragraph
from gongkai.auditing.model import FilledReport, Passage
from gongkai.auditing.rules import places
from gongkai.law.findings import Finding, Severity, Status

COPIED = 0.8
GRAM = 8
FEWEST_GRAMS = 300
# A sentence of this many characters is not written twice by chance; shorter ones are slogans.
LONG_SENTENCE = 40
_SENTENCE = re.compile(r"[^。!?\n]+")
_FURNITURE = re.compile(r"[《》]|[A-Za-z]{4}|首页|当前位置|版权|备案")


def of_last_year(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """TXT-08 and TXT-09: the text, or its fifth chapter alone, repeats last year's."""
    share = similarity(report.prose, previous.prose)
    if share >= COPIED:
        yield _copied(f"正文与上年报告有{share:.0%}相同,内容雷同", share, Status.FAIL)
    fifth = ["".join(p.text for p in each.passages if p.section == 5) for each in (report, previous)]
    if report.edition in ("G2019", "G2021") and min(map(len, fifth)) > 60 and similarity(*fifth, fewest=40) > 0.95:
        yield Finding("TXT-09", Severity.WARNING, Status.FAIL, (), "第五部分的问题和措施与上年报告相同")


def between(report: FilledReport, other: FilledReport) -> Iterator[Finding]:
    """TXT-08 for two reports that came in one file. One report pasted in twice looks the same, so it is a question."""
    share = similarity(report.prose, other.prose)
    if share >= COPIED:
        name = f"{other.agency}{other.year or ''}年度" if other.agency else "同一文件中另一份"
        yield _copied(f"正文与{name}报告有{share:.0%}相同,内容雷同", share, Status.UNCERTAIN)


def within(report: FilledReport) -> Iterator[Finding]:
    """TXT-08 inside one file: long sentences that stand there twice. One finding, however many there are.

    Pieces of other years pasted below count too; they are not among the passages of the report.
    """
    first: dict[str, tuple[Passage, int, int]] = {}
    again: list[str] = []
    for passage in _everything(report) if report.fragments else report.passages:
        for match in _SENTENCE.finditer(passage.text) if len(passage.text) >= LONG_SENTENCE else ():
            words = re.sub(r"\s+", "", match.group())
            if len(words) < LONG_SENTENCE or _FURNITURE.search(words):
                continue
            if words in first:
                again.append(places.prose(passage, *match.span()))
                again.append(places.prose(first[words][0], *first[words][1:]))
            else:
                first[words] = (passage, *match.span())
    if again:
        message = f"正文有{len(again) // 2}处长句与前文逐字重复,疑为重复粘贴"
        where = tuple(dict.fromkeys(again))[:20]
        yield Finding("TXT-08", Severity.WARNING, Status.UNCERTAIN, where, message)


def _everything(report: FilledReport) -> Iterator[Passage]:
    for number, block in enumerate(report.document.blocks):
        if isinstance(block, Paragraph):
            yield Passage(block.plain, number, 0)


def similarity(left: str, right: str, *, fewest: int = FEWEST_GRAMS) -> float:
    """The share of the shorter text's runs of eight characters that the longer text has too, 0…1; 0 if too few."""
    grams = []
    for text in (left, right):
        squeezed = re.sub(r"[\s\d]+", "", text)
        grams.append({squeezed[i : i + GRAM] for i in range(len(squeezed) - GRAM + 1)})
    smaller, larger = sorted(grams, key=len)
    return len(smaller & larger) / len(smaller) if len(smaller) >= fewest else 0.0


def _copied(message: str, share: float, status: Status) -> Finding:
    return Finding("TXT-08", Severity.WARNING, status, (), message, None, round(share, 3))
