"""The table in which a record came that was purged."""

import functools

from django.db import transaction

from gongkai.groundwork import scoping
from gongkai.imports.models import ImportFile
from gongkai.records.domain.purging import Scope
from gongkai.records.events import RecordPurged
from gongkai.records.models import ImportedRow
from gongkai.records.services import cleaning


def forget(event: RecordPurged) -> None:
    """Handler: erases the table. What else came in it stays public."""
    if event.scope != Scope.EVERYTHING:
        return
    with scoping.narrow_to([event.agency_id]):
        acts = ImportedRow.objects.filter(record_id=event.record_id).values("act")
        tables = list(ImportFile.objects.filter(act__in=acts).select_related("file"))
        digests = {table.file.digest for table in tables if table.file is not None}
        for table in tables:
            table.file, table.preview = None, {**table.preview, "rows": []}
            table.save(update_fields=["file", "preview"])
    for digest in sorted(digests):
        transaction.on_commit(functools.partial(cleaning.erase_if_unused, digest))
