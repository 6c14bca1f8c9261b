"""What a search engine of this house takes and gives back; no engine is named here."""

import contextlib
import dataclasses
import enum
from collections.abc import Iterable, Mapping
from typing import Protocol

PAGED_HITS = 1_000
"""At most this many hits can be paged through; `SearchResult.total` still tells the exact number."""

Values = Mapping[str, tuple[str, ...]]
"""Values by the name of a facet."""


class SearchError(Exception):
    """Anything the search room raises on purpose."""


class IndexUnavailable(SearchError):
    """The index is absent, damaged or of another format: search cannot answer, everything else can."""


class IndexerBusy(SearchError):
    """Another process already writes the index of this data folder."""


class Sort(enum.Enum):
    RELEVANCE = "relevance"
    DATE = "date"
    """Newest first."""


class Within(enum.Enum):
    EVERYWHERE = "everywhere"
    TITLE = "title"


class Reading(enum.Enum):
    """How the text of a query was understood."""

    EVERYTHING = "everything"
    """No text at all: whatever passes the filters."""
    WORDS = "words"
    """Every word must occur."""
    PHRASE = "phrase"
    """The text must occur as written, because it was quoted or holds words that no dictionary knows."""
    PARTS = "parts"
    """Nothing holds the words as they stand, so that long words were taken apart."""
    NUMBER = "number"
    """The text has the form of a document number; exact matches come first."""
    NOTHING = "nothing"
    """Text was given, but holds nothing that can be searched (punctuation, control characters)."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One document as the indexer takes it; no text is stored, so the caller keeps the original."""

    key: int
    """Not negative; an upsert replaces the document of the same key."""
    title: str
    published_at: int
    """Seconds since 1970-01-01 UTC."""
    number: str = ""
    index_number: str = ""
    body: str = ""
    attachments: str = ""
    facets: Values = dataclasses.field(default_factory=dict)
    """Values by facet name; for a tree give every ancestor too (`contract.ancestors`)."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    text: str = ""
    within: Within = Within.EVERYWHERE
    number: str = ""
    """Filter: a document number, or its beginning (issuer, or issuer and year)."""
    filters: Values = dataclasses.field(default_factory=dict)
    """Any of the values of one facet, and all of the facets."""
    published_from: int | None = None
    """Inclusive, seconds."""
    published_before: int | None = None
    """Exclusive, seconds."""
    sort: Sort = Sort.RELEVANCE
    at: int | None = None
    """The present in seconds: newer documents get a mild preference. None switches it off."""
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()
    """The facets to count."""
    facet_values: int = 50
    """At most so many values per facet, the most frequent first."""


@dataclasses.dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    count: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    keys: tuple[int, ...]
    """The page asked for, in order."""
    total: int
    """Exact."""
    facets: Mapping[str, tuple[FacetCount, ...]]
    words: tuple[str, ...]
    """What to mark in the text, for `highlight`."""
    reading: Reading

    @property
    def pageable(self) -> int:
        """How many of the hits can be paged through."""
        return min(self.total, PAGED_HITS)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatus:
    documents: int
    segments: int
    cursor: str | None
    generation: str


class Reader(Protocol):
    def search(self, query: SearchQuery) -> SearchResult:
        """Answer from the newest committed state; raises IndexUnavailable, and for no text whatever else."""

    def status(self) -> IndexStatus:
        """Raises IndexUnavailable."""


class Builder(Protocol):
    """A new index in the making; the old one answers until `finish`."""

    def add(self, documents: Iterable[SearchDocument]) -> None:
        """Every key at most once over the whole build."""

    def finish(self, cursor: str) -> None:
        """Commit and switch over; readers see the new index with their next query."""


class Indexer(Protocol):
    """The one writer of a data folder."""

    def apply(self, upserts: Iterable[SearchDocument], deletions: Iterable[int], cursor: str) -> None:
        """Write a batch and how far the feed was read in one commit: a crash leaves both or neither."""

    def cursor(self) -> str | None:
        """How far the feed was read; None for an index that has seen nothing."""

    def needs_rebuild(self) -> bool:
        """True where the index is absent, damaged, or of another format or other facets."""

    def rebuild(self) -> contextlib.AbstractContextManager[Builder]:
        """Build a whole index beside the present one; leaving the block without `finish` drops it."""

    def close(self) -> None:
        """Give the folder free for another indexer."""


def ancestors(path: str, separator: str = "/") -> tuple[str, ...]:
    """The facet values of a place in a tree: 'a/b/c' counts under 'a', 'a/b' and itself."""
    parts = path.split(separator)
    return tuple(separator.join(parts[:depth]) for depth in range(1, len(parts) + 1))
