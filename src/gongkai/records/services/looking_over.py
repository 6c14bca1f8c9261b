"""The nightly look over all catalogues, and the same for one agency after its keeper has worked."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from gongkai.agencies import selectors as agencies
from gongkai.groundwork import scoping
from gongkai.records.domain import freshness
from gongkai.records.domain.freshness import Health
from gongkai.records.models import CatalogueStanding
from gongkai.records.selectors import upkeep
from gongkai.records.selectors.upkeep import AgencyStandings


def look_over(*, at: datetime) -> None:
    """Counts the columns of every body that exists today."""
    today = timezone.localdate(at)
    with scoping.everywhere(because="the nightly look serves every agency"):
        keep(upkeep.of_agencies(list(agencies.valid(on=today)), today=today), at=at)


def keep(found: Iterable[AgencyStandings], *, at: datetime) -> None:
    """Writes the counts down. Runs in the caller's scope; a cache, so it leaves no line in the trail."""
    rows = [
        CatalogueStanding(
            agency_id=each.agency.pk,
            blank=freshness.count(each.standings, Health.BLANK),
            stale=freshness.count(each.standings, Health.STALE),
            looked_at=at,
        )
        for each in found
    ]
    CatalogueStanding.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["agency"], update_fields=["blank", "stale", "looked_at"]
    )
