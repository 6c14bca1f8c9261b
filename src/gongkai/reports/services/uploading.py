"""Annual reports come to the desk to be checked."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import events, scoping
from gongkai.groundwork.audit import trail
from gongkai.groundwork.files import intake, names, store
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.reports.domain.states import Relation
from gongkai.reports.events import CheckWanted
from gongkai.reports.models import Comparison, ReportCheck

LIMIT_BYTES = 50 * 1024 * 1024
MOST_FILES = 50
_TEXTS = frozenset({Kind.TXT, Kind.MD, Kind.HTML, Kind.DOCX, Kind.PDF})
_SCANS = frozenset({Kind.PNG, Kind.JPG})


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A report on its way in."""

    stream: store.Source
    file_name: str


@dataclass(frozen=True)
class Refusal:
    """A file of the upload that stayed outside; ``message`` is a sentence for the person who sent it."""

    file_name: str
    message: str


@dataclass(frozen=True)
class Received:
    """What became of an upload: checks under way, and files that were refused."""

    checks: tuple[ReportCheck, ...]
    refusals: tuple[Refusal, ...]


def kinds() -> frozenset[Kind]:
    """What may come in; pictures only where character recognition is installed."""
    return _TEXTS | _SCANS if importlib.util.find_spec("rapidocr") else _TEXTS


def submit(*, uploads: Sequence[Upload], previous: Upload | None = None, actor: Actor, at: datetime) -> Received:
    """Takes reports in and has each checked in the background, beside ``previous`` where it is given.

    A refused file leaves nothing behind and does not keep the others out; ``previous`` becomes a check of its own.
    """
    taken, refusals = _take_in([*([previous] if previous else []), *uploads], at=at)
    before = [each for each in taken if each[0] is previous]
    assert actor.agency_id is not None
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        last = _made(*before[0], actor=actor, at=at) if before else None
        made = [_made(*each, actor=actor, at=at) for each in taken if each[0] is not previous]
        if last is not None:
            _set_beside(made, last)
        for each in [*([last] if last else []), *made]:
            events.emit(CheckWanted(check_id=each.pk, revision=each.revision))
    return Received(tuple(made), refusals)


def _take_in(uploads: Sequence[Upload], *, at: datetime) -> tuple[list[tuple[Upload, StoredFile]], tuple[Refusal, ...]]:
    taken: list[tuple[Upload, StoredFile]] = []
    refusals: list[Refusal] = []
    for upload in uploads:
        try:
            stored = intake.take_in(upload.stream, upload.file_name, at=at, allowed=kinds(), limit=LIMIT_BYTES)
        except RefusedFile as error:
            refusals.append(Refusal(names.clean(upload.file_name), error.message))
        else:
            taken.append((upload, stored))
    return taken, tuple(refusals)


def _set_beside(checks: Sequence[ReportCheck], last: ReportCheck) -> None:
    for each in checks:
        Comparison.objects.create(
            agency_id=each.agency_id, report_check=each, other=last, relation=Relation.PREVIOUS.value
        )


def _made(upload: Upload, stored: StoredFile, *, actor: Actor, at: datetime) -> ReportCheck:
    assert actor.user_id is not None
    assert actor.agency_id is not None
    made = ReportCheck.objects.create(
        agency_id=actor.agency_id,
        file=stored,
        digest=stored.digest,
        file_name=names.clean(upload.file_name),
        uploaded_by_id=actor.user_id,
        uploaded_by_name=actor.name,
        uploaded_by_post=actor.post,
        uploaded_at=at,
    )
    detail = {"digest": made.digest, "file_name": made.file_name}
    entry = trail.Entry(action="report.submit", subject_type="report_check", subject_id=made.pk, detail=detail)
    trail.write(entry, actor=actor, at=at)
    return made
