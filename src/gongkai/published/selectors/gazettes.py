"""Issues of gazettes as the public finds them."""

from gongkai.published.models import LISTED, Entry, ReleasedGazette


def newest(*, limit: int, offset: int = 0) -> list[ReleasedGazette]:
    """Heads of the issues, the last one first."""
    rows = ReleasedGazette.objects.order_by("-published_on", "-id").defer("entry_ids")
    return list(rows[offset : offset + limit])


def issue(released_id: int) -> ReleasedGazette | None:
    return ReleasedGazette.objects.filter(pk=released_id).first()


def entries(found: ReleasedGazette) -> list[Entry]:
    """What the issue carries and is still listed, in its order."""
    rows = {entry.pk: entry for entry in Entry.objects.filter(LISTED, pk__in=found.entry_ids)}
    return [rows[entry_id] for entry_id in found.entry_ids if entry_id in rows]
