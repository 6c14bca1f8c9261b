"""What was purged as a record shall not live on in the files from which it came."""

from gongkai.groundwork import scoping
from gongkai.imports.domain.dropping import State
from gongkai.imports.models import DroppedFile
from gongkai.records.events import RecordPurged

_ERASED = "（已清除）"


def forget(event: RecordPurged) -> None:
    """Handler: empties the dropped file that became the record, and those that waited as duplicates of it."""
    with scoping.narrow_to([event.agency_id]):
        files = DroppedFile.objects.filter(record_id=event.record_id)
        files.exclude(state=State.DRAFTED).update(state=State.SET_ASIDE, reason="")
        files.update(file_name=_ERASED, file=None, values={}, readings={}, notes=[], first_lines="", body_html="")
