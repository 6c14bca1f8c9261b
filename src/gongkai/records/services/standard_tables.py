"""Standard tables: a version comes in, is cleared and approved by two others, is shown; matters get their columns."""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.law import secrecy_marks, tables, vocabulary
from gongkai.law.findings import Finding
from gongkai.published.services import tables as public_tables
from gongkai.records.domain import standard_tables as domain
from gongkai.records.domain.standard_lifecycle import TABLE, Act, State
from gongkai.records.domain.standard_tables import Matter
from gongkai.records.models import MatterLink, StandardMatter, StandardTable
from gongkai.records.selectors import standard_tables as selector
from gongkai.records.services import acting, catalogue

MATTER_LIMIT = 3_000


class CannotBringTable(acting.Refused):
    """No such field, no title, nothing or too much in it, or the same as the version in force."""


class CannotDecideTable(acting.Refused):
    """Another state, post or digest, the same person twice, or no approval named."""


class CannotLinkMatter(acting.Refused):
    """The table has no such matter, or the agency does not show that column."""


class NoSuchTable(acting.NoSuchRecord):
    """The agency of the actor has no such table."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Draft:
    """What was read from a file."""

    field: str
    title: str
    file_name: str
    matters: tuple[Matter, ...]
    findings: tuple[Finding, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved the table, by which document, when; given for exactly one digest."""

    digest: str
    approved_by: str
    approval_number: str
    approved_on: date


def bring(*, draft: Draft, actor: Actor, at: datetime) -> StandardTable:
    """Keeps a new version; one with errors is kept for its findings and can only be given up.

    Raises:
        CannotBringTable: see the class.
    """
    author = acting.person(actor)
    title = draft.title.strip()
    if draft.field not in vocabulary.standard_fields():
        raise CannotBringTable("请选择目录所属的领域。")
    if not title or len(title) > 200 or secrecy_marks.is_marked(title):
        raise CannotBringTable("请填写目录名称，最多200个字，不得带有国家秘密标志。")
    if not 0 < len(draft.matters) <= MATTER_LIMIT:
        raise CannotBringTable(f"目录要有公开事项，最多{MATTER_LIMIT}项。")
    with acting.at_own_agency(actor) as agency_id:
        digest = domain.digest(title, draft.matters)
        if StandardTable.objects.filter(field=draft.field, state=State.IN_FORCE, digest=digest).exists():
            raise CannotBringTable("与现行版本完全相同，没有新的内容。")
        last = StandardTable.objects.filter(field=draft.field).aggregate(last=Max("version"))["last"] or 0
        table = StandardTable.objects.create(
            agency_id=agency_id,
            field=draft.field,
            version=last + 1,
            title=title,
            state=State.FAULTY if any(finding.is_error for finding in draft.findings) else State.READY,
            digest=digest,
            file_name=draft.file_name,
            findings=[finding.as_dict() for finding in draft.findings],
            matter_count=len(draft.matters),
            brought_by_id=author,
            brought_by=actor.name,
            brought_at=at,
        )
        bulk.insert(_row(table, place, matter) for place, matter in enumerate(draft.matters, 1))
        _note(table, "brought", actor=actor, at=at)
    return table


def clear(*, table_id: int, digest: str, actor: Actor, at: datetime) -> StandardTable:
    """The secrecy reviewer's word that the table with this digest may be made public.

    Raises:
        CannotDecideTable: see the class.
    """
    with _deciding(table_id, Act.CLEAR, digest=digest, actor=actor) as table:
        table.cleared_by_id, table.cleared_by, table.cleared_at = actor.user_id, actor.name, at
        _note(table, "cleared", actor=actor, at=at)
    return table


def approve(*, table_id: int, approval: Approval, actor: Actor, at: datetime) -> StandardTable:
    """The leader's confirmation of the approval: the version takes the place of the last one, also for the public.

    Raises:
        CannotDecideTable: see the class.
    """
    words = (approval.approved_by.strip(), approval.approval_number.strip())
    if not words[0] or len(words[0]) > 120 or len(words[1]) > 60 or secrecy_marks.is_marked("\n".join(words)):
        raise CannotDecideTable("请填写批准的机关或者会议，最多120个字；文号最多60个字；不得带有国家秘密标志。")
    if approval.approved_on > timezone.localdate(at):
        raise CannotDecideTable("批准日期晚于今天。")
    with _deciding(table_id, Act.APPROVE, digest=approval.digest, actor=actor) as table:
        if table.cleared_by_id == actor.user_id:
            raise CannotDecideTable("保密审查和批准要由两名不同的同志办理。")
        StandardTable.objects.filter(field=table.field, state=State.IN_FORCE).update(state=State.SUPERSEDED)
        table.confirmed_by_id, table.confirmed_by, table.confirmed_at = actor.user_id, actor.name, at
        table.approved_by, table.approval_number, table.approved_on = *words, approval.approved_on
        _show(table, actor=actor, at=at)
        _note(table, "approved", actor=actor, at=at)
    return table


