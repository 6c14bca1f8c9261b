"""The register of issued documents is brought up to date; a row of it becomes a draft."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk, scoping
from gongkai.groundwork.audit import trail
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.content import Content
from gongkai.records.domain.issued import Issued
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import IssuedDocument, Record
from gongkai.records.services import acting, drafting

BLOCK = 500
_CHANGING = ("title", "created_on", "attribute", "unit", "year")


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class NoSuchDocument(acting.NoSuchRecord):
    """The register of the actor's agency has no such document."""


def register(
    rows: Sequence[Issued], *, actor: Actor, at: datetime, pause: Callable[[], object] = lambda: None
) -> Counter[Outcome]:
    """Enters new documents and changes known ones, block by block; the same rows again change nothing.

    What the table no longer has stays: a register is not shortened by leaving rows out.
    """
    counts: Counter[Outcome] = Counter()
    for start in range(0, len(rows), BLOCK):
        with acting.at_own_agency(actor) as agency_id:
            counts += _block(rows[start : start + BLOCK], agency_id, actor=actor, at=at)
        pause()
    return counts


def compared(rows: Sequence[Issued], agency_id: int) -> Counter[Outcome]:
    """What `register` would do, without doing it."""
    with scoping.narrow_to([agency_id]):
        counts: Counter[Outcome] = Counter()
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            known = _known(block)
            counts.update(_outcome(row, known.get(_key(row))) for row in block)
        return counts


def draft_of(*, document_id: int, actor: Actor, at: datetime) -> Record:
    """The record with the document's number; where there is none yet, a draft with what the register knows.

    Raises:
        NoSuchDocument: the register of the agency has none with this id.
        CannotDraft: as for any draft.
    """
    with acting.at_own_agency(actor):
        document = IssuedDocument.objects.select_for_update().filter(pk=document_id).first()
        if document is None:
            raise NoSuchDocument("发文登记中没有这份文件。")
        records = Record.objects.filter(document_number=document.document_number).exclude(state=State.DISCARDED)
        found = records.order_by("id").first()
        return found or drafting.draft(content=_content(document), actor=actor, at=at)


def _block(rows: Sequence[Issued], agency_id: int, *, actor: Actor, at: datetime) -> Counter[Outcome]:
    known = _known(rows)
    new, changed, counts = [], [], Counter[Outcome]()
    for row in rows:
        document = known.get(_key(row))
        outcome = _outcome(row, document)
        counts[outcome] += 1
        if document is None:
            new.append(_document(row, agency_id, at=at))
        elif outcome is Outcome.UPDATED:
            changed.append(_put(row, document, at=at))
    bulk.insert(new)
    IssuedDocument.objects.bulk_update(changed, [*_CHANGING, "changed_at"], batch_size=100)
    trail.write_many(
        [*(_entry("register", document) for document in new), *(_entry("reregister", one) for one in changed)],
        actor=actor,
        at=at,
    )
    return counts


def _known(rows: Iterable[Issued]) -> dict[tuple[str, int], IssuedDocument]:
    numbers = {row.document_number for row in rows}
    return {
        (each.document_number, each.copy): each for each in IssuedDocument.objects.filter(document_number__in=numbers)
    }


def _key(row: Issued) -> tuple[str, int]:
    return row.document_number, row.copy


def _outcome(row: Issued, document: IssuedDocument | None) -> Outcome:
    if document is None:
        return Outcome.CREATED
    is_same = all(getattr(row, name) == getattr(document, name) for name in _CHANGING)
    return Outcome.UNCHANGED if is_same else Outcome.UPDATED


def _document(row: Issued, agency_id: int, *, at: datetime) -> IssuedDocument:
    return IssuedDocument(
        agency_id=agency_id,
        **dataclasses.asdict(row),
        prefix=row.parts.prefix,
        year=row.year,
        serial=row.parts.serial,
        registered_at=at,
        changed_at=at,
    )


def _put(row: Issued, document: IssuedDocument, *, at: datetime) -> IssuedDocument:
    for name in _CHANGING:
        setattr(document, name, getattr(row, name))
    document.changed_at = at
    return document


def _content(document: IssuedDocument) -> Content:
    attribute = document.attribute if document.attribute in set(Attribute) else Attribute.PROACTIVE
    return Content(
        title=document.title[:200],
        document_number=document.document_number,
        created_on=document.created_on,
        attribute=attribute,
        responsible_unit=document.unit,
    )


def _entry(act: str, document: IssuedDocument) -> trail.Entry:
    detail = {"document_number": document.document_number}
    return trail.Entry(action=f"issued.{act}", subject_type="issued_document", subject_id=document.pk, detail=detail)
