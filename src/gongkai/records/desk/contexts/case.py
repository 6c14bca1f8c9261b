"""The case page: the record, where it stands, who must act, everything said and done about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork.ui.parts import Badge, ClockPanel, Fact, Step, StepState, TimelineEvent, Tone
from gongkai.published.domain.vocabulary import VALIDITIES
from gongkai.records.desk.channels import contexts as channels
from gongkai.records.desk.channels.contexts import ChannelPanel
from gongkai.records.desk.checking import contexts as checking
from gongkai.records.desk.checking.contexts import ChecksPanel
from gongkai.records.desk.contexts import buttons, clock, purging, states, timeline
from gongkai.records.desk.contexts.buttons import Buttons
from gongkai.records.desk.joint import contexts as joint
from gongkai.records.desk.joint.contexts import JointPanel
from gongkai.records.domain import attributes, cuts
from gongkai.records.domain.lifecycle import UNFINISHED, State
from gongkai.records.domain.stages import Hand
from gongkai.records.models import Attachment, Decision, Plan, Record
from gongkai.records.models.plan import RELEASE
from gongkai.records.selectors.case_file import CaseFile
from gongkai.records.services.clearance import Verdict

_WRITABLE = frozenset({State.DRAFT, State.RETURNED, State.CORRECTING})


@dataclass(frozen=True)
class FileLine:
    """A file with the way to it; ``note`` gives type and size, ``copy_url`` what the public gets instead."""

    title: str
    url: str
    note: str
    id: int
    copy_url: str = ""


@dataclass(frozen=True)
class VersionLine:
    """A version as a link, who submitted it and when it was frozen."""

    label: str
    url: str
    who: str
    at: object
    approval_url: str
    secrecy_url: str


@dataclass(frozen=True)
class DecisionLine:
    """A decision as evidence; one that no longer holds is shown as such."""

    stage: str
    outcome: Badge
    who: str
    post: str
    at: object
    opinion: str
    is_valid: bool
    # Taken on paper: by whom it was entered, and the way to the scan.
    paper: str = ""
    scan_url: str = ""


@dataclass(frozen=True)
class CasePage:
    record: Record
    state: Badge
    clearance: Badge | None
    waiting_for: str
    buttons: Buttons
    steps: tuple[Step, ...]
    clock: ClockPanel | None
    checks: ChecksPanel | None
    facts: tuple[Fact, ...]
    body: SafeString
    files: tuple[FileLine, ...]
    versions: tuple[VersionLine, ...]
    decisions: tuple[DecisionLine, ...]
    events: tuple[TimelineEvent, ...]
    public_url: str
    import_note: str
    plan_notes: tuple[str, ...]
    purge_note: str
    joint: JointPanel | None
    urgent: Badge | None
    urgent_notes: tuple[str, ...]
    edit_url: str
    channels: ChannelPanel | None


def case_page(case: CaseFile, viewer: Viewer, seat: Seat, *, holders: dict[str, str], today: date) -> CasePage:
    record = case.record
    checks = checking.panel(record, case.files, seat, today=today) if record.state in UNFINISHED else None
    approvers = approvers_of(record, case.decisions)
    return CasePage(
        record=record,
        state=states.state_badge(record),
        clearance=states.clearance_badge(record),
        waiting_for=_waiting(case, holders),
        buttons=buttons.for_case(case, viewer, seat, approvers=approvers, is_ready=checks is None or checks.is_ready),
        steps=tuple(_steps(case)),
        clock=clock.panel(record, today=today),
        checks=checks,
        facts=tuple(facts(case)),
        # Sanitised by rich_text.clean before it was stored.
        body=checks.body if checks else mark_safe(cuts.shown(record.body_html)),
        files=file_lines(case.files, seat),
        versions=tuple(
            VersionLine(
                f"第{version.number}稿{'（内容已清除）' if version.purged_at else ''}",
                "" if version.purged_at else _version_url(record, seat, version.number),
                version.author_name,
                version.frozen_at,
                _version_url(record, seat, version.number, "approval_slip"),
                _version_url(record, seat, version.number, "secrecy_slip"),
            )
            for version in case.versions
        ),
        decisions=decision_lines(case, seat),
        events=timeline.events(case.events, states.scheme_of(record), _file_names(case)),
        public_url=public_url(record),
        import_note=_import_note(case),
        plan_notes=tuple(map(_plan_note, case.plans)),
        purge_note=purging.note(case.purge),
        joint=joint.panel(record, case.confirmations, case.events, seat),
        urgent=states.urgent_badge(record),
        urgent_notes=tuple(_urgent_notes(case)),
        edit_url=_url("edit", record, seat),
        channels=channels.panel(record, case.channels, seat, website=public_url(record)),
    )


def approvers_of(record: Record, decisions: Sequence[Decision]) -> list[Hand]:
    """Who has already approved what is under way."""
    return [
        Hand(decision.decider_id, decision.decider_name)
        for decision in decisions
        if decision.is_valid and decision.outcome == "approve" and decision.digest == record.digest
    ]


def facts(case: CaseFile) -> list[Fact]:
    """The metadata in the order of the public table; what is empty is left out."""
    record, nodes = case.record, case.nodes
    ground = attributes.ground(record.ground)
    column = next((node.title for node in nodes if node.code == record.column_code), record.column_code)
    rows = [
        ("索引号", record.index_number),
        ("发文字号", record.document_number),
        ("发文机关", record.issuer),
        ("联合发文机关", "、".join(record.joint_issuers)),
        ("党政联合发文", "是" if record.is_party_mixed else ""),
        ("成文日期", _day(record.created_on)),
        ("生效日期", _day(record.effective_on)),
        ("失效日期", _day(record.expires_on)),
        ("有效性", VALIDITIES.get(case.validity, "")),
        ("公开属性", states.attribute_label(record)),
        ("不主动公开的理由", ground.label if ground else ""),
        ("理由说明", record.ground_note),
        ("下次评估日期", _day(record.reevaluate_on)),
        ("公开栏目", column),
        ("体裁", record.genre),
        ("主题", record.topic),
        ("组配分类", record.group),
        ("服务对象", record.service_object),
        ("规范性文件", "是" if record.is_normative else ""),
        ("重大决策草案", "是" if record.is_major_decision else ""),
        ("公开形式", "、".join(record.publication_forms)),
        ("公开载体", "、".join(record.carriers)),
        ("公开范围", record.scope),
        ("公开时限", record.time_limit),
        ("公开程序", record.procedure),
        ("公开责任部门", record.responsible_unit),
        ("信息来源", record.source),
        ("关键词", record.keywords),
        ("内容概述", record.summary),
        ("更正原因", record.correction_reason),
        ("内部备注", record.remarks),
        ("承办人", record.drafter_name),
        ("阅读", f"浏览{case.read.views}次，下载附件{case.read.downloads}次" if case.read else ""),
    ]
    return [Fact(label=label, value=value) for label, value in rows if value]


def _file_names(case: CaseFile) -> dict[str, str]:
    frozen = (file for version in case.versions for file in version.content["files"])
    names = {file["digest"]: file["title"] for file in frozen}
    return names | {digest: file.title for file in case.files for digest in (file.file.digest, file.copy.digest)}


def file_lines(files: Sequence[Attachment], seat: Seat, *, held_record: int | None = None) -> tuple[FileLine, ...]:
    """``held_record`` is the record's id where the office above looks at the files of a subordinate."""
    arguments: dict[str, object] = {"agency_code": seat.agency_code}
    if held_record is not None:
        arguments["record_id"] = held_record

    def line(file: Attachment) -> FileLine:
        name = "records:held_file" if held_record else "records:file"
        url = reverse(name, kwargs=arguments | {"attachment_id": file.pk})
        note = f"{file.file_name.rpartition('.')[2].upper()}，{_size(file.file.size)}"
        copy_url = f"{url}?copy=1" if file.cleaned_id and not held_record else ""
        return FileLine(title=file.title, url=url, note=note, id=file.pk, copy_url=copy_url)

    return tuple(map(line, files))


