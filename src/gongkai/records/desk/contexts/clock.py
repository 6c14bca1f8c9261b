"""The publication deadline as the clock panel: the day, its derivation, where today stands."""

from datetime import date

from django.utils import timezone

from gongkai.groundwork.ui.parts import Badge, ClockPanel, Tone
from gongkai.groundwork.worklist import Urgency, time_left, urgency_of
from gongkai.law.periods import Deadline
from gongkai.records.domain import deadlines
from gongkai.records.domain.attributes import Attribute
from gongkai.records.models import Record

_PROVISIONAL = "计算涉及的年份，放假安排还没有公布，先按周一至周五计算，公布后自动重算。"
_BADGES = {
    Urgency.OVERDUE: Badge(label="已超期", tone=Tone.BAD),
    Urgency.TODAY: Badge(label="今天到期", tone=Tone.BAD),
    Urgency.SOON: Badge(label="将到期", tone=Tone.WAITING),
    Urgency.LATER: Badge(label="正常", tone=Tone.ACTIVE),
}


def panel(record: Record, *, today: date) -> ClockPanel | None:
    """None where nothing has to be published in time."""
    if record.attribute != Attribute.PROACTIVE or record.created_on is None:
        return None
    deadline = deadlines.publication_from(record.created_on, record.column_code)
    if deadline is None or deadline.due_on is None:
        return None
    published_on = timezone.localdate(record.published_at) if record.published_at else None
    return ClockPanel(
        title="公开期限",
        state=_state(deadline, published_on, today=today),
        start_label="成文",
        start_on=record.created_on,
        due_on=deadline.due_on,
        days_text=_days(deadline, published_on, today=today),
        share=_share(record.created_on, deadline.due_on, published_on or today),
        steps=(deadline.sentence,),
        note=_PROVISIONAL if deadline.provisional else "",
    )


def _state(deadline: Deadline, published_on: date | None, *, today: date) -> Badge:
    if published_on is not None:
        met = deadline.is_met_by(published_on)
        return Badge(label="按期公开" if met else "逾期公开", tone=Tone.GOOD if met else Tone.BAD)
    return _BADGES[urgency_of(deadline.due_on, today=today)]


def _days(deadline: Deadline, published_on: date | None, *, today: date) -> str:
    if published_on is not None:
        return f"{published_on.year}年{published_on.month}月{published_on.day}日公开"
    return time_left(deadline.due_on, today=today) if deadline.due_on else ""


def _share(start: date, due: date, now: date) -> int:
    length = max((due - start).days, 1)
    return min(max((now - start).days * 100 // length, 0), 100)
