"""What this room still knows of a record that was purged: the paper it was read from, the table it came in."""

import functools

from django.db import transaction

from gongkai.groundwork import scoping
from gongkai.imports.models import DroppedFile, ImportFile
from gongkai.records.domain.purging import Scope
from gongkai.records.events import RecordPurged
from gongkai.records.models import ImportedRow
from gongkai.records.services import cleaning

_READ = {"file_name": "", "reason": "", "readings": {}, "values": {}, "notes": [], "first_lines": "", "body_html": ""}


def forget(event: RecordPurged) -> None:
    """Handler: empties what was read, and erases the files it was read from. Other rows of a table stay public."""
    if event.scope != Scope.EVERYTHING:
        return
    with scoping.narrow_to([event.agency_id]):
        dropped = DroppedFile.objects.filter(record_id=event.record_id)
        acts = ImportedRow.objects.filter(record_id=event.record_id).values("act")
        tables = list(ImportFile.objects.filter(act__in=acts).select_related("file"))
        digests = set(dropped.filter(file__isnull=False).values_list("file__digest", flat=True))
        digests |= {table.file.digest for table in tables if table.file is not None}
        dropped.update(**_READ, file=None)
        for table in tables:
            table.file, table.preview = None, {**table.preview, "rows": []}
            table.save(update_fields=["file", "preview"])
    for digest in sorted(digests):
        transaction.on_commit(functools.partial(cleaning.erase_if_unused, digest))
