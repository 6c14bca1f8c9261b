"""The disclosure guide: written part by part, published through the same gates as any record, looked at every year."""

import dataclasses
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.agencies.events import AgencyChanged
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.audit import trail
from gongkai.law.findings import Finding
from gongkai.published.domain import blocks
from gongkai.records.domain import guide as domain
from gongkai.records.domain.content import Content
from gongkai.records.domain.guide import Guide
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import GuideFile, Record
from gongkai.records.services import acting, drafting, looking_over, publishing

_WRITABLE = (State.DRAFT, State.RETURNED, State.CORRECTING)
_UNDER_WAY = (State.IN_REVIEW, State.SIGNED)


class CannotWriteGuide(acting.Refused):
    """A part that article 12 asks for is missing, the guide is under review, or as `CannotDraft`."""


class Checked(StrEnum):
    """What somebody looked at."""

    GUIDE = "guide"
    RULES = "rules"

    @property
    def label(self) -> str:
        return {"guide": "指南", "rules": "制度"}[self.value]


def write(*, guide: Guide, actor: Actor, at: datetime) -> Record:
    """Puts the guide into its record, a new one or a correction of the public one, ready to be submitted.

    Raises:
        CannotWriteGuide: see the class.
    """
    wrong: list[Finding] = list(domain.missing(guide))
    if wrong:
        raise CannotWriteGuide(wrong[0].message, wrong)
    with acting.at_own_agency(actor) as agency_id:
        agency = Agency.objects.get(pk=agency_id)
        try:
            record = _put(agency, domain.html(guide, agency_name=agency.name), actor=actor, at=at)
        except (drafting.CannotDraft, publishing.CannotCorrect) as error:
            raise CannotWriteGuide(error.reason, error.findings) from error
        GuideFile.objects.update_or_create(
            agency_id=agency_id, defaults={"record": record, "parts": dataclasses.asdict(guide)}
        )
    return record


def check(*, what: Checked, actor: Actor, at: datetime) -> None:
    """Records that somebody looked and that everything still holds."""
    with acting.at_own_agency(actor) as agency_id:
        today = timezone.localdate(at)
        values = {f"{what.value}_checked_on": today, f"{what.value}_checked_by": actor.name}
        GuideFile.objects.update_or_create(agency_id=agency_id, defaults=values)
        entry = trail.Entry(
            action=f"guide.{what.value}_checked", subject_type="agency", subject_id=agency_id, detail={}
        )
        trail.write(entry, actor=actor, at=at)
        looking_over.look_again(Agency.objects.get(pk=agency_id), at=at)


def compare_again(event: AgencyChanged) -> None:
    """Contacts that have changed may no longer be those of the guide: the keeper sees it at once."""
    with scoping.narrow_to([event.agency_id]):
        looking_over.look_again(Agency.objects.get(pk=event.agency_id), at=event.at)


def _put(agency: Agency, body_html: str, *, actor: Actor, at: datetime) -> Record:
    record = _current()
    if record is None:
        content = Content(
            title=f"{agency.name}政府信息公开指南",
            issuer=agency.name,
            column_code=blocks.GUIDE,
            created_on=timezone.localdate(at),
            body_html=body_html,
        )
        return drafting.draft(content=content, actor=actor, at=at)
    if record.state == State.PUBLISHED:
        reason = "更新政府信息公开指南"
        record = publishing.open_correction(record_id=record.pk, reason=reason, actor=actor, at=at)
    content = _with_body(record, body_html)
    return drafting.edit(record_id=record.pk, content=content, lock_version=record.lock_version, actor=actor, at=at)


def _current() -> Record | None:
    """The record of the guide, wherever it stands. Raises `CannotWriteGuide` while it is under review."""
    rows = Record.objects.filter(column_code=blocks.GUIDE).order_by("-changed_at", "-id")
    if rows.filter(state__in=_UNDER_WAY).exists():
        raise CannotWriteGuide("指南正在审核，请等审核完毕，或者撤回后再改。")
    return rows.filter(state__in=_WRITABLE).first() or rows.filter(state=State.PUBLISHED).first()


def _with_body(record: Record, body_html: str) -> Content:
    return dataclasses.replace(drafting.content_of(record), body_html=body_html)
