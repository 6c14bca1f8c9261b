"""丙局 shows everything once: records in every state, a replaced document, an import, a checked report."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tools import papers
from tools.papers import Paper

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import Mandate, PostHolding
from gongkai.accounts.services import mandating, standing_in
from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.notifications.message import Channel
from gongkai.imports.services import receiving
from gongkai.imports.services.drops import confirming
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.models import ReleasedGazette
from gongkai.published.services.validity import Change
from gongkai.records.domain.batches import BatchAct
from gongkai.records.domain.stages import SIGN_OFF, Scheme, Stage
from gongkai.records.models import Record
from gongkai.records.services import attachments, catalogue, checking, deposits, drafting, publishing, review, schemes
from gongkai.workbench.services import handing_over, reaching, reminding
from tests import cast as casting
from tests.factories import batches, drops, keeping, normative, records, registers, reports, standards
from tests.integration.files import material

CODE = "bing-ju"
ISSUES = 21
"""Papers of one kind, so that every list has a second page."""
KEPT_AT = "exhibits.json"
"""Where the journey's home holds the ids of everything."""

_CUT = '<p>领取人：<mark data-ground="third_party_privacy">某甲</mark>，三百元。</p>'
_BODY = (
    "<h2>一、清扫范围</h2><p>主次干道和背街小巷。</p>"
    "<table><tbody><tr><th>路段</th><th>责任单位</th></tr><tr><td>槐荫路</td><td>市政科</td></tr></tbody></table>"
)


def assemble(home: Path, elsewhere: Agency) -> None:
    """Builds everything by calling services, and writes down the ids."""
    office = casting.agency(CODE, "丙局", organisation_code="222222222")
    with scoping.narrow_to([office.pk]):
        catalogue.ensure_shown(office.pk, actor=SYSTEM, at=casting.AT)
        staff = _staff(office, elsewhere)
        made = {
            state: bring(staff, title=f"关于清扫积雪的通知（{state}）") for state, bring in records.IN_STATE.items()
        }
        standard = standards.in_force(staff)
        waiting = standards.cleared(staff, standards.matter(time_limit="7个工作日内"))
        channel = records.on_wechat(staff, made["published"])
        for number in range(1, ISSUES + 1):
            records.published(staff, title=f"空气质量通报（第{number}期）", body_html="<p>优良。</p>")
        for bring in (records.removed, records.reopened, records.purge_asked):
            made[bring.__name__] = bring(staff, title=f"关于清扫积雪的通知（{bring.__name__}）")
        made["planned"] = records.planned(staff, title="关于清扫积雪的通知（定时）")
        made["joint"] = records.cleared(
            staff, title="关于联合除雪的通知", joint_issuers=("丁局", "某街道办事处"), is_party_mixed=True
        )
        made["cut"] = records.draft(staff, title="关于除雪补助的公示", body_html=_CUT)
        ids: dict[str, int | str] = {f"record_{state}": record.pk for state, record in made.items()}
        issue, batch = keeping.gazette(staff, made["published"]), keeping.deposit(staff)
        ids |= {"issue_id": issue.pk, "deposit_id": batch.pk, "handed_over_id": _handed_over(staff)}
        ids |= {"gazette_id": ReleasedGazette.objects.get(issue_id=issue.pk).pk}
        ids |= {"channel_id": channel.pk, "standard_id": standard.pk, "standard_waiting_id": waiting.pk}
        ids["refusal_id"] = records.secret(staff).pk
        ids |= _public(staff, withdrawn=made["withdrawn"]) | _at_work(staff)
        ids |= _checked(staff)
    with scoping.narrow_to([office.pk]):
        ids["record_urgent"] = records.urgent(staff, title="关于暴雪停课的通告").pk
        ids["record_owed"] = records.released_urgently(staff, title="关于暴雪封路的通告").pk
    ids["record_held"] = _sent_up(office).pk
    ids["mandate_id"] = _acted_for(office).pk
    ids["request_id"] = _asked(office)
    home.joinpath(KEPT_AT).write_text(json.dumps(ids), "utf-8")


