"""What the screens for reminders show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.notifications.message import Channel
from gongkai.groundwork.notifications.models import Notice
from gongkai.groundwork.ui import paging
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.groundwork.ui.parts import Badge, Confirmation, FormPage, Tone
from gongkai.groundwork.worklist import Urgency, time_left, urgency_of
from gongkai.law import workdays
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record
from gongkai.workbench.domain import reminders
from gongkai.workbench.models import Webhook

_TONES = {Urgency.OVERDUE: Tone.BAD, Urgency.TODAY: Tone.WAITING}


@dataclass(frozen=True)
class NoticeLine:
    """One notice."""

    text: str
    url: str
    at: datetime
    is_new: bool
    is_pressing: bool


@dataclass(frozen=True)
class NoticeList:
    """The person's notices."""

    lines: tuple[NoticeLine, ...]
    page: KeysetPage[Notice]


@dataclass(frozen=True)
class WebhookLine:
    """One receiver, without its address."""

    name: str
    channel: str
    host: str
    added: str
    test_url: str
    remove_url: str


@dataclass(frozen=True)
class ReceiversPage:
    """Where the agency's reminders go, and by which ways this site sends at all."""

    webhooks: tuple[WebhookLine, ...]
    new_url: str
    ways: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class DueLine:
    """One record that is due."""

    title: str
    url: str
    state: str
    holder: str
    due_on: date
    left: Badge


@dataclass(frozen=True)
class DuePage:
    """What is due until a day, and why that day."""

    agency: str
    until: date
    reason: str
    lines: tuple[DueLine, ...]
    overdue: int


def notice_list(rows: QuerySet[Notice], *, query: QueryDict) -> NoticeList:
    page = paging.keyset_page(rows, order=("-created_at", "-id"), query=query)
    return NoticeList(
        lines=tuple(
            NoticeLine(each.text, each.path, each.created_at, each.read_at is None, each.is_pressing)
            for each in page.items
        ),
        page=page,
    )


def receivers_page(rows: Iterable[Webhook], seat: Seat) -> ReceiversPage:
    return ReceiversPage(
        webhooks=tuple(
            WebhookLine(
                name=each.name,
                channel=Channel(each.channel).label,
                host=each.host,
                added=f"{each.added_by_name}　{each.added_at:%Y-%m-%d}",
                test_url=_at(seat, "webhook_test", webhook_id=each.pk),
                remove_url=_at(seat, "webhook_remove", webhook_id=each.pk),
            )
            for each in rows
        ),
        new_url=_at(seat, "webhook_new"),
        ways=(
            ("工作台内提醒", True),
            ("电子邮件", bool(settings.EMAIL_HOST)),
            ("短信", bool(settings.SMS_GATEWAY_URL)),
        ),
    )


def due_page(seat: Seat, rows: Iterable[Record], *, until: date, today: date) -> DuePage:
    lines = tuple(_due_line(record, seat, today) for record in rows)
    return DuePage(
        agency=seat.agency_name,
        until=until,
        reason=_reason(until, today),
        lines=lines,
        overdue=sum(line.due_on < today for line in lines),
    )


def day_to_look_to(today: date) -> date:
    """The first working day after a long break that begins tomorrow, or the fifth working day from now."""
    calendar = workdays.calendar()
    pause = reminders.break_after(today, calendar)
    return pause.back_on if pause else calendar.add_workdays(today, 5).day


def adding(seat: Seat) -> FormPage:
    return FormPage(
        title="添加接收地址",
        verb="添加",
        back_url=_at(seat, "reminders"),
        sentence="提醒只写单位和件数，不写人名和文件名称。",
    )


def removing(webhook: Webhook, seat: Seat) -> Confirmation:
    return Confirmation(
        title="移除接收地址",
        sentence=f"不再向“{webhook.name}”发送提醒？",
        verb="移除",
        back_url=_at(seat, "reminders"),
    )


def _due_line(record: Record, seat: Seat, today: date) -> DueLine:
    assert record.due_on is not None  # the selector asks for it
    urgency = urgency_of(record.due_on, today=today)
    return DueLine(
        title=record.title,
        url=reverse("records:case", kwargs={"agency_code": seat.agency_code, "record_id": record.pk}),
        state=State(record.state).label,
        holder=Post(record.stage_post).label if record.stage_post else record.drafter_name,
        due_on=record.due_on,
        left=Badge(label=time_left(record.due_on, today=today), tone=_TONES.get(urgency, Tone.NEUTRAL)),
    )


def _reason(until: date, today: date) -> str:
    pause = reminders.break_after(today, workdays.calendar())
    if pause and pause.back_on == until:
        return f"明天起放假{pause.days}天，{until.month}月{until.day}日上班。假期中到期的，应在假期前公开。"
    return ""


def _at(seat: Seat, name: str, **arguments: object) -> str:
    return reverse(f"workbench:{name}", kwargs={"agency_code": seat.agency_code, **arguments})
