"""What a check found, as lines with a place in the document to jump to."""

import re
from dataclasses import dataclass

from gongkai.auditing.rules import places, stock
from gongkai.groundwork.ui.parts import Tone
from gongkai.law import forms, instruments
from gongkai.law.findings import Finding, Severity, Status
from gongkai.reports.domain.result import ReportRead

_MOST_PLACES = 6
# Its figure is a share that the message says in percent.
_SHARES = "TXT-08"
_LONGEST_RULE = 140
TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WAITING, Severity.INFO: Tone.NEUTRAL}
# The forms name their notices by issuing office, year and number.
_NOTICE = re.compile(r"(gbgkbh|gbf)-(\d{4})/(\d+)")
_OFFICES = {"gbgkbh": "国办公开办函", "gbf": "国办发"}


@dataclass(frozen=True)
class Line:
    """One finding; ``number`` stands in the marks of the document. ``values`` are what was read there."""

    number: int
    tone: Tone
    level: str
    message: str
    places: tuple[tuple[str, str], ...]
    more: int
    expected: str
    actual: str
    rule: str
    basis: str
    anchor: str
    list_anchor: str = ""


def lines(report: ReportRead) -> list[Line]:
    """In the order of the auditor, the gravest first."""
    return [_line(number, finding, report) for number, finding in enumerate(report.findings, 1)]


def _line(number: int, finding: Finding, report: ReportRead) -> Line:
    form = forms.form(report.edition) if report.edition in forms.EDITIONS else None
    shown = finding.where[:_MOST_PLACES]
    return Line(
        number=number,
        tone=TONES[finding.severity],
        level=_level(finding),
        message=finding.message,
        places=tuple(_place(where, report, form) for where in shown),
        more=len(finding.where) - len(shown),
        expected=_words(finding.expected),
        actual=_words(finding.actual) if finding.code != _SHARES else "",
        rule=_rule(finding, form),
        basis=_basis(finding.basis),
        anchor=f"#place-{number}" if f'id="place-{number}"' in report.marked else "",
        list_anchor="#counted" if finding.code == stock.CODE and report.counted else "",
    )


def _level(finding: Finding) -> str:
    severity = finding.severity.label
    return severity if finding.status is Status.FAIL else f"{severity}，{finding.status.label}"


def _words(value: object) -> str:
    return "" if value is None else str(value)


def _basis(basis: str) -> str:
    notice = _NOTICE.fullmatch(basis)
    if notice:
        return f"{_OFFICES[notice[1]]}〔{notice[2]}〕{notice[3]}号"
    return instruments.resolve(basis).short if basis else ""


def _place(where: str, report: ReportRead, form: forms.Form | None) -> tuple[str, str]:
    """The place in words and what stands there."""
    spot = places.parse(where)
    if spot:
        return "正文", f"“{spot.quote}”"
    elsewhere = places.in_other(where)
    if elsewhere:
        return elsewhere[0], f"“{elsewhere[1].quote}”"
    if form is None or where not in form.cells:
        return where, ""
    cell = report.cells.get(where)
    return form.describe(where), (cell.value or cell.raw or "空白") if cell else ""


def _rule(finding: Finding, form: forms.Form | None) -> str:
    """The identity that does not hold, as a sentence."""
    where = set(finding.where)
    for identity in form.identities if form else ():
        if identity.code == finding.code and {*identity.left, *identity.right} <= where:
            sentence = identity.sentence(form) if form else ""
            return sentence if len(sentence) <= _LONGEST_RULE else ""
    return ""
