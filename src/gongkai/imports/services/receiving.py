"""A table comes to the desk and is looked through before anyone decides on it."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import events, scoping
from gongkai.groundwork.audit import trail
from gongkai.groundwork.files import intake, names, store
from gongkai.groundwork.files.kinds import Kind
from gongkai.imports.domain.lifecycle import State
from gongkai.imports.domain.rows import CheckedRow
from gongkai.imports.events import FileSubmitted
from gongkai.imports.models import ImportFile
from gongkai.imports.reading.tables import UnreadableTable
from gongkai.imports.services import importing, mapping_files
from gongkai.imports.services.importing import Order, Tally
from gongkai.imports.services.rejecting import RejectsFile
from gongkai.law.findings import Severity
from gongkai.records.services.history import Statement

LIMIT_BYTES = 50 * 1024 * 1024
_KINDS = frozenset({Kind.CSV, Kind.XLSX})
_SEVERITIES = [severity.value for severity in Severity]


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A table on its way in, and the built-in mapping under which it is to be read."""

    stream: store.Source
    file_name: str
    mapping: str


def submit(*, upload: Upload, actor: Actor, at: datetime) -> ImportFile:
    """Takes the table in and has it looked through in the background.

    Raises:
        RefusedFile: too large, of another type, broken, or with a secret mark anywhere; nothing was kept.
        UnreadableMapping: there is no such mapping.
    """
    assert actor.agency_id is not None
    assert actor.user_id is not None
    text = mapping_files.text_of(upload.mapping)
    stored = intake.take_in(upload.stream, upload.file_name, at=at, allowed=_KINDS, limit=LIMIT_BYTES)
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        made = ImportFile.objects.create(
            agency_id=actor.agency_id,
            file=stored,
            digest=stored.digest,
            file_name=names.clean(upload.file_name),
            mapping=upload.mapping,
            mapping_text=text,
            uploaded_by_id=actor.user_id,
            uploaded_by_name=actor.name,
            uploaded_at=at,
        )
        note(made, "submit", actor=actor, at=at)
        events.emit(FileSubmitted(import_id=made.pk))
    return made


def look_through(*, import_id: int, at: datetime) -> None:
    """Fills in the preview. Looking a second time, or after someone gave the file up, changes nothing."""
    with scoping.everywhere(because="a background task knows only the id"):
        found = ImportFile.objects.select_related("file").get(pk=import_id)
    with scoping.narrow_to([found.agency_id]):
        if found.state != State.CHECKING:
            return
        try:
            tally = _rehearse(found, at=at)
        except UnreadableTable as error:
            _settle(found, state=State.UNREADABLE, problem=str(error)[:500])
            return
        _settle(found, state=State.READY, preview=preview_of(tally), rows_expected=tally.read)


def _rehearse(found: ImportFile, *, at: datetime) -> Tally:
    statement = Statement(
        file_digest=found.digest,
        file_name=found.file_name,
        mapping=found.mapping,
        cleared_by="",
        confirmed_by="",
        stated_by=found.uploaded_by_name,
        is_operator_statement=False,
    )
    nowhere = RejectsFile(Path(os.devnull), is_wanted=False)
    with store.opened(found.digest) as file, nowhere as rejects:
        order = Order(
            file=file,
            file_name=found.file_name,
            mapping_text=found.mapping_text,
            statement=statement,
            own=Agency.objects.get(pk=found.agency_id),
            is_rehearsal=True,
        )
        uploader = Actor(found.uploaded_by_id, found.uploaded_by_name, found.agency_id, "", "")
        return importing.run(order, rejects=rejects, actor=uploader, at=at)


def _settle(found: ImportFile, *, state: State, **values: object) -> None:
    # Someone may have given the file up meanwhile: then that stands.
    ImportFile.objects.filter(pk=found.pk, state=State.CHECKING).update(state=state, **values)


def preview_of(tally: Tally) -> dict[str, object]:
    """What the screen shows of a rehearsal: figures, findings by code (gravest first), and some rows."""
    found = sorted(tally.findings.items(), key=lambda item: (_SEVERITIES.index(item[0][1]), -item[1]))
    return {
        "counts": tally.as_counts(),
        "findings": [
            {"code": code, "severity": severity, "count": count, "message": tally.messages[code]}
            for (code, severity), count in found
        ],
        "rows": [_shown(row) for row in tally.sample],
    }


def _shown(row: CheckedRow) -> dict[str, object]:
    fields = row.fields
    return {
        "line": row.line,
        "title": str(fields.get("title", "")),
        "document_number": str(fields.get("document_number", "")),
        "published_on": str(fields.get("published_on", "")),
        "is_rejected": row.is_rejected,
        "conceals": row.conceals,
        "raw": [] if row.conceals or fields else [cell[:60] for cell in row.raw[:6]],
        "findings": [finding.as_dict() for finding in row.findings],
    }


def note(found: ImportFile, action: str, *, actor: Actor, at: datetime, **detail: object) -> None:
    """The line in the trail, with the digest that everything is bound to."""
    entry = trail.Entry(
        action=f"import.{action}",
        subject_type="import_file",
        subject_id=found.pk,
        detail={"digest": found.digest, **detail},
    )
    trail.write(entry, actor=actor, at=at)
