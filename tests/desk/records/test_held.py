"""The screen of the office above: under its own address, only while the record lies there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.models import Record
from gongkai.records.services import attachments, review
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import records
from tests.factories import schemes as variants
from tests.factories.schemes import Above

pytestmark = pytest.mark.django_db
ABOVE = f"/desk/{variants.COUNTY}/records/"
HELD = f"{ABOVE}held/"


@pytest.fixture
def above(cast: Cast) -> Above:
    made = variants.stand_above(cast.agency, cast.other_agency)
    variants.choose(cast, variants.HEAD, variants.ABOVE, variants.SIGN)
    return made


def test_the_office_reads_decides_and_the_page_is_gone(client: Client, cast: Cast, above: Above) -> None:
    record = variants.waiting_above(cast, title="请县里看的")
    casting.sign_in(client, above.he)
    today = screens.text(client.get("/desk/"))
    assert "请审核甲局报送的信息" in today
    page = client.get(f"{HELD}{record.pk}/")
    text = screens.text(page)
    for words in ("请县里看的", "县政府公开工作机构审核", "甲局李", "科室负责人审核"):
        assert words in text
    assert f"/desk/{cast.agency.code}/" not in page.content.decode()
    answer = client.post(f"{HELD}{record.pk}/", {"decision": "approve", "digest": record.digest, "opinion": "同意"})
    assert answer["Location"] == "/desk/"
    assert client.get(f"{HELD}{record.pk}/").status_code == 404
    assert AuditEvent.objects.filter(action="record.look", agency_code=variants.COUNTY).count() == 1


def test_the_next_one_of_any_subordinate_comes_up(client: Client, cast: Cast, above: Above) -> None:
    first, second = variants.waiting_above(cast), variants.waiting_above(cast, title="第二件")
    casting.sign_in(client, above.he)
    answer = client.post(f"{HELD}{first.pk}/", {"decision": "approve", "digest": first.digest})
    assert answer["Location"] == f"{HELD}{second.pk}/"


def test_refusals_are_shown_on_the_page(client: Client, cast: Cast, above: Above) -> None:
    record = variants.waiting_above(cast)
    casting.sign_in(client, above.he)
    answer = client.post(f"{HELD}{record.pk}/", {"decision": "return", "digest": record.digest, "opinion": ""})
    assert "写明意见" in screens.errors(answer)[0]
    answer = client.post(f"{HELD}{record.pk}/", {"decision": "approve", "digest": "0" * 64})
    assert "内容已经更新" in screens.text(answer)


def test_other_pages_and_other_records_are_not_there(client: Client, cast: Cast, above: Above) -> None:
    record, draft, earlier = variants.waiting_above(cast), records.draft(cast), records.submitted(cast)
    casting.sign_in(client, above.he)
    for place in ("", "review/", "versions/1/", "publish/", "withdraw/"):
        assert client.get(f"{ABOVE}{record.pk}/{place}").status_code == 404, place
        assert client.post(f"{ABOVE}{record.pk}/{place}").status_code in {404, 405}, place
    for other in (draft, earlier):
        assert client.get(f"{HELD}{other.pk}/").status_code == 404
        assert client.post(f"{HELD}{other.pk}/", {"decision": "approve"}).status_code == 404
    assert client.get(f"/desk/{cast.agency.code}/records/{record.pk}/").status_code == 404


def test_a_colleague_without_the_post_is_refused(client: Client, cast: Cast, above: Above) -> None:
    record = variants.waiting_above(cast)
    casting.sign_in(client, above.qiao)
    assert client.get(f"{HELD}{record.pk}/").status_code == 403
    casting.sign_in(client, cast.zhou)
    assert client.get(f"{HELD}{record.pk}/").status_code == 404
    assert client.get(f"/desk/{cast.other_agency.code}/records/held/{record.pk}/").status_code == 404


def test_files_open_while_the_record_lies_there(client: Client, cast: Cast, above: Above) -> None:
    drafter = cast.li.acting(Duty.DRAFT_RECORDS)
    record = records.draft(cast)
    upload = attachments.Upload(stream=SimpleUploadedFile("名单.txt", "名单".encode()), file_name="名单.txt")
    file = attachments.attach(record_id=record.pk, upload=upload, actor=drafter, at=casting.AT)
    record = review.submit(record_id=record.pk, actor=drafter, at=casting.AT)
    address = f"{HELD}{record.pk}/files/{file.pk}/"
    casting.sign_in(client, above.he)
    assert client.get(address).status_code == 404
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.AT)
    assert address in client.get(f"{HELD}{record.pk}/").content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == "名单".encode()  # type: ignore[attr-defined]
    assert client.get(f"{ABOVE}files/{file.pk}/").status_code == 404


def test_the_agency_sees_where_it_lies_and_who_looked(client: Client, cast: Cast, above: Above) -> None:
    record = variants.waiting_above(cast)
    review.look(record_id=record.pk, actor=above.he.acting(Duty.PUBLISH_RECORDS), at=casting.later())
    casting.sign_in(client, cast.li)
    address = f"/desk/{cast.agency.code}/records/{record.pk}/"
    assert "等待某县人民政府（政府信息公开工作机构人员）审核" in screens.text(client.get(address))
    assert "上级查阅" in screens.text(client.get(address))
    review.approve(
        record_id=record.pk, digest=record.digest, actor=above.he.acting(Duty.PUBLISH_RECORDS), at=casting.later()
    )
    assert "何（某县人民政府政府信息公开工作机构人员）" in screens.text(client.get(address))
    with scoping.narrow_to([cast.agency.pk]):
        assert Record.objects.get(pk=record.pk).stage == "sign_off"
