"""Writing a record: beginning it, changing it, giving it up."""

import dataclasses
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.law.findings import Finding
from gongkai.records.domain import content as contents
from gongkai.records.domain import deadlines, rich_text
from gongkai.records.domain.content import Content
from gongkai.records.domain.lifecycle import Act, State
from gongkai.records.models import Record
from gongkai.records.services import acting, catalogue


class CannotDraft(acting.Refused):
    """The content may not be stored: a secret mark, a missing title, an unknown column, a text that is too long."""


class CannotEdit(CannotDraft):
    """The record is not open for changes, someone else has changed it meanwhile, or as `CannotDraft`."""


class CannotDiscard(acting.Refused):
    """The record is under review, or has been public: then it is withdrawn, not discarded."""


def draft(*, content: Content, actor: Actor, at: datetime) -> Record:
    """Begins a record in the hands of the actor, with its publication deadline if the day of writing is known.

    Raises:
        CannotDraft: nothing was stored.
    """
    author = acting.person(actor)
    with acting.at_own_agency(actor) as agency_id:
        _require_standing(agency_id, at=at)
        record = Record(
            agency_id=agency_id,
            drafter_id=author,
            drafter_name=actor.name,
            writers=[author],
            drafted_at=at,
            changed_at=at,
        )
        acting.allow(record, Act.EDIT, actor=actor, refusal=CannotDraft)
        put_into(record, checked(content, CannotDraft), CannotDraft)
        record.save(force_insert=True)
        trail.write(acting.entry_for(record, "draft"), actor=actor, at=at)
    return record


def _require_standing(agency_id: int, *, at: datetime) -> None:
    """A body that has ended begins nothing new; its successor does."""
    ended = Agency.objects.filter(pk=agency_id, valid_until__lt=timezone.localdate(at))
    if ended.exists():
        raise CannotDraft("本机构已经撤并，新的信息请由并入机构起草。")


def edit(*, record_id: int, content: Content, lock_version: int, actor: Actor, at: datetime) -> Record:
    """Replaces the content of an open record; the actor becomes one of its writers.

    Raises:
        CannotEdit: nothing was stored; with the reason.
        NoSuchRecord: the actor's agency has none with this id.
    """
    author = acting.person(actor)
    prepared = checked(content, CannotEdit)
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.EDIT, actor=actor, refusal=CannotEdit)
        if record.lock_version != lock_version:
            raise CannotEdit("这条信息刚刚被其他同志修改过。您的内容还在本页，请核对最新内容后再保存。")
        changed = put_into(record, prepared, CannotEdit)
        if changed:
            touch(record, author, at=at)
            record.save()
            trail.write(acting.entry_for(record, Act.EDIT, {"fields": changed}), actor=actor, at=at)
    return record


def touch(record: Record, author: int, *, at: datetime) -> None:
    """Notes that this person has changed the content now."""
    record.lock_version += 1
    record.changed_at = at
    if author not in record.writers:
        record.writers = [*record.writers, author]


def discard(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Gives up a record that was never public; it stays readable under its state.

    Raises:
        CannotDiscard: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.DISCARD, actor=actor, refusal=CannotDiscard)
        if record.entry_id is not None:
            raise CannotDiscard("这条信息已经公开，不能作废；请放弃更正，或者由有权的同志撤下。")
        acting.move(record, line)
        record.changed_at = at
        bulk.change(record, [*acting.PLACE, "changed_at"])
        acting.note(record, Act.DISCARD, actor=actor, at=at)
    return record


def take_over(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """The actor becomes the one to whom the record comes back; who wrote before remains a writer.

    Raises:
        CannotEdit: the record is not open for changes.
    """
    author = acting.person(actor)
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.EDIT, actor=actor, refusal=CannotEdit)
        before = record.drafter_name
        record.drafter_id, record.drafter_name = author, actor.name
        touch(record, author, at=at)
        record.save()
        trail.write(acting.entry_for(record, "take_over", {"from": before}), actor=actor, at=at)
    return record


def checked(content: Content, refusal: type[acting.Refused]) -> Content:
    """The content as it would be stored: text sanitised, blanks trimmed. Raises ``refusal``."""
    try:
        body_html = rich_text.clean(content.body_html)
    except rich_text.TooLong as error:
        raise refusal(str(error)) from error
    prepared = contents.tidy(
        dataclasses.replace(content, body_html=body_html, body_text=rich_text.plain_text(body_html))
    )
    refuse_if(contents.marks(prepared), refusal)
    refuse_if(contents.storable(prepared), refusal)
    refuse_if(contents.ungrounded_cuts(prepared), refusal)
    return prepared


def refuse_if(findings: Iterable[Finding], refusal: type[acting.Refused]) -> None:
    """Raises ``refusal`` with all errors among the findings, the first one as the reason."""
    wrong = [finding for finding in findings if finding.is_error]
    if wrong:
        raise refusal(wrong[0].message, wrong)


def put_into(record: Record, content: Content, refusal: type[acting.Refused]) -> list[str]:
    """Puts the content into the record and derives the deadline; returns the names of changed fields."""
    if content.column_code and content.column_code != record.column_code:
        catalogue.require_open_column(record.agency_id, content.column_code, refusal=refusal)
    values = contents.stored(content)
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    deadline = deadlines.publication(content) if record.state != State.CORRECTING else None
    if record.entry_id is None:
        record.due_on = deadline.due_on if deadline else None
        record.due_edition = deadline.edition if deadline else ""
    return changed


def content_of(record: Record) -> Content:
    """The working copy as a value."""
    values = {name: getattr(record, name) for name in contents.FIELDS}
    return Content(**values | {name: tuple(values[name]) for name in contents.LISTS})
