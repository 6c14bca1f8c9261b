"""Key areas (重点领域) over all agencies: how much is public of each part, and what."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count, Q

from gongkai.published.models import LISTED, CatalogueNode, Entry
from gongkai.published.selectors.remembered import Remembered


def counts(year: int | None) -> Mapping[str, int]:
    """Entries by part, of all years or one, as they were at most half a minute ago."""
    return _counts(year)


def entries(area: str, *, limit: int, offset: int) -> list[Entry]:
    """What is public of one part, the newest first."""
    by_agency: dict[int, list[str]] = defaultdict(list)
    for agency_id, code in CatalogueNode.objects.filter(key_area=area).values_list("agency_id", "code"):
        by_agency[agency_id].append(code)
    if not by_agency:
        return []
    places = Q()
    for agency_id, codes in by_agency.items():
        places |= Q(agency_id=agency_id, node_code__in=codes)
    return list(Entry.objects.filter(LISTED, places).order_by("-published_at", "-id")[offset : offset + limit])


def _read(year: int | None) -> Mapping[str, int]:
    areas = {
        (agency_id, code): area
        for agency_id, code, area in CatalogueNode.objects.exclude(key_area="").values_list(
            "agency_id", "code", "key_area"
        )
    }
    rows = Entry.objects.filter(LISTED, node_code__in={code for _, code in areas})
    rows = rows.filter(published_at__year=year) if year else rows
    found: dict[str, int] = defaultdict(int)
    for row in rows.order_by().values("agency_id", "node_code").annotate(how_many=Count("id")):
        if area := areas.get((row["agency_id"], row["node_code"])):
            found[area] += row["how_many"]
    return found


_counts = Remembered(_read, seconds=30)