def decision_lines(case: CaseFile, seat: Seat) -> tuple[DecisionLine, ...]:
    """All decisions in their order, also those that no longer hold."""
    return tuple(_decision(decision, case, seat) for decision in case.decisions)


def public_url(record: Record) -> str:
    """The page of the entry, if this process also serves the portal."""
    if record.entry_id is None:
        return ""
    try:
        return reverse("portal:entry", kwargs={"entry_id": record.entry_id})
    except NoReverseMatch:
        return ""


def _waiting(case: CaseFile, holders: dict[str, str]) -> str:
    """What a signed record waits for first: its time, those who issued it too, then the desk."""
    if case.record.state == State.SIGNED:
        if case.plans:
            return ""
        if missing := joint.missing(case.record, case.confirmations):
            return f"等待{'、'.join(missing)}的确认"
    return _waiting_for(case.record, holders)


def _waiting_for(record: Record, holders: dict[str, str]) -> str:
    """Whose turn it is, with the names of those who hold the post."""
    if record.state in _WRITABLE:
        return f"由{record.drafter_name}修改后提交审核"
    if record.state == State.IN_REVIEW:
        if record.held_at is not None:
            return f"等待{record.held_at}（{Post(record.stage_post).label}）审核"
        return f"等待{Post(record.stage_post).label}{_names(holders, record.stage_post)}审核"
    if record.state != State.SIGNED:
        return ""
    office = _names(holders, Post.DISCLOSURE_OFFICER)
    if record.attribute != "proactive":
        return f"等待政府信息公开工作机构{office}办理留存"
    if record.clearance == Verdict.PUBLISH:
        return f"等待政府信息公开工作机构{office}公开发布"
    if record.clearance:
        return f"保密审查结论为“{Verdict(record.clearance).label}”，不能公开发布"
    return f"等待保密审查员{_names(holders, Post.SECRECY_REVIEWER)}作保密审查"


