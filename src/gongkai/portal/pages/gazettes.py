"""The gazette (政府公报) by issue."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from gongkai.portal import asked
from gongkai.portal.pages import parts
from gongkai.published.domain import vocabulary
from gongkai.published.models import Entry, ReleasedGazette
from gongkai.published.selectors import directory, gazettes

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class IssueLink:
    title: str
    url: str
    published_on: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class GazettePage:
    head: parts.Head
    issues: tuple[IssueLink, ...]
    newer_url: str
    older_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePage:
    head: parts.Head
    issue: ReleasedGazette
    lines: tuple[parts.Line, ...]


def gazette_page(request: HttpRequest) -> GazettePage:
    page = asked.whole(request, "page", first=1, last=10_000) or 1
    found = gazettes.newest(limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE)
    url = reverse("portal:gazettes")
    return GazettePage(
        head=_head("政府公报", (parts.Crumb("政府公报"),)),
        issues=tuple(
            IssueLink(f"{row.name}{row.label}", reverse("portal:gazette", args=[row.pk]), row.published_on)
            for row in found[:PER_PAGE]
        ),
        newer_url=f"{url}?page={page - 1}" if page > 1 else "",
        older_url=f"{url}?page={page + 1}" if len(found) > PER_PAGE else "",
    )


def issue_page(found: ReleasedGazette) -> IssuePage:
    title = f"{found.name}{found.label}"
    crumbs = (parts.Crumb("政府公报", reverse("portal:gazettes")), parts.Crumb(found.label))
    return IssuePage(
        head=_head(title, crumbs), issue=found, lines=tuple(line(entry) for entry in gazettes.entries(found))
    )


def line(entry: Entry) -> parts.Line:
    """The entry as a row of a list."""
    validity = "" if entry.validity == vocabulary.Validity.VALID else vocabulary.label(entry.validity)
    return parts.Line(
        url=f"{parts.entry_base()}{entry.pk}/",
        title=entry.title,
        index_number=entry.index_number,
        document_number=entry.document_number,
        agency=directory.body_by_id(entry.agency_id).short_name,
        published_on=parts.day(entry.published_at),
        validity=validity,
        has_ended=parts.has_ended(entry.validity),
    )


def _head(title: str, crumbs: tuple[parts.Crumb, ...]) -> parts.Head:
    column = parts.Column(name=title, description=f"{title}刊载的政府信息", keywords="政府公报", type="信息公开")
    return parts.Head(title=title, section="library", crumbs=crumbs, column=column)
