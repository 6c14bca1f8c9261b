"""The findings beside a text: what stands, what was set aside by whom, and the text with their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.viewer import Seat
from gongkai.groundwork import scoping
from gongkai.groundwork.ui import findings as finding_lines
from gongkai.groundwork.ui.parts import FindingLine, Tone
from gongkai.law.findings import Finding, Severity, Status
from gongkai.records.desk.checking import marking
from gongkai.records.domain import content as contents
from gongkai.records.domain import cuts
from gongkai.records.domain.checks import register
from gongkai.records.domain.checks.material import FILE
from gongkai.records.domain.checks.rules import Dismissal as Allowed
from gongkai.records.domain.checks.rules import Spot
from gongkai.records.domain.content import FIELD_LABELS
from gongkai.records.domain.lifecycle import UNFINISHED
from gongkai.records.models import Attachment, Dismissal, Record
from gongkai.records.selectors.checks import Checked
from gongkai.records.services import checking, drafting, freezing


@dataclass(frozen=True)
class ChecksPanel:
    """``lines`` are open, the gravest first; ``dismissed`` are evidence; ``body`` is the text with its marks."""

    lines: tuple[FindingLine, ...]
    dismissed: tuple[Dismissal, ...]
    body: SafeString
    is_ready: bool
    has_marks: bool


@dataclass(frozen=True)
class _Screen:
    """Where the lines lead: to the fields of a form, or to places in the text; who looks may act or only read."""

    record: Record
    files: Sequence[Attachment]
    agency_code: str
    on_form: bool
    may_act: bool


def panel(
    record: Record, files: Sequence[Attachment], seat: Seat, *, today: date, on_form: bool = False
) -> ChecksPanel:
    """For somebody who has been let in to the case; what is missing comes before what is wrong."""
    content = drafting.content_of(record)
    missing = tuple(contents.readiness(content, has_files=bool(files), on=today))
    with scoping.narrow_to([record.agency_id]):
        found = checking.of_working_copy(record, on=today)
    is_own = record.agency_id == seat.agency_id
    screen = _Screen(record, files, seat.agency_code, on_form, is_own and record.state in UNFINISHED)
    shown = [spot for spot in found.standing if not _is_said(spot, missing)]
    body_text = contents.for_the_public(content).body_text
    marks = [] if on_form else _places(shown, body_text)
    text = marking.marked(record.body_html, body_text, marks) if not cuts.has_cuts(record.body_html) else ""
    has_marks = bool(marks) and text not in ("", record.body_html)
    numbers = {number for number, *_ in marks} if has_marks else set()
    lines = (_line(spot, number, screen, is_marked=number in numbers) for number, spot in enumerate(shown, start=1))
    labels = dict(FIELD_LABELS) if on_form else {}
    return ChecksPanel(
        lines=(*finding_lines.lines(missing, labels=labels), *lines),
        dismissed=tuple(
            found.dismissals[spot.fingerprint] for spot in found.spots if spot.fingerprint in found.dismissals
        ),
        body=mark_safe(text or cuts.shown(record.body_html)),  # sanitised by rich_text.clean before it was stored
        is_ready=not any(finding.is_error for finding in missing) and not _stops(found, content.attribute),
        has_marks=has_marks,
    )


def _stops(found: Checked, attribute: str) -> bool:
    return attribute == "proactive" and bool(found.stopping(before_reading=True))


def _is_said(spot: Spot, missing: Sequence[Finding]) -> bool:
    """Whether the form itself already says something about this field, and gravely."""
    return any(finding.is_error and finding.where == spot.finding.where for finding in missing)


def _places(spots: Sequence[Spot], body_text: str) -> list[tuple[int, int, int, Tone]]:
    """Places in the text for marks; of two that overlap the graver one."""
    taken: list[tuple[int, int, int, Tone]] = []
    for number, spot in enumerate(spots, start=1):
        free = all(spot.end <= start or spot.start >= end for _, start, end, _ in taken)
        if spot.place == "body_text" and spot.end > spot.start and free and spot.end <= len(body_text):
            taken.append((number, spot.start, spot.end, finding_lines.TONES[spot.finding.severity]))
    return taken


def _line(spot: Spot, number: int, screen: _Screen, *, is_marked: bool) -> FindingLine:
    finding, rule = spot.finding, register.RULES[spot.finding.code]
    url, label = _way_out(spot, screen)
    (line,) = finding_lines.lines([finding])
    place = (_place(spot, screen), f"#{marking.MARK}-{number}" if is_marked else _target(spot, screen))
    return FindingLine(
        tone=line.tone,
        level=line.level,
        message=line.message,
        places=(place,),
        expected=line.expected,
        actual=line.actual,
        basis=line.basis,
        advice=rule.advice,
        dismiss_url=url,
        dismiss_label=label,
        anchor=f"{marking.LINE}-{number}",
    )


def _place(spot: Spot, screen: _Screen) -> str:
    line = f"第{spot.finding.where[1].partition(':')[0]}行" if len(spot.finding.where) > 1 else ""
    if spot.place.startswith(FILE):
        file = _file(spot, screen)
        return f"附件“{file.title}”{line}" if file else "附件"
    return f"{FIELD_LABELS[spot.place]}{line if spot.place == 'body_text' else ''}"


def _target(spot: Spot, screen: _Screen) -> str:
    """A field of the form, or the file."""
    file = _file(spot, screen)
    if file is not None and screen.may_act:
        return reverse("records:file", kwargs={"agency_code": screen.agency_code, "attachment_id": file.pk})
    if screen.on_form and not spot.place.startswith(FILE):
        return f"#id_{spot.place.replace('body_text', 'body_html')}"
    return ""


def _file(spot: Spot, screen: _Screen) -> Attachment | None:
    if not spot.place.startswith(FILE):
        return None
    digests = {
        public.digest: file for public, file in zip(freezing.public_files(screen.files), screen.files, strict=True)
    }
    return digests.get(spot.place.removeprefix(FILE))


def _way_out(spot: Spot, screen: _Screen) -> tuple[str, str]:
    """The page on which somebody says why this may stand, or that they have read the file."""
    rule = register.RULES[spot.finding.code]
    arguments = {"agency_code": screen.agency_code, "record_id": screen.record.pk}
    file = _file(spot, screen)
    if not screen.may_act or spot.finding.severity is Severity.INFO:
        return "", ""
    if spot.finding.status is Status.NOT_ASSESSABLE and file is not None:
        return reverse("records:read_by_eye", kwargs=arguments | {"attachment_id": file.pk}), "确认已人工阅看"
    if rule.dismissal is Allowed.NOBODY:
        return "", ""
    label = "说明理由并忽略" if rule.dismissal is Allowed.ANYONE else "说明理由并忽略（须由起草人以外的同志）"
    return reverse("records:dismiss", kwargs=arguments | {"fingerprint": spot.fingerprint}), label