def read(home: Path) -> Mapping[str, int | str]:
    """The ids by name: ``record_draft``, ``entry_ended``, ``import_id`` and so on."""
    kept: dict[str, int | str] = json.loads(home.joinpath(KEPT_AT).read_text("utf-8"))
    return kept


def _staff(office: Agency, elsewhere: Agency) -> casting.Cast:
    posts = {"li": Post.DRAFTER, "wang": Post.SECTION_HEAD, "zhao": Post.LEADER}
    people = {name: casting.person(name, post=post, agency=office) for name, post in posts.items()}
    clears = casting.person("chen", post={Post.SECRECY_REVIEWER, Post.DISCLOSURE_OFFICER}, agency=office)
    everybody = casting.person("洪", post=CASEWORK, agency=office)
    seated = {name: casting.Person(user, office) for name, user in people.items()}
    return casting.Cast(
        agency=office,
        other_agency=elsewhere,
        **seated,
        chen=casting.Person(clears, office),
        zhou=casting.Person(everybody, office),
    )


def _sent_up(office: Agency) -> Record:
    """A record of a body below, at the stage that 丙局 holds."""
    below = casting.agency("bing-suo", "丙所", parent=office)
    posts = {Post.DRAFTER, Post.DISCLOSURE_OFFICER}
    writer = casting.Person(casting.person("苏", post=posts, agency=below), below)
    casting.person("邱", post=Post.LEADER, agency=below)
    casting.person("苗", post=Post.DISCLOSURE_OFFICER, agency=below)
    above = Stage("superior", Post.DISCLOSURE_OFFICER, "上级公开工作机构审核", held_at=office.code)
    scheme = Scheme((above, Stage(SIGN_OFF, Post.LEADER, "单位负责人签发")), 2)
    drafter = writer.acting(Duty.DRAFT_RECORDS)
    with scoping.narrow_to([below.pk]):
        schemes.choose(scheme=scheme, actor=writer.acting(Duty.CHOOSE_REVIEW_SCHEME), at=casting.AT)
        record = drafting.draft(content=records.content(title="关于扫雪责任区的公告"), actor=drafter, at=casting.AT)
        return review.submit(record_id=record.pk, actor=drafter, at=casting.AT)


def _acted_for(office: Agency) -> Mandate:
    """A body without staff for which 丙局 acts."""
    empty = casting.agency("bing-zhan", "丙站", parent=office)
    wish = mandating.Wish(
        agency_id=empty.pk,
        office_id=office.pk,
        posts=(Post.DRAFTER, Post.LEADER),
        valid_from=casting.AT.date(),
        valid_until=casting.AT.date() + timedelta(days=3650),
        basis="甲市编〔2026〕8号",
    )
    return mandating.grant(wish=wish, actor=SYSTEM, at=casting.AT)


def _handed_over(staff: casting.Cast) -> int:
    batch, keeper = keeping.deposit(staff, recipient="市图书馆"), staff.chen.acting(Duty.KEEP_CATALOGUE)
    signed = deposits.Signed(by="陈", on=casting.AT.date())
    deposits.hand_over(batch_id=batch.pk, signed=signed, actor=keeper, at=casting.later())
    return batch.pk


def _asked(office: Agency) -> int:
    """丁局 leads a document that 丙局 issues too."""
    lead = casting.agency("ding-ju", "丁局", organisation_code="333333333")
    person = casting.Person(casting.person("蒋", post=CASEWORK, agency=lead), lead)
    return records.asked(person, office.name, title="关于冬季联合值守的通知", body_html=_BODY).pk


