"""Files of a record: taken in, taken off, put in another order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Max

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk, scoping
from gongkai.groundwork.audit import trail
from gongkai.groundwork.files import cleaning, intake, names, recognition, store, tasks
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.law import secrecy_marks
from gongkai.records.domain import cuts
from gongkai.records.domain.lifecycle import Act
from gongkai.records.models import Attachment, Record
from gongkai.records.services import acting, drafting

LIMIT = 50
# Where positions are parked while they are dealt out anew: they are unique within a record at every moment.
_PARKED = 1_000_000


class CannotAttach(acting.Refused):
    """The file is refused (type, size, secret mark …), or the record is not open or full. ``status`` fits HTTP."""

    status = 422


class CannotArrangeFiles(acting.Refused):
    """The record is not open for changes, or the list does not name its files."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file on its way in; an empty title takes the name of the file.

    ``cut_ground``: what was cut from the file before it came here, the whole of which does not enter.
    """

    stream: store.Source
    file_name: str
    title: str = ""
    cut_ground: str = ""


class TakenIn(NamedTuple):
    """A file that lies in the store, with the names under which the record shows it."""

    stored: StoredFile
    title: str
    file_name: str


def attach(*, record_id: int, upload: Upload, actor: Actor, at: datetime) -> Attachment:
    """Looks into the file, keeps it, and puts it at the end of the record's files.

    The look happens before the record is locked, because it may take seconds.

    Raises:
        CannotAttach: nothing was stored.
        NoSuchRecord: the actor's agency has none with this id.
    """
    file_name = names.clean(upload.file_name)
    title = _titled(upload, file_name)
    if secrecy_marks.is_marked(f"{title}\n{file_name}"):
        raise CannotAttach("文件名称带有国家秘密标志，未保存。本系统为非涉密系统，严禁上传涉密信息。")
    _require_open(record_id, actor=actor)
    try:
        stored = intake.take_in(upload.stream, file_name, at=at)
    except RefusedFile as error:
        refusal = CannotAttach(error.message)
        refusal.status = error.code.status
        raise refusal from error
    return add(record_id=record_id, file=TakenIn(stored, title, file_name), actor=actor, at=at)


def _titled(upload: Upload, file_name: str) -> str:
    """The title that the public reads; of a file with cuts it says why."""
    title = upload.title.strip() or file_name.rpartition(".")[0] or file_name
    said = f"（有删减，理由：{cuts.label(upload.cut_ground, '')}）" if upload.cut_ground else ""
    return f"{title[: 200 - len(said)]}{said}"


def add(*, record_id: int, file: TakenIn, actor: Actor, at: datetime) -> Attachment:
    """Puts a file that has been taken in at the end of the record's files, with its public copy.

    Raises `CannotAttach`.
    """
    try:
        copy = cleaning.public_copy(file.stored, file.file_name, at=at)
    except RefusedFile as error:
        raise CannotAttach(error.message) from error
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.EDIT, actor=actor, refusal=CannotAttach)
        files = Attachment.objects.filter(record=record)
        last = files.aggregate(last=Max("position"))["last"] or 0
        if last >= LIMIT:
            raise CannotAttach(f"一条信息最多{LIMIT}个附件。")
        if files.filter(file=file.stored).exists():
            raise CannotAttach("这个文件已经在附件中了。")
        attachment = Attachment.objects.create(
            agency_id=record.agency_id,
            record=record,
            file=file.stored,
            cleaned=None if copy == file.stored else copy,
            position=last + 1,
            title=file.title,
            file_name=file.file_name,
            added_at=at,
        )
        _recognise(copy)
        _changed(record, "attach", {"file": file.stored.digest, "copy": copy.digest}, actor=actor, at=at)
    return attachment


def detach(*, record_id: int, attachment_id: int, actor: Actor, at: datetime) -> None:
    """Takes a file off the record; versions that were submitted with it keep it.

    Raises:
        CannotArrangeFiles: the record is not open, or has no such file.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.EDIT, actor=actor, refusal=CannotArrangeFiles)
        attachment = (
            Attachment.objects.filter(record=record, pk=attachment_id).select_related("file", "cleaned").first()
        )
        if attachment is None:
            raise CannotArrangeFiles("没有这个附件。")
        detail = {"file": attachment.file.digest, "copy": attachment.copy.digest}
        attachment.delete()
        Attachment.objects.filter(record=record, position__gt=attachment.position).update(
            position=F("position") + _PARKED
        )
        Attachment.objects.filter(record=record, position__gt=_PARKED).update(position=F("position") - _PARKED - 1)
        _changed(record, "detach", detail, actor=actor, at=at)


def arrange(*, record_id: int, order: Sequence[int], actor: Actor, at: datetime) -> None:
    """Puts the files in the order of these ids, which must be all of them.

    Raises:
        CannotArrangeFiles: the record is not open, or the ids are not those of its files.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.EDIT, actor=actor, refusal=CannotArrangeFiles)
        files = {file.pk: file for file in Attachment.objects.filter(record=record)}
        if sorted(order) != sorted(files):
            raise CannotArrangeFiles("附件有变化，请刷新后再调整顺序。")
        Attachment.objects.filter(record=record).update(position=F("position") + _PARKED)
        for position, attachment_id in enumerate(order, start=1):
            files[attachment_id].position = position
        Attachment.objects.bulk_update(files.values(), ["position"])
        _changed(record, "arrange_files", {"order": list(order)}, actor=actor, at=at)


def _recognise(copy: StoredFile) -> None:
    """Hands a scan to the worker, where words can be read from pictures at all."""
    if recognition.may_be_read(copy):
        copy.text_status = recognition.WAITING
        copy.save(update_fields=["text_status"])
        tasks.recognise.enqueue(copy.pk)


def _require_open(record_id: int, *, actor: Actor) -> None:
    if actor.agency_id is None:
        raise acting.NoSuchRecord("没有找到这条信息。")
    with scoping.narrow_to([actor.agency_id]):
        record = Record.objects.filter(pk=record_id).first()
    if record is None:
        raise acting.NoSuchRecord("没有找到这条信息。")
    acting.allow(record, Act.EDIT, actor=actor, refusal=CannotAttach)


def _changed(record: Record, act: str, detail: Mapping[str, object], *, actor: Actor, at: datetime) -> None:
    drafting.touch(record, acting.person(actor), at=at)
    bulk.change(record, ["lock_version", "changed_at", "writers"])
    trail.write(acting.entry_for(record, act, detail), actor=actor, at=at)
