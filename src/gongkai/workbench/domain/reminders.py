"""When somebody is reminded, how far a reminder climbs, and in which words: without names, they leave the house."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from gongkai.law.workdays import Calendar

LONG_BREAK = 3
"""Days off from which on an office gets its list beforehand."""


class Level(IntEnum):
    """How far a reminder has climbed."""

    HOLDER = 0
    SUBSTITUTE = 1
    LEADER = 2


@dataclass(frozen=True, kw_only=True)
class Load:
    """What lies on one person's desk: everything, what others wait for, what is late, what is due today."""

    total: int
    waited_for: int
    overdue: int
    due_today: int

    @property
    def is_pressing(self) -> bool:
        return self.overdue + self.due_today > 0


@dataclass(frozen=True, kw_only=True)
class Break:
    """Days without work after today."""

    days: int
    back_on: date


def level_of(unread: int, *, step: int) -> Level:
    """``unread``: pressing reminders since the person last looked; ``step``: working days of patience."""
    if step < 1 or unread < step:
        return Level.HOLDER
    return Level.SUBSTITUTE if unread < 2 * step else Level.LEADER


def break_after(today: date, calendar: Calendar) -> Break | None:
    """The long break that begins tomorrow; None where work goes on, or today is no working day itself."""
    if not calendar.is_workday(today):
        return None
    back_on = calendar.add_workdays(today, 1).day
    days = (back_on - today).days - 1
    return Break(days=days, back_on=back_on) if days >= LONG_BREAK else None


def digest(load: Load) -> str:
    late = f"，其中{_late(load)}" if load.is_pressing else ""
    return f"您有{load.total}件待办事项{late}。"


def for_substitute(load: Load) -> str:
    return f"您担任B角的同事有{_late(load)}，提醒尚未查看，请协助办理。"


def for_leader(office: str, how_many: int) -> str:
    return f"{office}有{how_many}件政府信息公开事项今天到期或者已经超期，承办人员尚未查看提醒，请督促办理。"


def for_group(office: str, how_many: int) -> str:
    return f"{office}有{how_many}件政府信息公开事项今天到期或者已经超期，请登录工作台办理。"


def before_break(office: str, pause: Break, how_many: int) -> str:
    day = f"{pause.back_on.month}月{pause.back_on.day}日"
    return f"明天起放假{pause.days}天。{office}有{how_many}件信息须在{day}（含）前公开，请提前安排。"


def _late(load: Load) -> str:
    parts = [f"{load.overdue}件已经超期"] if load.overdue else []
    parts += [f"{load.due_today}件今天到期"] if load.due_today else []
    return "、".join(parts)
