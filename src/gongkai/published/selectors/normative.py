"""Normative documents (规范性文件) and since when and until when they hold: for counting those in force on a day."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q

from gongkai.published.domain.vocabulary import Validity
from gongkai.published.models import LISTED, Entry, EntryVersion

COLUMN = "art20_01_normative.normative"
_ENDED = frozenset(validity.value for validity in Validity if validity.has_ended)
_FLAG = Q(metadata__is_normative="是") | Q(entry__node_code=COLUMN)


@dataclass(frozen=True, slots=True)
class Document:
    """A listed normative document. ``ended_on`` is the day since which it is repealed, or the last of its term."""

    id: int
    title: str
    document_number: str
    created_on: datetime.date | None
    effective_on: datetime.date | None
    ended_on: datetime.date | None
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Term:
    """Whether an entry is a normative document, and since when and until when it holds."""

    is_normative: bool
    effective_on: datetime.date | None
    ended_on: datetime.date | None


def terms(entry_ids: Collection[int]) -> dict[int, Term]:
    """Of each of these entries; two queries."""
    current = EntryVersion.objects.filter(_FLAG, entry__in=entry_ids, number=F("entry__version_number"))
    normative = frozenset(current.values_list("entry_id", flat=True))
    dates = Entry.objects.filter(pk__in=entry_ids).values_list("pk", "effective_on", "invalid_since", "expires_on")
    return {pk: Term(pk in normative, effective, since or last) for pk, effective, since, last in dates}


def documents(agency_id: int) -> list[Document]:
    """All of an agency that the public can see, the oldest first."""
    current = EntryVersion.objects.filter(_FLAG, number=F("entry__version_number"), entry__agency=agency_id)
    wanted = Entry.objects.filter(LISTED, pk__in=current.values("entry_id"))
    return [_document(entry) for entry in wanted.order_by("created_on", "pk")]


def _document(entry: Entry) -> Document:
    return Document(
        id=entry.pk,
        title=entry.title,
        document_number=entry.document_number,
        created_on=entry.created_on,
        effective_on=entry.effective_on,
        ended_on=entry.invalid_since or entry.expires_on,
        has_ended=entry.validity in _ENDED,
    )
