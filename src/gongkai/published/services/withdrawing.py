"""Taking an entry from the public, leaving its number, the ground and the time."""

from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.groundwork.feed import reading as feed
from gongkai.published.models import Entry
from gongkai.published.services import releasing


class CannotWithdraw(Exception):
    """The entry does not exist, is withdrawn already, or no ground is given."""


@transaction.atomic
def withdraw(*, entry_id: int, ground: str, actor: Actor, at: datetime) -> Entry:
    """Leaves a tombstone: the head loses title and document number, lists and search lose the entry.

    The versions stay as evidence behind the portal; erasing them is an act of its own.

    Raises:
        CannotWithdraw: the entry does not exist, is withdrawn already, or no ground is given.
    """
    if not ground.strip():
        raise CannotWithdraw("撤下信息须说明依据")
    entry = Entry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise CannotWithdraw("条目不存在")
    if entry.is_withdrawn:
        raise CannotWithdraw("条目已经撤下")
    entry.title = entry.document_number = entry.document_number_key = ""
    entry.withdrawn_at = entry.updated_at = at
    entry.withdrawal_ground = ground
    entry.save(
        update_fields=[
            "title",
            "document_number",
            "document_number_key",
            "withdrawn_at",
            "updated_at",
            "withdrawal_ground",
        ]
    )
    feed.append(releasing.STREAM, [entry.pk], at=at)
    trail.write(_note("entry.withdrawn", entry, ground), actor=actor, at=at)
    return entry


@transaction.atomic
def change_ground(*, entry_id: int, ground: str, actor: Actor, at: datetime) -> Entry:
    """Says on the tombstone why the entry is gone, in place of what stood there before.

    Raises:
        CannotWithdraw: the entry is not withdrawn, or no ground is given.
    """
    if not ground.strip():
        raise CannotWithdraw("撤下信息须说明依据")
    entry = Entry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None or not entry.is_withdrawn:
        raise CannotWithdraw("条目没有撤下")
    entry.withdrawal_ground, entry.updated_at = ground, at
    entry.save(update_fields=["withdrawal_ground", "updated_at"])
    feed.append(releasing.STREAM, [entry.pk], at=at)
    trail.write(_note("entry.withdrawal_explained", entry, ground), actor=actor, at=at)
    return entry


def _note(action: str, entry: Entry, ground: str) -> trail.Entry:
    return trail.Entry(
        action=action,
        subject_type="entry",
        subject_id=entry.pk,
        detail={"index_number": entry.index_number, "ground": ground},
    )
