"""The one door to the audit trail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from gongkai.groundwork import bulk
from gongkai.groundwork.audit.models import AuditEvent


class Performer(Protocol):
    """Who acts: a person in a post at an agency, or the system itself.

    ``office`` names the office that acts for the agency (代办), empty otherwise.
    """

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def post(self) -> str: ...
    @property
    def agency_code(self) -> str: ...
    @property
    def office(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is written down about one act."""

    action: str
    subject_type: str
    subject_id: str | int
    detail: Mapping[str, object] = field(default_factory=dict)


def write(entry: Entry, *, actor: Performer, at: datetime) -> None:
    """Adds the act to the trail inside the transaction of the act."""
    bulk.append(_row(entry, actor=actor, at=at))


def write_many(entries: Iterable[Entry], *, actor: Performer, at: datetime) -> None:
    """The same for a bulk act: one row per entry, one statement."""
    bulk.insert(_row(entry, actor=actor, at=at) for entry in entries)


def _row(entry: Entry, *, actor: Performer, at: datetime) -> AuditEvent:
    return AuditEvent(
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name,
        post=actor.post,
        agency_code=actor.agency_code,
        action=entry.action,
        subject_type=entry.subject_type,
        subject_id=str(entry.subject_id),
        detail=dict(entry.detail) | ({"office": actor.office, "on_behalf": True} if actor.office else {}),
    )
