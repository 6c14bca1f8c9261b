"""The worker's look at links to other sites, if the site allows it (`LOOK_AT_OUTSIDE_LINKS`)."""

from datetime import datetime, timedelta

from django.conf import settings

from gongkai.groundwork import outside, scoping
from gongkai.records.domain.checks import links
from gongkai.records.domain.lifecycle import UNFINISHED
from gongkai.records.models import Record, WebAddress

STALE_AFTER = timedelta(days=1)
MOST = 100
"""Addresses of one look: each may take some seconds."""
_STATES = {True: "ok", False: "dead", None: "unasked"}


def look_at_links(*, at: datetime) -> int:
    """Asks for the addresses in everything under way that were not asked for today; returns how many."""
    if not settings.LOOK_AT_OUTSIDE_LINKS:
        return 0
    wanted = _wanted(at=at)
    for address in wanted:
        answer = outside.look(address)
        WebAddress.objects.update_or_create(
            address=address,
            defaults={"state": _STATES[answer.is_alive], "words": answer.words, "looked_at": at},
        )
    return len(wanted)


def _wanted(*, at: datetime) -> list[str]:
    found: dict[str, None] = {}
    with scoping.everywhere(because="the worker asks for the addresses of every agency, whoever links to them"):
        rows = Record.objects.filter(state__in=UNFINISHED, body_html__contains="<a ").order_by("-changed_at")
        for body_html in rows.values_list("body_html", flat=True)[:1000].iterator():
            found.update(dict.fromkeys(links.addresses(body_html)))
    outer = [address for address in found if len(address) <= 1000 and not links.is_inward(address)]
    fresh = WebAddress.objects.filter(address__in=outer, looked_at__gt=at - STALE_AFTER)
    known = set(fresh.values_list("address", flat=True))
    return [address for address in outer if address not in known][:MOST]
