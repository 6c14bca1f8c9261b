"""Public entries as the indexer takes them."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import F

from gongkai.groundwork.search import contract
from gongkai.published.models import LISTED, Entry, EntryFile, EntryIssuer, EntryVersion
from gongkai.published.selectors import catalogue, directory

LIBRARY = "library"
FACETS = ("agency", "topic", "genre", "year", "validity", "node", "shelf")
"""``agency`` holds codes, ``shelf`` only `LIBRARY`, ``node`` the column with everything above it."""


def documents_for(ids: Sequence[int]) -> list[contract.SearchDocument]:
    """The listed ones of these entries; whoever is missing is to be deleted from the index."""
    versions = list(
        EntryVersion.objects.filter(
            entry_id__in=ids, number=F("entry__version_number"), entry__withdrawn_at__isnull=True
        ).select_related("entry")
    )
    attached = _file_texts(version.pk for version in versions if version.file_count)
    issuers = _issuers(ids)
    return [_document(version, attached.get(version.pk, ""), issuers.get(version.entry_id, ())) for version in versions]


def listed_ids(*, after: int, limit: int) -> list[int]:
    """Ids of listed entries in ascending order, for building an index from nothing."""
    rows = Entry.objects.filter(LISTED, pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _file_texts(version_ids: Iterable[int]) -> dict[int, str]:
    texts: dict[int, list[str]] = {}
    rows = EntryFile.objects.filter(version_id__in=list(version_ids)).order_by("version_id", "position")
    for version_id, title, text in rows.values_list("version_id", "title", "text"):
        texts.setdefault(version_id, []).extend(filter(None, (title, text)))
    return {version_id: "\n".join(parts) for version_id, parts in texts.items()}


def _issuers(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The codes of the bodies that issued an entry beside its lead."""
    codes: dict[int, tuple[str, ...]] = {}
    for entry_id, agency_id in EntryIssuer.objects.filter(entry_id__in=ids).values_list("entry_id", "agency_id"):
        codes[entry_id] = (*codes.get(entry_id, ()), directory.body_by_id(agency_id).code)
    return codes


def _document(version: EntryVersion, attachments: str, issuers: tuple[str, ...]) -> contract.SearchDocument:
    entry = version.entry
    parts = (version.summary, version.keywords, entry.issuer, version.body_text)
    return contract.SearchDocument(
        key=entry.pk,
        title=entry.title,
        published_at=int(entry.published_at.timestamp()),
        number=entry.document_number,
        index_number=entry.index_number,
        body="\n".join(filter(None, parts)),
        attachments=attachments,
        facets={name: values for name, values in _facets(entry, issuers) if values},
    )


def _facets(entry: Entry, issuers: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "agency", (directory.body_by_id(entry.agency_id).code, *issuers)
    yield "topic", tuple(filter(None, (entry.topic,)))
    yield "genre", tuple(filter(None, (entry.genre,)))
    yield "year", (str(entry.year),)
    yield "validity", (entry.validity,)
    yield "shelf", (LIBRARY,) if entry.in_library else ()
    line = tuple(column.code for column in catalogue.tree(entry.agency_id).line(entry.node_code))
    yield "node", line or tuple(filter(None, (entry.node_code,)))
