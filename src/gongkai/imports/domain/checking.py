"""What is wrong with a row. An error keeps it out; a warning goes into the report and the row comes in.

History is taken as it was published: a strange number, a date before the document was written or a late publication
is the office's past, worth saying and not ours to refuse. Without title or day of publication there is no entry.
"""

import functools
from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.imports.domain import personal_data
from gongkai.imports.domain.mapping import LENGTHS
from gongkai.imports.domain.rows import Value
from gongkai.law import periods, secrecy_marks
from gongkai.law.findings import Finding, Scalar, Severity, Status
from gongkai.law.identifiers import document_number

LABELS = {
    "title": "标题",
    "document_number": "文号",
    "issuer": "发文机关",
    "created_on": "成文日期",
    "effective_on": "生效日期",
    "expires_on": "失效日期",
    "published_on": "发布日期",
    "source": "来源",
    "agency": "公开机关",
    "key": "识别列",
}
CONCEALING = ("secrecy.", "personal_data.")
"""Findings of these families forbid showing anything of the row."""

_PERIOD_BASIS = "oigr-2019/26"

Fields = Mapping[str, Value]


def error(code: str, place: str, message: str, *, basis: str = "") -> Finding:
    return Finding(f"imports.{code}", Severity.ERROR, Status.FAIL, (place,), message, basis=basis)


def warning(
    code: str, place: str, message: str, *, differs: tuple[Scalar, Scalar] = (None, None), basis: str = ""
) -> Finding:
    """``differs``: what was expected, and what is there."""
    return Finding(f"imports.{code}", Severity.WARNING, Status.FAIL, (place,), message, *differs, basis=basis)


def check(fields: Fields, *, required: frozenset[str], today: date) -> Iterator[Finding]:
    """Everything that is noteworthy about the values of one row."""
    for name, value in fields.items():
        if isinstance(value, str):
            yield from _check_text(name, value)
    for name in sorted(required):
        if not fields.get(name):
            yield error(f"missing_{name}", name, f"缺少{LABELS.get(name, name)}。")
    yield from _check_dates(fields, today)
    number = fields.get("document_number")
    written = fields.get("created_on")
    if isinstance(number, str) and number:
        yield from document_number.check(number, written_on=written if isinstance(written, date) else None)


def concealing(text: str, *, place: str) -> Iterator[Finding]:
    """Marks of state secrets and personal data: nothing of such a row may be kept or shown."""
    yield from secrecy_marks.findings(text, place=place)
    yield from personal_data.findings(text, place=place)


def _check_text(name: str, value: str) -> Iterator[Finding]:
    yield from concealing(value, place=name)
    limit = LENGTHS.get(name)
    if limit is not None and len(value) > limit:
        yield error("too_long", name, f"{LABELS.get(name, name)}超过{limit}字。")


def _check_dates(fields: Fields, today: date) -> Iterator[Finding]:
    written, published = fields.get("created_on"), fields.get("published_on")
    if not isinstance(published, date):
        return
    if published > today:
        yield error("published_in_future", "published_on", "发布日期晚于今天。")
    if not isinstance(written, date):
        yield _undated()
        return
    if published < written:
        yield warning(
            "published_before_written",
            "published_on",
            "发布日期早于成文日期，请核对。",
            differs=(f"{written}以后", published.isoformat()),
        )
        return
    due = due_on(written)
    if due is not None and published > due:
        yield warning(
            "published_late",
            "published_on",
            f"公开时间超过法定期限（{due}）。",
            differs=(due.isoformat(), published.isoformat()),
            basis=_PERIOD_BASIS,
        )


def _undated() -> Finding:
    message = "缺少成文日期，无法判断公开是否及时。"
    return Finding("imports.missing_created_on", Severity.INFO, Status.NOT_ASSESSABLE, ("created_on",), message)


@functools.cache
def _rules() -> periods.Rules:
    return periods.Rules()


@functools.cache
def due_on(written: date) -> date | None:
    """The last day for publication of something formed on that day; None where no law set one."""
    deadline = periods.publication_deadline(written, rules=_rules())
    return deadline.due_on if deadline else None
