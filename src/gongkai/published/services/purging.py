"""Erasing public content for good: what is left of a version is its digest, its times and, of the entry, the stone."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.groundwork.feed import reading as feed
from gongkai.published.models import Entry, EntryFile, EntryVersion
from gongkai.published.services import releasing

# The triggers let these columns of a released row become empty, once, and nothing else.
_VERSION = {"title": "", "metadata": {}, "summary": "", "keywords": "", "body_html": "", "body_text": "", "reason": ""}
_FILE = {"title": "", "file_name": "", "text": ""}
_HEAD = ("title", "document_number", "document_number_key", "issuer", "genre", "topic")


class CannotErase(Exception):
    """The entry does not exist, or no ground is given."""


@transaction.atomic
def erase(*, entry_id: int, keep_current: bool, ground: str, actor: Actor, at: datetime) -> None:
    """Empties all versions with the names and texts of their files, or all but the one that is shown.

    Where nothing is shown any more the entry becomes a tombstone with the ground. The bytes of the files are the
    caller's, who knows what else they belong to.

    Raises:
        CannotErase: the entry does not exist, or no ground is given.
    """
    if not ground.strip():
        raise CannotErase("清除信息须说明依据")
    entry = Entry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise CannotErase("条目不存在")
    versions = EntryVersion.objects.filter(entry=entry, purged_at__isnull=True)
    if keep_current:
        versions = versions.exclude(number=entry.version_number)
    digests = _empty(versions, at=at)
    if not keep_current:
        for name in _HEAD:
            setattr(entry, name, "")
        entry.withdrawn_at, entry.withdrawal_ground = entry.withdrawn_at or at, ground
    entry.updated_at = at
    entry.save(update_fields=[*_HEAD, "withdrawn_at", "withdrawal_ground", "updated_at"])
    feed.append(releasing.STREAM, [entry.pk], at=at)
    detail = {"index_number": entry.index_number, "digests": digests, "ground": ground}
    note = trail.Entry(action="entry.purged", subject_type="entry", subject_id=entry.pk, detail=detail)
    trail.write(note, actor=actor, at=at)


def _empty(versions: QuerySet[EntryVersion], *, at: datetime) -> list[str]:
    found = dict(versions.values_list("pk", "digest"))
    EntryFile.objects.filter(version_id__in=found, purged_at__isnull=True).update(**_FILE, purged_at=at)
    EntryVersion.objects.filter(pk__in=found).update(**_VERSION, purged_at=at)
    return list(found.values())
