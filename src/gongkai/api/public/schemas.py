"""What the public interface says, as types; the OpenAPI description is made of them."""

import re
from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import BeforeValidator

PAGE_SIZE = 20
LARGEST_PAGE = 100


class EntryLine(Schema):
    """One entry in a list. A withdrawn one keeps its number and says so; its title is empty."""

    id: int
    index_number: str
    title: str
    document_number: str
    agency: str
    agency_code: str
    published_at: str = Field(description="ISO 8601, +08:00")
    updated_at: str = Field(description="ISO 8601, +08:00")
    validity: str = Field(description="valid | amended | not_yet_effective | partly_invalid | expired | repealed")
    status: Literal["published", "withdrawn"]
    url: str


class CatalogueLine(EntryLine):
    """One entry in the whole catalogue, with what tells whether a normative document is in force on a day."""

    created_on: str | None = Field(description="ISO 8601 date")
    is_normative: bool
    effective_on: str | None
    invalid_since: str | None = Field(description="Repealed since this day, or the last day of its term")


class FacetValue(Schema):
    value: str
    label: str
    count: int


class EntryList(Schema):
    count: int = Field(description="All that match, not only this page")
    results: list[EntryLine]
    facets: dict[str, list[FacetValue]] = Field(
        description="Numbers per value; empty where the search index is not available or changes are read"
    )
    next: str | None = Field(description="Address of the next page; null on the last")
    cursor: str | None = Field(description="For changes: give it back to go on where this page ended")


class FileLine(Schema):
    title: str
    file_name: str
    media_type: str
    size: int = Field(description="Bytes")
    sm3: str
    url: str


class LinkLine(Schema):
    title: str
    url: str


class EntryDetail(EntryLine):
    """One entry with its whole public content."""

    issuer: str
    joint_agency_codes: list[str] = Field(
        description="Codes of the bodies that issued it together with the lead, which alone counts it"
    )
    created_on: str | None = Field(description="ISO 8601 date")
    effective_on: str | None
    expires_on: str | None
    invalid_since: str | None
    column: str = Field(description="Code of the column of the agency's catalogue")
    genre: str
    topic: str
    summary: str
    keywords: str
    metadata: dict[str, object]
    body_html: str
    body_text: str
    digest: str = Field(description="SM3 of the released content")
    version: int
    files: list[FileLine]
    successor: LinkLine | None
    withdrawn_at: str | None
    withdrawal_ground: str


class Problem(Schema):
    """Why there is no answer, in Chinese."""

    detail: str


def _written_as_time(value: object) -> object:
    """Refuses bare numbers, which would silently be read as seconds since 1970.

    A plus sign that was typed into an address arrives as a blank; before an offset it can mean nothing else.
    """
    if not isinstance(value, str):
        return value
    if not re.match(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a time begins with year, month and day")
    return re.sub(r"(?<=\d) (?=\d{2}:?\d{2}$)", "+", value) if "T" in value else value


class EntryQuery(Schema):
    """Filters of the list; all that are given must hold."""

    q: str = Field("", max_length=200, description="Words; all must occur. Quotes ask for the exact text")
    agency: str = Field("", max_length=60, description="Code of the agency")
    topic: str = Field("", max_length=60)
    genre: str = Field("", max_length=60)
    year: int | None = Field(None, ge=1949, le=2200, description="Year of publication")
    validity: str = Field("", max_length=24)
    column: str = Field("", max_length=60, description="Code of a column, with everything below it")
    document_number: str = Field("", max_length=60, description="The number or its beginning")
    sort: Literal["", "relevance", "date"] = Field("", description="Relevance is the default with words, date without")
    page: int = Field(1, ge=1, le=1_000)
    page_size: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE)
    updated_since: Annotated[datetime | None, BeforeValidator(_written_as_time)] = Field(
        None,
        description="Everything that changed at or after this moment, withdrawn entries too, oldest change first. "
        "Without an offset the time is local (+08:00). Other filters do not apply",
    )
    cursor: str = Field(
        "",
        pattern=r"^(-?[0-9]{1,18}:[0-9]{1,18})?$",
        description="Goes on reading changes where an earlier answer ended",
    )
