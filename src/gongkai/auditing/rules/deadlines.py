"""TXT-DEADLINE: governments publish by 31 March, departments by 31 January of the next year.

A page date may be that of a migration or a re-post, so a late date is only ever a question.
"""

import datetime
import re
from collections.abc import Iterator

from gongkai.auditing.document import Paragraph, Place
from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose import scope
from gongkai.auditing.rules import places
from gongkai.law.findings import Finding, Severity, Status

_DATE = re.compile(
    r"(?:(?:发布|发文|公开|生成|发表)(?:时间|日期)|日期|时间|来源)[^\d\n]{0,24}(?P<year>20\d{2})[-年/.](?P<month>\d{1,2})[-月/.](?P<day>\d{1,2})"
)
FIRST_BLOCKS = 40


def check(report: FilledReport) -> Iterator[Finding]:
    """A doubtful warning if the page's date is after the last day."""
    if report.year is None:
        return
    government = scope.is_government(report)
    last = datetime.date(report.year + 1, 3, 31) if government else datetime.date(report.year + 1, 1, 31)
    for number, block in enumerate(report.document.blocks[:FIRST_BLOCKS]):
        match = _DATE.search(block.text if isinstance(block, Paragraph) else block.text.replace("\n", " "))
        if match is None:
            continue
        published = _date(match)
        if published is None or published <= last:
            return
        where = places.at(Place(number, match.start(), match.end()), match.group())
        yield Finding(
            code="TXT-DEADLINE",
            severity=Severity.WARNING,
            status=Status.UNCERTAIN,
            where=(where,) if isinstance(block, Paragraph) else (),
            message=f"页面日期{published.isoformat()}晚于公布期限{last.isoformat()}(可能是转载或网站迁移的日期)",
            expected=last.isoformat(),
            actual=published.isoformat(),
        )
        return


def _date(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
