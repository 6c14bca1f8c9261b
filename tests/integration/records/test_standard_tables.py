"""Standard tables: brought in, cleared, approved by a third, shown; matters linked to columns; what is published."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.law.findings import Finding, Severity, Status
from gongkai.published.models import Entry, ReleasedTable
from gongkai.records.models import MatterLink, StandardMatter
from gongkai.records.selectors import standard_tables as selector
from gongkai.records.services import acting, standard_tables
from gongkai.records.services.standard_tables import CannotBringTable, CannotDecideTable, CannotLinkMatter
from tests.cast import AT, Cast
from tests.factories import records, standards

pytestmark = pytest.mark.django_db
CHARGES = "art20_08_charges"
KEY = standards.MATTERS[2].key


def _link(cast: Cast, table_id: int, **columns: str) -> None:
    actor = cast.chen.acting(Duty.KEEP_CATALOGUE)
    standard_tables.link(table_id=table_id, columns={KEY: CHARGES} | columns, actor=actor, at=AT)


class TestBring:
    def test_versions_count_up_within_a_field(self, cast: Cast) -> None:
        first, second = standards.brought(cast), standards.brought(cast, standards.matter())
        other = standards.brought(cast, field="employment")
        assert (first.version, second.version, other.version) == (1, 2, 1)
        assert (first.state, first.matter_count) == ("ready", 3)
        assert AuditEvent.objects.filter(action="standard_table.brought").count() == 3

    def test_errors_leave_it_faulty(self, cast: Cast) -> None:
        wrong = Finding(code="x", severity=Severity.ERROR, status=Status.FAIL, message="没有填写公开内容。")
        table = standards.brought(cast, findings=(wrong,))
        assert table.state == "faulty"
        actor = standards.reviewer(cast).acting(Duty.CLEAR_SECRECY)
        with pytest.raises(CannotDecideTable):
            standard_tables.clear(table_id=table.pk, digest=table.digest, actor=actor, at=AT)

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"field": "nonsense"}, "领域"),
            ({"title": " "}, "名称"),
            ({"title": "秘密★目录"}, "国家秘密标志"),
            ({"matters": ()}, "公开事项"),
        ],
    )
    def test_what_is_refused_says_why(self, cast: Cast, values: dict[str, object], reason: str) -> None:
        with pytest.raises(CannotBringTable, match=reason):
            standards.brought(cast, **values)

    def test_the_version_in_force_is_not_brought_again(self, cast: Cast) -> None:
        standards.in_force(cast)
        with pytest.raises(CannotBringTable, match="完全相同"):
            standards.brought(cast)

    def test_matters_are_never_changed(self, cast: Cast) -> None:
        standards.brought(cast)
        with scoping.narrow_to([cast.agency.pk]), pytest.raises(DatabaseError), transaction.atomic():
            StandardMatter.objects.update(content="别的")


class TestDecide:
    def test_three_people_bring_a_table_before_the_public(self, cast: Cast) -> None:
        table = standards.in_force(cast)
        shown = ReleasedTable.objects.get(agency=cast.agency, is_current=True)
        assert (table.state, shown.version, shown.approval) == (
            "in_force",
            1,
            "市政务公开领导小组，某政公开〔2026〕2号",
        )
        assert shown.matters[0]["content"] == "文件名称、文号、内容"
        assert shown.matters[0]["channels"] == "政府网站"

    def test_a_new_version_takes_the_place_of_the_last(self, cast: Cast) -> None:
        old = standards.in_force(cast)
        standards.in_force(cast, standards.matter())
        with scoping.narrow_to([cast.agency.pk]):
            old.refresh_from_db()
        assert old.state == "superseded"
        assert ReleasedTable.objects.get(is_current=True).version == 2
        assert ReleasedTable.objects.count() == 2

    def test_nobody_decides_twice_or_on_an_own_table(self, cast: Cast) -> None:
        table = standards.brought(cast)
        actor = cast.chen.acting(Duty.CLEAR_SECRECY)
        with pytest.raises(CannotDecideTable, match="其他同志"):
            standard_tables.clear(table_id=table.pk, digest=table.digest, actor=actor, at=AT)
        reviewer = standards.reviewer(cast)
        standard_tables.clear(table_id=table.pk, digest=table.digest, actor=reviewer.acting(Duty.CLEAR_SECRECY), at=AT)
        with pytest.raises(CannotDecideTable, match="两名不同"):
            standard_tables.approve(
                table_id=table.pk,
                approval=standards.approval(table),
                actor=reviewer.as_post(Post.LEADER),
                at=AT,
            )

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"digest": "0" * 64}, "刷新页面"),
            ({"approved_by": " "}, "批准的机关"),
            ({"approved_by": "机密★会议"}, "国家秘密标志"),
            ({"approved_on": AT.date() + timedelta(days=1)}, "晚于今天"),
        ],
    )
    def test_an_approval_names_body_day_and_content(self, cast: Cast, values: dict[str, object], reason: str) -> None:
        table = standards.cleared(cast)
        with pytest.raises(CannotDecideTable, match=reason):
            standard_tables.approve(
                table_id=table.pk,
                approval=standards.approval(table, **values),
                actor=cast.zhao.acting(Duty.SIGN_RECORDS),
                at=AT,
            )
        assert not ReleasedTable.objects.exists()

    def test_a_version_in_force_cannot_be_given_up(self, cast: Cast) -> None:
        actor = cast.chen.acting(Duty.KEEP_CATALOGUE)
        waiting = standards.brought(cast)
        assert standard_tables.discard(table_id=waiting.pk, actor=actor, at=AT).state == "discarded"
        table = standards.in_force(cast)
        with pytest.raises(CannotDecideTable):
            standard_tables.discard(table_id=table.pk, actor=actor, at=AT)

    def test_another_agency_finds_no_such_table(self, cast: Cast) -> None:
        table = standards.brought(cast)
        actor = cast.zhou.acting(Duty.KEEP_CATALOGUE)
        with pytest.raises(acting.NoSuchRecord):
            standard_tables.discard(table_id=table.pk, actor=actor, at=AT)
        with pytest.raises(acting.NoSuchRecord):
            standard_tables.link(table_id=table.pk, columns={}, actor=actor, at=AT)


class TestLinks:
    def test_a_link_reaches_the_public_and_stays_for_the_next_version(self, cast: Cast) -> None:
        table = standards.in_force(cast)
        _link(cast, table.pk)
        assert ReleasedTable.objects.get(is_current=True).columns == {KEY: CHARGES}
        standards.in_force(cast, *standards.MATTERS[1:])
        assert ReleasedTable.objects.get(is_current=True).columns == {KEY: CHARGES}
        _link(cast, table.pk, **{KEY: ""})
        assert ReleasedTable.objects.get(is_current=True).columns == {}

    def test_only_matters_and_columns_that_are_there_are_linked(self, cast: Cast) -> None:
        table = standards.in_force(cast)
        with pytest.raises(CannotLinkMatter, match="没有这个事项"):
            _link(cast, table.pk, **{"0" * 32: CHARGES})
        with pytest.raises(CannotLinkMatter, match="栏目"):
            _link(cast, table.pk, **{KEY: "nowhere"})
        with scoping.narrow_to([cast.agency.pk]):
            assert not MatterLink.objects.exists()

    def test_a_matter_gets_a_column_of_its_own(self, cast: Cast) -> None:
        table = standards.in_force(cast)
        code = standard_tables.open_column(
            table_id=table.pk,
            key=KEY,
            parent_code="art20_11_livelihood",
            actor=cast.chen.acting(Duty.KEEP_CATALOGUE),
            at=AT,
        )
        assert ReleasedTable.objects.get(is_current=True).columns == {KEY: code}


class TestStandings:
    def _standing(self, cast: Cast, table_id: int) -> selector.MatterStanding:
        found = selector.table_file(cast.chen.viewer, cast.agency.pk, table_id)
        with scoping.narrow_to([cast.agency.pk]):
            standings = selector.standings(found, today=AT.date())
        return next(standing for standing in standings if standing.matter.key == KEY)

    def test_a_matter_is_unlinked_then_empty_then_published_then_late(self, cast: Cast) -> None:
        table = standards.in_force(cast)
        assert self._standing(cast, table.pk).column_code == ""
        _link(cast, table.pk)
        assert (self._standing(cast, table.pk).how_many, self._standing(cast, table.pk).wants_work) == (0, True)
        record = records.published(cast, column_code=CHARGES)
        standing = self._standing(cast, table.pk)
        assert (standing.how_many, standing.late, standing.wants_work) == (1, 0, False)
        Entry.objects.filter(pk=record.entry_id).update(created_on=date(2026, 9, 1))
        assert self._standing(cast, table.pk).late == 1

    def test_matters_on_request_are_not_asked_for(self, cast: Cast) -> None:
        table = standards.in_force(cast, standards.matter(mode=("on_request",)))
        found = selector.table_file(cast.chen.viewer, cast.agency.pk, table.pk)
        assert selector.standings(found, today=AT.date()) == []

    def test_the_viewer_of_another_agency_sees_nothing(self, cast: Cast) -> None:
        table = standards.in_force(cast)
        with pytest.raises(selector.NotFound):
            selector.table_file(cast.zhou.viewer, cast.agency.pk, table.pk)
        with pytest.raises(selector.NotFound):
            selector.table_file(cast.zhou.viewer, cast.other_agency.pk, table.pk)
