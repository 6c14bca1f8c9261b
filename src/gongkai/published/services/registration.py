"""The registration number that a public normative document carries."""

from datetime import datetime

from gongkai.groundwork.feed import reading as feed
from gongkai.published.models import LISTED, Entry
from gongkai.published.services import releasing


def show(*, entry_id: int, number: str, at: datetime) -> None:
    """Puts the number on the public page. Runs in the transaction of the act that gave it, which writes the trail."""
    changed = Entry.objects.filter(LISTED, pk=entry_id).update(registration_number=number, updated_at=at)
    if changed:
        feed.append(releasing.STREAM, [entry_id], at=at)
