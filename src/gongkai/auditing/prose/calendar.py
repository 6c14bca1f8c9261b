"""Dates that cannot be and years that do not fit (TXT-11)."""

import calendar
import re
from collections.abc import Iterator, Sequence

from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose.sentences import Sentence
from gongkai.law.findings import Finding, Severity, Status

_SPEAKS_OF_DAYS = re.compile(r"\d[年月日]")
_GLUED = re.compile(r"(?<!\d)(?P<date>20\d{2}(?:\d{1,2}月\d{1,2}日|\d{2,4}日))")
_NO_DAY = re.compile(
    r"(?<!\d)(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2})(?=$|[\s。,;)(附\n]|[\u4e00-\u9fff](?<![日号、至到和]))"
)
_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,3})日")
_MONTH = re.compile(r"(?<![\d.])(?P<month>1[3-9]|[2-9]\d|0)月(?:份|(?=\d{1,2}日))")
_YEAR = re.compile(r"(?<![\d.])(?P<year>20\d{3}|2[1-9]\d{2}|[3-9]\d{3}|20[6-9]\d)年(?!限|度?目标)")
_END_OF_FILE = 40


def check(report: FilledReport, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Malformed and impossible dates."""
    for sentence in sentences:
        text = sentence.text
        if not _SPEAKS_OF_DAYS.search(text):
            continue
        for match in _GLUED.finditer(text):
            yield _finding(sentence, match, f"日期“{match['date']}”书写有误,缺“年”或“月”")
        for match in _NO_DAY.finditer(text.rstrip()):
            yield _finding(sentence, match, f"日期“{match['date']}”缺“日”")
        for match in _DATE.finditer(text):
            year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
            if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
                yield _finding(sentence, match, f"没有“{match.group()}”这一天")
        for match in _MONTH.finditer(text):
            yield _finding(sentence, match, f"没有“{match['month']}月”")
        for match in _YEAR.finditer(text):
            yield _finding(sentence, match, f"年份“{match['year']}年”不合理")


def _finding(sentence: Sentence, match: re.Match[str], message: str) -> Finding:
    return Finding(
        code="TXT-11",
        severity=Severity.WARNING,
        status=Status.FAIL,
        where=(sentence.where(match.start(), match.end()),),
        message=message,
        actual=match.group(),
    )
