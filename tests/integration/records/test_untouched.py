"""Until a correction is released, nothing that the public can fetch changes by a single byte."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.records.models import Record
from gongkai.records.services import attachments, drafting, planning, publishing, review
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records
from tests.integration.published import building
from tests.portal.conftest import index

__all__ = ["index"]
pytestmark = building.COMMITTING


def _public(cast: Cast) -> Record:
    record = records.draft(cast)
    upload = attachments.Upload(stream=io.BytesIO("检修安排".encode()), file_name="安排.txt")
    attachments.attach(record_id=record.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later())
    return publishing.publish(
        record_id=_signed(cast, record).pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later()
    )


def _signed(cast: Cast, record: Record) -> Record:
    record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later())
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.later())
    return records.clear(cast, records.sign(cast, record))


def _everything_public(client: Client, record: Record) -> dict[str, bytes]:
    entry, agency = record.entry_id, "jia-ju"
    addresses = (
        *(f"/entries/{entry}/", f"/entries/{entry}/files/1/", f"/elder/entries/{entry}/"),
        *("/latest/", f"/agencies/{agency}/", f"/agencies/{agency}/columns/{records.COLUMN}/", "/library/"),
        *("/search/?q=供暖", "/search/?q=改过", "/feed.xml"),
        *(f"/api/public/v1/entries/{entry}", "/api/public/v1/entries", "/api/public/v1/entries?q=改过"),
    )
    return {address: _body(client, address) for address in addresses}


def _body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _steps(cast: Cast, record: Record) -> Iterator[str]:
    """A correction on its way, up to the last moment before its release."""
    li, officer = cast.li.acting(Duty.DRAFT_RECORDS), cast.chen.acting(Duty.PUBLISH_RECORDS)
    opened = publishing.open_correction(record_id=record.pk, reason="改过时间", actor=li, at=casting.later())
    yield "correcting"
    changed = records.content(title="改过的标题", body_html="<p>改过的正文</p>", summary="改过的概述", keywords="改过")
    drafting.edit(record_id=record.pk, content=changed, lock_version=opened.lock_version, actor=li, at=casting.later())
    upload = attachments.Upload(stream=io.BytesIO("改过的安排".encode()), file_name="改过.txt")
    attachments.attach(record_id=record.pk, upload=upload, actor=li, at=casting.later())
    yield "edited"
    submitted = review.submit(record_id=record.pk, actor=li, at=casting.later())
    yield "in review"
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    review.return_for_changes(
        record_id=record.pk, digest=submitted.digest, opinion="请核对", actor=head, at=casting.later()
    )
    yield "returned"
    _signed(cast, record)
    yield "signed and cleared"
    planning.plan_release(
        record_id=record.pk, due_at=casting.later() + timedelta(days=1), actor=officer, at=casting.later()
    )
    planning.carry_out_due(at=casting.later())
    yield "planned"


def test_a_correction_shows_nowhere_before_its_release(cast: Cast, client: Client, index: Callable[[], None]) -> None:
    record = _public(cast)
    index()
    before = _everything_public(client, record)
    for state in _steps(cast, record):
        index()
        after = _everything_public(client, record)
        assert [address for address in before if after[address] != before[address]] == [], state
    planning.carry_out_due(at=timezone.localtime(casting.later()) + timedelta(days=1))
    index()
    page = _body(client, f"/entries/{record.entry_id}/").decode()
    assert "改过的标题" in page
    assert "改过时间" in page
