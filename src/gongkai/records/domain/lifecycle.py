"""The life of a record: who may do what in which state. Buttons, tests, diagram and duty matrix come from here."""

from enum import StrEnum

from gongkai.accounts.domain import duties
from gongkai.accounts.domain.duties import Duty
from gongkai.law import tables


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    SIGNED = "signed"
    PUBLISHED = "published"
    CORRECTING = "correcting"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    DISCARDED = "discarded"
    MOVED = "moved"
    PURGED = "purged"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]


class Act(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    RECALL = "recall"
    DISCARD = "discard"
    ABANDON = "abandon"
    APPROVE = "approve"
    SIGN = "sign"
    RETURN = "return"
    MARK_URGENT = "mark_urgent"
    LIFT_URGENCY = "lift_urgency"
    FOLLOW_UP = "follow_up"
    DEMAND_CORRECTION = "demand_correction"
    DEMAND_WITHDRAWAL = "demand_withdrawal"
    CLEAR = "clear"
    RECORD_PAPER = "record_paper"
    SEND_BACK = "send_back"
    ASK_ISSUERS = "ask_issuers"
    NOTE_CONFIRMATION = "note_confirmation"
    PUBLISH = "publish"
    PLAN_RELEASE = "plan_release"
    PLAN_WITHDRAWAL = "plan_withdrawal"
    CANCEL_PLAN = "cancel_plan"
    KEEP = "keep"
    REEVALUATE = "reevaluate"
    REOPEN = "reopen"
    CORRECT = "correct"
    SET_VALIDITY = "set_validity"
    WITHDRAW = "withdraw"
    REMOVE = "remove"
    EXPLAIN = "explain"
    REPUBLISH = "republish"
    LEAVE = "leave"
    MOVE = "move"
    ASK_PURGE = "ask_purge"
    PURGE = "purge"
    PURGE_EARLIER = "purge_earlier"
    DECLINE_PURGE = "decline_purge"

    @property
    def label(self) -> str:
        return _ACT_LABELS[self]


_REVIEW = (Duty.REVIEW_AS_SECTION_HEAD, Duty.PUBLISH_RECORDS, Duty.SIGN_RECORDS)
DUTIES_OF_ACTS: dict[Act, tuple[Duty, ...]] = {
    Act.EDIT: (Duty.DRAFT_RECORDS,),
    Act.SUBMIT: (Duty.DRAFT_RECORDS,),
    Act.RECALL: (Duty.DRAFT_RECORDS,),
    Act.DISCARD: (Duty.DRAFT_RECORDS,),
    Act.ABANDON: (Duty.DRAFT_RECORDS,),
    Act.APPROVE: _REVIEW,
    Act.SIGN: (Duty.SIGN_RECORDS,),
    Act.RETURN: _REVIEW,
    Act.CLEAR: (Duty.CLEAR_SECRECY,),
    Act.MARK_URGENT: (Duty.PUBLISH_RECORDS, Duty.SIGN_RECORDS),
    Act.LIFT_URGENCY: (Duty.PUBLISH_RECORDS, Duty.SIGN_RECORDS),
    Act.FOLLOW_UP: _REVIEW,
    Act.DEMAND_CORRECTION: _REVIEW,
    Act.DEMAND_WITHDRAWAL: _REVIEW,
    Act.RECORD_PAPER: (Duty.RECORD_PAPER_DECISIONS,),
    Act.SEND_BACK: (Duty.PUBLISH_RECORDS,),
    Act.ASK_ISSUERS: (Duty.DRAFT_RECORDS, Duty.PUBLISH_RECORDS),
    Act.NOTE_CONFIRMATION: (Duty.PUBLISH_RECORDS,),
    Act.PUBLISH: (Duty.PUBLISH_RECORDS,),
    Act.PLAN_RELEASE: (Duty.PUBLISH_RECORDS,),
    Act.PLAN_WITHDRAWAL: (Duty.WITHDRAW_RECORDS,),
    Act.CANCEL_PLAN: (Duty.PUBLISH_RECORDS, Duty.WITHDRAW_RECORDS),
    Act.KEEP: (Duty.PUBLISH_RECORDS,),
    Act.REEVALUATE: (Duty.PUBLISH_RECORDS,),
    Act.REOPEN: (Duty.DRAFT_RECORDS,),
    Act.CORRECT: (Duty.DRAFT_RECORDS,),
    Act.SET_VALIDITY: (Duty.PUBLISH_RECORDS,),
    Act.WITHDRAW: (Duty.WITHDRAW_RECORDS,),
    Act.REMOVE: (Duty.WITHDRAW_RECORDS,),
    Act.EXPLAIN: (Duty.WITHDRAW_RECORDS,),
    Act.REPUBLISH: (Duty.DRAFT_RECORDS,),
    Act.LEAVE: (Duty.DRAFT_RECORDS,),
    # Nobody's: the system does it when bodies are merged.
    Act.MOVE: (),
    Act.ASK_PURGE: (Duty.ASK_FOR_PURGE,),
    Act.PURGE: (Duty.CONFIRM_PURGE,),
    Act.PURGE_EARLIER: (Duty.CONFIRM_PURGE,),
    Act.DECLINE_PURGE: (Duty.CONFIRM_PURGE,),
}

# What the services check beyond state and post; the table names it, the diagram prints it.
GUARDS: dict[str, str] = {
    "unmarked": "没有国家秘密标志",
    "complete": "必填内容齐全",
    "never_public": "从未公开过",
    "once_public": "已经公开过",
    "still_public": "正在公开",
    "taken_down": "公开后已经撤下",
    "unexplained": "紧急撤下后还没有补写原因",
    "explained": "没有等待补写的撤下原因",
    "asked_by_another": "另一岗位的人已提出清除",
    "own_draft": "本人起草",
    "stage_post": "岗位与当前环节相符",
    "not_a_writer": "起草、修改过的人不得审核",
    "distinct_persons": "审核人数符合所用审核流程",
    "opinion_given": "写明意见",
    "urgent": "已标注紧急发布",
    "review_missing": "紧急发布时略过的环节还没有补审",
    "third_person": "录入人没有起草、修改过，也不是签批人",
    "scanned": "附签批件扫描件，签批日期不晚于当日，早于送审的写明原因",
    "cleared": "保密审查结论为可以公开，且与送审内容摘要一致",
    "signed_off": "签发意见与送审内容摘要一致",
    "proactive": "公开属性为主动公开",
    "not_proactive": "公开属性不是主动公开",
    "ground_given": "写明理由",
    "merged": "本机构已经并入其他机构",
    "joint": "有联合发文机关",
    "confirmed": "联合发文机关都已确认，党政联合发文有党委办公机构的意见",
    "in_time": "设定的时间在今后，不晚于公开期限",
    "planned": "已设定时间",
}

_STATE_LABELS = {
    State.DRAFT: "起草中",
    State.IN_REVIEW: "审核中",
    State.RETURNED: "待修改",
    State.SIGNED: "已签发",
    State.PUBLISHED: "已公开",
    State.CORRECTING: "更正中",
    State.WITHDRAWN: "已撤下",
    State.KEPT: "不公开留存",
    State.DISCARDED: "已作废",
    State.MOVED: "已移交",
    State.PURGED: "已清除",
}
_ACT_LABELS = {
    Act.EDIT: "修改",
    Act.SUBMIT: "提交审核",
    Act.RECALL: "撤回修改",
    Act.DISCARD: "作废",
    Act.ABANDON: "放弃更正",
    Act.APPROVE: "审核通过",
    Act.SIGN: "签发",
    Act.RETURN: "退回修改",
    Act.CLEAR: "保密审查",
    Act.MARK_URGENT: "紧急发布",
    Act.LIFT_URGENCY: "取消紧急发布",
    Act.FOLLOW_UP: "补审",
    Act.DEMAND_CORRECTION: "补审要求更正",
    Act.DEMAND_WITHDRAWAL: "补审要求撤下",
    Act.RECORD_PAPER: "录入纸质签批",
    Act.SEND_BACK: "退回承办人",
    Act.ASK_ISSUERS: "征求联合发文机关确认",
    Act.NOTE_CONFIRMATION: "登记书面确认",
    Act.PUBLISH: "公开发布",
    Act.PLAN_RELEASE: "定时发布",
    Act.PLAN_WITHDRAWAL: "定时撤下",
    Act.CANCEL_PLAN: "取消定时",
    Act.KEEP: "留存不公开",
    Act.REEVALUATE: "评估后继续不公开",
    Act.REOPEN: "重新认定",
    Act.CORRECT: "更正",
    Act.SET_VALIDITY: "标注有效性",
    Act.WITHDRAW: "撤下",
    Act.REMOVE: "紧急撤下",
    Act.EXPLAIN: "补写撤下原因",
    Act.REPUBLISH: "重新公开",
    Act.LEAVE: "放弃重新公开",
    Act.MOVE: "移交并入机构",
    Act.ASK_PURGE: "申请清除",
    Act.PURGE: "确认清除",
    Act.PURGE_EARLIER: "确认清除旧版本",
    Act.DECLINE_PURGE: "不予清除",
}


def _line(act: Act, sources: tuple[State, ...], target: State | None, *guards: str) -> tables.Transition:
    unknown = [guard for guard in guards if guard not in GUARDS]
    if unknown:
        raise ValueError(f"guards without an explanation: {unknown}")
    posts = frozenset(post.value for duty in DUTIES_OF_ACTS[act] for post in duties.posts_with(duty))
    return tables.Transition(act, sources, target, posts or frozenset({SYSTEM_POST}), guards)


# The post under which the system itself acts.
SYSTEM_POST = "system"
UNFINISHED = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.SIGNED, State.CORRECTING)
"""Where a record lies on somebody's desk."""
_WRITABLE = (State.DRAFT, State.RETURNED, State.CORRECTING)
_NEVER_PUBLIC_YET = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.SIGNED)
_UNDER_WAY = (State.IN_REVIEW, State.SIGNED)
_BEFORE_SIGNING = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.CORRECTING)
_FOLLOWING = ("stage_post", "not_a_writer", "distinct_persons")
_MAY_BE_PUBLIC = (State.PUBLISHED, State.CORRECTING, State.IN_REVIEW, State.RETURNED, State.SIGNED)
_NOT_PURGED = tuple(state for state in State if state is not State.PURGED)

