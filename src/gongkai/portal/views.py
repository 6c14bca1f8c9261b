"""The pages of the portal: read the address, prepare the screen, show it."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.portal import asked, caching
from gongkai.portal.pages import entry as entry_screen
from gongkai.portal.pages import finding, home, lists, plain
from gongkai.portal.pages import gazettes as gazette_screen
from gongkai.portal.pages import key_areas as key_area_screen
from gongkai.portal.pages import tables as table_screen
from gongkai.published.models import ReleasedTable
from gongkai.published.selectors import catalogue, directory, entry_page, gazettes, listing, proof, tables
from gongkai.published.selectors.directory import Body


def _shown(request: HttpRequest, template: str, page: object) -> HttpResponse:
    """A page that depends on lists: it changed when anything public did."""
    response = render(request, f"portal/{template}.html", {"page": page})
    return caching.stamped(response, listing.last_change())


def _body(code: str) -> Body:
    body = directory.body_by_code(code)
    if body is None:
        raise Http404
    return body


@caching.shared
def home_page(request: HttpRequest) -> HttpResponse:
    return _shown(request, "home", home.home(request))


@caching.shared
def latest(request: HttpRequest) -> HttpResponse:
    return _shown(request, "latest", lists.latest(request))


@caching.shared
def agencies(request: HttpRequest) -> HttpResponse:
    return _shown(request, "agencies", home.agencies(request, asked.text(request, "name")))


@caching.shared
def agency(request: HttpRequest, code: str) -> HttpResponse:
    return _shown(request, "agency", lists.agency(request, _body(code)))


@caching.shared
def column(request: HttpRequest, code: str, node: str) -> HttpResponse:
    body = _body(code)
    found = catalogue.tree(body.id).by_code.get(node)
    if found is None:
        raise Http404
    return _shown(request, "agency", lists.column(request, body, found))


@caching.shared
def tables_page(request: HttpRequest, code: str) -> HttpResponse:
    return _shown(request, "tables", table_screen.tables_page(_body(code)))


@caching.shared
def table(request: HttpRequest, code: str, field: str) -> HttpResponse:
    body = _body(code)
    return _shown(request, "matters", table_screen.table_page(request, body, _table(body, field)))


@require_safe
def table_csv(request: HttpRequest, code: str, field: str) -> StreamingHttpResponse:
    found = _table(_body(code), field)
    lines = (line.encode() for line in table_screen.as_csv(found))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{code}-{field}.csv"'
    return response


def _table(body: Body, field: str) -> ReleasedTable:
    found = tables.table(body.id, field)
    if found is None:
        raise Http404
    return found


@caching.shared
def key_areas(request: HttpRequest) -> HttpResponse:
    page = key_area_screen.areas_page(request, this_year=timezone.localdate().year)
    return _shown(request, "key_areas", page)


@caching.shared
def key_area(request: HttpRequest, area: str) -> HttpResponse:
    return _shown(request, "key_area", key_area_screen.area_page(request, area))


@caching.shared
def gazettes_page(request: HttpRequest) -> HttpResponse:
    return _shown(request, "gazettes", gazette_screen.gazette_page(request))


@caching.shared
def gazette(request: HttpRequest, gazette_id: int) -> HttpResponse:
    found = gazettes.issue(gazette_id)
    if found is None:
        raise Http404
    return _shown(request, "gazette", gazette_screen.issue_page(found))


@caching.shared
def library(request: HttpRequest) -> HttpResponse:
    return _finding(request, is_library=True)


@caching.shared
def search(request: HttpRequest) -> HttpResponse:
    return _finding(request, is_library=False)


def _finding(request: HttpRequest, *, is_library: bool) -> HttpResponse:
    wanted = finding.asked_in(request, is_library=is_library)
    page = finding.finding(wanted, is_library=is_library, at=timezone.now())
    response = render(request, "portal/finding.html", {"page": page})
    return response if page.is_available else caching.not_kept(response)


@caching.shared
def requests(request: HttpRequest) -> HttpResponse:
    return _shown(request, "requests", home.requests(request))


@caching.shared
def annual_reports(request: HttpRequest) -> HttpResponse:
    return _shown(request, "annual_reports", home.annual_reports(request))


@caching.shared
def open_data(request: HttpRequest) -> HttpResponse:
    return _shown(request, "open_data", plain.open_data(request))


@caching.shared
def accessibility(request: HttpRequest) -> HttpResponse:
    return _shown(request, "accessibility", plain.accessibility(request))


@caching.shared
def site_map(request: HttpRequest) -> HttpResponse:
    return _shown(request, "site_map", plain.site_map(request))


@caching.shared
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    found = entry_page.whole(entry_id)
    if found is None:
        raise Http404
    if found.entry.is_withdrawn:
        page = entry_screen.tombstone(found.entry)
        return render(request, "portal/tombstone.html", {"page": page}, status=410)
    response = render(request, "portal/entry.html", {"page": entry_screen.entry(request, found)})
    return caching.stamped(response, found.entry.updated_at)


@caching.shared
def content(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What is public, as the bytes whose SM3 the entry page and the publication certificate name."""
    found = entry_page.whole(entry_id)
    if found is None:
        raise Http404
    if found.entry.is_withdrawn:
        return HttpResponse(status=410)
    return HttpResponse(proof.of_whole(found), content_type="application/json")


@caching.shared
def slash_missing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address typed without its last slash leads on; any other unknown one is a 404."""
    if rest.endswith("/") or resolve(f"/{rest}/").url_name == "slash_missing":
        raise Http404
    return redirect(f"{request.path}/", permanent=True)
