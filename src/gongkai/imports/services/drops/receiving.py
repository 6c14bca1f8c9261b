"""Dropped files come in: each is looked into, what is refused is named, and the worker is told to read the rest."""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk, events, scoping
from gongkai.groundwork.audit import trail
from gongkai.groundwork.files import intake, names, store, unpacking
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.imports.domain.dropping import MOST_BYTES, MOST_FILES, State
from gongkai.imports.events import FilesDropped
from gongkai.imports.models import DroppedBatch, DroppedFile

DOCUMENTS = frozenset({Kind.PDF, Kind.OFD, Kind.DOCX, Kind.DOC})
LISTS = frozenset({Kind.XLSX, Kind.CSV})


class CannotDrop(Exception):
    """Nothing was kept: too many files or bytes, or none that could be read. ``reason`` says so in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Upload:
    stream: store.Source
    file_name: str
    size: int = 0


@dataclass(frozen=True)
class _Incoming:
    """A file by itself, also where it came in a ZIP; ``refused`` says why its bytes are not here."""

    name: str
    stream: store.Source | None
    size: int = 0
    refused: str = ""


@dataclass
class _Kept:
    """What was taken in, in order, and the list that goes with it."""

    files: list[DroppedFile] = field(default_factory=list)
    lists: list[tuple[StoredFile, str]] = field(default_factory=list)


def receive(*, uploads: Sequence[Upload], column_code: str = "", actor: Actor, at: datetime) -> DroppedBatch:
    """Takes in what may come in and has it read in the background; a refused file stands in the batch with its reason.

    Args:
        column_code: the column for files whose list names none; may be empty.

    Raises:
        CannotDrop: nothing was kept.
    """
    assert actor.agency_id is not None
    assert actor.user_id is not None
    with scoping.narrow_to([actor.agency_id]):
        with ExitStack() as drafts:
            incoming = list(itertools.chain.from_iterable(_opened(upload, drafts) for upload in uploads))
            _check_size(incoming)
            kept = _Kept()
            for file in incoming:
                _take_in(file, kept, at=at)
        if not any(file.file for file in kept.files):
            raise CannotDrop(kept.files[0].reason if kept.files else "没有收到文件。请选择要起草的文件。")
        batch = DroppedBatch(
            agency_id=actor.agency_id,
            problems=[f"收到{len(kept.lists)}份清单，只使用“{kept.lists[0][1]}”。"] if len(kept.lists) > 1 else [],
            uploaded_by_id=actor.user_id,
            uploaded_by_name=actor.name,
            uploaded_at=at,
        )
        if kept.lists:
            batch.list_file, batch.list_name = kept.lists[0]
        return _saved(batch, kept.files, column_code=column_code, actor=actor, at=at)


def _opened(upload: Upload, drafts: ExitStack) -> Iterator[_Incoming]:
    """The file itself, or those in it where it is a ZIP."""
    if names.extension(upload.file_name) != Kind.ZIP:
        yield _Incoming(upload.file_name, upload.stream, upload.size)
        return
    try:
        archive = drafts.enter_context(store.receive(upload.stream, limit=MOST_BYTES))
        found = drafts.enter_context(unpacking.unpacked(archive.stream))
    except RefusedFile as refusal:
        yield _Incoming(upload.file_name, None, refused=refusal.message)
        return
    for each in found:
        if each.draft is None:
            yield _Incoming(each.name, None, refused=each.refusal.message if each.refusal else "")
        else:
            yield _Incoming(each.name, each.draft.stream, each.draft.size)


def _check_size(incoming: Sequence[_Incoming]) -> None:
    documents = [file for file in incoming if names.extension(file.name) not in LISTS]
    if len(documents) > MOST_FILES:
        raise CannotDrop(f"一次最多{MOST_FILES}份文件，这次有{len(documents)}份，都没有保存。请分几次放入。")
    size = sum(file.size for file in incoming)
    if size > MOST_BYTES:
        limit = MOST_BYTES // (1024 * 1024)
        raise CannotDrop(f"文件合计超过{limit}MB（现有{size // (1024 * 1024)}MB），都没有保存。请分几次放入。")


def _take_in(file: _Incoming, kept: _Kept, *, at: datetime) -> None:
    is_list = names.extension(file.name) in LISTS
    row = DroppedFile(position=len(kept.files) + 1, file_name=names.clean(file.name), state=State.REFUSED)
    if file.stream is None:
        row.reason = file.refused
        kept.files.append(row)
        return
    try:
        stored = intake.take_in(file.stream, file.name, at=at, allowed=LISTS if is_list else DOCUMENTS)
    except RefusedFile as refusal:
        row.reason = refusal.message[:300]
        if refusal.code.value == "secret_mark":
            row.file_name = "（名称不显示）"
        kept.files.append(row)
        return
    if is_list:
        kept.lists.append((stored, row.file_name))
        return
    row.file, row.state = stored, State.WAITING
    kept.files.append(row)


@transaction.atomic
def _saved(
    batch: DroppedBatch, files: Sequence[DroppedFile], *, column_code: str, actor: Actor, at: datetime
) -> DroppedBatch:
    batch.save(force_insert=True)
    for file in files:
        file.agency_id, file.batch = batch.agency_id, batch
        file.values = {"column_code": column_code} if column_code else {}
    bulk.insert(files)
    note(batch, "drop", actor=actor, at=at, files=len(files), refused=sum(file.file is None for file in files))
    events.emit(FilesDropped(batch_id=batch.pk))
    return batch


def note(batch: DroppedBatch, act: str, *, actor: Actor, at: datetime, **detail: object) -> None:
    """The line in the trail."""
    entry = trail.Entry(action=f"dropped.{act}", subject_type="dropped_batch", subject_id=batch.pk, detail=detail)
    trail.write(entry, actor=actor, at=at)
