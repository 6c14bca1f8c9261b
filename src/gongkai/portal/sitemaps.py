"""``robots.txt``, and the site map for machines: an index over parts of at most 50,000 addresses."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.portal import addresses, caching, variants
from gongkai.portal.pages import parts
from gongkai.published.selectors import directory, listing

PER_PART = 50_000
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@caching.shared
def index(request: HttpRequest) -> HttpResponse:
    """One part for the pages of agencies, then one for each stretch of entry ids."""
    places = [addresses.absolute(request, "portal:sitemap_pages")]
    places += [
        addresses.absolute(request, "portal:sitemap_part", part)
        for part in range(1, listing.highest_id() // PER_PART + 2)
    ]
    inner = "".join(f"<sitemap><loc>{escape(place)}</loc></sitemap>" for place in places)
    return _xml(f"<sitemapindex {_NAMESPACE}>{inner}</sitemapindex>")


@caching.shared
def pages(request: HttpRequest) -> HttpResponse:
    names = (
        "home",
        "agencies",
        "library",
        "gazettes",
        "key_areas",
        "latest",
        "requests",
        "annual_reports",
        "open_data",
    )
    places = [addresses.absolute(request, f"portal:{name}") for name in names]
    places += [addresses.absolute(request, "portal:agency", body.code) for body in directory.directory().bodies]
    return _xml(_urls(f"<url><loc>{escape(place)}</loc></url>" for place in places))


@caching.shared
def part(request: HttpRequest, number: int) -> HttpResponse:
    """The entries whose ids lie in one stretch: the parts stay the same while entries come and go."""
    if number > listing.highest_id() // PER_PART + 1:
        raise Http404
    base = addresses.absolute(request, "portal:entry", 1).removesuffix("1/")
    rows = listing.ids_between((number - 1) * PER_PART, number * PER_PART)
    return _xml(
        _urls(
            f"<url><loc>{base}{entry_id}/</loc><lastmod>{parts.day(updated_at)}</lastmod></url>"
            for entry_id, updated_at in rows
        )
    )


@caching.shared
def robots(request: HttpRequest) -> HttpResponse:
    prefix = variants.plain_prefix()
    text = (
        f"User-agent: *\nDisallow: {prefix}desk/\nDisallow: {prefix}search/\nDisallow: {prefix}elder/\n"
        f"Sitemap: {addresses.absolute(request, 'portal:sitemap')}\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _urls(items: Iterator[str]) -> str:
    return f"<urlset {_NAMESPACE}>{''.join(items)}</urlset>"


def _xml(inner: str) -> HttpResponse:
    return HttpResponse(f"{_XML}{inner}\n", content_type="application/xml; charset=utf-8")
