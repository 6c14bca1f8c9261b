"""People and posts: the system administrator keeps accounts, the security administrator gives posts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.accounts import selectors
from gongkai.accounts.access import DeskRequest, signed_in
from gongkai.accounts.desk.people import asking, contexts, forms
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.models import PostHolding, Substitute, User
from gongkai.accounts.services import passwords, people, posting, second_factor, standing_in
from gongkai.accounts.viewer import Actor

_KEEPERS = (Duty.MANAGE_ACCOUNTS, Duty.GRANT_POSTS)


@signed_in(*_KEEPERS)
def people_list(request: DeskRequest) -> HttpResponse:
    """Everybody, with filters."""
    page = contexts.people_page(request.viewer, query=request.GET, now=timezone.now())
    return render(request, "accounts/people/list.html", {"page": page})


@signed_in(*_KEEPERS)
def person(request: DeskRequest, person_id: int) -> HttpResponse:
    """One person; the look at the telephone number is written down."""
    found = _person_read(request, person_id)
    page = contexts.person_page(request.viewer, found, now=timezone.now())
    return render(request, "accounts/people/person.html", {"page": page})


@signed_in(Duty.MANAGE_ACCOUNTS)
def create(request: DeskRequest) -> HttpResponse:
    """A new account; its initial password is shown once, on the answer itself."""
    form = forms.PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = people.create(details=form.details(), actor=request.actor(Duty.MANAGE_ACCOUNTS), at=timezone.now())
        except people.CannotKeepPerson as error:
            asking.add_reasons(form, error.reasons)
        else:
            return _password_shown(request, made.user, made.password)
    return render(request, "desk/form.html", {"form": form, "page": asking.new_person()})


@signed_in(Duty.MANAGE_ACCOUNTS)
def change(request: DeskRequest, person_id: int) -> HttpResponse:
    """Name and contact."""
    found = _person_read(request, person_id)
    form = forms.PersonForm(request.POST or None, person=found)
    if request.method == "POST" and form.is_valid():
        try:
            actor = request.actor(Duty.MANAGE_ACCOUNTS)
            people.change(person_id=person_id, details=form.details(), actor=actor, at=timezone.now())
        except people.CannotKeepPerson as error:
            asking.add_reasons(form, error.reasons)
        else:
            return _done(request, person_id, "已保存。")
    return render(request, "desk/form.html", {"form": form, "page": asking.change_person(found)})


@signed_in(Duty.MANAGE_ACCOUNTS)
def close(request: DeskRequest, person_id: int) -> HttpResponse:
    """Closes the account, after asking."""
    found = _person(request, person_id)
    if request.method == "POST":
        try:
            people.close(person_id=person_id, actor=request.actor(Duty.MANAGE_ACCOUNTS), at=timezone.now())
        except people.CannotClosePerson as error:
            return _refused(request, person_id, str(error))
        return _done(request, person_id, "账号已停用。")
    return render(request, "desk/confirm.html", {"confirmation": asking.closing(found)})


@signed_in(Duty.MANAGE_ACCOUNTS)
@require_POST
def reopen(request: DeskRequest, person_id: int) -> HttpResponse:
    """Opens a closed account again."""
    _person(request, person_id)
    people.reopen(person_id=person_id, actor=request.actor(Duty.MANAGE_ACCOUNTS), at=timezone.now())
    return _done(request, person_id, "账号已恢复。")


@signed_in(Duty.MANAGE_ACCOUNTS)
def reset_password(request: DeskRequest, person_id: int) -> HttpResponse:
    """A new initial password, after asking; shown once, on the answer itself."""
    found = _person(request, person_id)
    if request.method == "POST":
        try:
            actor = request.actor(Duty.MANAGE_ACCOUNTS)
            password = passwords.reset(person_id=person_id, actor=actor, at=timezone.now())
        except passwords.CannotResetPassword as error:
            return _refused(request, person_id, str(error))
        return _password_shown(request, found, password)
    return render(request, "desk/confirm.html", {"confirmation": asking.resetting(found)})


@signed_in(Duty.GRANT_POSTS)
@require_POST
def unlock(request: DeskRequest, person_id: int) -> HttpResponse:
    """Lifts the lock."""
    _person(request, person_id)
    people.unlock(person_id=person_id, actor=request.actor(Duty.GRANT_POSTS), at=timezone.now())
    return _done(request, person_id, "已解除锁定。")


@signed_in(Duty.GRANT_POSTS)
def remove_second_factor(request: DeskRequest, person_id: int) -> HttpResponse:
    """Turns the second factor off for somebody who lost the telephone, after asking."""
    found = _person(request, person_id)
    if request.method == "POST":
        try:
            actor = request.actor(Duty.GRANT_POSTS)
            second_factor.remove_for(person_id=person_id, actor=actor, at=timezone.now())
        except second_factor.CannotRemoveSecondFactor as error:
            return _refused(request, person_id, str(error))
        return _done(request, person_id, "动态口令已停用。")
    return render(request, "desk/confirm.html", {"confirmation": asking.removing_second_factor(found)})


@signed_in(Duty.GRANT_POSTS)
def grant(request: DeskRequest, person_id: int) -> HttpResponse:
    """A post for this person."""
    found, now = _person(request, person_id), timezone.now()
    form = forms.GrantForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            posting.grant(wish=form.wish(person_id), actor=request.actor(Duty.GRANT_POSTS), at=now)
        except posting.CannotGrantPost as error:
            form.add_error(None, str(error))
        else:
            return _done(request, person_id, "岗位已设置。")
    return render(request, "desk/form.html", {"form": form, "page": asking.grant(found)})


@signed_in(Duty.GRANT_POSTS)
def end_post(request: DeskRequest, holding_id: int) -> HttpResponse:
    """Ends a post on a day."""
    holding, now = (
        get_object_or_404(PostHolding.objects.select_related("user", "agency"), pk=holding_id),
        timezone.now(),
    )
    form = forms.EndPostForm(request.POST or None, holding=holding, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            actor, last_day = request.actor(Duty.GRANT_POSTS), form.cleaned_data["last_day"]
            posting.end(holding_id=holding_id, last_day=last_day, actor=actor, at=now)
        except posting.CannotEndPost as error:
            form.add_error(None, str(error))
        else:
            return _done(request, holding.user_id, "岗位已终止。")
    return render(request, "desk/form.html", {"form": form, "page": asking.ending(holding)})


@signed_in(Duty.GRANT_POSTS)
def appoint(request: DeskRequest, holding_id: int) -> HttpResponse:
    """A substitute for a post."""
    holding = get_object_or_404(PostHolding.objects.select_related("user", "agency"), pk=holding_id)
    now = timezone.now()
    form = forms.SubstituteForm(request.POST or None, holding=holding, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            actor = request.actor(Duty.GRANT_POSTS)
            standing_in.appoint(holding_id=holding_id, **form.cleaned_data, actor=actor, at=now)
        except standing_in.CannotAppointSubstitute as error:
            form.add_error(None, str(error))
        else:
            return _done(request, holding.user_id, "B角已设置。")
    return render(request, "desk/form.html", {"form": form, "page": asking.appointing(holding)})


@signed_in(Duty.GRANT_POSTS)
def end_substitution(request: DeskRequest, substitute_id: int) -> HttpResponse:
    """Ends the arrangement today, after asking."""
    rows = Substitute.objects.select_related("holding__user", "person")
    found, now = get_object_or_404(rows, pk=substitute_id), timezone.now()
    if request.method != "POST":
        return render(request, "desk/confirm.html", {"confirmation": asking.ending_substitution(found)})
    try:
        actor, today = request.actor(Duty.GRANT_POSTS), timezone.localdate(now)
        standing_in.end(substitute_id=substitute_id, last_day=today, actor=actor, at=now)
    except standing_in.CannotEndSubstitution as error:
        return _refused(request, found.holding.user_id, str(error))
    return _done(request, found.holding.user_id, "B角已终止。")


def _person(request: DeskRequest, person_id: int) -> User:
    return get_object_or_404(selectors.people(request.viewer), pk=person_id)


def _person_read(request: DeskRequest, person_id: int) -> User:
    """The person with telephone and mail on the screen: such a look is written down."""
    found = _person(request, person_id)
    if request.method == "GET" and (found.phone or found.email):
        people.looked_at(person_id=found.pk, actor=_keeper(request), at=timezone.now())
    return found


def _keeper(request: DeskRequest) -> Actor:
    return request.actor(next(duty for duty in _KEEPERS if request.viewer.agencies_where(duty)))


def _done(request: DeskRequest, person_id: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("accounts:person", person_id=person_id)


def _refused(request: DeskRequest, person_id: int, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("accounts:person", person_id=person_id)


def _password_shown(request: DeskRequest, user: User, password: str) -> HttpResponse:
    return render(request, "accounts/people/initial_password.html", {"person": user, "password": password})
