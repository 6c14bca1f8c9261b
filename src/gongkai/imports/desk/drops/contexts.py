"""What the screens of dropped files show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Badge, Fact, Tone
from gongkai.imports.desk.drops.forms import FileForm, columns
from gongkai.imports.domain import dropping
from gongkai.imports.domain.dropping import State
from gongkai.imports.models import DroppedBatch, DroppedFile
from gongkai.imports.services.drops import confirming
from gongkai.records.domain.catalogue import AgencyNode

_TONES = {
    State.WAITING: Tone.NEUTRAL,
    State.READING: Tone.ACTIVE,
    State.READY: Tone.WAITING,
    State.DUPLICATE: Tone.BAD,
    State.DRAFTED: Tone.GOOD,
    State.REFUSED: Tone.BAD,
    State.SET_ASIDE: Tone.ENDED,
}
_SHOWN_ONLY = ("issuer", "joint_issuers", "recipients", "printed_on", "genre", "attachments")


@dataclass(frozen=True)
class Line:
    """One batch in the list."""

    url: str
    uploaded_at: datetime
    uploaded_by: str
    total: int
    result: str


@dataclass(frozen=True)
class Card:
    """One file of a batch; ``form`` is there while it can be changed."""

    key: int
    file_name: str
    state: Badge
    reason: str
    first_lines: str
    also_read: tuple[Fact, ...]
    notes: tuple[str, ...]
    missing: str
    original_url: str
    record_url: str
    record_title: str
    form: FileForm | None
    can_confirm: bool


@dataclass(frozen=True)
class BatchPage:
    uploaded_at: datetime
    uploaded_by: str
    problems: tuple[str, ...]
    cards: tuple[Card, ...]
    done: int
    total: int
    complete: int
    open: int
    drafted: int
    progress_url: str
    drafts_url: str

    @property
    def is_busy(self) -> bool:
        return self.done < self.total


def line(batch: Any, seat: Seat) -> Line:
    """``batch`` comes from `selectors.drops`, with its counts."""
    words = [
        f"{count}份{label}"
        for count, label in (
            (batch.busy, "正在读取"),
            (batch.open, "待确认"),
            (batch.drafted, "已成草稿"),
            (batch.refused, "未接收"),
        )
        if count
    ]
    url = reverse("imports:drop", args=[seat.agency_code, batch.pk])
    return Line(url, batch.uploaded_at, batch.uploaded_by_name, batch.total, "，".join(words))


def batch_page(
    batch: DroppedBatch,
    files: Sequence[DroppedFile],
    seat: Seat,
    nodes: Sequence[AgencyNode],
    forms: dict[int, FileForm],
) -> BatchPage:
    """``forms`` are those that were sent and found wanting; the others are made from what is kept."""
    choices = columns(nodes)
    cards = tuple(_card(file, seat, forms.get(file.pk), choices) for file in files)
    states = [State(file.state) for file in files]
    records = reverse("records:list", args=[seat.agency_code])
    return BatchPage(
        uploaded_at=batch.uploaded_at,
        uploaded_by=batch.uploaded_by_name,
        problems=tuple(batch.problems),
        cards=cards,
        done=sum(not state.is_busy for state in states),
        total=len(states),
        complete=sum(confirming.is_complete(file) for file in files),
        open=sum(state.is_open for state in states),
        drafted=states.count(State.DRAFTED),
        progress_url=reverse("imports:drop_progress", args=[seat.agency_code, batch.pk]),
        drafts_url=f"{records}?state=draft",
    )


def sent_forms(
    files: Sequence[DroppedFile], query: QueryDict, nodes: Sequence[AgencyNode]
) -> list[tuple[DroppedFile, FileForm]]:
    """The forms of the open files that the request speaks of and that were changed."""
    choices = columns(nodes)
    asked = [file for file in files if State(file.state).is_open and f"{file.pk}-title" in query]
    forms = [(file, FileForm(query, file=file, choices=choices)) for file in asked]
    return [(file, form) for file, form in forms if form.has_changed()]


def _card(file: DroppedFile, seat: Seat, sent: FileForm | None, choices: list[tuple[str, str]]) -> Card:
    state = State(file.state)
    form = (sent or FileForm(file=file, choices=choices)) if state.is_open else None
    missing = dropping.missing(file.values, file.readings) if state is State.READY else []
    return Card(
        key=file.pk,
        file_name=file.file_name,
        state=Badge(label=state.label, tone=_TONES[state]),
        reason=file.reason,
        first_lines=file.first_lines,
        also_read=_also_read(file) if state.is_open else (),
        notes=tuple(file.notes) if state.is_open else (),
        missing="、".join(missing),
        original_url=reverse("imports:drop_original", args=[seat.agency_code, file.pk]) if file.file_id else "",
        record_url=reverse("records:case", args=[seat.agency_code, file.record_id]) if file.record_id else "",
        record_title=file.record.title if file.record else "",
        form=form,
        can_confirm=state is State.READY,
    )


def _also_read(file: DroppedFile) -> tuple[Fact, ...]:
    """What was read beside the fields that can be changed here."""
    found = ((name, file.readings.get(name, {}).get("value")) for name in _SHOWN_ONLY)
    return tuple(
        Fact(label=dropping.FIELD_LABELS[name], value="、".join(value) if isinstance(value, list) else str(value))
        for name, value in found
        if value
    )
