"""Error pages: the desk's for the desk, the portal's for everyone else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.config.middleware import is_desk


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``exception`` names the posts that may do it; it is empty where no post is the reason."""
    return _page(request, "403", 403, posts=str(exception))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: mostly a page that was left open over night."""
    return _page(request, "403_form" if is_desk(request) else "403", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400", 400)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, "500", 500)


def _page(request: HttpRequest, name: str, status: int, posts: str = "") -> HttpResponse:
    side = "desk" if is_desk(request) else "portal"
    if side not in settings.SIDES:
        # A process that serves one side alone cannot link to pages of the other.
        side = settings.SIDES[0]
    told = {"request_id": request.META.get("gongkai.request_id", ""), "posts": posts}
    return render(request, f"{side}/errors/{name}.html", told, status=status)
