"""Whether a dropped file is known already: the same bytes or the same number, at this agency."""

from typing import NamedTuple

from gongkai.imports.domain.dropping import State
from gongkai.imports.models import DroppedFile
from gongkai.records.domain.lifecycle import State as RecordState
from gongkai.records.models import Attachment, Record

_WAITING = (State.READY, State.DUPLICATE)


class Known(NamedTuple):
    """Of what the file is a duplicate: in words, with the record where there is one."""

    words: str
    record_id: int | None = None


def of(file: DroppedFile, *, number: str) -> Known | None:
    """None where the file is new. Runs in the scope of the agency."""
    attached = Attachment.objects.filter(file_id=file.file_id).exclude(record__state=RecordState.DISCARDED)
    same = attached.order_by("id").values_list("record_id", "record__title").first()
    if same:
        return Known(f"同一文件已在“{same[1][:60]}”中", same[0])
    if number:
        numbered = Record.objects.filter(document_number=number).exclude(state=RecordState.DISCARDED)
        one = numbered.order_by("id").values_list("id", "title").first()
        if one:
            return Known(f"文号相同的信息已有：“{one[1][:60]}”", one[0])
    return _among_dropped(file, number=number)


def _among_dropped(file: DroppedFile, *, number: str) -> Known | None:
    """Of two files that wait, the later one is the duplicate."""
    earlier = DroppedFile.objects.filter(pk__lt=file.pk, state__in=_WAITING)
    same = earlier.filter(file_id=file.file_id).order_by("pk").first()
    if same:
        return Known(f"与“{same.file_name[:60]}”是同一文件")
    numbered = earlier.filter(values__document_number=number).order_by("pk").first() if number else None
    return Known(f"与“{numbered.file_name[:60]}”文号相同") if numbered else None