def discard(*, table_id: int, actor: Actor, at: datetime) -> StandardTable:
    """Gives a version up before it is approved. Raises `CannotDecideTable`."""
    with _deciding(table_id, Act.DISCARD, digest=None, actor=actor) as table:
        _note(table, "discarded", actor=actor, at=at)
    return table


def link(*, table_id: int, columns: Mapping[str, str], actor: Actor, at: datetime) -> None:
    """Says for matters, by key, in which column each is published; an empty column takes the link away.

    Raises:
        CannotLinkMatter: see the class.
    """
    with acting.at_own_agency(actor) as agency_id:
        table = _table(table_id)
        keys = set(StandardMatter.objects.filter(table=table).values_list("key", flat=True))
        if not columns.keys() <= keys:
            raise CannotLinkMatter("目录中没有这个事项，请刷新页面。")
        for code in {code for code in columns.values() if code}:
            catalogue.require_open_column(agency_id, code, refusal=CannotLinkMatter)
        before = selector.links_of(table.field)
        changed = {key: code for key, code in columns.items() if before.get(key, "") != code}
        for key, code in changed.items():
            _link(table, key, code, actor=actor, at=at)
        if changed:
            _note(table, "linked", actor=actor, at=at, columns=changed)
            links = selector.links_of(table.field)
            public_tables.follow_links(agency_id=agency_id, field=table.field, columns=links)


def open_column(*, table_id: int, key: str, parent_code: str, actor: Actor, at: datetime) -> str:
    """Adds an own column named after the matter, links the matter to it, and returns the column's code.

    Raises:
        CannotLinkMatter: see the class.
        CannotChangeCatalogue: the column cannot be added there.
    """
    with acting.at_own_agency(actor):
        matter = StandardMatter.objects.filter(table=_table(table_id), key=key).first()
        if matter is None:
            raise CannotLinkMatter("目录中没有这个事项，请刷新页面。")
        title = (matter.matter_l2 or matter.matter_l1)[:120]
        code = catalogue.add_column(parent_code=parent_code, title=title, actor=actor, at=at)
        link(table_id=table_id, columns={key: code}, actor=actor, at=at)
    return code


@contextmanager
def _deciding(table_id: int, act: Act, *, digest: str | None, actor: Actor) -> Iterator[StandardTable]:
    person = acting.person(actor)
    with acting.at_own_agency(actor) as agency_id:
        table = bulk.lock(StandardTable, id=table_id, agency_id=agency_id)
        if table is None:
            raise NoSuchTable("没有这份目录。")
        try:
            line = TABLE.require(act, state=table.state, posts={actor.post})
        except tables.NotAllowed as error:
            raise CannotDecideTable(f"{error}。") from error
        if act is not Act.DISCARD and table.brought_by_id == person:
            raise CannotDecideTable("您导入的目录要由其他同志审查、批准。")
        if digest is not None and digest != table.digest:
            raise CannotDecideTable("页面上的内容与现在的不一致，请刷新页面，重新查看后再作决定。")
        yield table
        table.state = line.target or table.state
        table.save()


def _table(table_id: int) -> StandardTable:
    """Inside the actor's scope."""
    table = StandardTable.objects.filter(pk=table_id).first()
    if table is None:
        raise NoSuchTable("没有这份目录。")
    return table


def _link(table: StandardTable, key: str, code: str, *, actor: Actor, at: datetime) -> None:
    if not code:
        MatterLink.objects.filter(field=table.field, matter_key=key).delete()
        return
    MatterLink.objects.update_or_create(
        agency_id=table.agency_id,
        field=table.field,
        matter_key=key,
        defaults={"column_code": code, "linked_by": actor.name, "linked_at": at},
    )


def _show(table: StandardTable, *, actor: Actor, at: datetime) -> None:
    assert table.approved_on is not None  # set by `approve`
    shown = public_tables.Table(
        agency_id=table.agency_id,
        field=table.field,
        version=table.version,
        title=table.title,
        approval=table.approval,
        approved_on=table.approved_on,
        matters=[domain.cells(matter) | {"key": matter.key} for matter in selector.matters_of(table)],
    )
    public_tables.release(table=shown, columns=selector.links_of(table.field), actor=actor, at=at)


def _row(table: StandardTable, place: int, matter: Matter) -> StandardMatter:
    values = {
        name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(matter).items()
    }
    return StandardMatter(agency_id=table.agency_id, table_id=table.pk, position=place, key=matter.key, **values)


def _note(table: StandardTable, act: str, *, actor: Actor, at: datetime, **detail: object) -> None:
    entry = trail.Entry(
        action=f"standard_table.{act}",
        subject_type="standard_table",
        subject_id=table.pk,
        detail={"digest": table.digest, "version": table.version, **detail},
    )
    trail.write(entry, actor=actor, at=at)
