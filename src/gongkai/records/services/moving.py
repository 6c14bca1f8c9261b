"""A body was merged into another: what it had under way goes on there, its own columns come along.

What it published stays where it is, with its index numbers; the successor's staff look after it at the old body's seat.
A record that had not been public yet begins anew at the successor, because reviews and clearances bind those who gave
them, not the successor: the old one is closed with all its evidence and says where it went.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.groundwork import bulk, scoping
from gongkai.groundwork.audit import trail
from gongkai.law import tables
from gongkai.records.domain.lifecycle import TABLE, Act
from gongkai.records.models import AgencyColumn, Attachment, Record
from gongkai.records.services import acting, catalogue

BLOCK = 200
"""Records of one transaction."""
_MOVE_FROM = TABLE.find(Act.MOVE, "draft")
_NOT_CARRIED = frozenset(
    {
        *("id", "agency", *acting.PLACE, "scheme", "submitted", "digest", "clearance"),
        *("version_count", "released_number", "entry_id", "index_number", "published_at", "correction_reason"),
        *("urgent_reason", "urgent_by"),
        *("lock_version", "column_code", "changed_at", "writers"),
    }
)


def adopt_columns(*, from_id: int, into_id: int, at: datetime) -> dict[str, str]:
    """Gives the successor the own columns of the merged body; returns the code of each at the successor.

    A column of the same name below the same parent serves both. What was renamed or hidden of the common tree is each
    body's own affair and does not come along, but who keeps a column and how often does, where nobody has said.
    """
    with scoping.narrow_to([from_id, into_id]), transaction.atomic():
        into = Agency.objects.select_for_update().get(pk=into_id)
        codes: dict[str, str] = {}
        for column in AgencyColumn.objects.filter(agency_id=from_id).order_by("position", "id"):
            if column.parent_code:
                codes[column.code] = _adopted(column, codes.get(column.parent_code, column.parent_code), into_id)
            else:
                _kept_alike(column, into_id)
        catalogue.show(agency=into, actor=SYSTEM, at=at)
    return codes


def move_open(*, from_id: int, into_id: int, columns: Mapping[str, str], at: datetime) -> int:
    """Moves everything that was never public; returns how many records went over. Goes on where it was cut off."""
    moved = 0
    while (block := _move_block(from_id, into_id, columns, at=at)) > 0:
        moved += block
    return moved


def _move_block(from_id: int, into_id: int, columns: Mapping[str, str], *, at: datetime) -> int:
    assert _MOVE_FROM is not None
    with scoping.narrow_to([from_id, into_id]), transaction.atomic():
        bodies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=[from_id, into_id])}
        rows = Record.objects.select_for_update().filter(agency_id=from_id, entry_id__isnull=True)
        records = list(rows.filter(state__in=_MOVE_FROM.sources).order_by("id")[:BLOCK])
        for record in records:
            _begin_anew(record, bodies[from_id], bodies[into_id], columns, at=at)
            _close(record, bodies[into_id], _MOVE_FROM, at=at)
    return len(records)


def _begin_anew(record: Record, old: Agency, into: Agency, columns: Mapping[str, str], *, at: datetime) -> None:
    values = {
        field.attname: getattr(record, field.attname)
        for field in Record._meta.concrete_fields
        if field.name not in _NOT_CARRIED
    }
    code = columns.get(record.column_code, record.column_code)
    fresh = Record.objects.create(
        **values,
        agency=into,
        column_code=code if catalogue.is_shown(into.pk, code) else "",
        changed_at=at,
        writers=[record.drafter_id] if record.drafter_id else [],
    )
    Attachment.objects.bulk_create(_carried(file, fresh) for file in Attachment.objects.filter(record=record))
    entry = acting.entry_for(fresh, "receive", {"from": old.name, "record": record.pk})
    trail.write(entry, actor=SYSTEM, at=at)


def _carried(file: Attachment, fresh: Record) -> Attachment:
    values = {
        field.attname: getattr(file, field.attname)
        for field in Attachment._meta.concrete_fields
        if field.name not in {"id", "agency", "record"}
    }
    return Attachment(**values, agency_id=fresh.agency_id, record=fresh)


def _close(record: Record, into: Agency, line: tables.Transition, *, at: datetime) -> None:
    acting.move(record, line)
    record.changed_at = at
    bulk.change(record, [*acting.PLACE, "changed_at"])
    acting.note(record, Act.MOVE, actor=SYSTEM, at=at, detail={"to": into.name})


def _adopted(column: AgencyColumn, parent: str, into_id: int) -> str:
    same = AgencyColumn.objects.filter(agency_id=into_id, parent_code=parent, title=column.title).first()
    if same is not None:
        return same.code
    AgencyColumn.objects.get_or_create(
        agency_id=into_id, code=column.code, defaults=_wish(column) | {"parent_code": parent}
    )
    return column.code


def _kept_alike(column: AgencyColumn, into_id: int) -> None:
    if not column.keeper and column.update_period_days is None:
        return
    kept = {"keeper": column.keeper, "update_period_days": column.update_period_days}
    AgencyColumn.objects.get_or_create(agency_id=into_id, code=column.code, defaults=kept)


def _wish(column: AgencyColumn) -> dict[str, object]:
    return {
        field.attname: getattr(column, field.attname)
        for field in AgencyColumn._meta.concrete_fields
        if field.name not in {"id", "agency", "code", "parent_code"}
    }
