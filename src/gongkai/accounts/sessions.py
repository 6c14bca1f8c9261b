"""Open desk sessions: limited in number, closed when idle."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from gongkai.accounts.models import DeskSession, User

_TOUCH_EVERY = timedelta(minutes=1)


def begin(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Signs the person in on this browser: a new session key, a new CSRF secret, a registered session."""
    auth.login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    open_for(request, user, at=at)


def open_for(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Registers the session that was just signed in; the oldest ones over the limit end."""
    if request.session.session_key is None:
        request.session.create()
    DeskSession.objects.create(user=user, session_key=request.session.session_key or "", opened_at=at, seen_at=at)
    over = DeskSession.objects.filter(user=user).order_by("-opened_at", "-id")
    for session in over[settings.SESSION_LIMIT_PER_PERSON :]:
        session.delete()


def keep_alive(request: HttpRequest, user: User, *, at: datetime) -> bool:
    """Whether the session is still open; an idle or ended one is flushed."""
    session = DeskSession.objects.filter(user=user, session_key=request.session.session_key).first()
    if session is None or at - session.seen_at > timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        DeskSession.objects.filter(session_key=request.session.session_key).delete()
        request.session.flush()
        return False
    if at - session.seen_at > _TOUCH_EVERY:
        DeskSession.objects.filter(pk=session.pk).update(seen_at=at)
    return True


def keep_signed_in(request: HttpRequest, user: User) -> None:
    """After the person's own change of password this session goes on, under a new key."""
    before = request.session.session_key
    auth.update_session_auth_hash(request, user)
    DeskSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def close(request: HttpRequest) -> None:
    """Ends the session of this request."""
    DeskSession.objects.filter(session_key=request.session.session_key).delete()
    request.session.flush()
