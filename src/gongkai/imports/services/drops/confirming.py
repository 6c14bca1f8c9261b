"""The clerk looks at what was read, puts it right and makes drafts of it; each draft comes to be once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import scoping
from gongkai.imports.domain import dropping
from gongkai.imports.domain.dropping import EDITABLE, State
from gongkai.imports.models import DroppedBatch, DroppedFile
from gongkai.imports.services.drops import duplicates, receiving
from gongkai.law import secrecy_marks
from gongkai.law.identifiers import document_number
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.content import Content
from gongkai.records.models import Record
from gongkai.records.services import acting, attachments, drafting
from gongkai.records.services.attachments import TakenIn


class CannotConfirm(Exception):
    """The file did not become a draft; ``reason`` says why in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoSuchDrop(CannotConfirm):
    """The actor's agency has no such batch or file."""


def change(*, file_id: int, values: Mapping[str, str], actor: Actor, at: datetime) -> DroppedFile:
    """Keeps what the clerk wrote about the file; a number that is no longer a duplicate makes it ready.

    Raises:
        CannotConfirm: the file is not open, or a secret mark was written.
    """
    with _locked(file_id, actor=actor) as file:
        _change(file, values)
        file.save()
        _note(file, "change", actor=actor, at=at)
    return file


def confirm(*, file_id: int, values: Mapping[str, str] | None = None, actor: Actor, at: datetime) -> Record:
    """Makes the draft with the file as its attachment. ``values`` are written first.

    Raises:
        CannotConfirm: not open any more, a duplicate, or not enough for a draft; nothing was changed.
    """
    with _locked(file_id, actor=actor) as file:
        if values is not None:
            _change(file, values)
        else:
            _judge(file)
        if file.state == State.DUPLICATE:
            raise CannotConfirm(f"{file.reason}，没有重复起草。")
        try:
            record = drafting.draft(content=_content(file), actor=actor, at=at)
            assert file.file is not None
            title = file.file_name.rpartition(".")[0] or file.file_name
            taken = TakenIn(file.file, title, file.file_name)
            attachments.add(record_id=record.pk, file=taken, actor=actor, at=at)
        except acting.Refused as error:
            raise CannotConfirm(error.reason) from error
        file.state, file.record, file.reason = State.DRAFTED, record, ""
        # The draft has it all now: what is purged there shall not live on here.
        file.file, file.body_html, file.first_lines = None, "", ""
        file.readings, file.values, file.notes = {}, {}, []
        file.save()
        _note(file, "confirm", actor=actor, at=at)
    return record


def set_aside(*, file_id: int, actor: Actor, at: datetime) -> None:
    """No draft shall come of the file. Raises `CannotConfirm`."""
    with _locked(file_id, actor=actor) as file:
        file.state = State.SET_ASIDE
        file.save()
        _note(file, "set_aside", actor=actor, at=at)


def is_complete(file: DroppedFile) -> bool:
    """Whether it may be confirmed together with others, without a further look."""
    return file.state == State.READY and not dropping.missing(file.values, file.readings)


@contextmanager
def _locked(file_id: int, *, actor: Actor) -> Iterator[DroppedFile]:
    """The file, open for changes, locked until the end of the transaction."""
    if actor.agency_id is None:
        raise NoSuchDrop("没有找到这份文件。")
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        files = DroppedFile.objects.select_for_update(of=("self",)).select_related("file", "batch")
        found = files.defer("file__text", "batch__list_rows").filter(pk=file_id).first()
        if found is None:
            raise NoSuchDrop("没有找到这份文件。")
        if not State(found.state).is_open:
            raise CannotConfirm(f"“{found.file_name}”现在是“{State(found.state).label}”，不能再改。")
        yield found


def _change(file: DroppedFile, values: Mapping[str, str]) -> None:
    written = {name: values[name].strip() for name in EDITABLE if name in values}
    if secrecy_marks.is_marked("\n".join(written.values())):
        raise CannotConfirm("内容带有国家秘密标志，未保存。本系统为非涉密系统，不得存储、处理涉密信息。")
    if document_number.is_valid(written.get("document_number", "")):
        written["document_number"] = document_number.validate(written["document_number"])
    file.values = {name: value for name, value in {**file.values, **written}.items() if value}
    _judge(file)


def _judge(file: DroppedFile) -> None:
    """Ready, or a duplicate of something that may have come meanwhile."""
    known = duplicates.of(file, number=file.values.get("document_number", ""))
    file.state = State.DUPLICATE if known else State.READY
    file.reason = known.words if known else ""
    file.record_id = known.record_id if known else None


def _content(file: DroppedFile) -> Content:
    values: dict[str, Any] = {name: value for name, value in file.values.items() if name in dropping.CARRIED}
    if not values.get("title"):
        raise CannotConfirm("请填写标题。")
    if values.get("attribute") not in set(Attribute):
        raise CannotConfirm("请选择公开属性。")
    if values.get("created_on"):
        values["created_on"] = date.fromisoformat(values["created_on"])
    values["joint_issuers"] = tuple(values.get("joint_issuers", ()))
    remarks = "" if file.body_html else "由没有文字层的文件起草，正文待录入。"
    return Content(**values, body_html=file.body_html, remarks=remarks)


def _note(file: DroppedFile, act: str, *, actor: Actor, at: datetime) -> None:
    batch: DroppedBatch = file.batch
    receiving.note(batch, act, actor=actor, at=at, file=file.pk, record=file.record_id)
