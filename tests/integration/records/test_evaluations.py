"""What is kept back is looked at again, each look is kept; refused secrets leave a number and days, nothing else."""

from datetime import date, timedelta

import pytest
from django.db import connection, models, transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.models import Reevaluation, SecretReevaluation, SecretRefusal
from gongkai.records.selectors import evaluations, worklist
from gongkai.records.selectors.case_file import NotFound
from gongkai.records.services import acting, keeping, secret_register
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def _days(number: int) -> date:
    return TODAY + timedelta(days=number)


class TestLooks:
    def test_each_look_is_kept_with_its_day(self, cast: Cast) -> None:
        record = records.kept(cast, reevaluate_on=_days(10))
        officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
        for day, opinion in ((_days(400), "仍属内部事务"), (_days(800), "情况没有变化")):
            keeping.reevaluate(record_id=record.pk, next_on=day, opinion=opinion, actor=officer, at=casting.later())
        keeping.reopen(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later(2))
        with scoping.narrow_to([cast.agency.pk]):
            looks = list(Reevaluation.objects.order_by("pk").values_list("due_on", "is_kept", "next_on", "opinion"))
        assert looks == [
            (_days(10), True, _days(400), "仍属内部事务"),
            (_days(400), True, _days(800), "情况没有变化"),
            (_days(800), False, None, ""),
        ]

    def test_a_look_cannot_be_rewritten(self, cast: Cast) -> None:
        record = records.kept(cast, reevaluate_on=_days(10))
        officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
        keeping.reevaluate(record_id=record.pk, next_on=_days(400), opinion="仍是", actor=officer, at=casting.later())
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE records_reevaluation SET opinion = 'x'")

    def test_the_list_counts_what_is_soon_and_what_is_over(self, cast: Cast) -> None:
        for days in (10, 40, 400):
            records.kept(cast, reevaluate_on=_days(days), document_number="")
        found = evaluations.standing(cast.chen.viewer, cast.agency.pk, today=_days(20))
        assert (found.total, found.soon, found.overdue) == (3, 1, 1)
        with scoping.narrow_to([cast.agency.pk]):
            overdue = evaluations.kept(cast.chen.viewer, cast.agency.pk, until=_days(19))
            assert [record.reevaluate_on for record in overdue] == [_days(10)]

    @pytest.mark.parametrize(("days", "words"), [(0, "到了评估时间"), (20, "过了评估日期")])
    def test_the_first_screen_says_whether_it_is_overdue(self, cast: Cast, days: int, words: str) -> None:
        records.kept(cast, reevaluate_on=_days(10))
        told = [item.sentence for item in worklist.work_waiting(cast.chen.viewer, today=_days(days))]
        assert any(words in sentence for sentence in told)


def _register(cast: Cast, *, decided_on: date = TODAY, reevaluate_on: date | None = None) -> SecretRefusal:
    actor = cast.chen.acting(Duty.KEEP_SECRET_REGISTER)
    due = reevaluate_on or _days(365)
    return secret_register.register(decided_on=decided_on, reevaluate_on=due, actor=actor, at=casting.later())


class TestTheSecretRegister:
    def test_draws_a_local_number_for_each_agency(self, cast: Cast) -> None:
        assert [_register(cast).number, _register(cast).number] == ["2026-0001", "2026-0002"]
        other = secret_register.register(
            decided_on=TODAY, reevaluate_on=_days(9), actor=cast.zhou.acting(Duty.KEEP_SECRET_REGISTER), at=AT
        )
        assert other.number == "2026-0001"
        event = AuditEvent.objects.latest("id")
        assert (event.action, event.detail) == ("secret.registered", {"number": "2026-0001", "next_on": f"{_days(9)}"})

    def test_has_no_field_for_a_word_of_the_document(self) -> None:
        for model in (SecretRefusal, SecretReevaluation):
            free = {
                field.name
                for field in model._meta.local_concrete_fields
                if isinstance(field, models.TextField | models.JSONField | models.FileField)
            }
            texts = {field.name for field in model._meta.local_concrete_fields if isinstance(field, models.CharField)}
            assert free == set()
            assert texts <= {"number", "ground", "registrar_name", "evaluator_name"}

    @pytest.mark.parametrize(("decided", "due", "words"), [(1, 365, "认定日期晚于今天"), (0, 0, "今天之后")])
    def test_days_that_cannot_be_are_refused(self, cast: Cast, decided: int, due: int, words: str) -> None:
        with pytest.raises(secret_register.CannotRegister, match=words):
            _register(cast, decided_on=_days(decided), reevaluate_on=_days(due))

    def test_still_a_secret(self, cast: Cast) -> None:
        refusal = _register(cast)
        actor = cast.chen.acting(Duty.KEEP_SECRET_REGISTER)
        secret_register.keep(refusal_id=refusal.pk, next_on=_days(700), actor=actor, at=casting.later())
        with scoping.narrow_to([cast.agency.pk]):
            assert SecretRefusal.objects.get().reevaluate_on == _days(700)
            look = SecretReevaluation.objects.get()
        assert (look.due_on, look.is_kept, look.next_on) == (_days(365), True, _days(700))
        with pytest.raises(secret_register.CannotEvaluate, match="今天之后"):
            secret_register.keep(refusal_id=refusal.pk, next_on=TODAY, actor=actor, at=casting.later())

    def test_declassified_once(self, cast: Cast) -> None:
        refusal = _register(cast)
        actor = cast.chen.acting(Duty.KEEP_SECRET_REGISTER)
        secret_register.declassify(refusal_id=refusal.pk, actor=actor, at=casting.later())
        assert not list(evaluations.work_waiting(cast.chen.viewer, today=_days(400)))
        with pytest.raises(secret_register.CannotEvaluate, match="已经解密"):
            secret_register.keep(refusal_id=refusal.pk, next_on=_days(700), actor=actor, at=casting.later())

    def test_another_agency_finds_nothing(self, cast: Cast) -> None:
        refusal = _register(cast)
        stranger = cast.zhou.acting(Duty.KEEP_SECRET_REGISTER)
        with pytest.raises(acting.NoSuchRecord):
            secret_register.declassify(refusal_id=refusal.pk, actor=stranger, at=casting.later())
        with pytest.raises(NotFound):
            evaluations.secret(cast.zhou.viewer, cast.agency.pk, refusal.pk)

    def test_what_is_due_waits_on_the_first_screen(self, cast: Cast) -> None:
        _register(cast)
        assert not list(evaluations.work_waiting(cast.chen.viewer, today=TODAY))
        (item,) = evaluations.work_waiting(cast.chen.viewer, today=_days(340))
        assert item.title == "登记号2026-0001"
        assert evaluations.work_counts(cast.chen.viewer, today=_days(366)) == (1, 1)
        assert not list(evaluations.work_waiting(cast.li.viewer, today=_days(366)))
