"""The doors of the desk. Every desk view carries one of these; a view without one fails the architecture tests.

A foreign agency answers 404, as if it did not exist, and leaves a line in the security log; an own agency
without the duty answers 403 and says which post may do it.
"""

import functools
import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from gongkai.accounts import viewer as viewers
from gongkai.accounts.domain.duties import Duty, posts_with
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping

security_log = logging.getLogger("gongkai.security")
# The agency at which the person last worked, kept in the session for the menu of pages that belong to none.
LAST_AGENCY = "agency"
# Only our own scripts act on a desk page; the editor sets inline styles. A view may set a policy of its own.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_BEFORE_NEW_PASSWORD = frozenset({"accounts:password", "accounts:sign_out"})
_Args = ParamSpec("_Args")


class DeskRequest(HttpRequest):
    """A request whose viewer is known; at an agency also the seat."""

    viewer: viewers.Viewer
    seat: viewers.Seat

    def actor(self, duty: Duty) -> viewers.Actor:
        """The viewer acting under the duty, at this agency or, on pages of no agency, at the first that gives it."""
        raise NotImplementedError  # bound in `_enter`; the annotation serves the type checker


_View = Callable[Concatenate[DeskRequest, _Args], HttpResponseBase]
_DjangoView = Callable[..., HttpResponseBase]


def open_to_anyone(view: Callable[Concatenate[HttpRequest, _Args], HttpResponseBase]) -> _DjangoView:
    """The few desk pages before sign-in."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: _Args.args, **kwargs: _Args.kwargs) -> HttpResponseBase:
        return _private(view(request, *args, **kwargs))

    opened.access = "anyone"  # type: ignore[attr-defined]
    return opened


def signed_in(*duties: Duty) -> Callable[[_View[_Args]], _DjangoView]:
    """For pages that belong to no agency; with duties, to whoever has one of them at any agency."""

    def wrap(view: _View[_Args]) -> _DjangoView:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: _Args.args, **kwargs: _Args.kwargs) -> HttpResponseBase:
            viewer = getattr(request, "viewer", None)
            if viewer is None or _must_change_password(request):
                return _to_the_door(request, viewer)
            if duties and not any(viewer.agencies_where(duty) for duty in duties):
                _refused(request, viewer, duties[0])
                raise PermissionDenied(_who_may(duties))
            return _private(view(_enter(request, viewer, None), *args, **kwargs))

        guarded.access = duties or "signed_in"  # type: ignore[attr-defined]
        return guarded

    return wrap


def at_agency(*duties: Duty) -> Callable[[_View[_Args]], _DjangoView]:
    """For pages of one agency, taken from ``agency_code`` in the URL; any one of the duties opens it."""

    def wrap(view: _View[_Args]) -> _DjangoView:
        @functools.wraps(view)
        def guarded(
            request: HttpRequest, agency_code: str, *args: _Args.args, **kwargs: _Args.kwargs
        ) -> HttpResponseBase:
            viewer = getattr(request, "viewer", None)
            if viewer is None or _must_change_password(request):
                return _to_the_door(request, viewer)
            seat = viewer.seat_at(agency_code)
            if seat is None:
                _refused(request, viewer, duties[0])
                raise Http404
            if not any(seat.may(duty) for duty in duties):
                _refused(request, viewer, duties[0])
                raise PermissionDenied(_who_may(duties))
            desk_request = _enter(request, viewer, seat)
            with scoping.narrow_to([seat.agency_id]):
                return _private(view(desk_request, *args, **kwargs))

        guarded.access = duties  # type: ignore[attr-defined]
        return guarded

    return wrap


def _enter(request: HttpRequest, viewer: viewers.Viewer, seat: viewers.Seat | None) -> DeskRequest:
    def actor(duty: Duty) -> viewers.Actor:
        places = viewer.agencies_where(duty) if seat is None else (seat.agency_id,)
        try:
            return viewers.actor_for(viewer, agency_id=places[0] if places else 0, duty=duty)
        except viewers.HoldsNoSuchPost as error:
            raise PermissionDenied(_who_may((duty,))) from error

    if seat is not None:
        request.seat = seat  # type: ignore[attr-defined]
        if request.session.get(LAST_AGENCY) != seat.agency_code:
            request.session[LAST_AGENCY] = seat.agency_code
    request.actor = actor  # type: ignore[attr-defined]
    return cast("DeskRequest", request)


def _who_may(duties: tuple[Duty, ...]) -> str:
    """The posts that open this page, in words."""
    posts = {post for duty in duties for post in posts_with(duty)}
    return "、".join(post.label for post in Post if post in posts)


def _must_change_password(request: HttpRequest) -> bool:
    place = request.resolver_match
    return bool(request.user.must_change_password) and (place is None or place.view_name not in _BEFORE_NEW_PASSWORD)  # type: ignore[union-attr]


def _to_the_door(request: HttpRequest, viewer: viewers.Viewer | None) -> HttpResponse:
    if viewer is not None:
        return redirect("accounts:password")
    return redirect(f"{reverse('accounts:sign_in')}?next={quote(request.get_full_path())}")


def _private(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, private=True, no_store=True)
    response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    return response


def _refused(request: HttpRequest, viewer: viewers.Viewer, duty: Duty) -> None:
    security_log.warning("refused: user %s wanted %s", viewer.user_id, duty.value, extra={"path": request.path_info})
