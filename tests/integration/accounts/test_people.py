"""Accounts opened, corrected, closed; passwords chosen and reset."""

import pytest
from django.utils import timezone

from gongkai.accounts.domain import passwords as rules
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import DeskSession, User
from gongkai.accounts.services import passwords, people
from gongkai.accounts.services.people import PersonDetails
from gongkai.accounts.viewer import SYSTEM, as_oneself
from gongkai.groundwork.audit.models import AuditEvent
from tests.integration.accounts.building import NOW, PASSWORD, city, holder, person

pytestmark = pytest.mark.django_db


def open_session(user: User, key: str) -> None:
    now = timezone.now()
    DeskSession.objects.create(user=user, session_key=key, opened_at=now, seen_at=now)


class TestAccounts:
    def test_a_new_person_has_no_post_and_must_change_the_initial_password(self) -> None:
        made = people.create(details=PersonDetails(username="liming", name="李明"), actor=SYSTEM, at=NOW)
        assert made.user.check_password(made.password)
        assert made.user.must_change_password
        assert not made.user.holdings.exists()
        assert rules.complaints(made.password, username="liming", name="李明", min_length=10) == []

    @pytest.mark.parametrize(
        ("username", "name", "field"), [("", "李", "username"), ("李明", "李", "username"), ("liming", " ", "name")]
    )
    def test_incomplete_details_are_refused_at_their_field(self, username: str, name: str, field: str) -> None:
        with pytest.raises(people.CannotKeepPerson) as refused:
            people.create(details=PersonDetails(username=username, name=name), actor=SYSTEM, at=NOW)
        assert list(refused.value.reasons) == [field]
        assert not User.objects.exists()

    def test_two_names_that_differ_by_case_only_are_refused(self) -> None:
        person("liming")
        with pytest.raises(people.CannotKeepPerson, match="已被使用"):
            people.create(details=PersonDetails(username="LiMing", name="李"), actor=SYSTEM, at=NOW)

    def test_the_trail_names_changed_fields_but_no_telephone_number(self) -> None:
        user = person()
        wish = PersonDetails(username="liming", name="liming", phone="13800000000")
        people.change(person_id=user.pk, details=wish, actor=SYSTEM, at=NOW)
        assert AuditEvent.objects.get(action="person.change").detail == {"fields": ["phone"]}

    def test_closing_ends_every_session_and_nobody_closes_themselves(self) -> None:
        user = person()
        open_session(user, "a")
        with pytest.raises(people.CannotClosePerson):
            people.close(person_id=user.pk, actor=as_oneself(user), at=NOW)
        people.close(person_id=user.pk, actor=SYSTEM, at=NOW)
        user.refresh_from_db()
        assert (user.is_active, user.desk_sessions.count()) == (False, 0)
        people.reopen(person_id=user.pk, actor=SYSTEM, at=NOW)
        user.refresh_from_db()
        assert user.is_active

    def test_a_look_at_personal_data_is_written_down(self) -> None:
        user = person()
        people.looked_at(person_id=user.pk, actor=SYSTEM, at=NOW)
        assert AuditEvent.objects.filter(action="person.look", subject_id=str(user.pk)).count() == 1

    def test_a_demo_account_has_a_known_password(self) -> None:
        details = PersonDetails(username="li", name="李")
        user = people.create_for_demo(details=details, password="Qinglan-2026-demo", actor=SYSTEM, at=NOW)
        assert user.is_demo
        assert user.check_password("Qinglan-2026-demo")
        assert not user.must_change_password


class TestOwnPassword:
    def test_a_new_password_ends_the_other_sessions(self) -> None:
        user = person()
        open_session(user, "here")
        open_session(user, "there")
        passwords.change_own(user=user, old=PASSWORD, new="Another-4-you", keep_session="here", at=NOW)
        assert user.check_password("Another-4-you")
        assert [session.session_key for session in user.desk_sessions.all()] == ["here"]

    @pytest.mark.parametrize(("old", "new"), [("wrong", "Another-4-you"), (PASSWORD, "short"), (PASSWORD, PASSWORD)])
    def test_a_wrong_old_or_unfit_new_password_changes_nothing(self, old: str, new: str) -> None:
        user = person()
        with pytest.raises(passwords.CannotChangePassword):
            passwords.change_own(user=user, old=old, new=new, keep_session="", at=NOW)
        user.refresh_from_db()
        assert user.check_password(PASSWORD)


class TestReset:
    def test_a_reset_gives_an_initial_password_and_ends_sessions(self) -> None:
        user = person()
        open_session(user, "a")
        password = passwords.reset(person_id=user.pk, actor=SYSTEM, at=NOW)
        user.refresh_from_db()
        assert user.check_password(password)
        assert user.must_change_password
        assert not user.desk_sessions.exists()

    def test_no_administrator_becomes_another_by_a_reset(self) -> None:
        agency = city()
        system = holder("system", Post.SYSTEM_ADMIN, agency)
        audit = holder("audit", Post.AUDIT_ADMIN, agency)
        with pytest.raises(passwords.CannotResetPassword):
            passwords.reset(person_id=audit.pk, actor=as_oneself(system), at=NOW)
        assert passwords.reset(person_id=audit.pk, actor=SYSTEM, at=NOW)