def _public(staff: casting.Cast, *, withdrawn: Record) -> dict[str, int]:
    old = records.published(staff, title="关于清扫积雪的暂行规定", body_html=_BODY)
    new = _with_file(staff)
    change = Change(validity=Validity.REPEALED, since=casting.AT.date(), successor_id=new.entry_id, basis="新规定")
    publishing.set_validity(
        record_id=old.pk, change=change, actor=staff.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later()
    )
    document = normative.document(
        staff, title="城市道路除雪管理办法", expires_on=timezone.localdate() + timedelta(days=25)
    )
    normative.document(staff, title="除雪作业安全规定（试行）")
    clean_up = normative.clean_up(staff)
    cut = records.published(staff, title="关于除雪补助发放的公示", body_html=_CUT)
    entries = {
        "entry_cut": cut.entry_id,
        "entry_ended": old.entry_id,
        "entry_usual": new.entry_id,
        "entry_withdrawn": withdrawn.entry_id,
    }
    made = {"record_normative": document.pk, "clean_up_id": clean_up.pk}
    return made | {name: entry for name, entry in entries.items() if entry is not None}


def _with_file(staff: casting.Cast) -> Record:
    record = records.draft(staff, title="关于清扫积雪的规定", body_html=_BODY)
    writer = staff.li.acting(Duty.DRAFT_RECORDS)
    upload = attachments.Upload(
        stream=SimpleUploadedFile("名单.docx", material.docx("责任单位名单")), file_name="名单.docx"
    )
    attachments.attach(record_id=record.pk, upload=upload, actor=writer, at=casting.later())
    record = review.submit(record_id=record.pk, actor=writer, at=casting.later())
    head = staff.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.later())
    record = records.clear(staff, records.sign(staff, record, at=casting.later()), at=casting.later())
    officer = staff.chen.acting(Duty.PUBLISH_RECORDS)
    return publishing.publish(record_id=record.pk, actor=officer, at=casting.later())


def _checked(staff: casting.Cast) -> dict[str, int | str]:
    """Under review with findings in the text, one set aside, and a scan that nobody has read."""
    words = "<p>请各科室统一布署，签定责任书，联系电话13800138000。</p>"
    record = records.draft(staff, title="关于铲冰除雪的紧急通知", document_number="", body_html=_BODY + words)
    writer = staff.li.acting(Duty.DRAFT_RECORDS)
    upload = attachments.Upload(stream=SimpleUploadedFile("图.pdf", material.pdf()), file_name="责任区图.pdf")
    scan = attachments.attach(record_id=record.pk, upload=upload, actor=writer, at=casting.later())
    found = checking.of_working_copy(record, on=casting.AT.date()).spots
    aside, other = (spot.fingerprint for spot in found if spot.finding.code == "words.typo")
    checking.dismiss(record_id=record.pk, fingerprint=aside, reason="引用原文", actor=writer, at=casting.later())
    review.submit(record_id=record.pk, actor=writer, at=casting.later())
    return {"record_checked": record.pk, "finding": other, "scan_id": scan.pk}


