"""What the screens of a register that comes in show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.imports.domain.registers import State
from gongkai.imports.models import RegisterTable

_TONES = {
    State.CHECKING: Tone.ACTIVE,
    State.UNREADABLE: Tone.BAD,
    State.READY: Tone.WAITING,
    State.RUNNING: Tone.ACTIVE,
    State.DONE: Tone.GOOD,
    State.DISCARDED: Tone.ENDED,
}
_COUNTS = (("read", "读取"), ("created", "新增"), ("updated", "更新"), ("unchanged", "未变"))
_LEVELS = {"error": Badge(label="不登记", tone=Tone.BAD), "warning": Badge(label="提醒", tone=Tone.WAITING)}


@dataclass(frozen=True)
class Line:
    """One table in the list."""

    url: str
    file_name: str
    state: Badge
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True)
class Group:
    level: Badge
    message: str
    count: int


@dataclass(frozen=True)
class Row:
    """A row with something to say."""

    line: int
    messages: tuple[str, ...]
    level: Badge


@dataclass(frozen=True)
class Page:
    file_name: str
    state: Badge
    problem: str
    is_busy: bool
    is_ready: bool
    is_done: bool
    counts: tuple[tuple[str, int], ...]
    rejected: int
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    urls: Mapping[str, str]


def line(found: RegisterTable, seat: Seat) -> Line:
    url = reverse("imports:register", args=[seat.agency_code, found.pk])
    return Line(url, found.file_name, _badge(found), found.uploaded_by_name, found.uploaded_at)


def page(found: RegisterTable, seat: Seat) -> Page:
    state, preview = State(found.state), found.preview
    counts = found.counts or preview.get("counts", {})
    names = ("register", "register_progress", "register_confirm", "register_discard")
    urls = {name: reverse(f"imports:{name}", args=[seat.agency_code, found.pk]) for name in names}
    return Page(
        file_name=found.file_name,
        state=_badge(found),
        problem=found.problem,
        is_busy=state.is_busy,
        is_ready=state is State.READY,
        is_done=state is State.DONE,
        counts=tuple((label, counts[name]) for name, label in _COUNTS if name in counts),
        rejected=preview.get("rejected", 0),
        groups=tuple(
            Group(_LEVELS[group["severity"]], group["message"], group["count"]) for group in preview.get("findings", ())
        ),
        rows=tuple(
            Row(row["line"], tuple(row["messages"]), _LEVELS["error" if row["is_out"] else "warning"])
            for row in preview.get("rows", ())
        ),
        urls=urls,
    )


def _badge(found: RegisterTable) -> Badge:
    state = State(found.state)
    return Badge(label=state.label, tone=_TONES[state])
