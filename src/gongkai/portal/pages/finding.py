"""Search over everything, and the policy library: the same machinery with other habits."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.groundwork.search import contract, highlight
from gongkai.groundwork.search.contract import Sort, Within
from gongkai.portal import asked
from gongkai.portal.pages import parts
from gongkai.published import indexing
from gongkai.published.domain import vocabulary
from gongkai.published.selectors import directory, listing, search_documents
from gongkai.published.selectors.listing import Row

HITS = 15
FACETS = {"agency": "发布机关", "topic": "主题", "genre": "体裁", "year": "年份", "validity": "有效性"}
SHOWN_VALUES = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it stands in the address."""

    path: str
    text: str
    number: str
    within: str
    sort: str
    page: int
    filters: Mapping[str, str]
    default_sort: str

    def url(self, **changed: object) -> str:
        """The same search with something changed; a change starts at the first page again."""
        values: dict[str, object] = {
            "q": self.text,
            "number": self.number,
            "within": self.within,
            "sort": self.sort if self.sort != self.default_sort else "",
            **self.filters,
        }
        for name, value in changed.items():
            values.pop(name, None)
            values[name] = value
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{self.path}?{query}" if query else self.path

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.number or self.filters)


@dataclass(frozen=True, slots=True)
class FacetValue:
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class FacetList:
    label: str
    values: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, with the address that takes it off."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    url: str
    title: SafeString
    snippet: SafeString
    number: SafeString
    index_number: str
    agency: str
    published_on: str
    validity: str
    has_ended: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPage:
    head: parts.Head
    heading: str
    asked: Asked
    is_library: bool
    is_available: bool = True
    total: int = 0
    pageable: int = 0
    is_cut: bool = False
    was_taken_apart: bool = False
    hits: tuple[Hit, ...] = ()
    facets: tuple[FacetList, ...] = ()
    chips: tuple[Chip, ...] = ()
    sorts: tuple[PageLink, ...] = ()
    pages: tuple[PageLink, ...] = ()
    previous_url: str = ""
    next_url: str = ""
    lines: tuple[parts.Line, ...] = ()
    """The newest instead, while the index is not available."""
    widened_url: str = ""
    hidden: tuple[tuple[str, str], ...] = field(default=())
    """The set filters, so that a new text keeps them."""


def asked_in(request: HttpRequest, *, is_library: bool) -> Asked:
    """Reads the address.

    Raises:
        BadRequest: a value that no page of ours would have made.
    """
    default = Sort.DATE if is_library else Sort.RELEVANCE
    text = asked.text(request, "q")
    if is_library and text:
        default = Sort.RELEVANCE
    sort = request.GET.get("sort", "")
    filters = {name: value for name in FACETS if (value := asked.text(request, name))}
    return Asked(
        path=reverse("portal:library" if is_library else "portal:search"),
        text=text,
        number=asked.text(request, "number"),
        within=Within.TITLE.value if request.GET.get("within") == Within.TITLE.value else "",
        sort=sort if sort in {each.value for each in Sort} else default.value,
        page=asked.whole(request, "page", first=1, last=contract.PAGED_HITS) or 1,
        filters=filters,
        default_sort=default.value,
    )


