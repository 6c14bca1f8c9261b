"""Acts that are asked for once more before they happen: one table, one view for each line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.viewer import Actor
from gongkai.groundwork.ui.forms import DeskForm
from gongkai.groundwork.ui.parts import Confirmation
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.models import Entry
from gongkai.published.services.validity import Change
from gongkai.records.desk import forms
from gongkai.records.desk.access import door
from gongkai.records.domain.lifecycle import DUTIES_OF_ACTS, Act
from gongkai.records.domain.purging import Scope
from gongkai.records.models import Record
from gongkai.records.selectors import case_file
from gongkai.records.services import (
    acting,
    coordinating,
    drafting,
    keeping,
    planning,
    publishing,
    purging,
    removing,
    review,
    urgency,
)

_Perform = Callable[[Record, Mapping[str, Any], Actor, datetime], object]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked before an act, what will happen, and how it is done."""

    title: str
    sentence: str
    verb: str
    done: str
    perform: _Perform
    consequences: tuple[str, ...] = ()
    form: Callable[..., DeskForm] | None = None
    is_dangerous: bool = False


def asking(act: Act, question: Question) -> Callable[..., HttpResponseBase]:
    """The view: shows the question, and on POST does it and goes back to the case."""

    @door(*DUTIES_OF_ACTS[act])
    def view(request: DeskRequest, record_id: int) -> HttpResponseBase:
        record = case_file.record(request.viewer, request.seat.agency_id, record_id)
        form = question.form(request.POST or None) if question.form else None
        if request.method == "POST" and (form is None or form.is_valid()):
            done = _done(request, record, act, question, form)
            if done or form is None:
                return _back(request, record)
        return _ask(request, record, question, form)

    return view


def _done(request: DeskRequest, record: Record, act: Act, question: Question, form: DeskForm | None) -> bool:
    data = form.cleaned_data if form else {}
    try:
        question.perform(record, data, _actor(request, act), timezone.now())
    except acting.Refused as error:
        if isinstance(error, acting.NoSuchRecord):
            raise
        if form is None:
            messages.error(request, error.reason)
        else:
            form.add_error(None, error.reason)
        return False
    messages.success(request, question.done)
    return True


def _actor(request: DeskRequest, act: Act) -> Actor:
    """The person in a post that carries one of the duties of the act."""
    duty = next(duty for duty in DUTIES_OF_ACTS[act] if request.seat.may(duty))
    return request.actor(duty)


def _ask(request: DeskRequest, record: Record, question: Question, form: DeskForm | None) -> HttpResponse:
    confirmation = Confirmation(
        title=question.title,
        sentence=question.sentence.format(title=record.title),
        verb=question.verb,
        back_url=_case_url(request, record),
        consequences=question.consequences,
        is_dangerous=question.is_dangerous,
        form=form,
    )
    return render(request, "desk/confirm.html", {"confirmation": confirmation})


def _back(request: DeskRequest, record: Record) -> HttpResponse:
    return redirect(_case_url(request, record))


def _case_url(request: DeskRequest, record: Record) -> str:
    return reverse("records:case", kwargs={"agency_code": request.seat.agency_code, "record_id": record.pk})


def _reason(label: str, help_text: str) -> Callable[..., DeskForm]:
    def form(*args: Any, **kwargs: Any) -> DeskForm:
        return forms.GroundForm(*args, label=label, help_text=help_text, **kwargs)

    return form


def _purge_form(*args: Any, **kwargs: Any) -> DeskForm:
    return forms.PurgeForm(*args, label="清除依据", help_text="会在原网址上公开，不要写要清除的内容。", **kwargs)


