"""Adding up what was read: from logs of front servers, and from what pages told in batches. No request writes here."""

import gzip
import itertools
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import F

from gongkai.groundwork import digests
from gongkai.published.domain.readings import Reading, reading_in
from gongkai.published.models import DailyCount, Entry, LogPlace

_LINES = 100_000
"""At most so many lines in one transaction."""
_LONGEST_LINE = 16_384
BATCH_FILE = "views.log"


def read_log(path: Path, *, at: datetime) -> tuple[int, int]:
    """Counts what the log holds beyond the place reached before; returns lines read and readings counted.

    A log that was rotated, renamed or packed meanwhile is known by its first line and read on from there. What is
    broken off is taken up again: place and counts are written together.
    """
    lines_read = counted = 0
    with _opened(path) as log:
        first = log.readline(_LONGEST_LINE)
        if not first.endswith(b"\n"):
            return 0, 0
        place = LogPlace.objects.get_or_create(first_line=digests.sm3(first), defaults={"read_at": at})[0]
        log.seek(place.offset)
        while lines := _whole_lines(log):
            with transaction.atomic():
                place = LogPlace.objects.select_for_update().get(pk=place.pk)
                counted += add(_readings(lines))
                place.offset, place.read_at = place.offset + sum(map(len, lines)), at
                place.save(update_fields=["offset", "read_at"])
            lines_read += len(lines)
    return lines_read, counted


def collect_batches(folder: Path) -> int:
    """Counts what pages have told since the last time; returns how many readings that were."""
    counted = 0
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    waiting = folder / BATCH_FILE
    if waiting.exists():
        # Writers open the file anew for each line, so the next line goes into a new one.
        waiting.replace(folder / f"taken-{os.urandom(8).hex()}.log")
    for taken in sorted(folder.glob("taken-*.log")):
        with transaction.atomic():
            counted += add(_told(taken.read_text("ascii", errors="replace")))
        taken.unlink()
    return counted


@transaction.atomic
def add(readings: Iterable[Reading]) -> int:
    """Adds the readings of entries that exist; returns how many."""
    numbers = Counter(readings)
    known = set(Entry.objects.filter(pk__in={reading.entry_id for reading in numbers}).values_list("pk", flat=True))
    found = {reading: number for reading, number in numbers.items() if reading.entry_id in known}
    rows = [
        DailyCount(entry_id=reading.entry_id, position=reading.position, day=reading.day) for reading in sorted(found)
    ]
    DailyCount.objects.bulk_create(rows, ignore_conflicts=True)
    for reading, number in sorted(found.items()):
        counts = DailyCount.objects.filter(entry_id=reading.entry_id, position=reading.position, day=reading.day)
        counts.update(number=F("number") + number)
    return sum(found.values())


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _whole_lines(log: IO[bytes]) -> list[bytes]:
    """The last line of a log that is being written may still be half there."""
    lines = list(itertools.islice(log, _LINES))
    return lines if not lines or lines[-1].endswith(b"\n") else lines[:-1]


def _readings(lines: Iterable[bytes]) -> Iterator[Reading]:
    mount_path = settings.FORCE_SCRIPT_NAME or ""
    for line in lines:
        found = reading_in(line.decode("utf-8", errors="replace"), mount_path=mount_path)
        if found is not None:
            yield found


def _told(text: str) -> Iterator[Reading]:
    for line in text.splitlines():
        found = Reading.parse(line)
        if found is not None:
            yield found
