"""Channels beside the website: noted one by one or as a table, counted once in the whole."""

from datetime import date

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.domain import channels as domain
from gongkai.records.domain.channels import Channel, Posting
from gongkai.records.models import RecordChannel
from gongkai.records.selectors import channels as selector
from gongkai.records.services import acting, channels
from gongkai.records.services.channels import CannotNoteChannel, CannotNoteLines
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def _posting(**values: object) -> Posting:
    defaults = {"channel": Channel.WECHAT, "name": "甲局发布", "published_on": TODAY, "address": "https://a.example/1"}
    return Posting(**defaults | values)  # type: ignore[arg-type]


def _note(cast: Cast, record_id: int, **values: object) -> RecordChannel:
    actor = cast.li.acting(Duty.NOTE_CHANNELS)
    return channels.note(record_id=record_id, posting=_posting(**values), actor=actor, at=AT)


class TestNote:
    def test_a_public_record_gets_its_row_and_a_line_in_the_trail(self, cast: Cast) -> None:
        record = records.published(cast)
        row = _note(cast, record.pk)
        assert (row.agency_id, row.channel, row.entered_by) == (cast.agency.pk, "wechat", "李")
        assert AuditEvent.objects.get(action="record.channel_noted").detail["name"] == "甲局发布"

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"channel": Channel.WEBSITE}, "自动记录"),
            ({"name": ""}, "名称"),
            ({"published_on": date(2026, 11, 21)}, "晚于今天"),
            ({"address": "javascript:alert(1)"}, "http"),
            ({"place": "机密★10年"}, "国家秘密标志"),
            ({"name": "长" * 121}, "120个字"),
        ],
    )
    def test_what_is_refused_leaves_no_row(self, cast: Cast, values: dict[str, object], reason: str) -> None:
        record = records.published(cast)
        with pytest.raises(CannotNoteChannel, match=reason):
            _note(cast, record.pk, **values)
        with scoping.narrow_to([cast.agency.pk]):
            assert not RecordChannel.objects.exists()

    def test_twice_the_same_is_refused(self, cast: Cast) -> None:
        record = records.published(cast)
        _note(cast, record.pk)
        with pytest.raises(CannotNoteChannel, match="登记过"):
            _note(cast, record.pk)

    def test_what_was_never_public_has_no_channels(self, cast: Cast) -> None:
        with pytest.raises(CannotNoteChannel, match="还没有公开"):
            _note(cast, records.draft(cast).pk)

    def test_another_agency_finds_no_such_record(self, cast: Cast) -> None:
        record = records.published(cast)
        actor = cast.zhou.acting(Duty.NOTE_CHANNELS)
        with pytest.raises(acting.NoSuchRecord):
            channels.note(record_id=record.pk, posting=_posting(), actor=actor, at=AT)


class TestRemove:
    def test_the_row_goes_and_the_trail_keeps_it(self, cast: Cast) -> None:
        record = records.published(cast)
        row = _note(cast, record.pk)
        actor = cast.li.acting(Duty.NOTE_CHANNELS)
        channels.remove(record_id=record.pk, channel_id=row.pk, actor=actor, at=AT)
        with scoping.narrow_to([cast.agency.pk]):
            assert not RecordChannel.objects.exists()
        assert AuditEvent.objects.get(action="record.channel_removed").detail["channel"] == "wechat"
        with pytest.raises(acting.NoSuchRecord):
            channels.remove(record_id=record.pk, channel_id=row.pk, actor=actor, at=AT)


class TestLines:
    def _put(self, cast: Cast, text: str) -> int:
        lines = list(domain.read_lines(text, today=TODAY))
        return channels.note_lines(lines=lines, actor=cast.chen.acting(Duty.NOTE_CHANNELS), at=AT)

    def test_a_pasted_table_is_noted_as_a_whole_and_once(self, cast: Cast) -> None:
        one, two = records.published(cast), records.published(cast, title="另一份通知")
        text = (
            f"{one.index_number}\t微信公众号\t甲局发布\t2026-11-20\thttps://a.example/1\n\n"
            f"{two.index_number} | 公报 | 甲市人民政府公报 | 2026年11月20日 | 2026年第11期\n"
        )
        assert self._put(cast, text) == 2
        assert self._put(cast, text) == 0
        with scoping.narrow_to([cast.agency.pk]):
            found = set(RecordChannel.objects.values_list("record_id", "channel", "place"))
        assert found == {(one.pk, "wechat", ""), (two.pk, "gazette", "2026年第11期")}

    def test_one_wrong_line_keeps_all_out(self, cast: Cast) -> None:
        record = records.published(cast)
        good = f"{record.index_number}|微博|甲局|2026-11-20"
        for bad, reason in (
            ("x|微博|甲局|2026-11-20", "没有索引号"),
            (f"{record.index_number}|抖音|甲局|2026-11-20", "这种渠道"),
            (f"{record.index_number}|微博|甲局|2026-02-30", "样式"),
            (f"{record.index_number}|微博|甲局|2026-12-30", "晚于今天"),
            ("只有一项", "四项"),
        ):
            with pytest.raises(CannotNoteLines) as refused:
                self._put(cast, f"{good}\n{bad}")
            (line,) = refused.value.lines
            assert line.number == 2
            assert reason in line.objection
        with scoping.narrow_to([cast.agency.pk]):
            assert not RecordChannel.objects.exists()

    def test_a_table_that_is_empty_or_too_long_is_refused(self, cast: Cast) -> None:
        for text in ("", "x\n" * 501):
            with pytest.raises(CannotNoteLines):
                self._put(cast, text)


class TestCounts:
    def test_a_record_counts_once_however_many_channels_it_took(self, cast: Cast) -> None:
        one, two = records.published(cast), records.published(cast, title="另一份通知")
        _note(cast, one.pk)
        _note(cast, one.pk, name="甲市发布")
        _note(cast, two.pk)
        _note(cast, two.pk, channel=Channel.GAZETTE, name="公报", place="第1期")
        with scoping.narrow_to([cast.agency.pk]):
            found = selector.counts(date(2026, 1, 1), date(2026, 12, 31))
            assert selector.published_once(TODAY, TODAY).count() == 2
            assert selector.through(Channel.WECHAT, TODAY, TODAY).count() == 3
            assert not selector.published_once(date(2025, 1, 1), date(2025, 12, 31)).exists()
        assert found == {
            Channel.WEBSITE: 2, Channel.GAZETTE: 1, Channel.WEIBO: 0, Channel.WECHAT: 2, Channel.OTHER: 0,
        }  # fmt: skip

    def test_another_agency_counts_nothing_of_it(self, cast: Cast) -> None:
        _note(cast, records.published(cast).pk)
        with scoping.narrow_to([cast.other_agency.pk]):
            assert not any(selector.counts(date(2026, 1, 1), casting.later().date()).values())
