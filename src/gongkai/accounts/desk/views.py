"""Signing in and out, and the own account."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gongkai.accounts import sessions
from gongkai.accounts.access import DeskRequest, open_to_anyone, signed_in
from gongkai.accounts.desk import contexts, forms
from gongkai.accounts.models import User
from gongkai.accounts.services import passwords, people, second_factor, signing_in
from gongkai.accounts.viewer import Viewer, as_oneself, viewer_of
from gongkai.groundwork.ui.parts import FormPage

_PROPOSED = "proposed_second_factor"


@open_to_anyone
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password, or where the person wanted to go."""
    if (viewer := getattr(request, "viewer", None)) is not None:
        return redirect(_wanted(request, viewer))
    form = forms.SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = signing_in.sign_in(attempt=signing_in.Attempt(**form.cleaned_data), at=timezone.now())
        except signing_in.CannotSignIn:
            form.add_error(None, _refusal())
        else:
            sessions.begin(request, user, at=timezone.now())
            return redirect(_wanted(request, viewer_of(user, on=timezone.localdate())))
    return render(request, "accounts/sign_in.html", {"form": form})


@signed_in()
@require_POST
def sign_out(request: DeskRequest) -> HttpResponse:
    """Ends this session."""
    signing_in.sign_out(user=_user(request), at=timezone.now())
    sessions.close(request)
    return redirect("accounts:sign_in")


@signed_in()
def account(request: DeskRequest) -> HttpResponse:
    """Own data, posts, sessions."""
    key, now = request.session.session_key or "", timezone.now()
    page = contexts.account_page(request.viewer, _user(request), session_key=key, now=now)
    return render(request, "accounts/account.html", {"page": page})


@signed_in()
def password(request: DeskRequest) -> HttpResponse:
    """A new password, chosen by the person."""
    form = forms.PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, "密码已修改，其他设备上的登录已退出。")
        return redirect("accounts:account")
    page = FormPage(title="修改密码", verb="修改密码", back_url=reverse("accounts:account"), sentence=_why(request))
    return render(request, "desk/form.html", {"form": form, "page": page})


@signed_in()
def second_factor_on(request: DeskRequest) -> HttpResponse:
    """Shows a new secret and turns the second factor on once a code fits."""
    proposed = request.session.setdefault(_PROPOSED, second_factor.propose())
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _confirmed(request, form, proposed):
        del request.session[_PROPOSED]
        messages.success(request, "动态口令已启用，下次登录时请一并填写。")
        return redirect("accounts:account")
    page = contexts.secret_page(_user(request), proposed)
    return render(request, "accounts/second_factor.html", {"form": form, "page": page})


@signed_in()
def second_factor_off(request: DeskRequest) -> HttpResponse:
    """Turns it off again, after the password."""
    form = forms.OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _given_up(request, form):
        messages.success(request, "动态口令已停用。")
        return redirect("accounts:account")
    page = FormPage(title="停用动态口令", verb="停用", back_url=reverse("accounts:account"), sentence=_WEAKER)
    return render(request, "desk/form.html", {"form": form, "page": page})


@signed_in()
@require_POST
def end_other_sessions(request: DeskRequest) -> HttpResponse:
    """Signs the person out everywhere else."""
    user = _user(request)
    key = request.session.session_key or ""
    people.end_sessions(person_id=user.pk, except_key=key, actor=as_oneself(user), at=timezone.now())
    messages.success(request, "其他设备上的登录已退出。")
    return redirect("accounts:account")


_WEAKER = "停用后仅凭密码即可登录，账号的安全性会降低。"


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the door lets nobody else in
    return request.user


def _wanted(request: HttpRequest, viewer: Viewer) -> str:
    """Where the person was going, if that is on this site; without any post there is only the own account."""
    if not viewer.seats:
        return reverse("accounts:account")
    target = request.GET.get("next", "")
    fits = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if fits else reverse("workbench:today")


def _refusal() -> str:
    return (
        f"用户名、密码或动态口令不正确。连续{settings.SIGN_IN_FAILURE_LIMIT}次不成功的，账号锁定"
        f"{settings.SIGN_IN_LOCK_MINUTES}分钟；急需使用的，请联系安全管理员解除锁定。"
    )


def _why(request: DeskRequest) -> str:
    return "您使用的是初始密码，请先设置自己的密码。" if _user(request).must_change_password else ""


def _changed(request: DeskRequest, form: forms.PasswordForm) -> bool:
    old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    user, key = _user(request), request.session.session_key or ""
    try:
        passwords.change_own(user=user, old=old, new=new, keep_session=key, at=timezone.now())
    except passwords.CannotChangePassword as error:
        form.add_error("old" if error.old_is_wrong else "new", list(error.reasons))
        return False
    sessions.keep_signed_in(request, user)
    return True


def _confirmed(request: DeskRequest, form: forms.CodeForm, proposed: str) -> bool:
    try:
        second_factor.confirm(user=_user(request), proposed=proposed, code=form.cleaned_data["code"], at=timezone.now())
    except second_factor.CannotSetSecondFactor as error:
        form.add_error("code", str(error))
        return False
    return True


def _given_up(request: DeskRequest, form: forms.OwnPasswordForm) -> bool:
    try:
        second_factor.give_up(user=_user(request), password=form.cleaned_data["password"], at=timezone.now())
    except second_factor.CannotSetSecondFactor as error:
        form.add_error("password", str(error))
        return False
    return True
