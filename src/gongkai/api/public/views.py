"""The public interface: what is public, for programs, without a key."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from gongkai.api.public import downloads, listing, shapes
from gongkai.api.public.schemas import CatalogueLine, EntryDetail, EntryList, EntryQuery, Problem
from gongkai.groundwork import caching
from gongkai.published.selectors import entry_page

LARGEST_ID = 10**18 - 1


class Readable(JSONRenderer):
    """Chinese as itself: half as long, and a person can read it."""

    def __init__(self) -> None:
        super().__init__()
        self.json_dumps_params = {"ensure_ascii": False}


class PublicAPI(NinjaAPI):
    """Shared caches may keep what was found; a problem is true for the moment only."""

    def create_response(self, request: HttpRequest, data: Any, **values: Any) -> HttpResponse:
        response = super().create_response(request, data, **values)
        response.headers["Cache-Control"] = caching.SHARED if response.status_code == 200 else caching.NOT_KEPT
        return response


api = PublicAPI(
    renderer=Readable(),
    title="政府信息公开数据接口",
    version="1.0.0",
    description="公开条目的列表、检索、增量更新和目录下载。无需登记，不需要密钥。",
    urls_namespace="public_api",
    docs_url=None,
)


@api.get(
    "/entries",
    response={200: EntryList, 400: Problem, 422: Problem, 503: Problem},
    url_name="entries",
    operation_id="list_entries",
    summary="条目列表",
)
def entries(request: HttpRequest, asked: Query[EntryQuery]) -> EntryList:
    """Words, filters, pages, facets; with ``updated_since`` the changes."""
    return listing.entries(request, asked, at=timezone.now())


@api.get(
    "/entries/{entry_id}",
    response={200: EntryDetail, 404: Problem, 422: Problem},
    url_name="entry",
    operation_id="get_entry",
    summary="一个条目",
)
def entry(request: HttpRequest, entry_id: Path[int]) -> EntryDetail:
    """The whole public content; a withdrawn entry answers with its ground and without content."""
    found = entry_page.whole(entry_id) if 0 < entry_id <= LARGEST_ID else None
    if found is None:
        raise Http404
    return shapes.detail(found, shapes.entry_base(request))


@api.get("/catalogue.csv", url_name="catalogue_csv", operation_id="get_catalogue_csv", summary="目录下载（CSV）")
def catalogue_csv(request: HttpRequest) -> StreamingHttpResponse:
    """UTF-8 with byte order mark."""
    return downloads.as_csv(request)


@api.get(
    "/catalogue.json",
    response={200: list[CatalogueLine]},
    url_name="catalogue_json",
    operation_id="get_catalogue_json",
    summary="目录下载（JSON）",
)
def catalogue_json(request: HttpRequest) -> StreamingHttpResponse:
    """An array of all listed entries, newest first."""
    return downloads.as_json(request)


@api.exception_handler(listing.Refused)
def refused(request: HttpRequest, error: listing.Refused) -> HttpResponse:
    return _problem(error.status, error.detail)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = sorted({str(each["loc"][-1]) for each in error.errors})
    return _problem(422, f"参数不正确：{'、'.join(names)}")


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    return _problem(404, "没有这个条目")


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Programs get their 404 in the form in which they get everything else."""
    return _problem(404, "没有这个接口地址")


def _problem(status: int, detail: str) -> HttpResponse:
    response = JsonResponse({"detail": detail}, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = caching.NOT_KEPT
    return response