def finding(wanted: Asked, *, is_library: bool, at: datetime.datetime) -> FindingPage:
    """The page of results; without an index a page that says so and offers other ways."""
    if wanted.is_empty and not is_library:
        return _frame(wanted, is_library=is_library)
    try:
        result = indexing.reader().search(_query(wanted, is_library=is_library, at=at))
    except contract.IndexUnavailable:
        return _without_index(wanted, is_library=is_library)
    rows = listing.by_ids(result.keys)
    last = max(1, -(-result.pageable // HITS))
    return dataclasses.replace(
        _frame(wanted, is_library=is_library),
        total=result.total,
        pageable=result.pageable,
        is_cut=result.total > result.pageable,
        was_taken_apart=result.reading is contract.Reading.PARTS,
        hits=tuple(_hits(rows, result.words)),
        facets=tuple(_facets(wanted, result.facets)),
        sorts=_sorts(wanted),
        pages=tuple(_pages(wanted, last)),
        previous_url=wanted.url(page=wanted.page - 1) if wanted.page > 1 else "",
        next_url=wanted.url(page=wanted.page + 1) if wanted.page < last else "",
        widened_url=_widened(wanted),
    )


def _query(wanted: Asked, *, is_library: bool, at: datetime.datetime) -> contract.SearchQuery:
    filters = {name: (value,) for name, value in wanted.filters.items()}
    if is_library:
        filters["shelf"] = (search_documents.LIBRARY,)
    return contract.SearchQuery(
        text=wanted.text,
        within=Within.TITLE if wanted.within else Within.EVERYWHERE,
        number=wanted.number,
        filters=filters,
        sort=Sort(wanted.sort),
        at=int(at.timestamp()),
        offset=(wanted.page - 1) * HITS,
        limit=HITS,
        facets=tuple(FACETS),
    )


def _frame(wanted: Asked, *, is_library: bool) -> FindingPage:
    title = "政策文件" if is_library else "搜索"
    shown = f"{wanted.text} - {title}" if wanted.text else title
    head = parts.Head(
        title=shown,
        section="library" if is_library else "search",
        crumbs=(parts.Crumb(title),),
        column=parts.Column(
            name=title,
            description="按机关、主题、体裁、年份和有效性查找政策文件" if is_library else "在全部公开信息中搜索",
            keywords="政策文件,文件库,规范性文件" if is_library else "搜索,政府信息公开",
            type="政策文件" if is_library else "信息公开",
        ),
        is_indexed=is_library and wanted.is_empty,
    )
    return FindingPage(
        head=head,
        heading=title,
        asked=wanted,
        is_library=is_library,
        chips=tuple(_chips(wanted)),
        hidden=tuple(wanted.filters.items()),
    )


def _chips(wanted: Asked) -> Iterator[Chip]:
    for name, value in wanted.filters.items():
        yield Chip(FACETS[name], _label(name, value), wanted.url(**{name: ""}))


def _without_index(wanted: Asked, *, is_library: bool) -> FindingPage:
    shelf = listing.Shelf(in_library=is_library)
    newest = listing.newest(shelf, limit=parts.PAGE).rows
    return dataclasses.replace(_frame(wanted, is_library=is_library), is_available=False, lines=parts.lines(newest))


def _hits(rows: Sequence[Row], words: tuple[str, ...]) -> Iterator[Hit]:
    snippets = _snippets(rows, words) if words else {}
    for row, line in zip(rows, parts.lines(rows), strict=True):
        yield Hit(
            line.url,
            mark_safe(highlight.marked(row.title, words)),  # escaped by `highlight`, as are the next two
            mark_safe(snippets.get(row.id, "")),
            mark_safe(highlight.marked(row.document_number, words)),
            row.index_number,
            line.agency,
            line.published_on,
            line.validity,
            line.has_ended,
        )


def _snippets(rows: Sequence[Row], words: tuple[str, ...]) -> dict[int, str]:
    """From the text, or from the attachments where the text does not hold the words.

    Without words there is nothing to show from a text; a list of titles is calmer.
    """
    texts = listing.texts([row.id for row in rows])
    found = {row.id: highlight.snippet(texts.get(row.id, ""), words) for row in rows}
    elsewhere = [entry_id for entry_id, snippet in found.items() if not snippet.found]
    for entry_id, text in (listing.attached_texts(elsewhere) if elsewhere else {}).items():
        in_file = highlight.snippet(text, words)
        if in_file.found:
            found[entry_id] = in_file
    return {entry_id: snippet.html for entry_id, snippet in found.items()}


def _facets(wanted: Asked, counts: Mapping[str, Sequence[contract.FacetCount]]) -> Iterator[FacetList]:
    for name, label in FACETS.items():
        if name in wanted.filters:
            continue
        found = list(counts.get(name, ()))
        if name == "year":
            found.sort(key=lambda count: count.value, reverse=True)
        # The same address with one value changed, put together once: there may be a hundred of them on a page.
        begins = wanted.url(**{name: "-"}).removesuffix("-")
        values = [
            FacetValue(_label(name, count.value), count.count, begins + quote_plus(count.value)) for count in found
        ]
        if len(values) > 1 or (values and not wanted.filters):
            yield FacetList(label, tuple(values[:SHOWN_VALUES]), tuple(values[SHOWN_VALUES:]))


def _label(name: str, value: str) -> str:
    if name == "agency":
        body = directory.body_by_code(value)
        return body.short_name if body else value
    if name == "validity":
        return vocabulary.label(value)
    return f"{value}年" if name == "year" else value


def _sorts(wanted: Asked) -> tuple[PageLink, ...]:
    names = {Sort.RELEVANCE.value: "相关度", Sort.DATE.value: "发布时间"}
    return tuple(
        PageLink(label, wanted.url(sort="" if value == wanted.default_sort else value), value == wanted.sort)
        for value, label in names.items()
    )


def _pages(wanted: Asked, last: int) -> Iterator[PageLink]:
    """First, last, and a few around the present page; an empty address stands for a gap."""
    near = range(max(1, wanted.page - 2), min(last, wanted.page + 2) + 1)
    numbers = sorted({1, last, *near})
    before = 0
    for number in numbers:
        if number > before + 1:
            yield PageLink("…", "")
        yield PageLink(str(number), wanted.url(page=number if number > 1 else ""), number == wanted.page)
        before = number


def _widened(wanted: Asked) -> str:
    """The same words without filters, where there are any to take off."""
    if not (wanted.filters or wanted.within or wanted.number):
        return ""
    return wanted.url(**dict.fromkeys(wanted.filters, ""), within="", number="")
