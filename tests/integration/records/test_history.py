"""History comes in by blocks, once, and answers for every row."""

import dataclasses
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork import digests, scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.feed.models import FeedChange
from gongkai.published.models import CatalogueNode, Entry
from gongkai.records.domain import rich_text
from gongkai.records.domain.content import Content
from gongkai.records.models import ImportAct, ImportedRow, Record
from gongkai.records.services import history, publishing
from gongkai.records.services.history import HistoryRow, Outcome, Statement
from tests.cast import AT, Cast, later

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2023, 9, 20, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def _statement(**values: Any) -> Statement:
    defaults = {
        "file_digest": "a" * 64,
        "file_name": "清单.tsv",
        "mapping": "policy-list",
        "cleared_by": "陈",
        "confirmed_by": "赵",
        "stated_by": "操作员",
    }
    return Statement(**defaults | values)


def _act(**values: Any) -> ImportAct:
    return history.open_act(statement=_statement(**values), actor=SYSTEM, at=AT)


def _row(cast: Cast, key: str, title: str = "关于某事的批复", **values: Any) -> HistoryRow:
    content = Content(
        title=title, created_on=date(2023, 9, 15), body_html=rich_text.from_plain("正文"), body_text="正文"
    )
    row = HistoryRow(
        agency_id=cast.agency.pk,
        content=content,
        published_at=LONG_AGO,
        key_digest=digests.sm3(key),
        content_digest=digests.sm3(title),
        in_library=True,
    )
    return dataclasses.replace(row, **values)


def _publish(act: ImportAct, *rows: HistoryRow) -> list[Outcome]:
    return [found.outcome for found in history.publish_history(rows, act=act, actor=SYSTEM, at=AT)]


class TestPublishHistory:
    def test_a_new_row_is_public_under_its_original_day(self, cast: Cast) -> None:
        (outcome,) = history.publish_history([_row(cast, "1")], act=_act(), actor=SYSTEM, at=AT)
        with scoping.narrow_to([cast.agency.pk]):
            record = Record.objects.get(pk=outcome.record_id)
            assert record.versions.get().digest == record.digest
        entry = Entry.objects.get(pk=record.entry_id)
        assert (record.state, entry.published_at, entry.year) == ("published", LONG_AGO, 2023)
        assert (entry.in_library, entry.index_number) == (True, record.index_number)
        assert AuditEvent.objects.filter(action="record.import", subject_id=str(record.pk)).count() == 1
        assert FeedChange.objects.filter(subject_id=entry.pk).count() == 1
        assert CatalogueNode.objects.filter(agency=cast.agency, code="art20_01_normative").exists()

    def test_a_second_run_changes_nothing(self, cast: Cast) -> None:
        rows = [_row(cast, "1"), _row(cast, "2", "另一件")]
        assert _publish(_act(), *rows) == [Outcome.CREATED] * 2
        before = (Entry.objects.count(), AuditEvent.objects.filter(action__startswith="record.").count())
        assert _publish(_act(), *rows) == [Outcome.UNCHANGED] * 2
        assert before == (Entry.objects.count(), AuditEvent.objects.filter(action__startswith="record.").count())

    def test_a_changed_row_becomes_a_correction_of_the_same_entry(self, cast: Cast) -> None:
        _publish(_act(), _row(cast, "1"))
        number = Entry.objects.get().index_number
        assert _publish(_act(), _row(cast, "1", "改过的标题")) == [Outcome.UPDATED]
        entry = Entry.objects.get()
        assert (entry.title, entry.index_number, entry.version_number) == ("改过的标题", number, 2)
        assert entry.published_at == LONG_AGO
        with scoping.narrow_to([cast.agency.pk]):
            record = Record.objects.get()
            assert (record.title, record.versions.count(), record.released_number) == ("改过的标题", 2, 2)
        assert _publish(_act(), _row(cast, "1", "改过的标题")) == [Outcome.UNCHANGED]

    def test_a_key_twice_in_one_block_is_one_entry(self, cast: Cast) -> None:
        rows = [_row(cast, "1"), _row(cast, "1"), _row(cast, "1", "后一行不同")]
        assert _publish(_act(), *rows) == [Outcome.CREATED, Outcome.UNCHANGED, Outcome.UPDATED]
        assert Entry.objects.get().title == "后一行不同"

    @pytest.mark.parametrize(
        "change",
        [
            {"content": Content(title="机密★10年 关于某事的通知")},
            {"content": Content(title="关于某事的通知", body_text="秘密★长期")},
            {"content": Content(title=" ")},
            {"validity": "unheard_of"},
        ],
    )
    def test_what_may_not_go_out_is_refused_without_repeating_it(self, cast: Cast, change: dict[str, Any]) -> None:
        bad = _row(cast, "1", **change)
        outcomes = history.publish_history([bad, _row(cast, "2")], act=_act(), actor=SYSTEM, at=AT)
        assert [outcome.outcome for outcome in outcomes] == [Outcome.REJECTED, Outcome.CREATED]
        assert outcomes[0].reason
        assert "★" not in outcomes[0].reason
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.count() == ImportedRow.objects.count() == 1

    def test_a_key_of_another_agency_is_refused(self, cast: Cast) -> None:
        _publish(_act(), _row(cast, "1"))
        assert _publish(_act(), _row(cast, "1", agency_id=cast.other_agency.pk)) == [Outcome.REJECTED]
        assert Entry.objects.count() == 1

    def test_a_withdrawn_record_does_not_come_back(self, cast: Cast) -> None:
        from gongkai.accounts.domain.duties import Duty

        (made,) = history.publish_history([_row(cast, "1")], act=_act(), actor=SYSTEM, at=AT)
        assert made.record_id
        withdrawer = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        publishing.withdraw(record_id=made.record_id, ground="内容有误", actor=withdrawer, at=later())
        assert _publish(_act(), _row(cast, "1", "改过的标题")) == [Outcome.REJECTED]
        assert Entry.objects.get().is_withdrawn

    def test_more_than_a_block_is_refused(self, cast: Cast) -> None:
        with pytest.raises(history.CannotPublishHistory, match="500"):
            _publish(_act(), *[_row(cast, str(number)) for number in range(501)])
        assert Entry.objects.count() == 0


class TestOpenAct:
    def test_one_person_cannot_clear_and_confirm(self, cast: Cast) -> None:
        with pytest.raises(history.CannotPublishHistory, match="同一人"):
            _act(confirmed_by="陈")
        with pytest.raises(history.CannotPublishHistory, match="写明"):
            _act(cleared_by=" ")

    def test_a_broken_off_act_goes_on(self, cast: Cast) -> None:
        first = _act()
        assert _act() == first
        history.close_act(act=first, counts={"created": 1}, actor=SYSTEM, at=later())
        assert _act() != first

    def test_an_ended_act_takes_no_rows(self, cast: Cast) -> None:
        act = history.close_act(act=_act(), counts={}, actor=SYSTEM, at=AT)
        with pytest.raises(history.CannotPublishHistory, match="已经结束"):
            _publish(act, _row(cast, "1"))
