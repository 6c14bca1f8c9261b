"""The form in which document numbers (文号) are compared, however they were typed."""

from gongkai.law.identifiers import document_number as document_numbers
from gongkai.law.identifiers.invalid import Invalid


def document_key(document_number: str) -> str:
    """The normal spelling of a document number, by which it is compared; of another text, the text without blanks."""
    if not document_number:
        return ""
    try:
        return document_numbers.validate(document_number)
    except Invalid:
        return document_numbers.compact(document_number)[:60]
