"""One act carries a merger through all rooms: posts, columns, open work; what is public stays and is looked after."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.accounts import viewer as viewers
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import PostHolding, Substitute
from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.services import keeping
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.models import CatalogueNode, Entry
from gongkai.records.models import AgencyColumn, Attachment, Decision, Record
from gongkai.records.services import attachments, catalogue, drafting, publishing
from gongkai.workbench.models import Merger
from gongkai.workbench.services import merging
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db

ON = AT.date()
YESTERDAY = ON - timedelta(days=1)


@pytest.fixture
def cast() -> Iterator[Cast]:
    """甲局, which will go into 乙局."""
    assembled = casting.assemble()
    with scoping.narrow_to([assembled.agency.pk, assembled.other_agency.pk]):
        catalogue.ensure_shown(assembled.agency.pk, actor=SYSTEM, at=AT)
        catalogue.ensure_shown(assembled.other_agency.pk, actor=SYSTEM, at=AT)
        yield assembled


def merge(cast: Cast, *, on: date = ON, today: date = ON, at: datetime | None = None) -> list[Merger]:
    keeping.merge(agency_id=cast.agency.pk, into_id=cast.other_agency.pk, on=on, actor=SYSTEM, at=at or casting.later())
    return merging.carry_out_due(today=today, at=at or casting.later())


def at_successor(cast: Cast) -> list[Record]:
    return list(Record.objects.filter(agency=cast.other_agency).order_by("id"))


class TestOpenWork:
    def test_what_was_never_public_begins_anew_at_the_successor(self, cast: Cast) -> None:
        for state in ("draft", "in_review", "returned", "signed"):
            records.IN_STATE[state](cast, title=f"关于{state}的通知")
        merge(cast)
        found = at_successor(cast)
        assert [(record.title, record.state) for record in found] == [
            (f"关于{state}的通知", "draft") for state in ("draft", "in_review", "returned", "signed")
        ]

    def test_the_old_record_is_closed_with_its_decisions(self, cast: Cast) -> None:
        record = records.signed(cast)
        merge(cast)
        assert Record.objects.get(pk=record.pk).state == "moved"
        assert Decision.objects.filter(record=record).count() == 2

    def test_both_say_where_it_went_and_came_from(self, cast: Cast) -> None:
        record = records.draft(cast)
        merge(cast)
        went = AuditEvent.objects.get(action="record.move", subject_id=str(record.pk))
        came = AuditEvent.objects.get(action="record.receive")
        assert (went.detail["to"], came.detail) == ("乙局", {"from": "甲局", "record": record.pk})

    def test_content_deadline_and_files_come_along(self, cast: Cast) -> None:
        record = records.draft(cast)
        upload = attachments.Upload(stream=SimpleUploadedFile("附件.txt", "内容".encode()), file_name="附件.txt")
        attachments.attach(record_id=record.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        merge(cast)
        (fresh,) = at_successor(cast)
        assert drafting.content_of(fresh) == drafting.content_of(record)
        assert fresh.due_on == record.due_on
        assert Attachment.objects.get(record=fresh).title == "附件"

    def test_public_kept_and_withdrawn_records_stay(self, cast: Cast) -> None:
        made = {state: records.IN_STATE[state](cast) for state in ("published", "correcting", "withdrawn", "kept")}
        merge(cast)
        assert at_successor(cast) == []
        assert {Record.objects.get(pk=record.pk).state for record in made.values()} == set(made)

    def test_more_than_one_block_goes_over(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongkai.records.services.moving.BLOCK", 2)
        for number in range(5):
            records.draft(cast, title=f"第{number}件")
        (merger,) = merge(cast)
        assert (len(at_successor(cast)), merger.counts["records"]) == (5, 5)

    def test_a_second_run_moves_nothing_twice(self, cast: Cast) -> None:
        records.draft(cast)
        merge(cast)
        Merger.objects.update(carried_out_at=None)  # as after a kill before the last line
        merging.carry_out_due(today=ON, at=casting.later())
        assert len(at_successor(cast)) == 1


class TestColumns:
    def test_own_columns_come_along_with_the_drafts_in_them(self, cast: Cast) -> None:
        officer = cast.chen.acting(Duty.KEEP_CATALOGUE)
        code = catalogue.add_column(parent_code=records.COLUMN, title="供暖文件", actor=officer, at=AT)
        records.draft(cast, column_code=code)
        merge(cast)
        assert [record.column_code for record in at_successor(cast)] == [code]
        assert CatalogueNode.objects.filter(agency=cast.other_agency, code=code, title="供暖文件").exists()

    def test_a_column_of_the_same_name_serves_both(self, cast: Cast) -> None:
        officer, other = cast.chen.acting(Duty.KEEP_CATALOGUE), cast.zhou.acting(Duty.KEEP_CATALOGUE)
        mine = catalogue.add_column(parent_code=records.COLUMN, title="供暖文件", actor=officer, at=AT)
        theirs = catalogue.add_column(parent_code=records.COLUMN, title="供暖文件", actor=other, at=AT)
        records.draft(cast, column_code=mine)
        merge(cast)
        assert [record.column_code for record in at_successor(cast)] == [theirs]

    def test_a_column_that_the_successor_hides_is_left_open_for_the_clerk(self, cast: Cast) -> None:
        wish = catalogue.Wish(is_hidden=True, reason="本机关无此项职权")
        catalogue.arrange(code="art20_08_charges", wish=wish, actor=cast.zhou.acting(Duty.KEEP_CATALOGUE), at=AT)
        records.draft(cast, column_code="art20_08_charges")
        merge(cast)
        assert [record.column_code for record in at_successor(cast)] == [""]

    def test_who_keeps_a_column_is_taken_over_where_nobody_has_said(self, cast: Cast) -> None:
        wish = catalogue.Wish(keeper="供热科", update_period_days=30)
        catalogue.arrange(code=records.COLUMN, wish=wish, actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)
        merge(cast)
        column = AgencyColumn.objects.get(agency=cast.other_agency, code=records.COLUMN)
        assert (column.keeper, column.update_period_days) == ("供热科", 30)


class TestPosts:
    def test_casework_posts_end_here_and_go_on_there(self, cast: Cast) -> None:
        merge(cast)
        held = PostHolding.objects.filter(user=cast.li.user).order_by("id")
        assert [(each.agency_id, each.valid_from, each.valid_until) for each in held] == [
            (cast.agency.pk, date(2020, 1, 1), YESTERDAY),
            (cast.other_agency.pk, ON, None),
        ]

    def test_who_holds_the_post_there_already_keeps_that_one(self, cast: Cast) -> None:
        PostHolding.objects.create(
            user=cast.li.user, agency=cast.other_agency, post=Post.DRAFTER, valid_from=date(2021, 1, 1)
        )
        merge(cast)
        there = PostHolding.objects.get(user=cast.li.user, agency=cast.other_agency)
        assert there.valid_from == date(2021, 1, 1)

    def test_administrators_are_not_moved(self, cast: Cast) -> None:
        security = casting.person("孔", post=Post.SECURITY_ADMIN, agency=cast.agency)
        merge(cast)
        assert PostHolding.objects.get(user=security).valid_until is None

    def test_a_substitute_comes_along_with_the_post(self, cast: Cast) -> None:
        holding = PostHolding.objects.get(user=cast.wang.user)
        Substitute.objects.create(holding=holding, person=cast.zhao.user, valid_from=date(2026, 1, 1))
        merge(cast)
        assert Substitute.objects.filter(holding__agency=cast.other_agency, person=cast.zhao.user).exists()


class TestWhatIsPublic:
    def test_it_keeps_its_index_number_and_its_publisher(self, cast: Cast) -> None:
        record = records.published(cast)
        merge(cast)
        entry = Entry.objects.get(pk=record.entry_id)
        assert (entry.agency_id, entry.index_number) == (cast.agency.pk, record.index_number)

    def test_its_page_names_the_successor(self, cast: Cast, client: Client) -> None:
        record = records.published(cast)
        merge(cast)
        page = client.get(f"/entries/{record.entry_id}/").content.decode()
        assert "发布机构甲局已经撤并，有关事项请联系" in page
        assert ">乙局</a>" in page

    def test_the_successor_s_staff_can_correct_and_withdraw_it(self, cast: Cast) -> None:
        record = records.published(cast)
        merge(cast)
        seat = viewers.viewer_of(cast.zhou.user, on=ON).seats[cast.agency.pk]
        assert seat.has_ended
        keeper = viewers.actor_for(
            viewers.viewer_of(cast.zhou.user, on=ON), agency_id=cast.agency.pk, duty=Duty.WITHDRAW_RECORDS
        )
        publishing.withdraw(record_id=record.pk, ground="内容有误", actor=keeper, at=casting.later(2))
        assert Entry.objects.get(pk=record.entry_id).is_withdrawn

    def test_nothing_new_begins_at_a_body_that_has_ended(self, cast: Cast) -> None:
        merge(cast)
        viewer = viewers.viewer_of(cast.zhou.user, on=ON)
        actor = viewers.actor_for(viewer, agency_id=cast.agency.pk, duty=Duty.DRAFT_RECORDS)
        with pytest.raises(drafting.CannotDraft, match="已经撤并"):
            drafting.draft(content=records.content(), actor=actor, at=casting.later())

    def test_a_chain_of_mergers_leads_to_who_answers_today(self, cast: Cast) -> None:
        last = casting.agency("bing-ju", "丙局")
        merge(cast)
        keeping.merge(agency_id=cast.other_agency.pk, into_id=last.pk, on=ON, actor=SYSTEM, at=casting.later())
        with scoping.narrow_to([cast.other_agency.pk, last.pk]):
            merging.carry_out_due(today=ON, at=casting.later())
        seats = viewers.viewer_of(cast.zhou.user, on=ON + timedelta(days=1)).seats
        assert {cast.agency.pk, cast.other_agency.pk, last.pk} <= set(seats)

    def test_an_office_without_mergers_costs_no_second_query(
        self, cast: Cast, django_assert_num_queries: object
    ) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            viewers.viewer_of(cast.li.user, on=ON)


class TestTheDay:
    def test_a_merger_to_come_moves_nothing_before_its_day(self, cast: Cast) -> None:
        records.draft(cast)
        tomorrow = ON + timedelta(days=1)
        assert merge(cast, on=tomorrow) == []
        assert at_successor(cast) == []
        assert len(merging.carry_out_due(today=tomorrow, at=casting.later(days=1))) == 1
        assert len(at_successor(cast)) == 1

    def test_it_is_carried_out_once(self, cast: Cast) -> None:
        assert len(merge(cast)) == 1
        assert merging.carry_out_due(today=ON, at=casting.later()) == []

    def test_the_trail_says_what_went_over(self, cast: Cast) -> None:
        records.draft(cast)
        merge(cast)
        detail = AuditEvent.objects.get(action="agency.carry_over").detail
        assert detail == {"from": cast.agency.pk, "posts": 5, "columns": 0, "records": 1}
