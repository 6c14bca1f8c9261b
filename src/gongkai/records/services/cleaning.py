"""After the decision to purge: bytes, search index and the pages of the database; and once more after a restore."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork import purges, scoping
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile
from gongkai.published import indexing
from gongkai.published.models import EntryFile
from gongkai.records.domain.lifecycle import State
from gongkai.records.domain.purging import Scope
from gongkai.records.models import Purge, Record, RecordVersion
from gongkai.records.services import acting, purging

_EVERYWHERE = "what must disappear may lie at any agency"
# Which columns of a purge say who decided it: they travel with the list, since a restored backup knows nothing of it.
_PEOPLE = (
    *("asker_id", "asker_name", "asker_post", "decider_id", "decider_name", "decider_post"),
    *("asked_at", "decided_at", "scope", "ground"),
)
TABLES = (
    *("published_entry", "published_entryversion", "published_entryfile"),
    *("records_record", "records_recordversion", "records_uncuttext", "records_attachment", "groundwork_storedfile"),
    "records_confirmationrequest",
)
"""Where PostgreSQL keeps dead copies of emptied rows until their owner writes the tables anew."""


def erase_files(*, at: datetime) -> int:
    """For every confirmed purge that waits for it: the bytes go, and the index is to be built anew without them."""
    with scoping.everywhere(because=_EVERYWHERE):
        waiting = Purge.objects.filter(outcome=purging.CONFIRMED, files_erased_at__isnull=True)
        purges_ = list(waiting.select_related("record").order_by("pk"))
        for purge in purges_:
            _erase_files(purge)
            indexing.ask_for_rebuild()
            purge.files_erased_at = at
            purge.save(update_fields=["digests", "files_erased_at"])
    return len(purges_)


def sweep(*, at: datetime, as_owner: bool = False) -> int:
    """For every purge that waits for it: nothing of what was emptied stays in the files of the database.

    On PostgreSQL only the owner of the tables can do that; anybody else leaves it waiting. Outside transactions.
    """
    with scoping.everywhere(because=_EVERYWHERE):
        waiting = Purge.objects.filter(outcome=purging.CONFIRMED, database_swept_at__isnull=True)
        ids = list(waiting.values_list("pk", flat=True))
        if ids and (purges.rewrite_tables(TABLES) if as_owner else purges.sweep_database()):
            return Purge.objects.filter(pk__in=ids).update(database_swept_at=at)
    return 0


def apply_again(purge: purges.PurgeAgain) -> None:
    """Handler: erases again what an older backup brought back, and puts the evidence of the purge back."""
    kind, _, number = purge.subject.partition(":")
    with scoping.everywhere(because=_EVERYWHERE):
        if kind != acting.SUBJECT:
            _forget(purge.digest)
            return
        record = Record.objects.select_for_update().filter(pk=int(number)).first()
        if record is None or Purge.objects.filter(record=record, decided_at=str(purge.detail["decided_at"])).exists():
            return
        again = Purge(agency_id=record.agency_id, record=record, outcome=purging.CONFIRMED)
        for name in _PEOPLE:
            setattr(again, name, purge.detail[name])
        purging.erase(record, again, actor=SYSTEM, at=purge.at)
        again.save()
        if again.scope == Scope.EVERYTHING:
            record.state, record.stage, record.stage_post = State.PURGED, "", ""
        record.save()
        purging.tell(again, at=purge.at)


def _erase_files(purge: Purge) -> None:
    """Notes what goes first, then lets it go: a crash in between leaves a line too many, not one too few."""
    assert purge.decided_at is not None  # it is confirmed
    values = {name: getattr(purge, name) for name in _PEOPLE}
    detail = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    digest = (purge.digests["versions"] or [purge.record.digest])[-1]
    path, subject = Path(settings.PURGE_LIST), f"{acting.SUBJECT}:{purge.record_id}"
    purges.note(path, purges.PurgeAgain(digest, purge.decided_at, purge.ground, subject, detail))
    kept = []
    for file in purge.digests["files"]:
        if _is_used(file):
            kept.append(file)
            continue
        purges.note(path, purges.PurgeAgain(file, purge.decided_at, purge.ground))
        erase_if_unused(file)
    purge.digests = purge.digests | {"kept_files": kept}


def erase_if_unused(digest: str) -> None:
    """The bytes of a file, and the text that was read out of it, unless something else rests on them."""
    with scoping.everywhere(because=_EVERYWHERE):
        if not _is_used(digest):
            _forget(digest)
            store.remove(digest)


def _forget(digest: str) -> None:
    """The text that was read out of a file goes with it."""
    with transaction.atomic():
        StoredFile.objects.filter(digest=digest).delete()


def _is_used(digest: str) -> bool:
    """Whether anything else still rests on these bytes."""
    if EntryFile.objects.filter(digest=digest, purged_at__isnull=True).exists():
        return True
    if RecordVersion.objects.filter(purged_at__isnull=True, content__icontains=digest).exists():
        return True
    return any(model.filter(**{f"{field}__digest": digest}).exists() for model, field in _references())


def _references() -> Iterator[tuple[models.Manager[Any], str]]:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if field.remote_field is not None and field.remote_field.model is StoredFile:
                yield model._default_manager, field.name
