"""The import of a cleared file, in the background: after the death of a worker it goes on where it stopped."""

import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.files import store
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.models import StoredFile
from gongkai.imports.domain.lifecycle import State
from gongkai.imports.models import ImportFile
from gongkai.imports.reading.tables import UnreadableTable
from gongkai.imports.services import importing, receiving
from gongkai.imports.services.importing import Order, Tally
from gongkai.imports.services.rejecting import RejectsFile
from gongkai.records.models import ImportAct
from gongkai.records.services.history import Statement


def bring_in(*, import_id: int, at: datetime, pause: Callable[[], object]) -> None:
    """Imports the file if it is confirmed and not yet done. ``pause`` lets other writers in between two chunks."""
    with scoping.everywhere(because="a background task knows only the id"):
        found = ImportFile.objects.get(pk=import_id)
    agency = Agency.objects.get(pk=found.agency_id)
    actor = Actor(
        user_id=found.uploaded_by_id,
        name=found.uploaded_by_name,
        agency_id=agency.pk,
        agency_code=agency.code,
        post=Post.DISCLOSURE_OFFICER,
    )
    with scoping.narrow_to([agency.pk]):
        if found.state not in {State.QUEUED, State.RUNNING}:
            return
        _save(found, state=State.RUNNING)
        try:
            tally = _run(found, agency, actor=actor, at=at, pause=pause)
        except UnreadableTable as error:
            _save(found, state=State.UNREADABLE, problem=str(error)[:500])
            return
        with transaction.atomic():
            _save(found, state=State.DONE, counts=tally.as_counts(), ended_at=at, rows_done=tally.read)
            receiving.note(found, "done", actor=actor, at=at, counts=tally.as_counts())


def statement_of(found: ImportFile) -> Statement:
    """The clearance by the two people who gave it in their own sessions."""
    return Statement(
        file_digest=found.digest,
        file_name=found.file_name,
        mapping=found.mapping,
        cleared_by=found.cleared_by_name,
        confirmed_by=found.confirmed_by_name,
        stated_by=found.uploaded_by_name,
        is_operator_statement=False,
    )


def _run(found: ImportFile, agency: Agency, *, actor: Actor, at: datetime, pause: Callable[[], object]) -> Tally:
    def after(tally: Tally) -> None:
        _save(found, rows_done=tally.read)
        pause()

    # One name for each import: what a killed worker left behind is written over by the next.
    path = Path(settings.FILES_ROOT) / "work" / f"import-{found.pk}.csv"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with store.opened(found.digest) as file, RejectsFile(path) as rejects:
        order = Order(
            file=file,
            file_name=found.file_name,
            mapping_text=found.mapping_text,
            statement=statement_of(found),
            own=agency,
        )
        tally = importing.run(order, rejects=rejects, actor=actor, at=at, after_chunk=after)
    act = ImportAct.objects.filter(**dataclasses.asdict(order.statement)).order_by("-id").first()
    _save(found, act=act, rejects=_kept(path, at=at) if path.exists() else None)
    path.unlink(missing_ok=True)
    return tally


def _kept(path: Path, *, at: datetime) -> StoredFile:
    """The rejects file in the store. It is our own, so nothing looks into it."""
    with path.open("rb") as stream, store.receive(stream) as draft:
        draft.keep()
    values = {"size": draft.size, "media_type": Kind.CSV.media_type, "text_status": "unsupported", "stored_at": at}
    return StoredFile.objects.get_or_create(digest=draft.digest, defaults=values)[0]


def _save(found: ImportFile, **values: object) -> None:
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=list(values))
