"""Error pages: the desk's for the desk, the portal's for everyone else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.config.middleware import is_desk


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400", 400)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, "500", 500)


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    side = "desk" if is_desk(request) else "portal"
    if side not in settings.SIDES:
        # A process that serves one side alone cannot link to pages of the other.
        side = settings.SIDES[0]
    told = {"request_id": request.META.get("gongkai.request_id", "")}
    return render(request, f"{side}/errors/{name}.html", told, status=status)
