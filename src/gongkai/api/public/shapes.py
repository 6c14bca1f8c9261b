"""From rows to what the interface says."""

import datetime
from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.api.public.schemas import CatalogueLine, EntryDetail, EntryLine, FacetValue, FileLine, LinkLine
from gongkai.groundwork import addresses
from gongkai.groundwork.search import contract
from gongkai.published.domain import vocabulary
from gongkai.published.models import Entry, EntryFile
from gongkai.published.selectors import directory, entry_page
from gongkai.published.selectors.listing import Row
from gongkai.published.selectors.normative import Term


def moment(value: datetime.datetime) -> str:
    """ISO 8601 with the local offset, to the second."""
    return value.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")


def line_of_row(row: Row, entry_url: str) -> EntryLine:
    body = directory.body_by_id(row.agency_id)
    return EntryLine(
        id=row.id,
        index_number=row.index_number,
        title=row.title,
        document_number=row.document_number,
        agency=body.name,
        agency_code=body.code,
        published_at=moment(row.published_at),
        updated_at=moment(row.updated_at),
        validity=row.validity,
        status="published",
        url=f"{entry_url}{row.id}/",
    )


def catalogue_line(row: Row, term: Term, entry_url: str) -> CatalogueLine:
    return CatalogueLine(
        **line_of_row(row, entry_url).dict(),
        created_on=_day(row.created_on),
        is_normative=term.is_normative,
        effective_on=_day(term.effective_on),
        invalid_since=_day(term.ended_on),
    )


def line_of_entry(entry: Entry, entry_url: str) -> EntryLine:
    """A withdrawn entry too."""
    body = directory.body_by_id(entry.agency_id)
    return EntryLine(
        id=entry.pk,
        index_number=entry.index_number,
        title=entry.title,
        document_number=entry.document_number,
        agency=body.name,
        agency_code=body.code,
        published_at=moment(entry.published_at),
        updated_at=moment(entry.updated_at),
        validity=entry.validity,
        status="withdrawn" if entry.is_withdrawn else "published",
        url=f"{entry_url}{entry.pk}/",
    )


def detail(found: entry_page.Whole, entry_url: str) -> EntryDetail:
    entry, version = found.entry, found.version
    shown = not entry.is_withdrawn
    successor = entry_page.link(entry.successor_id) if entry.successor_id else None
    return EntryDetail(
        **line_of_entry(entry, entry_url).dict(),
        issuer=entry.issuer if shown else "",
        joint_agency_codes=_codes(entry_page.joint_agency_ids(entry.pk)) if shown else [],
        created_on=_day(entry.created_on),
        effective_on=_day(entry.effective_on),
        expires_on=_day(entry.expires_on),
        invalid_since=_day(entry.invalid_since),
        column=entry.node_code,
        genre=entry.genre,
        topic=entry.topic,
        summary=version.summary if shown else "",
        keywords=version.keywords if shown else "",
        metadata=dict(version.metadata) if shown else {},
        body_html=version.body_html if shown else "",
        body_text=version.body_text if shown else "",
        digest=version.digest,
        version=version.number,
        files=[_file(file, f"{entry_url}{entry.pk}/") for file in found.files] if shown else [],
        successor=LinkLine(title=successor.title, url=f"{entry_url}{successor.id}/") if successor else None,
        withdrawn_at=moment(entry.withdrawn_at) if entry.withdrawn_at else None,
        withdrawal_ground=entry.withdrawal_ground,
    )


def facets(result: contract.SearchResult) -> dict[str, list[FacetValue]]:
    return {
        name: [FacetValue(value=count.value, label=_label(name, count.value), count=count.count) for count in counts]
        for name, counts in result.facets.items()
    }


def _label(name: str, value: str) -> str:
    if name == "agency":
        body = directory.body_by_code(value)
        return body.name if body else value
    return vocabulary.label(value) if name == "validity" else value


def _codes(agency_ids: Iterable[int]) -> list[str]:
    return [directory.body_by_id(agency_id).code for agency_id in agency_ids]


def _file(file: EntryFile, entry_url: str) -> FileLine:
    return FileLine(
        title=file.title,
        file_name=file.file_name,
        media_type=file.media_type,
        size=file.size,
        sm3=file.digest,
        url=f"{entry_url}files/{file.position}/",
    )


def _day(value: datetime.date | None) -> str | None:
    return value.isoformat() if value else None


def entry_base(request: HttpRequest) -> str:
    """The absolute beginning of the addresses of entries."""
    return f"{addresses.origin(request)}{reverse('portal:entry', args=[1]).removesuffix('1/')}"
