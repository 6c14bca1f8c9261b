"""The morning's reminders: to each what waits for them, further up what nobody looked at, lists before a break."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from gongkai.accounts import selectors as accounts
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import Absence, Substitute, User
from gongkai.accounts.viewer import viewer_of
from gongkai.agencies.models import Agency
from gongkai.groundwork.notifications import outbox
from gongkai.groundwork.notifications.message import Message
from gongkai.groundwork.notifications.models import Notice
from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind
from gongkai.law import workdays
from gongkai.records.selectors import falling_due
from gongkai.workbench import waiting
from gongkai.workbench.domain import reminders
from gongkai.workbench.domain.reminders import Break, Level, Load
from gongkai.workbench.services import recipients

DIGEST = "today:"
_LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Morning:
    """The day, the moment, and how many pressing reminders of earlier days each person has not looked at."""

    today: date
    at: datetime
    unread: dict[int, int]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One thing that is told: on the desk as a notice, outside as a message."""

    subject: str
    text: str
    path: str
    is_pressing: bool = True

    def notice_for(self, person: User, *, at: datetime) -> Notice:
        return Notice(
            person_id=person.pk,
            subject=self.subject,
            text=self.text,
            path=self.path,
            is_pressing=self.is_pressing,
            created_at=at,
        )

    def message(self, *, about: int | None = None) -> Message:
        """``about`` tells messages of one subject apart."""
        subject = self.subject if about is None else f"{self.subject}:{about}"
        url = f"{settings.PUBLIC_BASE_URL}{self.path}" if settings.PUBLIC_BASE_URL else ""
        return Message(subject=subject, text=self.text, url=url)


def remind(*, today: date, at: datetime) -> int:
    """Reminds everybody for whom something waits, on working days only; returns how many people that were.

    Run again on the same day it says nothing twice.
    """
    if not workdays.calendar().is_workday(today):
        return 0
    morning = Morning(today, at, _unread(today, at))
    reminded = [person for person in _people(today) if _remind(person, morning)]
    _remind_offices(morning)
    return len(reminded)


def _people(today: date) -> Iterable[User]:
    """Those in casework posts who are not away; a substitute holds a post of their own."""
    held = accounts.valid_holdings(on=today).filter(post__in=CASEWORK)
    away = Absence.objects.filter(first_day__lte=today, last_day__gte=today, cancelled_at__isnull=True)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.exclude(pk__in=away.values("user")).order_by("pk").iterator()


def _remind(person: User, morning: Morning) -> bool:
    load = _load(waiting.items(viewer_of(person, on=morning.today), today=morning.today))
    if load.total == 0:
        return False
    digest = Telling(
        subject=f"{DIGEST}{morning.today}",
        text=reminders.digest(load),
        path=reverse("workbench:today"),
        is_pressing=load.is_pressing,
    )
    targets = recipients.by_mail(person) if load.waited_for else []
    targets += recipients.by_phone(person) if load.is_pressing else []
    with transaction.atomic():
        outbox.tell([digest.notice_for(person, at=morning.at)])
        outbox.send(digest.message(about=person.pk), targets, at=morning.at)
        if load.is_pressing:
            _climb(person, load, morning)
    return True


def _climb(person: User, load: Load, morning: Morning) -> None:
    """Who has not looked for long: first the substitutes hear of it, then leaders and contacts."""
    level = reminders.level_of(morning.unread.get(person.pk, 0), step=settings.REMINDER_ESCALATION_WORKDAYS)
    if level >= Level.SUBSTITUTE:
        _tell_substitutes(person, load, morning)
    if level >= Level.LEADER:
        _tell_above(person, load, morning)


def _tell_substitutes(person: User, load: Load, morning: Morning) -> None:
    rows = Substitute.objects.filter(holding__in=accounts.valid_holdings(on=morning.today), holding__user=person)
    standing = list(User.objects.filter(pk__in=rows.values("person"), is_active=True).order_by("pk"))
    telling = Telling(
        subject=f"substitute:{morning.today}:{person.pk}",
        text=reminders.for_substitute(load),
        path=reverse("workbench:today"),
    )
    _tell(telling, standing, morning)


def _tell_above(person: User, load: Load, morning: Morning) -> None:
    """Once for each office and day, whoever of its people does not look."""
    places = accounts.valid_holdings(on=morning.today).filter(user=person, post__in=CASEWORK).values("agency")
    for agency in Agency.objects.filter(pk__in=places).order_by("pk"):
        telling = Telling(
            subject=f"leader:{morning.today}:{agency.pk}",
            text=reminders.for_leader(agency.name, load.overdue + load.due_today),
            path=reverse("workbench:today"),
        )
        leaders = [each for each in recipients.holders(agency, Post.LEADER, on=morning.today) if each.pk != person.pk]
        _tell(telling, leaders, morning)
        outbox.send(telling.message(), recipients.contacts(agency), at=morning.at)


def _tell(telling: Telling, people: list[User], morning: Morning) -> None:
    outbox.tell(telling.notice_for(person, at=morning.at) for person in people)
    outbox.send(telling.message(), [*recipients.by_mail(*people), *recipients.by_phone(*people)], at=morning.at)


def _remind_offices(morning: Morning) -> None:
    """Groups hear what is late; before a long break the disclosure office gets its list."""
    pause = reminders.break_after(morning.today, workdays.calendar())
    late = falling_due.counts_by_agency(until=morning.today)
    before = falling_due.counts_by_agency(until=pause.back_on) if pause else {}
    for agency in Agency.objects.filter(pk__in={*late, *before}).order_by("pk"):
        with transaction.atomic():
            if how_many := late.get(agency.pk):
                _tell_groups(agency, how_many, morning)
            if pause and agency.pk in before:
                _send_list(agency, pause, before[agency.pk], morning)


def _tell_groups(agency: Agency, how_many: int, morning: Morning) -> None:
    telling = Telling(
        subject=f"group:{morning.today}:{agency.pk}",
        text=reminders.for_group(agency.name, how_many),
        path=reverse("workbench:today"),
    )
    outbox.send(telling.message(), recipients.webhooks(agency), at=morning.at)


def _send_list(agency: Agency, pause: Break, how_many: int, morning: Morning) -> None:
    telling = Telling(
        subject=f"break:{pause.back_on}:{agency.pk}",
        text=reminders.before_break(agency.name, pause, how_many),
        path=f"{reverse('workbench:falling_due', args=[agency.code])}?until={pause.back_on}",
        is_pressing=False,
    )
    _tell(telling, recipients.holders(agency, Post.DISCLOSURE_OFFICER, on=morning.today), morning)
    outbox.send(telling.message(), [*recipients.contacts(agency), *recipients.webhooks(agency)], at=morning.at)


def _load(items: list[WorkItem]) -> Load:
    urgencies = [item.urgency for item in items]
    return Load(
        total=len(items),
        waited_for=sum(item.kind is not WorkKind.DRAFT for item in items),
        overdue=urgencies.count(Urgency.OVERDUE),
        due_today=urgencies.count(Urgency.TODAY),
    )


def _unread(today: date, at: datetime) -> dict[int, int]:
    rows = Notice.objects.filter(subject__startswith=DIGEST, is_pressing=True, read_at__isnull=True)
    rows = rows.exclude(subject=f"{DIGEST}{today}").filter(created_at__gte=at - _LOOK_BACK)
    return dict(rows.order_by().values_list("person_id").annotate(how_many=Count("id")))
