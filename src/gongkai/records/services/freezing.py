"""What is submitted stands still: the working copy becomes a version with its digest."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from gongkai.accounts.viewer import Actor
from gongkai.records.domain import content as contents
from gongkai.records.domain import cuts, digest
from gongkai.records.domain.content import Content
from gongkai.records.domain.digest import PublicFile
from gongkai.records.models import Attachment, Record, RecordVersion, UncutText
from gongkai.records.services import acting


def freeze(
    record: Record, content: Content, files: Sequence[Attachment], *, actor: Actor, at: datetime
) -> RecordVersion:
    """Adds the next version of the record, which the caller saves. Runs in the caller's transaction."""
    record.version_count += 1
    values = fields(record, content, files, actor=actor, at=at)
    version = RecordVersion.objects.create(**values, number=record.version_count)
    if cuts.has_cuts(content.body_html):
        UncutText.objects.create(agency_id=record.agency_id, version=version, body_html=content.body_html)
    return version


def fields(
    record: Record, content: Content, files: Sequence[Attachment], *, actor: Actor, at: datetime
) -> dict[str, object]:
    """The fields of a version but its number, for bulk acts too: what the public would get, without what is cut."""
    public = public_files(files)
    metadata = contents.public_metadata(content)
    if how_many := len(cuts.cuts_in(content.body_html)):
        metadata["cuts"] = how_many
    content = contents.for_the_public(content)
    return {
        "agency_id": record.agency_id,
        "record_id": record.pk,
        "content": {
            "metadata": metadata,
            "files": [file._asdict() for file in public],
            "ground": content.ground,
            "ground_note": content.ground_note,
        },
        "body_html": content.body_html,
        "body_text": content.body_text,
        "digest": digest.of_content(metadata, body_html=content.body_html, files=public),
        "author_id": acting.person(actor),
        "author_name": actor.name,
        "frozen_at": at,
    }


def public_files(files: Sequence[Attachment]) -> list[PublicFile]:
    """The files as they are hashed; the attachments must come with their stored files."""
    return [PublicFile(file.title, file.file_name, file.copy.digest) for file in files]


def files_in(version: RecordVersion) -> list[PublicFile]:
    """The files that were frozen with the version."""
    return [PublicFile(**file) for file in version.content["files"]]


def content_in(version: RecordVersion) -> Content:
    """The public content that was frozen with the version."""
    metadata = version.content["metadata"]
    values = {name: _thawed(name, value) for name, value in metadata.items() if name in contents.FIELDS}
    return Content(**values | {"body_html": version.body_html, "body_text": version.body_text})


def digest_of(version: RecordVersion) -> str:
    """Computed anew from what is stored: equal to ``version.digest`` unless someone reached around the services."""
    return digest.of_content(version.content["metadata"], body_html=version.body_html, files=files_in(version))


def _thawed(name: str, value: Any) -> Any:
    if name in contents.DAYS:
        return date.fromisoformat(value)
    return tuple(value) if name in contents.LISTS else value
