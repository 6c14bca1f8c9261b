"""The first screen: find a document, look into an agency's catalogue, see what is new."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.groundwork.search import contract
from gongkai.portal.pages import parts
from gongkai.published import indexing
from gongkai.published.domain import blocks
from gongkai.published.selectors import catalogue, directory, listing
from gongkai.published.selectors.directory import Body
from gongkai.published.selectors.listing import Shelf
from gongkai.published.selectors.remembered import Remembered

NEWEST = 8
EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class AgencyLink:
    name: str
    short_name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class KindGroup:
    label: str
    agencies: tuple[AgencyLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    head: parts.Head
    examples: tuple[str, ...]
    latest: tuple[parts.Line, ...]
    library: tuple[parts.Line, ...]
    groups: tuple[KindGroup, ...]
    agency_count: int
    entry_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgenciesPage:
    head: parts.Head
    groups: tuple[KindGroup, ...]
    asked: str
    ended: tuple[AgencyLink, ...]


def home(request: HttpRequest) -> HomePage:
    groups = kind_groups()
    return HomePage(
        head=parts.Head(
            title="",
            section="home",
            feed_url=reverse("portal:feed"),
        ),
        examples=_examples(None),
        latest=parts.lines(listing.newest(Shelf(), limit=NEWEST).rows),
        library=parts.lines(listing.newest(Shelf(in_library=True), limit=NEWEST).rows),
        groups=groups,
        agency_count=sum(len(group.agencies) for group in groups),
        entry_count=listing.count_all(),
    )


def agencies(request: HttpRequest, text: str) -> AgenciesPage:
    ended = [body for body in directory.directory().bodies if body.valid_until and _fits(body, text)]
    return AgenciesPage(
        head=parts.Head(
            title="政府信息公开",
            section="agencies",
            crumbs=(parts.Crumb("政府信息公开"),),
            column=parts.Column(
                name="政府信息公开",
                description="各机关的政府信息公开指南、制度、法定主动公开内容和年报",
                keywords="政府信息公开,机关,目录",
                type="信息公开",
            ),
        ),
        groups=kind_groups(text),
        asked=text,
        ended=tuple(_link(body, listing.count_by_agency()) for body in ended),
    )


def kind_groups(text: str = "", *, block: str = "") -> tuple[KindGroup, ...]:
    """The agencies of today by kind, in the order of the office; with a block, links go to that block."""
    counts = listing.count_by_agency()
    today = [body for body in directory.directory().bodies if not body.valid_until and _fits(body, text)]
    groups = (
        KindGroup(kind.label, tuple(_link(body, counts, block=block) for body in today if body.kind is kind))
        for kind in AgencyKind
    )
    return tuple(group for group in groups if group.agencies)


def _fits(body: Body, text: str) -> bool:
    return not text or text in body.name or text in body.short_name


def _link(body: Body, counts: dict[int, int], *, block: str = "") -> AgencyLink:
    has_block = block and block in catalogue.tree(body.id).by_code
    url = reverse("portal:column", args=[body.code, block]) if has_block else reverse("portal:agency", args=[body.code])
    return AgencyLink(body.name, body.short_name, url, counts.get(body.id, 0))


def _read_examples(_: None) -> tuple[str, ...]:
    """Words that surely find something: the most frequent topics."""
    query = contract.SearchQuery(limit=0, facets=("topic",), facet_values=EXAMPLES)
    try:
        found = indexing.reader().search(query)
    except contract.IndexUnavailable:
        return ()
    return tuple(count.value for count in found.facets["topic"])


_examples = Remembered(_read_examples, seconds=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsPage:
    head: parts.Head
    government: Body | None
    guide_url: str
    groups: tuple[KindGroup, ...]


def requests(request: HttpRequest) -> RequestsPage:
    """How to ask an agency for information: its published guide and whom to write to."""
    government = directory.directory().root
    guide = bool(government and blocks.GUIDE in catalogue.tree(government.id).by_code)
    return RequestsPage(
        head=parts.Head(
            title="依申请公开",
            section="requests",
            crumbs=(parts.Crumb("依申请公开"),),
            column=parts.Column(
                name="依申请公开",
                description="向行政机关申请公开政府信息的途径和各机关的受理机构",
                keywords="依申请公开,政府信息公开指南",
                type="信息公开",
            ),
        ),
        government=government,
        guide_url=reverse("portal:column", args=[government.code, blocks.GUIDE]) if government and guide else "",
        groups=kind_groups(block=blocks.REQUESTS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPage:
    head: parts.Head
    lines: tuple[parts.Line, ...]
    groups: tuple[KindGroup, ...]


def annual_reports(request: HttpRequest) -> ReportsPage:
    government = directory.directory().root
    shelf = Shelf(agency_id=government.id if government else 0, node_codes=(blocks.ANNUAL_REPORTS,))
    return ReportsPage(
        head=parts.Head(
            title="政府信息公开年度报告",
            section="annual_reports",
            crumbs=(parts.Crumb("年度报告"),),
            column=parts.Column(
                name="政府信息公开年报",
                description="各机关历年政府信息公开工作年度报告",
                keywords="政府信息公开,年度报告,年报",
                type="信息公开",
            ),
        ),
        lines=parts.lines(listing.newest(shelf, limit=parts.PAGE).rows),
        groups=kind_groups(block=blocks.ANNUAL_REPORTS),
    )
