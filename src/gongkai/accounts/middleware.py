"""Who is signed in, on the desk only."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from gongkai.accounts import sessions, viewer
from gongkai.accounts.models import User


class SignedInMiddleware(MiddlewareMixin):
    """Sets ``request.viewer``: the signed-in person with today's posts, or None."""

    def process_request(self, request: HttpRequest) -> None:
        request.viewer = None  # type: ignore[attr-defined]
        if not hasattr(request, "session"):
            return
        user = auth.get_user(request)
        now = timezone.now()
        if isinstance(user, User) and _may_work(user) and sessions.keep_alive(request, user, at=now):
            request.user = user
            request.viewer = viewer.viewer_of(user, on=timezone.localdate(now))  # type: ignore[attr-defined]


def _may_work(user: User) -> bool:
    return user.is_active and (settings.DEMO or not user.is_demo)
