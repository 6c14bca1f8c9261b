"""What the first screen shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui.filters import FilterGroup
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind, time_left
from gongkai.workbench import waiting

_TONES = {
    Urgency.OVERDUE: Tone.BAD,
    Urgency.TODAY: Tone.WAITING,
    Urgency.SOON: Tone.WAITING,
    Urgency.LATER: Tone.NEUTRAL,
}
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """One line: a sentence with agency, title and person, and how much time is left (None: no deadline)."""

    sentence: str
    title: str
    url: str
    agency: str
    who: str
    since: datetime
    left: Badge | None


@dataclass(frozen=True)
class WorkGroup:
    """Lines under one heading; ``anchor`` is where the menu jumps to."""

    label: str
    anchor: str
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True)
class DutyLink:
    """Where an administrator does the work of the post."""

    label: str
    note: str
    url: str


@dataclass(frozen=True)
class TodayPage:
    """The whole screen."""

    day: str
    summary: str
    standing_in: tuple[str, ...]
    agencies: tuple[FilterGroup, ...]
    groups: tuple[WorkGroup, ...]
    duties: tuple[DutyLink, ...]
    has_casework: bool
    new_record_url: str
    counts: waiting.Counts


def today_page(viewer: Viewer, *, query: QueryDict, now: datetime) -> TodayPage:
    """Gathers what waits and puts it under three headings."""
    today = timezone.localdate(now)
    everything = waiting.items(viewer, today=today)
    chosen = query.get("agency", "")
    shown = [item for item in everything if chosen in ("", item.agency_name)]
    return TodayPage(
        day=f"{today.year}年{today.month}月{today.day}日　星期{_WEEKDAYS[today.weekday()]}",
        summary=_summary(shown),
        standing_in=_standing_in(viewer),
        agencies=_agency_filter(viewer, everything, query),
        groups=_groups(shown, today),
        duties=_duty_links(viewer),
        has_casework=bool(viewer.agencies_where(Duty.SEE_RECORDS)),
        new_record_url=_new_record_url(viewer),
        counts=waiting.count(everything),
    )


def _standing_in(viewer: Viewer) -> tuple[str, ...]:
    """For whom the person acts as deputy today, a sentence for each post."""
    return tuple(
        f"{absent.name}外出，您代行{seat.agency_name}{absent.post.label}职责。"
        for seat in viewer.seats.values()
        for absent in seat.stands_in
    )


def _groups(items: Iterable[WorkItem], today: date) -> tuple[WorkGroup, ...]:
    pressing = {Urgency.OVERDUE, Urgency.TODAY, Urgency.SOON}
    listed = list(items)
    parts = [
        ("到期与临期", "pressing", [item for item in listed if item.urgency in pressing]),
        *(
            (kind.label, kind.value, [item for item in listed if item.kind is kind and item.urgency not in pressing])
            for kind in WorkKind
        ),
    ]
    return tuple(
        WorkGroup(label, anchor, tuple(_line(item, today) for item in part)) for label, anchor, part in parts if part
    )


def _line(item: WorkItem, today: date) -> WorkLine:
    return WorkLine(
        sentence=item.sentence,
        title=item.title,
        url=item.url,
        agency=item.agency_name,
        who=item.who,
        since=item.since,
        left=_left(item, today),
    )


def _left(item: WorkItem, today: date) -> Badge | None:
    if item.due_on is None:
        return None
    return Badge(label=time_left(item.due_on, today=today), tone=_TONES[item.urgency])


def _new_record_url(viewer: Viewer) -> str:
    seat = next((seat for seat in viewer.seats.values() if seat.may(Duty.DRAFT_RECORDS) and not seat.has_ended), None)
    return reverse("records:new", kwargs={"agency_code": seat.agency_code}) if seat else ""


def _summary(items: list[WorkItem]) -> str:
    if not items:
        return ""
    late = sum(item.urgency is Urgency.OVERDUE for item in items)
    return f"共{len(items)}件" + (f"，其中{late}件已经超期" if late else "")


def _agency_filter(viewer: Viewer, items: list[WorkItem], query: QueryDict) -> tuple[FilterGroup, ...]:
    if len(viewer.seats) < 2 or not items:
        return ()
    names = [seat.agency_name for seat in viewer.seats.values()]
    counts = {name: sum(item.agency_name == name for item in items) for name in names}
    options = [(name, name) for name in names if counts[name]]
    return (filters.choice_filter(query, param="agency", label="单位", options=options, counts=counts),)


_DUTIES: tuple[tuple[Duty, str, str, str], ...] = (
    (Duty.MANAGE_ACCOUNTS, "人员", "为新同事开设账号，停用离岗人员的账号。", "accounts:people"),
    (Duty.GRANT_POSTS, "岗位", "设置和终止岗位，解除账号锁定。", "accounts:people"),
    (Duty.MANAGE_AGENCIES, "机构", "新建、更名、合并机构，维护各类代码。", "system:agencies"),
    (Duty.READ_AUDIT, "审计记录", "查阅谁在何时做了什么，校验记录是否完整。", "system:audit"),
    (Duty.SEE_STATUS, "运行状况", "数据库、后台程序、检索索引、磁盘是否正常。", "system:status"),
    (Duty.TEST_MAIL, "邮件设置", "查看邮件设置，发送测试邮件。", "system:mail"),
)


def _duty_links(viewer: Viewer) -> tuple[DutyLink, ...]:
    return tuple(
        DutyLink(label, note, reverse(name)) for duty, label, note, name in _DUTIES if viewer.agencies_where(duty)
    )
