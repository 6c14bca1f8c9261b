"""Pages that change rarely: the map of the site, open data, accessibility."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from gongkai.portal import addresses
from gongkai.portal.pages import home, parts
from gongkai.published.selectors import directory
from gongkai.published.selectors.directory import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    head: parts.Head
    groups: tuple[home.KindGroup, ...] = ()
    government: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDataPage:
    head: parts.Head
    list_url: str
    catalogue_csv: str
    catalogue_json: str
    openapi_url: str
    feed_url: str
    sitemap_url: str


def site_map(request: HttpRequest) -> PlainPage:
    return PlainPage(
        head=_head("网站地图", "本站的栏目和各机关的公开页面"),
        groups=home.kind_groups(),
        government=directory.directory().root,
    )


def accessibility(request: HttpRequest) -> PlainPage:
    return PlainPage(
        head=_head("无障碍和隐私说明", "无障碍浏览的方法和个人信息的处理"), government=directory.directory().root
    )


def open_data(request: HttpRequest) -> OpenDataPage:
    return OpenDataPage(
        head=_head("数据开放", "公开条目的数据接口、目录下载和订阅", section="open_data"),
        list_url=addresses.absolute(request, "public_api:entries"),
        catalogue_csv=addresses.absolute(request, "public_api:catalogue_csv"),
        catalogue_json=addresses.absolute(request, "public_api:catalogue_json"),
        openapi_url=addresses.absolute(request, "public_api:openapi-json"),
        feed_url=reverse("portal:feed"),
        sitemap_url=reverse("portal:sitemap"),
    )


def _head(title: str, description: str, *, section: str = "") -> parts.Head:
    return parts.Head(
        title=title,
        section=section,
        crumbs=(parts.Crumb(title),),
        column=parts.Column(name=title, description=description, keywords=f"{title},政府信息公开", type="信息公开"),
    )