TABLE = tables.Table(
    initial=State.DRAFT,
    transitions=(
        _line(Act.EDIT, _WRITABLE, None, "unmarked"),
        _line(Act.SUBMIT, _WRITABLE, State.IN_REVIEW, "complete", "unmarked"),
        _line(Act.DISCARD, (State.DRAFT, State.RETURNED), State.DISCARDED, "never_public"),
        _line(Act.RECALL, _UNDER_WAY, State.RETURNED, "own_draft"),
        _line(Act.APPROVE, (State.IN_REVIEW,), None, "stage_post", "not_a_writer", "distinct_persons"),
        _line(Act.SIGN, (State.IN_REVIEW,), State.SIGNED, "stage_post", "not_a_writer", "distinct_persons"),
        _line(Act.RETURN, (State.IN_REVIEW,), State.RETURNED, "stage_post", "not_a_writer", "opinion_given"),
        # Urgency shortens the reviews to those that no scheme leaves out, never the clearance; the rest follows.
        _line(Act.MARK_URGENT, _BEFORE_SIGNING, None, "not_a_writer", "proactive", "ground_given"),
        _line(Act.LIFT_URGENCY, _BEFORE_SIGNING, None, "urgent"),
        _line(Act.FOLLOW_UP, _MAY_BE_PUBLIC, None, "review_missing", *_FOLLOWING),
        _line(
            Act.DEMAND_CORRECTION, (State.PUBLISHED,), State.CORRECTING, "review_missing", *_FOLLOWING, "opinion_given"
        ),
        _line(Act.DEMAND_WITHDRAWAL, _MAY_BE_PUBLIC, None, "review_missing", *_FOLLOWING, "opinion_given"),
        # Clearance is a gate beside the stages, not one of them: it may be given before or after the signature.
        _line(Act.CLEAR, _UNDER_WAY, None, "not_a_writer"),
        # Somebody else enters what was signed on paper; the record then follows the line of that decision.
        _line(
            Act.RECORD_PAPER,
            _UNDER_WAY,
            None,
            "third_person",
            "scanned",
            "not_a_writer",
            "stage_post",
            "distinct_persons",
        ),
        _line(Act.SEND_BACK, (State.SIGNED,), State.RETURNED, "opinion_given"),
        # Those who issued the document too are asked beside the stages, about the very content that is under way.
        _line(Act.ASK_ISSUERS, _UNDER_WAY, None, "joint"),
        _line(Act.NOTE_CONFIRMATION, _UNDER_WAY, None, "joint"),
        _line(
            Act.PUBLISH,
            (State.SIGNED,),
            State.PUBLISHED,
            *("signed_off", "cleared", "proactive", "unmarked", "confirmed"),
        ),
        # The worker then publishes or withdraws along the lines of those acts, asking every gate again.
        _line(Act.PLAN_RELEASE, (State.SIGNED,), None, "signed_off", "cleared", "proactive", "in_time"),
        _line(Act.PLAN_WITHDRAWAL, _MAY_BE_PUBLIC, None, "once_public", "still_public", "ground_given", "in_time"),
        _line(Act.CANCEL_PLAN, _MAY_BE_PUBLIC, None, "planned"),
        _line(Act.KEEP, (State.SIGNED,), State.KEPT, "signed_off", "not_proactive", "never_public"),
        _line(Act.REEVALUATE, (State.KEPT,), None, "opinion_given"),
        _line(Act.REOPEN, (State.KEPT,), State.DRAFT),
        _line(Act.CORRECT, (State.PUBLISHED,), State.CORRECTING),
        _line(Act.ABANDON, (State.CORRECTING, State.RETURNED), State.PUBLISHED, "once_public", "still_public"),
        _line(Act.SET_VALIDITY, (State.PUBLISHED,), None),
        _line(Act.WITHDRAW, _MAY_BE_PUBLIC, State.WITHDRAWN, "once_public", "still_public", "ground_given"),
        # One person, no ground: the reason follows within the day. Back to the public leads through all gates only.
        _line(Act.REMOVE, _MAY_BE_PUBLIC, State.WITHDRAWN, "once_public", "still_public"),
        _line(Act.EXPLAIN, (State.WITHDRAWN,), None, "unexplained", "ground_given"),
        _line(Act.REPUBLISH, (State.WITHDRAWN,), State.DRAFT, "explained", "ground_given"),
        _line(Act.LEAVE, (State.DRAFT, State.RETURNED), State.WITHDRAWN, "taken_down"),
        _line(Act.MOVE, _NEVER_PUBLIC_YET, State.MOVED, "never_public", "merged"),
        # Two people of two posts, neither of whom wrote in it: what goes here never comes back.
        _line(Act.ASK_PURGE, _NOT_PURGED, None, "not_a_writer", "ground_given"),
        _line(Act.PURGE, _NOT_PURGED, State.PURGED, "not_a_writer", "asked_by_another"),
        _line(Act.PURGE_EARLIER, _NOT_PURGED, None, "not_a_writer", "asked_by_another", "once_public"),
        _line(Act.DECLINE_PURGE, _NOT_PURGED, None, "asked_by_another", "ground_given"),
    ),
    labels={name.value: name.label for name in (*State, *Act)} | {SYSTEM_POST: "系统"},
)
