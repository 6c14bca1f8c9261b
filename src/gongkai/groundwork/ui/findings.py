"""Turns findings of the law into lines for the findings panel."""

from collections.abc import Iterable, Mapping

from gongkai.groundwork.ui.parts import FindingLine, Tone
from gongkai.law import instruments
from gongkai.law.findings import Finding, Severity, Status

TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WAITING, Severity.INFO: Tone.NEUTRAL}


def lines(findings: Iterable[Finding], *, labels: Mapping[str, str] | None = None) -> tuple[FindingLine, ...]:
    """What did not pass, the gravest first. ``labels`` names places; a known field name becomes a jump to it."""
    open_findings = [finding for finding in findings if finding.status is not Status.PASS]
    order = list(Severity)
    return tuple(
        _line(finding, labels or {}) for finding in sorted(open_findings, key=lambda f: order.index(f.severity))
    )


def _line(finding: Finding, labels: Mapping[str, str]) -> FindingLine:
    return FindingLine(
        tone=TONES[finding.severity],
        level=finding.severity.label if finding.status is Status.FAIL else finding.status.label,
        message=finding.message,
        places=tuple((labels.get(place, place), f"#id_{place}" if place in labels else "") for place in finding.where),
        expected="" if finding.expected is None else str(finding.expected),
        actual="" if finding.actual is None else str(finding.actual),
        basis=instruments.resolve(finding.basis).short if finding.basis else "",
    )
