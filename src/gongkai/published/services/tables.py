"""The public copy of standard tables: a new version takes the place of the last, links follow the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.published.models import ReleasedTable


@dataclass(frozen=True, kw_only=True)
class Table:
    """What the public sees of one version. Each matter is a mapping of column ids to words, with its ``key``."""

    agency_id: int
    field: str
    version: int
    title: str
    approval: str
    approved_on: date
    matters: Sequence[Mapping[str, str]]


@transaction.atomic
def release(*, table: Table, columns: Mapping[str, str], actor: Actor, at: datetime) -> ReleasedTable:
    """Shows this version instead of the one before."""
    ReleasedTable.objects.filter(agency_id=table.agency_id, field=table.field, is_current=True).update(is_current=False)
    released = ReleasedTable.objects.create(**asdict(table), columns=dict(columns), released_at=at)
    entry = trail.Entry(
        action="released_table.released",
        subject_type="released_table",
        subject_id=released.pk,
        detail={"field": table.field, "version": table.version, "matters": len(table.matters)},
    )
    trail.write(entry, actor=actor, at=at)
    return released


def follow_links(*, agency_id: int, field: str, columns: Mapping[str, str]) -> None:
    """Renews where the matters of the shown version are found. The act on the desk leaves the line in the trail."""
    ReleasedTable.objects.filter(agency_id=agency_id, field=field, is_current=True).update(columns=dict(columns))