def _at_work(staff: casting.Cast) -> dict[str, int]:
    records.signed_on_paper(staff, title="关于除雪设备的公告")
    record = records.draft(staff, title="关于除雪物资的公告", created_on=None, column_code="")
    table = SimpleUploadedFile("历史.csv", "编号,标题,发布日期\n1,关于防汛的通知,2024-03-05\n2,,坏\n".encode())
    sent = receiving.Upload(stream=table, file_name="历史.csv", mapping="agency-documents")
    imported = receiving.submit(upload=sent, actor=staff.chen.acting(Duty.IMPORT_RECORDS), at=casting.later())
    receiving.look_through(import_id=imported.pk, at=casting.later())
    checked = reports.checked(staff, reports.upload(reports.content(changes={reports.RECEIVED: "1"})))
    today = timezone.localdate()
    away = standing_in.announce(
        person_id=staff.wang.user.pk,
        days=standing_in.Days(first=today, last=today + timedelta(days=30)),
        actor=staff.chen.acting(Duty.KEEP_ABSENCES),
        at=timezone.now(),
    )
    held = PostHolding.objects.get(user=staff.wang.user)
    substitute = standing_in.appoint(
        holding_id=held.pk, person_id=staff.zhou.user.pk, valid_from=today, actor=SYSTEM, at=casting.AT
    )
    keeper = staff.chen.acting(Duty.KEEP_REMINDERS)
    person = reaching.Person(name="值班电话", phone="13800001234", mail="duty@example.gov.cn")
    reaching.keep_contacts(people=[person], actor=keeper, at=casting.AT)
    address = "https://oapi.dingtalk.com/robot/send?access_token=1"
    receiver = reaching.Receiver(channel=Channel.DINGTALK, name="丙局工作群", address=address)
    webhook = reaching.add_webhook(receiver=receiver, actor=keeper, at=casting.AT)
    reminding.remind(today=casting.AT.date(), at=casting.AT)
    leaving = casting.person("庞", post=Post.DRAFTER, agency=staff.agency)
    records.draft(dataclasses.replace(staff, li=casting.Person(leaving, staff.agency)), title="关于人行道除冰的通知")
    handover = handing_over.hand_over(
        wish=handing_over.Wish(from_id=leaving.pk, to_id=staff.li.user.pk, reason="调离"),
        today=casting.AT.date(),
        actor=staff.chen.acting(Duty.HAND_OVER),
        at=casting.later(),
    )
    holding = PostHolding.objects.filter(user=staff.li.user).values_list("pk", flat=True)[0]
    return {
        "record_incomplete": record.pk,
        "import_id": imported.pk,
        "batch_id": _dropped(staff),
        "register_id": _register(staff),
        "run_id": batches.run(
            staff.li, BatchAct.SUBMIT, [records.draft(staff, title="关于融雪剂使用的通知"), record]
        ).pk,
        "check_id": checked.pk,
        "agency_id": staff.agency.pk,
        "person_id": staff.li.user.pk,
        "holding_id": holding,
        "absence_id": away.pk,
        "handover_id": handover.pk,
        "webhook_id": webhook.pk,
        "substitute_id": substitute.pk,
        "person_with_substitute": staff.wang.user.pk,
    }


def _dropped(staff: casting.Cast) -> int:
    """A batch with a file in every state: read, in doubt, a scan, a duplicate, refused, set aside, a draft already."""

    def paper(number: int, title: str, **values: Any) -> Paper:
        return Paper(number=f"丙发〔2026〕{number}号", title=(title,), head="丙局文件", signature=("丙局",), **values)

    files = drops.read(
        staff,
        {
            "关于规范停车秩序的通知.docx": papers.docx(paper(81, "关于规范停车秩序的通知")),
            "关于路灯检修的通知.pdf": papers.pdf(paper(82, "关于路灯检修的通知", written="2025年11月3日", note="")),
            "关于井盖普查的通知.ofd": papers.ofd(paper(83, "关于井盖普查的通知")),
            "扫描件.pdf": material.pdf(),
            "关于供暖的通知.docx": papers.docx(Paper()),
            "打不开.docx": b"PK\x03\x04",
            "搁置的通知.docx": papers.docx(paper(84, "关于旧事的通知")),
            "已经起草的通知.docx": papers.docx(paper(85, "关于占道施工审批的通知")),
            "目录.csv": "文件名,文号\n不在批次里.docx,丙发〔2026〕90号\n".encode(),
        },
        column_code=records.COLUMN,
    )
    confirming.set_aside(file_id=files[6].pk, actor=drops.clerk(staff), at=casting.later())
    confirming.confirm(file_id=files[7].pk, actor=drops.clerk(staff), at=casting.later())
    return files[0].batch_id


def _register(staff: casting.Cast) -> int:
    """A register with gaps, a number given twice and papers that wait; and a table that is to be confirmed."""
    rows = [registers.issued(serial, document_number=f"丙发〔2026〕{serial}号") for serial in (1, 2, 3, 6, 7, 10)]
    doubled = registers.issued(
        7, document_number="丙发〔2026〕7号", title="另一件用了同一文号的通知", copy=2, unit="市政科"
    )
    kept = registers.issued(8, document_number="丙发〔2026〕8号", attribute="on_request", unit="市政科")
    registers.registered(staff, *rows, doubled, kept)
    return registers.looked_through(
        staff,
        ("丙发〔2026〕11号", "关于新开路口的通知", "2026-10-09", "主动公开", "市政科"),
        ("", "没有文号的一行", "", "", ""),
    ).pk