def _set_validity(record: Record, data: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    successor = Entry.objects.filter(index_number=data["successor"]).first() if data["successor"] else None
    if data["successor"] and successor is None:
        raise publishing.CannotSetValidity("没有这个索引号的公开信息，请核对。")
    change = Change(
        validity=Validity(data["validity"]),
        since=data["since"],
        successor_id=successor.pk if successor else None,
        basis=data["basis"],
    )
    publishing.set_validity(record_id=record.pk, change=change, actor=actor, at=at)


QUESTIONS: Mapping[Act, Question] = {
    Act.RECALL: Question(
        title="撤回修改",
        sentence="撤回“{title}”，修改后重新提交。",
        verb="撤回修改",
        done="已撤回，可以修改。",
        consequences=("已有的审核意见不再有效，重新提交后从第一个环节审起。", "内容有改动的，要重新作保密审查。"),
        perform=lambda record, data, actor, at: review.recall(record_id=record.pk, actor=actor, at=at),
    ),
    Act.DISCARD: Question(
        title="作废草稿",
        sentence="作废“{title}”。",
        verb="作废",
        done="已作废。",
        consequences=("作废后不能恢复，仍可在“已作废”中查看。",),
        is_dangerous=True,
        perform=lambda record, data, actor, at: drafting.discard(record_id=record.pk, actor=actor, at=at),
    ),
    Act.ABANDON: Question(
        title="放弃更正",
        sentence="放弃对“{title}”的更正。",
        verb="放弃更正",
        done="已放弃更正，公开的内容没有变化。",
        consequences=("修改的内容和附件恢复为现在公开的样子。",),
        perform=lambda record, data, actor, at: publishing.abandon_correction(record_id=record.pk, actor=actor, at=at),
    ),
    Act.MARK_URGENT: Question(
        title="紧急发布",
        sentence="“{title}”需要紧急发布。",
        verb="标注紧急发布",
        done="已标注紧急发布，请有关同志抓紧办理。",
        consequences=(
            "审核流程中可以后补的环节先略过，发布后一个工作日内补办。",
            "签发和保密审查照常办理，不能略过。",
        ),
        form=_reason("紧急发布的理由", "例如应对突发事件，写明不立即发布的后果。"),
        perform=lambda record, data, actor, at: urgency.mark(
            record_id=record.pk, reason=data["ground"], actor=actor, at=at
        ),
    ),
    Act.LIFT_URGENCY: Question(
        title="取消紧急发布",
        sentence="“{title}”不再紧急发布，按审核流程逐环节办理。",
        verb="取消紧急发布",
        done="已取消紧急发布。",
        consequences=("在审核中的，回到还没有办理的第一个环节。",),
        perform=lambda record, data, actor, at: urgency.lift(record_id=record.pk, actor=actor, at=at),
    ),
    Act.SEND_BACK: Question(
        title="退回承办人",
        sentence="“{title}”已经签发，现退回承办人修改。",
        verb="退回承办人",
        done="已退回承办人。",
        form=_reason("退回意见", "告诉承办人改什么。"),
        perform=lambda record, data, actor, at: review.send_back(
            record_id=record.pk, opinion=data["ground"], actor=actor, at=at
        ),
    ),
    Act.ASK_ISSUERS: Question(
        title="征求联合发文机关确认",
        sentence="把“{title}”准备公开的内容发给联合发文机关确认。",
        verb="发出征求",
        done="已发出，各机关的答复会显示在本页。",
        consequences=(
            "只发给在本系统有席位的机关，其他机关和党委办公机构的意见请登记书面确认。",
            "各机关只看到准备公开的这一稿；内容改动后要重新征求。",
        ),
        perform=lambda record, data, actor, at: coordinating.ask(record_id=record.pk, actor=actor, at=at),
    ),
    Act.PUBLISH: Question(
        title="公开发布",
        sentence="把“{title}”发布到政府信息公开平台。",
        verb="公开发布",
        done="已公开发布。",
        consequences=("发布后立即可以被社会公众查到，并编定索引号，索引号以后不变。",),
        perform=lambda record, data, actor, at: publishing.publish(record_id=record.pk, actor=actor, at=at),
    ),
    Act.PLAN_RELEASE: Question(
        title="定时发布",
        sentence="到设定的时间，把“{title}”发布到政府信息公开平台。",
        verb="设定发布时间",
        done="已设定发布时间，到时自动公开发布。",
        consequences=(
            "到时再核对一次签发和保密审查，有一项不符合就不发布，并在“今天”里提醒。",
            "此前撤回、退回或者另行发布的，设定随即失效。",
        ),
        form=forms.PlanForm,
        perform=lambda record, data, actor, at: planning.plan_release(
            record_id=record.pk, due_at=data["due_at"], actor=actor, at=at
        ),
    ),
    Act.PLAN_WITHDRAWAL: Question(
        title="定时撤下",
        sentence="到设定的时间，把“{title}”从政府信息公开平台撤下。",
        verb="设定撤下时间",
        done="已设定撤下时间。",
        consequences=("到时公众不再看到内容，原网址保留索引号、撤下时间和依据。",),
        form=forms.PlannedWithdrawalForm,
        perform=lambda record, data, actor, at: planning.plan_withdrawal(
            record_id=record.pk, due_at=data["due_at"], ground=data["ground"], actor=actor, at=at
        ),
    ),
    Act.CANCEL_PLAN: Question(
        title="取消定时",
        sentence="取消为“{title}”设定的时间。",
        verb="取消定时",
        done="已取消，不再自动办理。",
        perform=lambda record, data, actor, at: planning.cancel(record_id=record.pk, actor=actor, at=at),
    ),
    Act.KEEP: Question(
        title="不公开留存",
        sentence="“{title}”不主动公开，在系统内留存。",
        verb="留存不公开",
        done="已留存，到评估日期会提醒。",
        perform=lambda record, data, actor, at: keeping.keep(record_id=record.pk, actor=actor, at=at),
    ),
    Act.REEVALUATE: Question(
        title="评估后继续不公开",
        sentence="已对“{title}”作出评估，继续不公开。",
        verb="记录评估结果",
        done="已记录评估结果。",
        form=forms.ReevaluationForm,
        perform=lambda record, data, actor, at: keeping.reevaluate(
            record_id=record.pk, next_on=data["next_on"], opinion=data["opinion"], actor=actor, at=at
        ),
    ),
    Act.REOPEN: Question(
        title="重新认定公开属性",
        sentence="重新办理“{title}”，认定新的公开属性。",
        verb="重新办理",
        done="已转为草稿，请修改公开属性后提交审核。",
        perform=lambda record, data, actor, at: keeping.reopen(record_id=record.pk, actor=actor, at=at),
    ),
    Act.CORRECT: Question(
        title="更正",
        sentence="更正已经公开的“{title}”。",
        verb="开始更正",
        done="可以修改了，改好后提交审核。",
        consequences=("更正发布以前，公开页面保持原样。", "更正同样要审核、签发和保密审查。"),
        form=_reason("更正原因", "随更正后的内容一并公开。"),
        perform=lambda record, data, actor, at: publishing.open_correction(
            record_id=record.pk, reason=data["ground"], actor=actor, at=at
        ),
    ),
    Act.SET_VALIDITY: Question(
        title="标注有效性",
        sentence="标注“{title}”现在的效力。",
        verb="保存标注",
        done="已标注有效性，公开页面随之更新。",
        form=forms.ValidityForm,
        perform=_set_validity,
    ),
    Act.WITHDRAW: Question(
        title="撤下",
        sentence="把“{title}”从政府信息公开平台撤下。",
        verb="撤下",
        done="已撤下，原网址显示撤下说明。",
        consequences=(
            "公众不能再看到内容，原网址保留索引号、撤下时间和依据。",
            "要重新公开，须重新审核、签发和保密审查。",
        ),
        form=_reason("撤下依据", "会在原网址上公开，不要写个人信息。"),
        is_dangerous=True,
        perform=lambda record, data, actor, at: publishing.withdraw(
            record_id=record.pk, ground=data["ground"], actor=actor, at=at
        ),
    ),
    Act.REMOVE: Question(
        title="紧急撤下",
        sentence="立即把“{title}”从政府信息公开平台撤下。",
        verb="立即撤下",
        done="已紧急撤下，一分钟内各处都不再显示。请及时补写原因。",
        consequences=("现在不用写原因，之后要在规定时间内补写。", "误撤的，经审核、签发和保密审查后可以重新公开。"),
        is_dangerous=True,
        perform=lambda record, data, actor, at: removing.remove(record_id=record.pk, actor=actor, at=at),
    ),
    Act.EXPLAIN: Question(
        title="补写撤下原因",
        sentence="“{title}”已紧急撤下，请补写原因。",
        verb="保存原因",
        done="已补写原因，公开页面随之更新。",
        form=_reason("撤下原因", "会在原网址上公开，不要写个人信息，也不要重复撤下的内容。"),
        perform=lambda record, data, actor, at: removing.explain(
            record_id=record.pk, reason=data["ground"], actor=actor, at=at
        ),
    ),
    Act.REPUBLISH: Question(
        title="重新公开",
        sentence="重新办理“{title}”的公开。",
        verb="开始办理",
        done="已转为草稿，修改后提交审核。",
        consequences=("审核、签发、保密审查都通过后，才在原网址上重新公开。", "索引号不变。"),
        form=_reason("重新公开的原因", "随内容一并公开。"),
        perform=lambda record, data, actor, at: removing.republish(
            record_id=record.pk, reason=data["ground"], actor=actor, at=at
        ),
    ),
    Act.LEAVE: Question(
        title="放弃重新公开",
        sentence="不再重新公开“{title}”。",
        verb="放弃重新公开",
        done="已放弃重新公开，仍为撤下状态。",
        consequences=("修改的内容和附件恢复为撤下时的样子。",),
        perform=lambda record, data, actor, at: removing.leave(record_id=record.pk, actor=actor, at=at),
    ),
    Act.ASK_PURGE: Question(
        title="申请清除",
        sentence="申请从系统中彻底清除“{title}”。",
        verb="提出申请",
        done="已提出申请，等待单位负责人确认。",
        consequences=(
            "用于误公开的个人信息等必须消失的内容；只需不再公开的，用“撤下”。",
            "由另一岗位的另一位同志确认后清除，清除后任何人都不能恢复。",
            "只留下内容的摘要值、依据、时间和办理人。",
        ),
        form=_purge_form,
        is_dangerous=True,
        perform=lambda record, data, actor, at: purging.ask(
            record_id=record.pk, scope=Scope(data["scope"]), ground=data["ground"], actor=actor, at=at
        ),
    ),
}
TAKE_OVER = Question(
    title="接手承办",
    sentence="由您继续承办“{title}”。",
    verb="接手",
    done="已由您承办。",
    consequences=("退回、提醒以后发给您；您和原承办人都不能审核这条信息。",),
    perform=lambda record, data, actor, at: drafting.take_over(record_id=record.pk, actor=actor, at=at),
)