def _names(holders: dict[str, str], post: str) -> str:
    return f"（{holders[post]}）" if holders.get(post) else "（本单位无人任此岗）"


def _urgent_notes(case: CaseFile) -> Iterator[str]:
    """Why it goes out at once, and what is still owed after it did."""
    record = case.record
    if record.urgent_reason:
        yield f"紧急发布（{record.urgent_by}标注）：{record.urgent_reason}"
    for owed in case.follow_ups:
        if not owed.outcome:
            yield f"紧急发布（{owed.reason}）略过的“{owed.stage_label}”，应于{_day(owed.due_on)}前补办。"
        elif owed.outcome == "withdraw" and record.state == State.PUBLISHED:
            yield f"{owed.reviewer_name}补审要求撤下：{owed.opinion}"


def _steps(case: CaseFile) -> list[Step]:
    """Drafting, the stages of the pinned scheme, clearance beside them, publication."""
    record, scheme = case.record, states.scheme_of(case.record)
    if record.state in {State.DISCARDED, State.WITHDRAWN, State.KEPT, State.PURGED} or scheme is None:
        return []
    valid = {decision.stage: decision for decision in case.decisions if decision.is_valid}
    writing = record.state in _WRITABLE
    done = record.state == State.PUBLISHED
    owed = {follow_up.stage for follow_up in case.follow_ups if not follow_up.outcome and done}
    steps = [Step(label="起草", state=StepState.CURRENT if writing else StepState.DONE, note=record.drafter_name)]
    for stage in scheme.stages:
        decision = valid.get(stage.code)
        passed = done or (decision is not None and decision.outcome == "approve" and not writing)
        if stage.code in owed or (record.urgent_reason and stage.is_skippable and not passed):
            steps.append(Step(label=stage.label, state=StepState.TODO, note="发布后补办"))
            continue
        current = record.state == State.IN_REVIEW and record.stage == stage.code
        note = _name(decision) if decision is not None and passed else ""
        steps.append(Step(label=stage.label, state=_step_state(passed, current), note=note))
    if record.attribute == "proactive":
        cleared = done or (record.clearance == Verdict.PUBLISH and not writing)
        steps.append(
            Step(label="保密审查", state=_step_state(cleared, not writing and not cleared), note=_cleared(case))
        )
        ready = record.state == State.SIGNED and cleared
        steps.append(Step(label="公开发布", state=_step_state(done, ready), note=_day(_published_on(record))))
    return steps


