"""Through which channels records went to the public: of one record, of an agency, and as figures.

What was published counts once (`published_once`), however many channels it took; each channel counts its own.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import Count, QuerySet
from django.utils import timezone

from gongkai.accounts.viewer import Viewer
from gongkai.records.domain.channels import BY_HAND, Channel
from gongkai.records.models import Record, RecordChannel
from gongkai.records.selectors import scope


def of_record(record_id: int) -> list[RecordChannel]:
    """What was noted by hand for the record, in order of time; inside a scope."""
    return list(RecordChannel.objects.filter(record_id=record_id).order_by("published_on", "id"))


def rows(viewer: Viewer, agency_id: int, *, channel: str = "", year: int | None = None) -> QuerySet[RecordChannel]:
    """The agency's rows with the heads of their records, in no order yet. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        found = RecordChannel.objects.select_related("record").filter(record__agency_id=agency_id)
        if channel:
            found = found.filter(channel=channel)
        return found.filter(published_on__year=year) if year else found


def years(viewer: Viewer, agency_id: int) -> list[int]:
    """The years in which anything was noted, the last one first. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        return [day.year for day in RecordChannel.objects.dates("published_on", "year", order="DESC")]


def published_once(first: date, last: date) -> QuerySet[Record]:
    """The records that became public within these days, each once: the website's rows too. Needs a scope."""
    return Record.objects.filter(
        entry_id__isnull=False,
        published_at__gte=_start(first),
        published_at__lt=_start(date.fromordinal(last.toordinal() + 1)),
    )


def through(channel: Channel, first: date, last: date) -> QuerySet[RecordChannel]:
    """What appeared through one channel beside the website within these days. Needs a scope."""
    return RecordChannel.objects.filter(channel=channel, published_on__range=(first, last))


def counts(first: date, last: date) -> Mapping[Channel, int]:
    """How many pieces of information each channel carried within these days; two queries. Needs a scope."""
    by_hand = RecordChannel.objects.filter(published_on__range=(first, last)).order_by().values("channel")
    found = {row["channel"]: row["how_many"] for row in by_hand.annotate(how_many=Count("record_id", distinct=True))}
    return {Channel.WEBSITE: published_once(first, last).count()} | {
        channel: found.get(channel.value, 0) for channel in BY_HAND
    }


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
