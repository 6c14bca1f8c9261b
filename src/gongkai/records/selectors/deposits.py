"""Deposit batches and what goes into them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.published.models import LISTED, Entry, EntryFile, EntryVersion
from gongkai.records.models import DepositBatch, DepositItem
from gongkai.records.selectors import scope
from gongkai.records.selectors.case_file import NotFound

_PIECE = 100


def batches(viewer: Viewer, agency_id: int) -> QuerySet[DepositBatch]:
    """All batches, in no order yet. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        return DepositBatch.objects.all()


def batch(viewer: Viewer, agency_id: int, batch_id: int) -> DepositBatch:
    """One batch. Raises `NotFound`."""
    try:
        with scope.of_agency(viewer, agency_id):
            found = DepositBatch.objects.filter(pk=batch_id).first()
    except scope.NothingToSee as error:
        raise NotFound(batch_id) from error
    if found is None:
        raise NotFound(batch_id)
    return found


def items(batch: DepositBatch) -> QuerySet[DepositItem]:
    """What the batch holds, in its order; inside a scope."""
    return DepositItem.objects.filter(batch=batch).order_by("position")


def candidates(agency_id: int, first_on: date, last_on: date) -> QuerySet[Entry]:
    """What the agency made public within these days, the oldest first."""
    begin, end = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (first_on, last_on + timedelta(days=1))
    )
    rows = Entry.objects.filter(LISTED, agency_id=agency_id, published_at__gte=begin, published_at__lt=end)
    return rows.order_by("published_at", "id")


def deposited(recipient: str) -> set[tuple[int, int]]:
    """Pairs of entry and version that the recipient has already; inside a scope."""
    rows = DepositItem.objects.filter(batch__recipient=recipient)
    return set(rows.values_list("entry_id", "version_number"))


def contents(batch: DepositBatch) -> Iterator[tuple[DepositItem, EntryVersion | None, list[EntryFile]]]:
    """Each item with its public version and files, a hundred at a time; None where it has been withdrawn since."""
    place = 0
    while True:
        with scoping.narrow_to([batch.agency_id]):
            piece = list(items(batch).filter(position__gt=place)[:_PIECE])
        yield from _with_versions(piece)
        if len(piece) < _PIECE:
            return
        place = piece[-1].position


def _with_versions(piece: list[DepositItem]) -> Iterator[tuple[DepositItem, EntryVersion | None, list[EntryFile]]]:
    ids = [item.entry_id for item in piece]
    listed = set(Entry.objects.filter(LISTED, pk__in=ids).values_list("pk", flat=True))
    versions = {
        (version.entry_id, version.number): version
        for version in EntryVersion.objects.filter(entry_id__in=listed).defer("body_text", "metadata")
    }
    kept = [versions[key] for item in piece if (key := (item.entry_id, item.version_number)) in versions]
    files: dict[int, list[EntryFile]] = {}
    for file in EntryFile.objects.filter(version__in=kept).defer("text").order_by("position"):
        files.setdefault(file.version_id, []).append(file)
    for item in piece:
        version = versions.get((item.entry_id, item.version_number))
        yield item, version, files.get(version.pk, []) if version else []
