"""Finding what is public now by what somebody has at hand in a hurry: address, number, words of the title."""

import re

from django.db.models import Q

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.records.models import Record

LIMIT = 20
_ADDRESS = re.compile(r"/entries/(\d{1,18})(?:/|$)")


def to_remove(viewer: Viewer, text: str) -> list[Record]:
    """At most `LIMIT` public records of the agencies at which this person may take down, the newest first."""
    agencies = viewer.agencies_where(Duty.WITHDRAW_RECORDS)
    if not agencies or not text.strip():
        return []
    with scoping.narrow_to(agencies):
        rows = Record.objects.filter(_meant(text), entry_id__isnull=False, withdrawn_at__isnull=True)
        head = ("id", "agency_id", "entry_id", "title", "index_number", "document_number", "published_at")
        return list(rows.only(*head).order_by("-published_at", "-id")[:LIMIT])


def _meant(text: str) -> Q:
    address = _ADDRESS.search(text)
    if address:
        return Q(entry_id=int(address[1]))
    meant = Q()
    for word in text.split():
        meant &= Q(title__icontains=word) | Q(document_number__icontains=word) | Q(index_number__icontains=word)
    return meant
