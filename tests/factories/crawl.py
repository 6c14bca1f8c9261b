"""One object of every kind at 甲局, and the values that put it into any desk URL."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from tools import papers

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import PostHolding
from gongkai.accounts.services import standing_in
from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.notifications.message import Channel
from gongkai.imports.services import receiving
from gongkai.records.domain.batches import BatchAct
from gongkai.records.domain.word_lists import Line
from gongkai.records.models import AgencyWord, Decision, PlatformWord
from gongkai.records.services import attachments, words
from gongkai.records.services import checking as records_checking
from gongkai.reports.services import checking, uploading
from gongkai.workbench.services import handing_over, reaching
from tests import cast as casting
from tests.factories import batches, drops, keeping, normative, records, registers, standards

# Arguments that name an object of one agency: with a foreign value, the own agency's pages must not find it.
OBJECT_ARGUMENTS = {
    *("record_id", "attachment_id", "version_number", "channel_id", "fingerprint", "word_id"),
    *("import_id", "check_id", "decision_id", "absence_id", "handover_id", "webhook_id"),
    *("table_id", "issue_id", "deposit_id", "batch_id", "file_id"),
    *("request_id", "refusal_id"),
    "request_id",
    "clean_up_id",
    *("run_id", "document_id", "register_id"),
}


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
        public = records.published(cast, title=title)
        channel = records.on_wechat(cast, public)
        issue, batch = keeping.gazette(cast, public), keeping.deposit(cast)
        on_paper = records.signed_on_paper(cast, title=title)
        decision_id = Decision.objects.get(record=on_paper, recorder_id__isnull=False).pk
        standard = standards.brought(cast, title=title)
        normative.document(cast, title=title)
        clean_up = normative.clean_up(cast)
        table = SimpleUploadedFile("历史.csv", f"编号,标题,发布日期\n1,{title},2024-03-05\n".encode())
        sent = receiving.Upload(stream=table, file_name="历史.csv", mapping="agency-documents")
        imported = receiving.submit(upload=sent, actor=cast.chen.acting(Duty.IMPORT_RECORDS), at=casting.later())
        receiving.look_through(import_id=imported.pk, at=casting.later())
        (dropped,) = drops.read(cast, {"通知.docx": papers.docx(papers.Paper(title=(title,)))})
        report = uploading.Upload(
            stream=SimpleUploadedFile("年报.txt", f"{title}2023年度报告".encode()), file_name="年报.txt"
        )
        actor = cast.li.acting(Duty.CHECK_REPORTS)
        (checked,) = uploading.submit(uploads=[report], actor=actor, at=casting.later()).checks
        checking.check(check_id=checked.pk, revision=1, at=casting.later())
        days = standing_in.Days(first=casting.AT.date(), last=casting.AT.date() + timedelta(days=3650))
        away = standing_in.announce(
            person_id=cast.li.user.pk, days=days, actor=cast.chen.acting(Duty.KEEP_ABSENCES), at=casting.AT
        )
        holding = PostHolding.objects.filter(user=cast.li.user)[0]
        substitute = standing_in.appoint(
            holding_id=holding.pk,
            person_id=cast.wang.user.pk,
            valid_from=casting.AT.date(),
            actor=SYSTEM,
            at=casting.AT,
        )
        colleague = casting.person("惠", post=Post.DRAFTER, agency=cast.agency)
        wish = handing_over.Wish(from_id=cast.li.user.pk, to_id=colleague.pk, reason="轮岗")
        officer = cast.chen.acting(Duty.HAND_OVER)
        handover = handing_over.hand_over(wish=wish, today=casting.AT.date(), actor=officer, at=casting.later())
        receiver = reaching.Receiver(
            channel=Channel.WECOM, name="工作群", address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"
        )
        keeper = cast.chen.acting(Duty.KEEP_REMINDERS)
        webhook = reaching.add_webhook(receiver=receiver, actor=keeper, at=casting.later())
        keeper = cast.chen.acting(Duty.KEEP_CATALOGUE)
        words.add(lines=[Line(title)], actor=keeper, at=casting.later())
        word_id = AgencyWord.objects.get().pk
        words.add_for_all(lines=[Line("某词")], actor=keeper, at=casting.later())
        fingerprint = records_checking.of_working_copy(record, on=casting.AT.date()).spots[0].fingerprint
    values: dict[str, object] = {
        "fingerprint": fingerprint,
        "word_id": word_id,
        "platform_word_id": PlatformWord.objects.get().pk,
        "agency_code": cast.agency.code,
        "record_id": record.pk,
        "attachment_id": attachment.pk,
        "decision_id": decision_id,
        "channel_id": channel.pk,
        "clean_up_id": clean_up.pk,
        "table_id": standard.pk,
        "issue_id": issue.pk,
        "deposit_id": batch.pk,
        "area": "finance.budget",
        "matter_key": standards.MATTERS[0].key,
        "counted": "published",
        "import_id": imported.pk,
        "batch_id": dropped.batch_id,
        "document_id": registers.registered(cast, registers.issued(71, title=title))[0].pk,
        "register_id": registers.looked_through(cast, ("甲发〔2026〕72号", title)).pk,
        "run_id": batches.run(cast.li, BatchAct.SUBMIT, [record]).pk,
        "file_id": dropped.pk,
        "check_id": checked.pk,
        "report_number": 1,
        "version_number": 1,
        "cut_number": 1,
        "request_id": records.asked(cast.zhou, cast.agency.name).pk,
        "position": 1,
        "refusal_id": records.secret(cast).pk,
        "column_code": records.COLUMN,
        "person_id": cast.li.user.pk,
        "agency_id": cast.agency.pk,
        "holding_id": holding.pk,
        "mandate_id": 1,
        "handover_id": handover.pk,
        "webhook_id": webhook.pk,
        "absence_id": away.pk,
        "substitute_id": substitute.pk,
    }
    return World(cast.agency, cast.zhou, cast.other_agency, values)