def _step_state(done: bool, current: bool) -> StepState:  # noqa: FBT001
    if done:
        return StepState.DONE
    return StepState.CURRENT if current else StepState.TODO


def _cleared(case: CaseFile) -> str:
    if not case.record.clearance:
        return "与审核同时办理"
    valid = [decision for decision in case.decisions if decision.is_valid and decision.stage == "secrecy_clearance"]
    return _name(valid[-1]) if valid else ""


def _name(decision: Decision) -> str:
    return f"{decision.decider_name}（纸质签批）" if decision.is_on_paper else decision.decider_name


def _decision(decision: Decision, case: CaseFile, seat: Seat) -> DecisionLine:
    scheme = states.scheme_of(case.record)
    labels = {stage.code: stage.label for stage in scheme.stages} if scheme else {}
    positive = decision.outcome in {"approve", "publish"}
    words = {"approve": "通过", "return": "退回", "correct": "要求更正", "withdraw": "要求撤下"} | {
        verdict.value: verdict.label for verdict in Verdict
    }
    return DecisionLine(
        stage=labels.get(decision.stage, "保密审查" if decision.stage == "secrecy_clearance" else "审核"),
        outcome=Badge(label=words[decision.outcome], tone=Tone.GOOD if positive else Tone.BAD),
        who=decision.decider_name,
        post=post_of(decision),
        at=decision.decided_at,
        opinion=decision.opinion,
        is_valid=decision.is_valid,
        paper=f"纸质签批，{_day(decision.signed_on)}签，{decision.recorder_name}录入" if decision.is_on_paper else "",
        scan_url=_scan_url(decision, seat) if decision.is_on_paper and decision.agency_id == seat.agency_id else "",
    )


def _scan_url(decision: Decision, seat: Seat) -> str:
    arguments = {"agency_code": seat.agency_code, "record_id": decision.record_id, "decision_id": decision.pk}
    return reverse("records:scan", kwargs=arguments)


def post_of(decision: Decision) -> str:
    """The post in words: at which office if not the own one, and whether for somebody else."""
    office = f"{'代办：' if decision.is_on_behalf else ''}{decision.office}" if decision.office else ""
    return f"{office}{Post(decision.post).label}{'（代）' if decision.as_deputy else ''}"


def _plan_note(plan: Plan) -> str:
    what = "公开发布" if plan.kind == RELEASE else f"撤下，依据：{plan.ground}"
    return f"{timezone.localtime(plan.due_at):%Y年%-m月%-d日%-H:%M}{what}（由{plan.planner_name}设定）。"


def _import_note(case: CaseFile) -> str:
    act = case.import_act
    if act is None:
        return ""
    said = f"据{act.stated_by}陈述，" if act.is_operator_statement else ""
    return (
        f"历史信息，由文件“{act.file_name}”导入。{said}该文件由{act.cleared_by}审查、{act.confirmed_by}复核后整批公开。"
    )


def _version_url(record: Record, seat: Seat, number: int, name: str = "version") -> str:
    arguments = {"agency_code": seat.agency_code, "record_id": record.pk, "version_number": number}
    return reverse(f"records:{name}", kwargs=arguments)


def _url(name: str, record: Record, seat: Seat) -> str:
    return reverse(f"records:{name}", kwargs={"agency_code": seat.agency_code, "record_id": record.pk})


def _published_on(record: Record) -> date | None:
    return timezone.localdate(record.published_at) if record.published_at else None


def _day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(size // 1024, 1)} KB"
