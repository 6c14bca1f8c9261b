"""Writing: what is stored, what is refused at the door, who is told what."""

from datetime import date

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.models import Record
from gongkai.records.services import catalogue, drafting
from gongkai.records.services.catalogue import Wish
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
MARKED = ("机密★10年 通知", "绝密★启用前", "秘密 5年", "密级：机密")


def _edit(cast: Cast, record: Record, lock_version: int = 0, **values: object) -> Record:
    return drafting.edit(
        record_id=record.pk,
        content=records.content(**values),
        lock_version=lock_version,
        actor=cast.li.acting(Duty.DRAFT_RECORDS),
        at=casting.later(),
    )


class TestDraft:
    def test_keeps_clean_text_and_the_deadline_with_its_edition(self, cast: Cast) -> None:
        record = records.draft(
            cast, body_html="<h1 onclick=x>题</h1><p>文<script>x</script></p>", created_on=date(2025, 9, 22)
        )
        assert record.body_html == "<h2>题</h2><p>文</p>"
        assert record.body_text == "题\n文"
        assert record.due_on == date(2025, 10, 24)
        assert record.due_edition.startswith("oigr-2019+")
        assert (record.state, record.drafter_name, record.writers) == ("draft", "李", [cast.li.user.pk])

    def test_without_the_day_of_writing_there_is_no_deadline_yet(self, cast: Cast) -> None:
        assert records.draft(cast, created_on=None).due_on is None

    @pytest.mark.parametrize("mark", MARKED)
    @pytest.mark.parametrize("field", ["title", "summary", "remarks", "keywords", "body_html"])
    def test_a_secret_mark_is_refused_and_nothing_is_stored(self, cast: Cast, field: str, mark: str) -> None:
        value = f"<table><tr><td>{mark}</td></tr></table>" if field == "body_html" else mark
        with pytest.raises(drafting.CannotDraft, match="非涉密系统") as refused:
            records.draft(cast, **{field: value})
        assert refused.value.findings
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.count() == 0
        assert AuditEvent.objects.count() == 0

    def test_a_mark_that_markup_tears_apart_is_found(self, cast: Cast) -> None:
        with pytest.raises(drafting.CannotDraft, match="国家秘密"):
            records.draft(cast, body_html="<p><b>机</b><span>密</span>★<i>10</i>年</p>")

    def test_a_draft_needs_a_title_and_nothing_else(self, cast: Cast) -> None:
        with pytest.raises(drafting.CannotDraft, match="标题"):
            records.draft(cast, title=" ")
        assert records.draft(cast, column_code="", body_html="", created_on=None, attribute="on_request").pk

    def test_an_unknown_or_hidden_column_is_refused(self, cast: Cast) -> None:
        for code in ("nowhere", "statutory", "request_entry", "art21_town_homesteads"):
            with pytest.raises(drafting.CannotDraft, match="没有这个公开栏目"):
                records.draft(cast, column_code=code)
        keeper = cast.chen.acting(Duty.KEEP_CATALOGUE)
        catalogue.arrange(
            code="art20_08_charges", wish=Wish(is_hidden=True, reason="本机关无收费"), actor=keeper, at=AT
        )
        with pytest.raises(drafting.CannotDraft, match="已经隐藏"):
            records.draft(cast, column_code="art20_08_charges")


class TestEdit:
    def test_changes_the_content_and_notes_which_fields(self, cast: Cast) -> None:
        record = _edit(cast, records.draft(cast), title="新的标题", created_on=date(2026, 11, 17))
        assert (record.title, record.lock_version) == ("新的标题", 1)
        trail = AuditEvent.objects.get(action="record.edit")
        assert set(trail.detail["fields"]) == {"title", "created_on"}
        assert record.due_on == date(2026, 12, 15)

    def test_an_older_copy_does_not_overwrite_a_newer_one(self, cast: Cast) -> None:
        record = _edit(cast, records.draft(cast), title="先来的")
        with pytest.raises(drafting.CannotEdit, match="其他同志修改过"):
            _edit(cast, record, lock_version=0, title="后来的")
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.get().title == "先来的"

    def test_a_secret_mark_is_refused_and_the_old_text_stays(self, cast: Cast) -> None:
        record = records.draft(cast)
        with pytest.raises(drafting.CannotEdit, match="国家秘密"):
            _edit(cast, record, body_html="<p>机密★长期</p>")
        with scoping.narrow_to([cast.agency.pk]):
            assert "★" not in Record.objects.get().body_html

    def test_another_attribute_takes_the_deadline_away(self, cast: Cast) -> None:
        record = _edit(cast, records.draft(cast), attribute="on_request", ground="particular_party")
        assert (record.due_on, record.due_edition) == (None, "")


class TestDiscard:
    def test_leaves_the_record_readable(self, cast: Cast) -> None:
        assert records.discarded(cast).state == "discarded"

    def test_is_not_for_what_was_public(self, cast: Cast) -> None:
        with pytest.raises(drafting.CannotDiscard):
            drafting.discard(
                record_id=records.correcting(cast).pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later()
            )
