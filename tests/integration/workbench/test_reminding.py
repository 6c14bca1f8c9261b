"""In the morning everybody hears what waits; what nobody looks at climbs; an office gets its list before a break."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.models import PostHolding
from gongkai.accounts.services import standing_in
from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork import scoping
from gongkai.groundwork.notifications import inbox, outbox
from gongkai.groundwork.notifications.message import Channel
from gongkai.groundwork.notifications.models import Dispatch, Notice
from gongkai.workbench.services import reaching, reminding
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records
from tests.integration.notifications import receivers
from tests.integration.notifications.receivers import Receiver

pytestmark = pytest.mark.django_db

FRIDAY = AT.date()
LATE = date(2026, 10, 9)
"""A document of this day should have been public before `FRIDAY`."""


@pytest.fixture
def cast(settings: Settings) -> Iterator[Cast]:
    settings.EMAIL_HOST, settings.SMS_GATEWAY_URL = "mail.example", "https://sms.example/send"
    settings.NOTICE_HOSTS = ["sms.example", "127.0.0.1"]
    assembled = casting.assemble()
    for person in (assembled.li, assembled.wang, assembled.zhao, assembled.chen):
        person.user.email, person.user.phone = f"{person.user.pk}@example.gov.cn", f"1380000{person.user.pk:04}"
        person.user.save()
    with scoping.narrow_to([assembled.agency.pk]):
        yield assembled


def morning(days: int = 0) -> int:
    at = AT + timedelta(days=days)
    return reminding.remind(today=at.date(), at=at)


def told(person: Person) -> list[str]:
    return [notice.text for notice in inbox.notices(person.user.pk)]


def ways(subject: str) -> list[str]:
    return sorted(Dispatch.objects.filter(subject__startswith=subject).values_list("channel", flat=True))


class TestDigest:
    def test_a_reviewer_hears_of_what_waits_on_the_desk_and_by_mail(self, cast: Cast) -> None:
        records.submitted(cast, created_on=date(2026, 11, 19))
        morning()
        assert told(cast.wang) == ["您有1件待办事项。"]
        assert ways(f"today:{FRIDAY}:{cast.wang.user.pk}") == ["mail"]

    def test_what_is_late_also_goes_by_sms(self, cast: Cast) -> None:
        records.submitted(cast, created_on=LATE)
        morning()
        assert told(cast.wang) == ["您有1件待办事项，其中1件已经超期。"]
        assert ways(f"today:{FRIDAY}:{cast.wang.user.pk}") == ["mail", "sms"]

    def test_own_drafts_alone_are_told_on_the_desk_only(self, cast: Cast) -> None:
        records.draft(cast, created_on=None)
        morning()
        assert told(cast.li) == ["您有1件待办事项。"]
        assert ways(f"today:{FRIDAY}:{cast.li.user.pk}") == []

    def test_who_has_nothing_to_do_hears_nothing(self, cast: Cast) -> None:
        assert morning() == 0
        assert not Notice.objects.exists()

    def test_twice_a_morning_says_nothing_twice(self, cast: Cast) -> None:
        records.submitted(cast, created_on=LATE)
        morning()
        before = (Notice.objects.count(), Dispatch.objects.count())
        morning()
        assert (Notice.objects.count(), Dispatch.objects.count()) == before

    def test_on_a_day_off_nobody_is_disturbed(self, cast: Cast) -> None:
        records.submitted(cast, created_on=LATE)
        assert morning(days=1) == 0

    def test_another_office_hears_nothing_of_it(self, cast: Cast) -> None:
        records.submitted(cast, created_on=LATE)
        morning()
        assert told(cast.zhou) == []

    def test_what_leaves_the_house_names_no_person_and_no_document(self, cast: Cast) -> None:
        records.submitted(cast, title="绝不能出门的标题", created_on=LATE)
        morning()
        said = " ".join(Dispatch.objects.values_list("text", flat=True))
        assert Dispatch.objects.exists()
        assert not any(word in said for word in ("绝不能出门的标题", "李", "王", "赵", "陈"))


class TestClimbing:
    def test_the_substitute_hears_of_it_after_one_working_day(self, cast: Cast) -> None:
        _appoint(cast)
        records.submitted(cast, created_on=LATE)
        morning()
        assert told(cast.zhao) == []
        morning(days=3)
        assert told(cast.zhao) == ["您担任B角的同事有1件已经超期，提醒尚未查看，请协助办理。"]

    def test_leader_and_contacts_hear_of_it_after_two(self, cast: Cast) -> None:
        keeper = cast.chen.acting(Duty.KEEP_REMINDERS)
        reaching.keep_contacts(people=[reaching.Person(name="值班室", phone="057112345678")], actor=keeper, at=AT)
        records.submitted(cast, created_on=LATE)
        for days in (0, 3, 4):
            morning(days=days)
        assert any("请督促办理" in text for text in told(cast.zhao))
        assert ways(f"leader:{FRIDAY + timedelta(days=4)}") == ["mail", "sms", "sms"]

    def test_it_stops_climbing_once_the_person_looks(self, cast: Cast) -> None:
        _appoint(cast)
        records.submitted(cast, created_on=LATE)
        morning()
        inbox.mark_read(cast.wang.user.pk, at=AT)
        morning(days=3)
        assert told(cast.zhao) == []

    def test_what_is_not_pressing_never_climbs(self, cast: Cast) -> None:
        _appoint(cast)
        records.submitted(cast, created_on=date(2026, 11, 19))
        for days in (0, 3, 4, 5):
            morning(days=days)
        assert told(cast.zhao) == []

    def test_during_an_absence_the_substitute_hears_it_in_the_first_place(self, cast: Cast) -> None:
        _appoint(cast)
        days = standing_in.Days(first=FRIDAY, last=FRIDAY)
        standing_in.announce(person_id=cast.wang.user.pk, days=days, actor=SYSTEM, at=AT)
        records.submitted(cast, created_on=LATE)
        morning()
        assert (told(cast.wang), told(cast.zhao)) == ([], ["您有1件待办事项，其中1件已经超期。"])


class TestOffices:
    def test_a_group_hears_once_a_day_what_is_late(self, cast: Cast) -> None:
        with receivers.http() as receiver:
            _add_group(cast, receiver)
            records.submitted(cast, created_on=LATE)
            morning()
            morning()
            outbox.deliver_due(at=AT)
        texts = [body["text"]["content"] for _, _, body in receiver.posts]
        assert texts == ["甲局有1件政府信息公开事项今天到期或者已经超期，请登录工作台办理。"]

    def test_before_a_long_break_the_disclosure_office_gets_one_list(self, cast: Cast) -> None:
        eve = datetime(2026, 9, 30, 8, 30, tzinfo=AT.tzinfo)
        records.submitted(cast, at=eve, created_on=date(2026, 9, 8))  # due on 2026-10-10, a working Saturday
        records.submitted(cast, at=eve, created_on=date(2026, 9, 2))
        reminding.remind(today=eve.date(), at=eve)
        found = [text for text in told(cast.chen) if "放假" in text]
        assert found == ["明天起放假7天。甲局有1件信息须在10月8日（含）前公开，请提前安排。"]
        notice = Notice.objects.get(subject__startswith="break:")
        assert notice.path == "/desk/jia-ju/falling-due/?until=2026-10-08"

    def test_an_ordinary_week_end_brings_no_list(self, cast: Cast) -> None:
        records.submitted(cast, created_on=LATE)
        morning()
        assert not Notice.objects.filter(subject__startswith="break:").exists()


def _appoint(cast: Cast) -> None:
    """赵 stands in for 王."""
    holding = PostHolding.objects.get(user=cast.wang.user)
    standing_in.appoint(holding_id=holding.pk, person_id=cast.zhao.user.pk, valid_from=FRIDAY, actor=SYSTEM, at=AT)


def _add_group(cast: Cast, receiver: Receiver) -> None:
    group = reaching.Receiver(channel=Channel.WECOM, name="工作群", address=receiver.address)
    reaching.add_webhook(receiver=group, actor=cast.chen.acting(Duty.KEEP_REMINDERS), at=AT)
