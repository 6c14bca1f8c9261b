"""Mail settings with a test."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest, signed_in
from gongkai.accounts.domain.duties import Duty
from gongkai.config.desk.mail import contexts, forms, sending


@signed_in(Duty.TEST_MAIL)
def mail(request: DeskRequest) -> HttpResponse:
    """The settings, and a button that sends one mail."""
    form = forms.TestMailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            address, actor = form.cleaned_data["address"], request.actor(Duty.TEST_MAIL)
            sending.send_test(address=address, actor=actor, at=timezone.now())
        except sending.CannotSendMail as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "测试邮件已交给邮件服务器，请查收。")
            return redirect("system:mail")
    return render(request, "system/mail.html", {"form": form, "facts": contexts.facts()})
