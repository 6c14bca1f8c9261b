"""What the screen of the audit trail shows."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import QueryDict

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.config import keys
from gongkai.config.desk.trail import forms, words
from gongkai.groundwork.audit import sealing, verification
from gongkai.groundwork.audit.models import AuditEvent, AuditSeal
from gongkai.groundwork.audit.verification import Report
from gongkai.groundwork.ui import paging
from gongkai.groundwork.ui.paging import KeysetPage

# Longer chains are verified on the server, where no browser waits for the answer.
LONGEST_HERE = 50_000


@dataclass(frozen=True)
class EventLine:
    """One line of the trail in words."""

    at: datetime
    who: str
    post: str
    agency: str
    action: str
    subject: str
    subject_name: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TrailPage:
    """Some lines, the newest first, and how the chain stands."""

    form: forms.TrailForm
    lines: tuple[EventLine, ...]
    page: KeysetPage[AuditEvent]
    links: int
    unsealed: int


@dataclass(frozen=True)
class FlawLine:
    """One thing that is wrong, in words."""

    label: str
    meaning: str
    number: int | None


@dataclass(frozen=True)
class VerifyPage:
    """Before verification ``report`` is None; ``too_long`` says that it must be done on the server."""

    links: int
    too_long: bool
    report: Report | None
    flaws: tuple[FlawLine, ...] = ()


def trail_page(query: QueryDict) -> TrailPage:
    form = forms.TrailForm(query or None)
    rows = AuditEvent.objects.filter(**form.conditions())
    page = paging.keyset_page(rows, order=("-id",), query=query)
    names = _names(page.items)
    agencies = dict(
        Agency.objects.filter(code__in={row.agency_code for row in page.items}).values_list("code", "short_name")
    )
    return TrailPage(
        form=form,
        lines=tuple(_line(row, agencies, names) for row in page.items),
        page=page,
        links=_links(),
        unsealed=sealing.unsealed(),
    )


def verify_page(*, now: bool) -> VerifyPage:
    links = _links()
    too_long = links > LONGEST_HERE
    report = None
    if now and not too_long:
        key = keys.secret(settings.HOME, settings.AUDIT_KEY_NAME)
        report = verification.verify(key=key, head_file=settings.AUDIT_HEAD_FILE)
    flaws = report.flaws if report else ()
    return VerifyPage(links, too_long, report, tuple(FlawLine(*words.flaw(flaw.kind), flaw.number) for flaw in flaws))


def _links() -> int:
    head = AuditSeal.objects.order_by("-number").values_list("number", flat=True).first()
    return head or 0


def _names(rows: Iterable[AuditEvent]) -> dict[tuple[str, str], str]:
    """The names of the people and bodies that the lines are about."""
    found: dict[tuple[str, str], str] = {}
    for kind, model in (("person", User), ("agency", Agency)):
        ids = {row.subject_id for row in rows if row.subject_type == kind and row.subject_id.isdigit()}
        named = model.objects.filter(pk__in=ids).values_list("pk", "name")
        found |= {(kind, str(key)): name for key, name in named}
    return found


def _line(row: AuditEvent, agencies: dict[str, str], names: dict[tuple[str, str], str]) -> EventLine:
    return EventLine(
        at=row.at,
        who=row.actor_name,
        post=_post(row),
        agency=agencies.get(row.agency_code, row.agency_code),
        action=words.action(row.action),
        subject=words.subject(row.subject_type),
        subject_name=names.get((row.subject_type, row.subject_id), row.subject_id),
        detail=tuple(_detail(row.detail)),
    )


def _post(row: AuditEvent) -> str:
    """The post, and for whom an office acts (代办)."""
    label = Post(row.post).label if row.post in set(Post) else ""
    return f"{label}（{row.detail['office']}代办）" if row.detail.get("on_behalf") else label


def _detail(detail: object) -> Iterator[tuple[str, str]]:
    if isinstance(detail, dict):
        for name, value in detail.items():
            yield str(name), value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
