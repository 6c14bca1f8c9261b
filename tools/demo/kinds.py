"""Records of every kind: joint documents, passages cut from the public copy, refused secrets, a planned withdrawal."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.records.domain.content import Content
from gongkai.records.domain.joint import PARTY_OFFICE, Answer
from gongkai.records.models import ConfirmationRequest, Record
from gongkai.records.services import (
    clearance,
    coordinating,
    cutting,
    drafting,
    planning,
    publishing,
    review,
    secret_register,
)
from gongkai.records.services.coordinating import OnPaper
from gongkai.records.services.cutting import Passage
from tools.demo.office import Office

_SUBSIDY = (
    "<p>经个人申报、镇街初审、部门复核，下列同志符合条件，现予公示。</p>"
    "<table><tbody><tr><th>序号</th><th>姓名</th><th>身份证号</th><th>补贴金额</th></tr>"
    "<tr><td>1</td><td>林某某</td><td>（略）0012</td><td>1200元</td></tr>"
    "<tr><td>2</td><td>杜某某</td><td>（略）0045</td><td>800元</td></tr></tbody></table>"
    "<p>公示期五个工作日，有异议的请与我单位联系。</p>"
)
_JOINT = (
    "<h2>一、工作目标</h2><p>年底前建成覆盖城乡的公共充电网络，相关补助资金直达项目。</p>"
    "<h2>二、职责分工</h2><p>牵头单位负责规划和核准，财政部门负责资金，住建部门负责小区配建。</p>"
)


def arrange(offices: Sequence[Office], *, today: date, at: datetime) -> None:
    """Everything at the office of the demo accounts, with the finance bureau as co-issuer."""
    by_code = {office.body.code: office for office in offices}
    lead, finance = by_code["fgw"], by_code["czj"]
    names = (finance.body.name, by_code["zjj"].body.name)
    with scoping.narrow_to([lead.agency.pk]):
        _with_cuts(lead, on=today - timedelta(days=6), at=at - timedelta(days=5))
        done = _joint(
            lead, "关于加快充电设施建设的通知", names, on=today - timedelta(days=12), at=at - timedelta(days=9)
        )
        _all_agree(lead, done, names, at=at - timedelta(days=8))
        publishing.publish(record_id=done.pk, actor=lead.actors[Post.DISCLOSURE_OFFICER], at=at - timedelta(days=8))
        waiting = _joint(
            lead, "关于充电设施补助资金管理的通知", names, on=today - timedelta(days=4), at=at - timedelta(days=3)
        )
        coordinating.ask(record_id=waiting.pk, actor=lead.actors[Post.DISCLOSURE_OFFICER], at=at - timedelta(days=2))
        _secrets(lead, today=today, at=at - timedelta(days=1))
    with scoping.narrow_to([by_code["zjj"].agency.pk]):
        asked = ConfirmationRequest.objects.get()
    officer = by_code["zjj"].actors[Post.DISCLOSURE_OFFICER]
    coordinating.answer(
        request_id=asked.pk,
        said=Answer.CONFIRMED,
        opinion="与我局掌握情况一致。",
        actor=officer,
        at=at - timedelta(days=1),
    )


def _with_cuts(office: Office, *, on: date, at: datetime) -> None:
    drafter = office.actors[Post.DRAFTER]
    content = Content(
        title="关于节能补贴发放对象的公示",
        issuer=office.body.name,
        created_on=on,
        column_code="art20_11_livelihood",
        genre="公告",
        body_html=_SUBSIDY,
    )
    record = drafting.draft(content=content, actor=drafter, at=at)
    for words in ("（略）0012", "（略）0045"):
        seen = Record.objects.values_list("lock_version", flat=True).get(pk=record.pk)
        passage = Passage(words, "third_party_privacy")
        cutting.cut(record_id=record.pk, passage=passage, lock_version=seen, actor=drafter, at=at)
    record = _signed_and_cleared(office, record.pk, at=at)
    officer = office.actors[Post.DISCLOSURE_OFFICER]
    publishing.publish(record_id=record.pk, actor=officer, at=at + timedelta(hours=6))
    planning.plan_withdrawal(
        record_id=record.pk,
        due_at=at + timedelta(days=20),
        ground="公示期满，按规定撤下。",
        actor=officer,
        at=at + timedelta(hours=7),
    )


def _joint(office: Office, title: str, names: tuple[str, ...], *, on: date, at: datetime) -> Record:
    content = Content(
        title=title,
        issuer=office.body.name,
        joint_issuers=names,
        is_party_mixed=True,
        created_on=on,
        column_code="art20_01_normative.other_documents",
        genre="通知",
        body_html=_JOINT,
    )
    record = drafting.draft(content=content, actor=office.actors[Post.DRAFTER], at=at)
    return _signed_and_cleared(office, record.pk, at=at)


def _signed_and_cleared(office: Office, record_id: int, *, at: datetime) -> Record:
    record = review.submit(record_id=record_id, actor=office.actors[Post.DRAFTER], at=at + timedelta(hours=1))
    for post in (Post.SECTION_HEAD, Post.LEADER):
        later = at + timedelta(hours=2)
        record = review.approve(record_id=record_id, digest=record.digest, actor=office.actors[post], at=later)
    conclusion = clearance.Conclusion(record.digest, clearance.Verdict.PUBLISH, "不涉及国家秘密，可以公开。")
    reviewer = office.actors[Post.SECRECY_REVIEWER]
    return clearance.clear(record_id=record_id, conclusion=conclusion, actor=reviewer, at=at + timedelta(hours=3))


def _all_agree(office: Office, record: Record, names: tuple[str, ...], *, at: datetime) -> None:
    for issuer, person in (*((name, "分管局领导") for name in names), (PARTY_OFFICE, "文书科")):
        paper = OnPaper(issuer, Answer.CONFIRMED, person, at.date(), "同意由牵头单位公开。")
        actor = office.actors[Post.DISCLOSURE_OFFICER]
        coordinating.note_on_paper(record_id=record.pk, paper=paper, actor=actor, at=at)


def _secrets(office: Office, *, today: date, at: datetime) -> None:
    reviewer = office.actors[Post.SECRECY_REVIEWER]
    for days in (12, 200, 330):
        due = today + timedelta(days=days)
        secret_register.register(decided_on=today - timedelta(days=30), reevaluate_on=due, actor=reviewer, at=at)
