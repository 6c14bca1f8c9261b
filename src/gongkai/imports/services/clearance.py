"""Two different people of the agency, neither of them the uploader, answer for the file with its digest."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import events, scoping
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile
from gongkai.imports.domain.lifecycle import TABLE, Act, State
from gongkai.imports.events import FileConfirmed
from gongkai.imports.models import DroppedBatch, DroppedFile, ImportFile, RegisterTable
from gongkai.imports.services import receiving
from gongkai.law import secrecy_marks, tables
from gongkai.published.models import EntryFile
from gongkai.records.models import Attachment
from gongkai.reports.models import ReportCheck


class CannotDecide(Exception):
    """The decision was not taken; ``reason`` says why in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoSuchImport(CannotDecide):
    """The actor's agency has none with this id."""


def clear(*, import_id: int, digest: str, actor: Actor, at: datetime) -> ImportFile:
    """The secrecy reviewer's decision that the file with this digest may be made public.

    Raises:
        CannotDecide: another state or digest, another post, or the uploader's own file.
    """
    with _deciding(import_id, Act.CLEAR, actor=actor) as found:
        _refuse_uploader(found, actor)
        _refuse_other_digest(found, digest)
        found.cleared_by_id, found.cleared_by_name, found.cleared_at = actor.user_id, actor.name, at
        receiving.note(found, "clear", actor=actor, at=at)
    return found


def confirm(*, import_id: int, digest: str, actor: Actor, at: datetime) -> ImportFile:
    """The leader's confirmation, after which the import runs in the background.

    Raises:
        CannotDecide: as for `clear`, or the actor is the one who cleared it.
    """
    with _deciding(import_id, Act.CONFIRM, actor=actor) as found:
        _refuse_uploader(found, actor)
        _refuse_other_digest(found, digest)
        if found.cleared_by_id == actor.user_id:
            raise CannotDecide("保密审查和负责人确认要由两名不同的同志作出。")
        found.confirmed_by_id, found.confirmed_by_name, found.confirmed_at = actor.user_id, actor.name, at
        receiving.note(found, "confirm", actor=actor, at=at, cleared_by=found.cleared_by_name)
        events.emit(FileConfirmed(import_id=found.pk))
    return found


def refuse(*, import_id: int, reason: str, actor: Actor, at: datetime) -> ImportFile:
    """Sends the file back; its bytes are erased, the reason stays.

    Raises:
        CannotDecide: no reason is given, or it carries a secret mark.
    """
    words = reason.strip()[:500]
    if not words:
        raise CannotDecide("请写明退回的原因。")
    if secrecy_marks.is_marked(words):
        raise CannotDecide("内容带有国家秘密标志，未保存。")
    with _deciding(import_id, Act.REFUSE, actor=actor) as found:
        found.problem = words
        _end(found, actor=actor, at=at)
        receiving.note(found, "refuse", actor=actor, at=at, reason=words)
    return found


def discard(*, import_id: int, actor: Actor, at: datetime) -> ImportFile:
    """Gives the file up before it is imported; its bytes are erased. Raises `CannotDecide`."""
    with _deciding(import_id, Act.DISCARD, actor=actor) as found:
        _end(found, actor=actor, at=at)
        receiving.note(found, "discard", actor=actor, at=at)
    return found


@contextmanager
def _deciding(import_id: int, act: Act, *, actor: Actor) -> Iterator[ImportFile]:
    if actor.agency_id is None:
        raise NoSuchImport("没有找到这次导入。")
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        found = ImportFile.objects.select_for_update(of=("self",)).filter(pk=import_id).first()
        if found is None:
            raise NoSuchImport("没有找到这次导入。")
        try:
            line = TABLE.require(act, state=found.state, posts={actor.post})
        except tables.NotAllowed as error:
            raise CannotDecide(f"{error}。") from error
        yield found
        found.state = line.target or found.state
        found.save()


def _refuse_uploader(found: ImportFile, actor: Actor) -> None:
    if found.uploaded_by_id == actor.user_id:
        raise CannotDecide("您上传的文件要由其他同志审查、确认。")


def _refuse_other_digest(found: ImportFile, digest: str) -> None:
    if found.digest != digest:
        raise CannotDecide("页面上的文件与现在的文件不一致，请刷新页面，重新查看后再作决定。")


def _end(found: ImportFile, *, actor: Actor, at: datetime) -> None:
    found.ended_by_name, found.ended_at = actor.name, at
    found.preview = {**found.preview, "rows": []}
    file, found.file = found.file, None
    found.save(update_fields=["file", "preview"])
    if file is not None and not _is_used_elsewhere(file):
        digest = file.digest
        file.delete()
        transaction.on_commit(lambda: store.remove(digest))


def _is_used_elsewhere(file: StoredFile) -> bool:
    with scoping.everywhere(because="the same bytes may lie at another agency"):
        return (
            ImportFile.objects.filter(file=file).exists()
            or ImportFile.objects.filter(rejects=file).exists()
            or DroppedFile.objects.filter(file=file).exists()
            or DroppedBatch.objects.filter(list_file=file).exists()
            or RegisterTable.objects.filter(file=file).exists()
            or Attachment.objects.filter(file=file).exists()
            or ReportCheck.objects.filter(file=file).exists()
            or EntryFile.objects.filter(digest=file.digest).exists()
        )


def may_decide(found: ImportFile, act: Act, *, posts: frozenset[str], user_id: int) -> bool:
    """Whether this person could take the decision now: for the buttons."""
    line = TABLE.find(act, found.state)
    if line is None or not line.posts & posts:
        return False
    is_own = found.uploaded_by_id == user_id
    if act is Act.CLEAR:
        return not is_own
    if act is Act.CONFIRM:
        return not is_own and found.cleared_by_id != user_id
    return True


def needs_another(found: ImportFile) -> str:
    """Who is awaited, in words; empty where nobody is."""
    if found.state == State.READY:
        return f"请上传人{found.uploaded_by_name}以外的保密审查员审查"
    if found.state == State.CLEARED:
        return f"请{found.uploaded_by_name}、{found.cleared_by_name}以外的单位负责人确认"
    return ""
