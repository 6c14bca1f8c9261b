"""Issues of a gazette: shown to the public, and every own record in them gets its channel in the same act."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.published.models import ReleasedGazette
from gongkai.published.selectors import gazettes as public
from gongkai.records.models import GazetteIssue, RecordChannel
from gongkai.records.services import acting, channels, gazettes, publishing
from gongkai.records.services.channels import CannotNoteChannel
from gongkai.records.services.gazettes import CannotKeepGazette, Issue
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _issue(*index_numbers: str, **values: Any) -> Issue:
    defaults: dict[str, Any] = {
        "name": "某市人民政府公报",
        "year": 2026,
        "number": 11,
        "published_on": date(2026, 11, 20),
        "index_numbers": index_numbers,
    }
    return Issue(**defaults | values)


def _enter(cast: Cast, issue: Issue) -> GazetteIssue:
    return gazettes.enter(issue=issue, actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)


def _rows(cast: Cast) -> set[tuple[int, str, str]]:
    with scoping.narrow_to([cast.agency.pk]):
        return set(RecordChannel.objects.values_list("record_id", "channel", "place"))


def test_one_act_shows_the_issue_and_notes_every_own_record(cast: Cast) -> None:
    one, two = records.published(cast), records.published(cast, title="另一份")
    _enter(cast, _issue(two.index_number, one.index_number))
    assert _rows(cast) == {(one.pk, "gazette", "2026年第11期"), (two.pk, "gazette", "2026年第11期")}
    (shown,) = public.newest(limit=10)
    whole = public.issue(shown.pk)
    assert whole is not None
    assert [entry.pk for entry in public.entries(whole)] == [two.entry_id, one.entry_id]


def test_a_corrected_issue_takes_its_channel_rows_along(cast: Cast) -> None:
    one, two = records.published(cast), records.published(cast, title="另一份")
    made = _enter(cast, _issue(one.index_number))
    actor = cast.chen.acting(Duty.KEEP_CATALOGUE)
    gazettes.change(issue_id=made.pk, issue=_issue(two.index_number, number=12), actor=actor, at=AT)
    assert _rows(cast) == {(two.pk, "gazette", "2026年第12期")}
    assert ReleasedGazette.objects.get().entry_ids == [two.entry_id]


def test_a_row_that_came_with_an_issue_is_not_removed_by_hand(cast: Cast) -> None:
    record = records.published(cast)
    _enter(cast, _issue(record.index_number))
    with scoping.narrow_to([cast.agency.pk]):
        row = RecordChannel.objects.get()
    with pytest.raises(CannotNoteChannel, match="政府公报"):
        channels.remove(record_id=record.pk, channel_id=row.pk, actor=cast.li.acting(Duty.NOTE_CHANNELS), at=AT)


def test_what_another_agency_published_is_listed_without_touching_its_rows(cast: Cast) -> None:
    record = records.published(cast)
    actor = cast.zhou.acting(Duty.KEEP_CATALOGUE)
    gazettes.enter(issue=_issue(record.index_number), actor=actor, at=AT)
    assert _rows(cast) == set()
    assert ReleasedGazette.objects.get().entry_ids == [record.entry_id]


def test_a_withdrawn_entry_leaves_the_public_issue(cast: Cast) -> None:
    record = records.published(cast)
    _enter(cast, _issue(record.index_number))
    leader = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
    publishing.withdraw(record_id=record.pk, ground="有误", actor=leader, at=casting.later())
    assert public.entries(ReleasedGazette.objects.get()) == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"index_numbers": ()}, "索引号"),
        ({"index_numbers": ("nothing/1",)}, "没有索引号"),
        ({"name": " "}, "名称"),
        ({"name": "机密★公报"}, "国家秘密标志"),
        ({"published_on": AT.date() + timedelta(days=1)}, "晚于今天"),
        ({"address": "ftp://x"}, "http"),
    ],
)
def test_what_is_refused_shows_nothing(cast: Cast, values: dict[str, Any], reason: str) -> None:
    record = records.published(cast)
    with pytest.raises(CannotKeepGazette, match=reason):
        _enter(cast, _issue(record.index_number, **values))
    assert not ReleasedGazette.objects.exists()


def test_a_number_is_taken_once_and_another_agency_has_no_such_issue(cast: Cast) -> None:
    record = records.published(cast)
    made = _enter(cast, _issue(record.index_number))
    with pytest.raises(CannotKeepGazette, match="已经登记过"):
        _enter(cast, _issue(record.index_number))
    actor = cast.zhou.acting(Duty.KEEP_CATALOGUE)
    with pytest.raises(acting.NoSuchRecord):
        gazettes.change(issue_id=made.pk, issue=_issue(record.index_number), actor=actor, at=AT)
