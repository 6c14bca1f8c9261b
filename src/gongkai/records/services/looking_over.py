"""The nightly look over all catalogues, and the same for one agency after its keeper has worked."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from gongkai.agencies import selectors as agencies
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.domain import freshness
from gongkai.records.domain.freshness import Health
from gongkai.records.models import CatalogueStanding
from gongkai.records.selectors import guides, upkeep

_COUNTED = ["blank", "stale", "guide_reason", "rules_reason", "looked_at"]


def look_over(*, at: datetime) -> None:
    """Looks at the catalogue, the guide and the rules of every body that exists today."""
    with scoping.everywhere(because="the nightly look serves every agency"):
        _look(list(agencies.valid(on=timezone.localdate(at))), at=at)


def look_again(agency: Agency, *, at: datetime) -> None:
    """The same for one body after something has changed. Runs in the caller's scope."""
    _look([agency], at=at)


def _look(bodies: Collection[Agency], *, at: datetime) -> None:
    """Writes down what was found: a cache, so it leaves no line in the trail."""
    today = timezone.localdate(at)
    guides_of = guides.of_agencies(bodies, today=today)
    rows = [
        CatalogueStanding(
            agency_id=found.agency.pk,
            blank=freshness.count(found.standings, Health.BLANK),
            stale=freshness.count(found.standings, Health.STALE),
            guide_reason=guides_of[found.agency.pk].guide_reason,
            rules_reason=guides_of[found.agency.pk].rules_reason,
            looked_at=at,
        )
        for found in upkeep.of_agencies(bodies, today=today)
    ]
    CatalogueStanding.objects.bulk_create(rows, update_conflicts=True, unique_fields=["agency"], update_fields=_COUNTED)
