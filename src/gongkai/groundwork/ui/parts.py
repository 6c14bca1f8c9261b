"""The values that components show. Screens build them in ``contexts.py``; templates only place them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.forms import BaseForm
from django.utils.safestring import SafeString


class Tone(StrEnum):
    """The meaning of a colour. Each tone also has a shape, so that colour never stands alone."""

    NEUTRAL = "neutral"
    ACTIVE = "active"
    WAITING = "waiting"
    GOOD = "good"
    BAD = "bad"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A state as shape, word and colour."""

    label: str
    tone: Tone = Tone.NEUTRAL


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    TODO = "todo"

    @property
    def label(self) -> str:
        return {"done": "已完成", "current": "进行中", "todo": "未开始"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stage of a procedure; ``note`` says who and when, or who is awaited."""

    label: str
    state: StepState
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TimelineEvent:
    """One event of a case: who did what, when, in which post; ``text`` is an opinion or explanation."""

    at: datetime
    title: str
    who: str
    post: str = ""
    as_deputy: bool = False
    text: str = ""
    tone: Tone = Tone.NEUTRAL
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """What a check found, in words: where, what, expected and found, why, what to do.

    ``places`` are pairs of label and in-page anchor (``#id_title``; empty when there is nothing to jump to).
    ``dismiss_url`` opens the page on which a reason is asked for; ``anchor`` is the id of the line itself.
    """

    tone: Tone
    level: str
    message: str
    places: tuple[tuple[str, str], ...] = ()
    expected: str = ""
    actual: str = ""
    basis: str = ""
    advice: str = ""
    dismiss_url: str = ""
    dismiss_label: str = "说明理由并忽略"
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class ClockPanel:
    """A running or ended period: the day it is due, how that day came about, and where today stands.

    ``steps`` are the sentences of the derivation. ``share`` is the part of the period that has passed, 0 to 100.
    """

    title: str
    state: Badge
    start_label: str
    start_on: date
    due_on: date
    days_text: str
    share: int
    steps: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """A page that asks before an act: what will happen, in sentences, and the verb on the button."""

    title: str
    sentence: str
    verb: str
    back_url: str
    consequences: tuple[str, ...] = ()
    is_dangerous: bool = False
    form: BaseForm | None = None


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A page that is one form: its heading, what to know first, the verb on the button."""

    title: str
    verb: str
    back_url: str
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One row of a list of facts: label and value."""

    label: str
    value: str | SafeString
    url: str = ""
