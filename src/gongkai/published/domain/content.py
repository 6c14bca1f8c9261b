"""What is handed over for release: plain values, complete in themselves, without a way back to the original."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gongkai.published.domain.vocabulary import Validity


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleasedFile:
    """A public copy of a file; its bytes already lie in the file store under ``digest``."""

    title: str
    file_name: str
    media_type: str
    size: int
    """Bytes."""
    digest: str
    """SM3 of the bytes, 64 hexadecimal digits."""
    text: str = ""
    """What search finds in the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleasedContent:
    """The public content of one entry, sanitised and cleared."""

    agency_id: int
    title: str
    published_at: datetime
    """When it was first made public; for imported history the original day."""
    digest: str
    """The digest to which the clearance is bound."""
    document_number: str = ""
    issuer: str = ""
    created_on: date | None = None
    node_code: str = ""
    """The column of the agency's catalogue."""
    genre: str = ""
    topic: str = ""
    in_library: bool = False
    """Whether it also stands in the policy library."""
    validity: str = Validity.VALID
    effective_on: date | None = None
    expires_on: date | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    """Further public metadata by field id of the metadata standard, as values to show."""
    summary: str = ""
    keywords: str = ""
    body_html: str = ""
    """Sanitised HTML; the portal shows it as it is."""
    body_text: str = ""
    files: tuple[ReleasedFile, ...] = ()
    joint_agency_ids: tuple[int, ...] = ()
    """The bodies that issued it together with the lead; the lead alone counts it."""
    joint_node_code: str = ""
    """The column in which it stands with them: one of the common tree."""
