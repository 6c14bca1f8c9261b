"""What a purge of everything empties beside the record: rows that name it by its title, or hold parts of its text."""

from gongkai.records.domain.purging import ERASED_TITLE
from gongkai.records.models import GuideFile, IssuedDocument, Record


def of_record(record: Record) -> None:
    """Before the record itself is emptied, whose number finds its line in the register of issued documents."""
    GuideFile.objects.filter(record=record).update(parts={})
    if record.document_number:
        IssuedDocument.objects.filter(document_number=record.document_number).update(title=ERASED_TITLE)
