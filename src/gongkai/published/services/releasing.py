"""Putting content before the public: the first release of an entry, its corrections, and history in bulk."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.groundwork.feed import reading as feed
from gongkai.published.domain import document_keys, vocabulary
from gongkai.published.domain.content import ReleasedContent, ReleasedFile
from gongkai.published.models import Entry, EntryFile, EntryIssuer, EntryVersion
from gongkai.published.services import index_numbers

__all__ = ["BLOCK", "STREAM", "CannotRelease", "ReleasedContent", "ReleasedFile"]

STREAM = "entries"
BLOCK = 500
"""At most so many entries in one transaction: other writers wait no longer than that takes."""


class CannotRelease(Exception):
    """The content lacks what a public entry needs, or the entry may not be changed any more."""


def release(*, content: ReleasedContent, actor: Actor, at: datetime) -> Entry:
    """Makes the content public under a new index number, with feed and audit row, in one transaction.

    Raises:
        CannotRelease: title or a known validity is missing, or the agency does not exist.
    """
    return release_many([content], actor=actor, at=at)[0]


def release_many(contents: Sequence[ReleasedContent], *, actor: Actor, at: datetime) -> list[Entry]:
    """The same for at most `BLOCK` contents; entries come back in the order of the contents.

    Index numbers are drawn in one statement per agency and year.

    Raises:
        CannotRelease: one of the contents cannot be released (nothing is then), or there are too many.
        CannotNumber: the template of an agency's index numbers cannot be filled in.
    """
    if len(contents) > BLOCK:
        raise CannotRelease(f"一次最多发布{BLOCK}条")
    for content in contents:
        _check(content)
    agencies = Agency.objects.in_bulk({content.agency_id for content in contents})
    if missing := {content.agency_id for content in contents} - agencies.keys():
        raise CannotRelease(f"机构不存在：{sorted(missing)}")
    # No savepoint: whatever fails from here on must undo the caller's act as well.
    with transaction.atomic(savepoint=False):
        numbers = index_numbers.allocate(contents, agencies)
        entries = bulk.insert(
            _head(content, index_number=number, at=at) for content, number in zip(contents, numbers, strict=True)
        )
        _add_versions(entries, contents, at=at, reason="")
        _add_issuers(entries, contents)
        feed.append(STREAM, [entry.pk for entry in entries], at=at)
        trail.write_many(
            [_note("entry.released", entry, content.digest) for entry, content in zip(entries, contents, strict=True)],
            actor=actor,
            at=at,
        )
    return entries


@transaction.atomic
def release_correction(*, entry_id: int, content: ReleasedContent, reason: str, actor: Actor, at: datetime) -> Entry:
    """Puts a new version in place of the current one; number and first publication stay.

    Raises:
        CannotRelease: the entry does not exist, is withdrawn, belongs to another agency, or no reason is given.
    """
    entry = Entry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None or entry.is_withdrawn:
        raise CannotRelease("条目不存在或者已经撤下，不能更正")
    _put_over(entry, content, reason, at=at)
    trail.write(_note("entry.corrected", entry, content.digest), actor=actor, at=at)
    return entry


@transaction.atomic
def release_again(*, entry_id: int, content: ReleasedContent, reason: str, actor: Actor, at: datetime) -> Entry:
    """Puts a withdrawn entry before the public again, as a new version under its old number and address.

    Raises:
        CannotRelease: the entry is not withdrawn, belongs to another agency, or no reason is given.
    """
    entry = Entry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None or not entry.is_withdrawn:
        raise CannotRelease("条目没有撤下，不需要重新公开")
    entry.withdrawn_at, entry.withdrawal_ground = None, ""
    _put_over(entry, content, reason, at=at)
    trail.write(_note("entry.released_again", entry, content.digest), actor=actor, at=at)
    return entry


def _put_over(entry: Entry, content: ReleasedContent, reason: str, *, at: datetime) -> None:
    _check(content)
    if entry.agency_id != content.agency_id:
        raise CannotRelease("条目属于其他机构")
    if not reason.strip():
        raise CannotRelease("更正须说明原因")
    head = _head(content, index_number=entry.index_number, at=at)
    for name in _CORRECTED:
        setattr(entry, name, getattr(head, name))
    entry.version_number += 1
    entry.save(update_fields=[*_CORRECTED, "version_number", "withdrawn_at", "withdrawal_ground"])
    _add_versions([entry], [content], at=at, reason=reason)
    EntryIssuer.objects.filter(entry=entry).delete()
    _add_issuers([entry], [content])
    feed.append(STREAM, [entry.pk], at=at)


_CORRECTED = (
    "title",
    "document_number",
    "document_number_key",
    "issuer",
    "created_on",
    "updated_at",
    "node_code",
    "genre",
    "topic",
    "in_library",
    "effective_on",
    "expires_on",
)


def _check(content: ReleasedContent) -> None:
    if not content.title.strip():
        raise CannotRelease("公开的信息须有标题")
    if content.validity not in vocabulary.VALIDITIES:
        raise CannotRelease(f"不认识的有效性：{content.validity}")


def _head(content: ReleasedContent, *, index_number: str, at: datetime) -> Entry:
    return Entry(
        agency_id=content.agency_id,
        index_number=index_number,
        title=content.title,
        document_number=content.document_number,
        document_number_key=document_keys.document_key(content.document_number),
        issuer=content.issuer,
        created_on=content.created_on,
        published_at=content.published_at,
        updated_at=at,
        year=content.published_at.astimezone(timezone.get_default_timezone()).year,
        node_code=content.node_code,
        genre=content.genre,
        topic=content.topic,
        in_library=content.in_library,
        validity=content.validity,
        effective_on=content.effective_on,
        expires_on=content.expires_on,
    )


def _add_versions(entries: Sequence[Entry], contents: Sequence[ReleasedContent], *, at: datetime, reason: str) -> None:
    versions = bulk.insert(
        EntryVersion(
            entry_id=entry.pk,
            number=entry.version_number,
            file_count=len(content.files),
            title=content.title,
            metadata=dict(content.metadata),
            summary=content.summary,
            keywords=content.keywords,
            body_html=content.body_html,
            body_text=content.body_text,
            digest=content.digest,
            released_at=at,
            reason=reason,
        )
        for entry, content in zip(entries, contents, strict=True)
    )
    bulk.insert(
        EntryFile(version_id=version.pk, position=position, **dataclasses.asdict(file))
        for version, content in zip(versions, contents, strict=True)
        for position, file in enumerate(content.files, start=1)
    )


def _add_issuers(entries: Sequence[Entry], contents: Sequence[ReleasedContent]) -> None:
    bulk.insert(
        EntryIssuer(
            entry_id=entry.pk,
            agency_id=agency_id,
            published_at=entry.published_at,
            node_code=content.joint_node_code,
        )
        for entry, content in zip(entries, contents, strict=True)
        for agency_id in content.joint_agency_ids
        if agency_id != content.agency_id
    )


def _note(action: str, entry: Entry, digest: str) -> trail.Entry:
    return trail.Entry(
        action=action,
        subject_type="entry",
        subject_id=entry.pk,
        detail={"index_number": entry.index_number, "digest": digest, "version": entry.version_number},
    )
