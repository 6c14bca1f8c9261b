"""Notices of the person, what falls due at the office, and where the office's reminders go."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.accounts.access import DeskRequest, at_agency, signed_in
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.notifications import inbox, sealing
from gongkai.records.selectors import falling_due as due
from gongkai.workbench import selectors
from gongkai.workbench.desk import forms
from gongkai.workbench.desk.contexts import reminders as contexts
from gongkai.workbench.models import Webhook
from gongkai.workbench.services import reaching


@signed_in(Duty.SEE_TODAY)
def notices(request: DeskRequest) -> HttpResponse:
    """What the person was told; having seen it, they know."""
    page = contexts.notice_list(inbox.notices(request.viewer.user_id), query=request.GET)
    inbox.mark_read(request.viewer.user_id, at=timezone.now())
    return render(request, "workbench/notices.html", {"page": page})


@at_agency(Duty.PUBLISH_RECORDS, Duty.SIGN_RECORDS)
def falling_due(request: DeskRequest) -> HttpResponse:
    """What the office must have public by a day; printable."""
    today = timezone.localdate()
    form = forms.UntilForm(request.GET if "until" in request.GET else None)
    until = form.cleaned_data["until"] if form.is_valid() else contexts.day_to_look_to(today)
    rows = due.falling_due(request.viewer, request.seat.agency_id, until=until)
    page = contexts.due_page(request.seat, rows, until=until, today=today)
    form.initial.setdefault("until", until)
    return render(request, "workbench/falling_due.html", {"form": form, "page": page})


@at_agency(Duty.KEEP_REMINDERS)
def receivers(request: DeskRequest) -> HttpResponse:
    """Contacts and webhooks; the look at telephone numbers and addresses is written down."""
    form = forms.ContactsForm(request.POST or None, people=() if request.POST else _contacts(request))
    if request.method == "POST" and form.is_valid():
        try:
            reaching.keep_contacts(people=form.people(), actor=request.actor(Duty.KEEP_REMINDERS), at=timezone.now())
        except reaching.CannotKeepContacts as error:
            form.add_error(None, str(error))
        else:
            return _done(request, "联系人已保存。")
    page = contexts.receivers_page(selectors.webhooks(request.viewer, request.seat.agency_id), request.seat)
    return render(request, "workbench/receivers.html", {"form": form, "page": page})


@at_agency(Duty.KEEP_REMINDERS)
def webhook_new(request: DeskRequest) -> HttpResponse:
    """A group or receiver."""
    form = forms.WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reaching.add_webhook(receiver=form.receiver(), actor=request.actor(Duty.KEEP_REMINDERS), at=timezone.now())
        except reaching.CannotAddWebhook as error:
            form.add_error(None, str(error))
        else:
            return _done(request, "接收地址已添加，请发送一条测试消息。")
    return render(request, "desk/form.html", {"form": form, "page": contexts.adding(request.seat)})


@at_agency(Duty.KEEP_REMINDERS)
@require_POST
def webhook_test(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """One message now."""
    _webhook(request, webhook_id)
    try:
        reaching.test_webhook(webhook_id=webhook_id, actor=request.actor(Duty.KEEP_REMINDERS), at=timezone.now())
    except reaching.CannotTest as error:
        messages.error(request, f"测试消息没有送达：{error}")
        return redirect("workbench:reminders", request.seat.agency_code)
    return _done(request, "测试消息已送达，请在群里查看。")


@at_agency(Duty.KEEP_REMINDERS)
def webhook_remove(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Removes it, after asking."""
    webhook = _webhook(request, webhook_id)
    if request.method == "POST":
        reaching.remove_webhook(webhook_id=webhook_id, actor=request.actor(Duty.KEEP_REMINDERS), at=timezone.now())
        return _done(request, "接收地址已移除。")
    return render(request, "desk/confirm.html", {"confirmation": contexts.removing(webhook, request.seat)})


def _contacts(request: DeskRequest) -> Sequence[reaching.Person]:
    rows = list(selectors.contacts(request.viewer, request.seat.agency_id))
    if not rows:
        return ()
    reaching.looked_at_contacts(actor=request.actor(Duty.KEEP_REMINDERS), at=timezone.now())
    try:
        return [reaching.person_of(contact) for contact in rows]
    except sealing.CannotOpen:
        messages.error(request, "提醒密钥已经更换，原来的联系人无法读取，请重新填写。")
        return ()


def _webhook(request: DeskRequest, webhook_id: int) -> Webhook:
    return get_object_or_404(selectors.webhooks(request.viewer, request.seat.agency_id), pk=webhook_id)


def _done(request: DeskRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("workbench:reminders", request.seat.agency_code)
