"""One object of every kind at 甲局, and the values that put it into any desk URL."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.models import PostHolding
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.imports.services import receiving
from gongkai.records.services import attachments
from gongkai.reports.services import checking, uploading
from tests import cast as casting
from tests.factories import records

# Arguments that name an object of one agency: with a foreign value, the own agency's pages must not find it.
OBJECT_ARGUMENTS = {"record_id", "attachment_id", "version_number", "import_id", "check_id", "channel_id"}


@dataclass(frozen=True)
class World:
    """甲局 with a record whose title must never be seen from outside, and a stranger with every casework post."""

    agency: Agency
    stranger: casting.Person
    stranger_agency: Agency
    values: dict[str, object]


def world(*, title: str) -> World:
    """Builds it by calling services."""
    cast = casting.assemble()
    with scoping.narrow_to([cast.agency.pk]):
        record = records.draft(cast, title=title)
        stream = SimpleUploadedFile("附件.txt", "内容".encode())
        upload = attachments.Upload(stream=stream, file_name="附件.txt")
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        attachment = attachments.attach(record_id=record.pk, upload=upload, actor=actor, at=casting.later())
        channel = records.on_wechat(cast, records.published(cast, title=title))
        table = SimpleUploadedFile("历史.csv", f"编号,标题,发布日期\n1,{title},2024-03-05\n".encode())
        sent = receiving.Upload(stream=table, file_name="历史.csv", mapping="agency-documents")
        imported = receiving.submit(upload=sent, actor=cast.chen.acting(Duty.IMPORT_RECORDS), at=casting.later())
        receiving.look_through(import_id=imported.pk, at=casting.later())
        report = uploading.Upload(
            stream=SimpleUploadedFile("年报.txt", f"{title}2023年度报告".encode()), file_name="年报.txt"
        )
        actor = cast.li.acting(Duty.CHECK_REPORTS)
        (checked,) = uploading.submit(uploads=[report], actor=actor, at=casting.later()).checks
        checking.check(check_id=checked.pk, revision=1, at=casting.later())
    values: dict[str, object] = {
        "agency_code": cast.agency.code,
        "record_id": record.pk,
        "attachment_id": attachment.pk,
        "channel_id": channel.pk,
        "import_id": imported.pk,
        "check_id": checked.pk,
        "report_number": 1,
        "version_number": 1,
        "column_code": records.COLUMN,
        "person_id": cast.li.user.pk,
        "agency_id": cast.agency.pk,
        "holding_id": PostHolding.objects.filter(user=cast.li.user).values_list("pk", flat=True)[0],
    }
    return World(cast.agency, cast.zhou, cast.other_agency, values)
