"""From a frozen version to the copy that the public gets, and back."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.groundwork.files.models import StoredFile
from gongkai.law import secrecy_marks, vocabulary
from gongkai.law.findings import Finding
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.services.releasing import ReleasedContent, ReleasedFile
from gongkai.records.domain import rich_text, statutory_tree
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.content import Content
from gongkai.records.domain.digest import PublicFile
from gongkai.records.models import AgencyColumn, Attachment, Record, RecordVersion, UncutText
from gongkai.records.services import freezing

# Metadata that an entry has no field of its own for, with the ids of the metadata standard.
_STANDARD_IDS = {
    "joint_issuers": "joint_issuers",
    "is_party_mixed": "party_mixed",
    "group": "group",
    "service_object": "service_object",
    "is_normative": "is_normative",
    "is_major_decision": "is_major_decision",
    "publication_forms": "form",
    "carriers": "carrier",
    "scope": "scope",
    "time_limit": "time_limit",
    "procedure": "procedure",
    "responsible_unit": "owner_dept",
    "source": "source",
}


def of_version(record: Record, version: RecordVersion, *, published_at: datetime) -> ReleasedContent:
    """The released content of a version, with the texts of its files for the search; one query for files."""
    files = freezing.files_in(version)
    stored = _stored(files)
    metadata = version.content["metadata"]
    today, named = timezone.localdate(published_at), tuple(metadata.get("joint_issuers", ()))
    issuers = agencies_named(named, besides=record.agency_id, on=today)
    return dataclasses.replace(
        of_metadata(record.agency_id, metadata, published_at=published_at),
        joint_agency_ids=tuple(issuers.values()),
        joint_node_code=_common_column(str(metadata.get("column_code", ""))) if issuers else "",
        digest=version.digest,
        validity=_validity(record, on=today),
        body_html=version.body_html,
        body_text=version.body_text,
        files=tuple(_released_file(file, stored[file.digest]) for file in files),
    )


def agencies_named(names: tuple[str, ...], *, besides: int, on: date) -> dict[str, int]:
    """The bodies of this system behind the names, which may be short ones; a name of two bodies is none's."""
    if not names:
        return {}
    bodies = Agency.objects.filter(Q(name__in=names) | Q(short_name__in=names)).exclude(pk=besides)
    found: dict[str, set[int]] = {}
    for body in bodies.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)):
        for name in {body.name, body.short_name}.intersection(names):
            found.setdefault(name, set()).add(body.pk)
    return {name: ids.pop() for name in names if len(ids := found.get(name, set())) == 1}


def _common_column(code: str) -> str:
    """The column of the common tree that holds the column, which other bodies have too; empty where none does."""
    while code and code not in statutory_tree.BY_CODE:
        code = AgencyColumn.objects.filter(code=code).values_list("parent_code", flat=True).first() or ""
    return code


def of_metadata(agency_id: int, metadata: Mapping[str, object], *, published_at: datetime) -> ReleasedContent:
    """The same without text, files and digest."""

    def text(name: str) -> str:
        return str(metadata.get(name, ""))

    return ReleasedContent(
        agency_id=agency_id,
        title=text("title"),
        published_at=published_at,
        digest="",
        document_number=text("document_number"),
        issuer=text("issuer"),
        genre=text("genre"),
        topic=text("topic"),
        summary=text("summary"),
        keywords=text("keywords"),
        node_code=text("column_code"),
        created_on=_day(metadata, "created_on"),
        effective_on=_day(metadata, "effective_on"),
        expires_on=_day(metadata, "expires_on"),
        in_library=bool(metadata.get("document_number") or metadata.get("is_normative")),
        metadata=_shown(metadata),
    )


def marks(version: RecordVersion) -> Iterator[Finding]:
    """Secret marks in what would go out, looked for once more: the rules may have grown since it was written."""
    metadata = "\n".join(str(value) for value in version.content["metadata"].values())
    yield from secrecy_marks.findings(metadata, place="metadata")
    yield from secrecy_marks.findings(version.body_text, place="body_text")
    files = freezing.files_in(version)
    for stored in _stored(files).values() if files else ():
        yield from secrecy_marks.findings(stored.text, place="file")


def restore(record: Record, version: RecordVersion, *, at: datetime) -> None:
    """Puts content and files of the version back into the working copy; the caller saves the record."""
    metadata = version.content["metadata"]
    for field in dataclasses.fields(Content):
        if field.name in {"reevaluate_on", "remarks"}:
            continue
        default = "" if field.name == "title" else field.default
        setattr(record, field.name, _restored(field.name, metadata.get(field.name, default)))
    whole = UncutText.objects.filter(version=version).values_list("body_html", flat=True).first()
    record.body_html = whole or version.body_html
    record.body_text = rich_text.plain_text(record.body_html)
    record.submitted, record.digest, record.clearance = version, version.digest, "publish"
    originals = {file.copy.digest: file.file for file in record.attachments.select_related("file", "cleaned")}
    record.attachments.all().delete()
    files = freezing.files_in(version)
    stored = _stored(files)
    Attachment.objects.bulk_create(
        Attachment(
            agency_id=record.agency_id,
            record=record,
            file=originals.get(file.digest, stored[file.digest]),
            cleaned=stored[file.digest] if file.digest in originals else None,
            position=position,
            title=file.title,
            file_name=file.file_name,
            added_at=at,
        )
        for position, file in enumerate(files, start=1)
    )


def _shown(metadata: Mapping[str, object]) -> dict[str, object]:
    """Further metadata under the ids of the standard, as words."""
    shown: dict[str, object] = {id_: _word(metadata[name]) for name, id_ in _STANDARD_IDS.items() if metadata.get(name)}
    item = vocabulary.catalogue().get(str(metadata.get("column_code", "")).partition(".")[0])
    if item is not None:
        shown["art20_item"] = item.label
    if metadata.get("cuts"):
        shown["cuts"] = f"{metadata['cuts']}处"
    return shown | {"mode": Attribute(str(metadata["attribute"])).label}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _restored(name: str, value: object) -> object:
    if name in {"created_on", "effective_on", "expires_on"} and isinstance(value, str):
        return date.fromisoformat(value)
    return list(value) if isinstance(value, tuple | list) else value


def _stored(files: list[PublicFile]) -> dict[str, StoredFile]:
    if not files:
        return {}
    return {file.digest: file for file in StoredFile.objects.filter(digest__in=[file.digest for file in files])}


def _released_file(file: PublicFile, stored: StoredFile) -> ReleasedFile:
    return ReleasedFile(
        title=file.title,
        file_name=file.file_name,
        media_type=stored.media_type,
        size=stored.size,
        digest=file.digest,
        text=stored.text,
    )


def _validity(record: Record, *, on: date) -> str:
    if record.validity == Validity.VALID and record.effective_on and record.effective_on > on:
        return Validity.NOT_YET_EFFECTIVE
    return record.validity


def _day(metadata: Mapping[str, object], name: str) -> date | None:
    value = metadata.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else None
