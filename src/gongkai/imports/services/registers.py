"""A register of issued documents comes in: looked through, confirmed by a person, entered by the worker."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import events, scoping
from gongkai.groundwork.audit import trail
from gongkai.groundwork.files import intake, names, store
from gongkai.groundwork.files.kinds import Kind
from gongkai.imports.domain import issued_register
from gongkai.imports.domain.issued_register import RegisterRow
from gongkai.imports.domain.registers import LIMIT_BYTES, State
from gongkai.imports.events import RegisterConfirmed, RegisterSubmitted
from gongkai.imports.models import RegisterTable
from gongkai.imports.reading import stream
from gongkai.imports.reading.tables import UnreadableTable
from gongkai.records.services import registering

_KINDS = frozenset({Kind.CSV, Kind.XLSX})
_SHOWN = 50


class CannotRegister(Exception):
    """The table is in another state; ``reason`` says so in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoSuchRegister(CannotRegister):
    """The actor's agency has none with this id."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    stream: store.Source
    file_name: str


def submit(*, upload: Upload, actor: Actor, at: datetime) -> RegisterTable:
    """Takes the table in and has it looked through in the background.

    Raises:
        RefusedFile: too large, of another type, broken, or with a secret mark anywhere; nothing was kept.
    """
    assert actor.agency_id is not None
    assert actor.user_id is not None
    stored = intake.take_in(upload.stream, upload.file_name, at=at, allowed=_KINDS, limit=LIMIT_BYTES)
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        made = RegisterTable.objects.create(
            agency_id=actor.agency_id,
            file=stored,
            file_name=names.clean(upload.file_name),
            uploaded_by_id=actor.user_id,
            uploaded_by_name=actor.name,
            uploaded_at=at,
        )
        _note(made, "submit", actor=actor, at=at, digest=stored.digest)
        events.emit(RegisterSubmitted(table_id=made.pk))
    return made


def look_through(*, table_id: int) -> None:
    """Fills in the preview. A second look, or one after the table was given up, changes nothing."""
    found = _of_worker(table_id)
    with scoping.narrow_to([found.agency_id]):
        if found.state != State.CHECKING:
            return
        values: dict[str, Any]
        try:
            rows = _rows(found)
            values = {"state": State.READY, "preview": _preview(rows, found.agency_id)}
        except (UnreadableTable, issued_register.UnreadableRegister) as error:
            values = {"state": State.UNREADABLE, "problem": str(error)[:500]}
        RegisterTable.objects.filter(pk=found.pk, state=State.CHECKING).update(**values)


def confirm(*, table_id: int, actor: Actor, at: datetime) -> RegisterTable:
    """Has the rows entered in the background. Raises `CannotRegister`."""
    with _ready(table_id, actor=actor) as found:
        found.state, found.confirmed_by_id, found.confirmed_by_name = State.RUNNING, actor.user_id, actor.name
        _note(found, "confirm", actor=actor, at=at)
        events.emit(RegisterConfirmed(table_id=found.pk))
    return found


def discard(*, table_id: int, actor: Actor, at: datetime) -> RegisterTable:
    """Gives the table up. Raises `CannotRegister`."""
    with _ready(table_id, actor=actor) as found:
        found.state, found.ended_at = State.DISCARDED, at
        _note(found, "discard", actor=actor, at=at)
    return found


def enter(*, table_id: int, at: datetime, pause: Callable[[], object]) -> None:
    """Enters the rows of a confirmed table; run again after a kill, what is there already counts as unchanged."""
    found = _of_worker(table_id)
    agency = Agency.objects.get(pk=found.agency_id)
    with scoping.narrow_to([agency.pk]):
        if found.state != State.RUNNING:
            return
        rows = [row.issued for row in _rows(found) if row.issued]
        actor = Actor(found.confirmed_by_id, found.confirmed_by_name, agency.pk, agency.code, Post.DISCLOSURE_OFFICER)
        counts = registering.register(rows, actor=actor, at=at, pause=pause)
        found.state, found.ended_at = State.DONE, at
        found.counts = {outcome.value: count for outcome, count in counts.items()}
        found.save(update_fields=["state", "ended_at", "counts"])


def _rows(found: RegisterTable) -> list[RegisterRow]:
    assert found.file is not None
    with store.opened(found.file.digest) as file:
        lines = stream.rows(file, ending=names.extension(found.file_name), most=issued_register.MOST_ROWS + 1)
    return issued_register.read(lines)


def _preview(rows: list[RegisterRow], agency_id: int) -> dict[str, object]:
    counts = registering.compared([row.issued for row in rows if row.issued], agency_id)
    findings = Counter((finding.code, finding.severity.value) for row in rows for finding in row.findings)
    examples = {finding.code: finding.message for row in reversed(rows) for finding in row.findings}
    return {
        "counts": {"read": len(rows), **{outcome.value: count for outcome, count in counts.items()}},
        "rejected": sum(row.issued is None for row in rows),
        "findings": [
            {"severity": severity, "count": count, "message": examples[code]}
            for (code, severity), count in sorted(findings.items(), key=lambda found: (found[0][1], -found[1]))
        ],
        "rows": [
            {"line": row.line, "messages": [finding.message for finding in row.findings], "is_out": row.issued is None}
            for row in rows
            if row.findings
        ][:_SHOWN],
    }


def _of_worker(table_id: int) -> RegisterTable:
    with scoping.everywhere(because="a background task knows only the id"):
        return RegisterTable.objects.select_related("file").get(pk=table_id)


@contextmanager
def _ready(table_id: int, *, actor: Actor) -> Iterator[RegisterTable]:
    if actor.agency_id is None:
        raise NoSuchRegister("没有找到这份登记表。")
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        found = RegisterTable.objects.select_for_update(of=("self",)).filter(pk=table_id).first()
        if found is None:
            raise NoSuchRegister("没有找到这份登记表。")
        if found.state != State.READY:
            raise CannotRegister(f"这份登记表现在是“{State(found.state).label}”，不能办理。")
        yield found
        found.save()


def _note(found: RegisterTable, act: str, *, actor: Actor, at: datetime, **detail: object) -> None:
    entry = trail.Entry(action=f"register.{act}", subject_type="register_table", subject_id=found.pk, detail=detail)
    trail.write(entry, actor=actor, at=at)
