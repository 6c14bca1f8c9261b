"""Everything done to a record as one timeline, read off the audit trail."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from gongkai.accounts.domain.posts import Post
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.ui.parts import TimelineEvent, Tone
from gongkai.published.domain.vocabulary import VALIDITIES, Validity
from gongkai.records.domain import cuts
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.channels import Channel
from gongkai.records.domain.content import FIELD_LABELS
from gongkai.records.domain.joint import Answer
from gongkai.records.domain.normative import Outcome
from gongkai.records.domain.purging import Scope
from gongkai.records.domain.stages import Scheme
from gongkai.records.services.clearance import Verdict

_Detail = Mapping[str, Any]
_POSTS = {post.value: post.label for post in Post}
_FOLLOWING = {
    "record.follow_up": "通过",
    "record.demand_correction": "要求更正",
    "record.demand_withdrawal": "要求撤下",
}
# What one person does many times in a row is one event.
_RUNS = frozenset({"record.edit", "record.look"})
_PLANNED = {"release": "定时发布", "withdrawal": "定时撤下"}
_TONES = {
    "record.return": Tone.WAITING,
    "record.plan_failed": Tone.BAD,
    "record.send_back": Tone.WAITING,
    "record.demand_correction": Tone.WAITING,
    "record.demand_withdrawal": Tone.BAD,
    "record.recall": Tone.WAITING,
    "record.sign": Tone.ACTIVE,
    "record.publish": Tone.GOOD,
    "record.import": Tone.GOOD,
    "record.withdraw": Tone.ENDED,
    "record.remove": Tone.BAD,
    "record.purge": Tone.ENDED,
    "record.discard": Tone.ENDED,
    "record.calendar": Tone.WAITING,
    "record.move": Tone.ENDED,
}


def events(trail: Iterable[AuditEvent], scheme: Scheme | None, files: Mapping[str, str]) -> tuple[TimelineEvent, ...]:
    """The newest first; a run of changes by one person is one event. ``files`` names those that are still there.

    The trail itself knows a file by its digest only: what was purged is not named there either.
    """
    return tuple(_event(event, scheme, files) for event in reversed(list(_without_runs(trail))))


def _without_runs(trail: Iterable[AuditEvent]) -> Iterator[AuditEvent]:
    last: AuditEvent | None = None
    for event in trail:
        if last is not None and not (_same_run(last, event)):
            yield last
        last = event
    if last is not None:
        yield last


def _same_run(first: AuditEvent, second: AuditEvent) -> bool:
    return (first.action, first.actor_id) == (second.action, second.actor_id) and first.action in _RUNS


def _event(event: AuditEvent, scheme: Scheme | None, files: Mapping[str, str]) -> TimelineEvent:
    title, text = _words(event, scheme)
    text = text or files.get(event.detail.get("file", ""), "")
    return TimelineEvent(
        at=event.at,
        title=title,
        who=event.actor_name,
        post=_post(event),
        text=text,
        tone=_tone(event),
    )


def _post(event: AuditEvent) -> str:
    """The post, with the office if the person sits at another one (上级, 代办)."""
    office = event.detail.get("office", "")
    label = _POSTS.get(event.post, "")
    return f"代办：{office}{label}" if event.detail.get("on_behalf") else f"{office}{label}"


def _tone(event: AuditEvent) -> Tone:
    if event.action == "record.clear":
        return Tone.ACTIVE if event.detail.get("verdict") == Verdict.PUBLISH else Tone.BAD
    return _TONES.get(event.action, Tone.NEUTRAL)


def _words(event: AuditEvent, scheme: Scheme | None) -> tuple[str, str]:
    detail: _Detail = event.detail
    known = {stage.code: stage.label for stage in scheme.stages} if scheme is not None else {}
    if event.action == "record.approve":
        return f"{known.get(detail.get('stage', ''), '审核')}：通过", str(detail.get("opinion", ""))
    if event.action in _FOLLOWING:
        return f"补办{known.get(detail['stage'], '审核')}：{_FOLLOWING[event.action]}", str(detail["opinion"])
    if event.action == "record.record_paper":
        return _on_paper(detail, known.get(detail["stage"], "审核"))
    describe = _TITLES.get(event.action)
    return describe(detail) if describe else (event.action, "")


def _plain(title: str, text: str = "") -> Callable[[_Detail], tuple[str, str]]:
    """The title, with the value of ``text`` in the detail below it."""
    return lambda detail: (title, str(detail.get(text, "")))


def _on_paper(detail: _Detail, stage: str) -> tuple[str, str]:
    verdicts = {verdict.value: f"保密审查：{verdict.label}" for verdict in Verdict}
    ways = {"approve": f"{stage}：通过", "return": f"{stage}：退回修改"} | verdicts
    lines = [f"{detail['signer']}于{detail['signed_on']}在纸上签批", detail["opinion"]]
    lines += [f"签批日期早于送审：{detail['note']}"] if detail["note"] else []
    return f"录入纸质签批，{ways[detail['outcome']]}", "\n".join(line for line in lines if line)


def _edited(detail: _Detail) -> tuple[str, str]:
    labels = dict.fromkeys(FIELD_LABELS[name] for name in detail.get("fields", ()) if name in FIELD_LABELS)
    return "修改内容", "、".join(labels)


def _cleared(detail: _Detail) -> tuple[str, str]:
    return f"保密审查：{Verdict(detail['verdict']).label}", str(detail.get("opinion", ""))


def _channel(title: str) -> Callable[[_Detail], tuple[str, str]]:
    return lambda detail: (title, f"{Channel(detail['channel']).label}：{detail['name']}")


def _answered(detail: _Detail) -> tuple[str, str]:
    return f"{detail['issuer']}答复：{Answer(detail['answer']).label}", str(detail.get("opinion", ""))


def _ground(detail: _Detail) -> str:
    return f"理由：{cuts.label(detail['ground'], detail['note'])}"


def _moment(detail: _Detail) -> str:
    return f"{datetime.fromisoformat(detail['due_at']):%Y年%-m月%-d日%-H:%M}"


def _validity(detail: _Detail) -> tuple[str, str]:
    return f"标注为“{VALIDITIES.get(detail['validity'], '')}”", str(detail.get("basis", ""))


def _evaluated(title: str) -> Callable[[_Detail], tuple[str, str]]:
    return lambda detail: (f"{title}：{Outcome(detail['outcome']).label}", str(detail["reason"]))


def _by_calendar(detail: _Detail) -> tuple[str, str]:
    day = date.fromisoformat(detail["since"])
    ended = detail["validity"] == Validity.EXPIRED
    return ("有效期届满，标注为“失效”" if ended else "开始生效", f"自{day:%Y年%-m月%-d日}起")


def _purged(detail: _Detail) -> tuple[str, str]:
    return f"确认清除{Scope(detail['scope']).label}", f"{detail['asked_by']}申请：{detail['ground']}"


_TITLES: Mapping[str, Callable[[_Detail], tuple[str, str]]] = {
    "record.draft": _plain("起草"),
    "record.edit": _edited,
    "record.cut": lambda detail: (f"删减{detail['places']}处", _ground(detail)),
    "record.uncut": lambda detail: ("取消一处删减", _ground(detail)),
    "record.ask_issuers": lambda detail: ("征求联合发文机关确认", "、".join(detail["issuers"])),
    "record.answer": _answered,
    "record.note_confirmation": lambda detail: (
        f"登记书面意见：{Answer(detail['answer']).label}",
        f"{detail['issuer']}（{detail['given_by']}）",
    ),
    "record.take_over": lambda detail: ("接手承办", f"原承办人：{detail.get('from', '')}"),
    "record.attach": _plain("添加附件", "title"),
    "record.detach": _plain("移除附件", "title"),
    "record.arrange_files": _plain("调整附件顺序"),
    "record.dismiss_finding": _plain("忽略一项检查结果", "reason"),
    "record.read_by_eye": _plain("人工阅看附件", "title"),
    "record.submit": lambda detail: (f"提交审核（第{detail.get('version', '')}稿）", ""),
    "record.approve": _plain("审核通过", "opinion"),
    "record.sign": _plain("签发", "opinion"),
    "record.return": _plain("退回修改", "opinion"),
    "record.look": _plain("上级查阅"),
    "record.mark_urgent": _plain("标注紧急发布", "reason"),
    "record.lift_urgency": _plain("取消紧急发布"),
    "record.send_back": _plain("退回承办人", "opinion"),
    "record.recall": _plain("撤回修改"),
    "record.clear": _cleared,
    "record.publish": lambda detail: ("公开发布", f"索引号：{detail.get('index_number', '')}"),
    "record.plan_release": lambda detail: ("设定定时发布", _moment(detail)),
    "record.plan_withdrawal": lambda detail: ("设定定时撤下", f"{_moment(detail)}，依据：{detail['ground']}"),
    "record.cancel_plan": _plain("取消定时"),
    "record.plan_done": lambda detail: (f"{_PLANNED[detail['kind']]}时间已到", f"由{detail['planned_by']}设定"),
    "record.plan_failed": lambda detail: (f"{_PLANNED[detail['kind']]}没有办成", str(detail["reason"])),
    "record.import": _plain("作为历史信息导入并公开"),
    "record.import_again": _plain("再次导入，内容有更新"),
    "record.correct": _plain("开始更正", "reason"),
    "record.abandon": _plain("放弃更正"),
    "record.set_validity": _validity,
    "record.calendar": _by_calendar,
    "record.register": lambda detail: ("登记编号", f"登记号：{detail['number']}"),
    "record.evaluate": _evaluated("评估"),
    "record.clean_up": _evaluated("清理意见"),
    "record.move": lambda detail: (f"移交{detail.get('to', '')}继续办理", ""),
    "record.receive": lambda detail: (f"自{detail.get('from', '')}接收", "机构合并，重新履行审核程序"),
    "record.hand_over": lambda detail: (f"承办人变更为{detail.get('to', '')}", "工作交接"),
    "record.channel_noted": _channel("登记公开渠道"),
    "record.channel_removed": _channel("移除渠道登记"),
    "record.withdraw": _plain("撤下", "ground"),
    "record.remove": lambda detail: ("紧急撤下", f"原因须在{detail['reason_due_on']}前补写"),
    "record.explain": _plain("补写撤下原因", "reason"),
    "record.republish": _plain("重新办理公开", "reason"),
    "record.leave": _plain("放弃重新公开"),
    "record.ask_purge": lambda detail: (f"申请清除{Scope(detail['scope']).label}", str(detail["ground"])),
    "record.decline_purge": _plain("不予清除", "opinion"),
    "record.purge": _purged,
    "record.purge_earlier": _purged,
    "record.discard": _plain("作废"),
    "record.keep": lambda detail: ("不公开留存", Attribute(detail["attribute"]).label),
    "record.reevaluate": lambda detail: ("评估后继续不公开", f"{detail['opinion']}（下次评估：{detail['next_on']}）"),
    "record.deadline_moved": lambda detail: ("公开期限重新计算", f"{detail['from']}改为{detail['to']}"),
    "record.reopen": _plain("重新认定公开属性"),
}
