"""Index numbers (索引号) for new entries, drawn inside the transaction of their release.

The counter belongs to the number without its serial: whatever the templates of two agencies are, numbers that
would look alike count on one counter, so that no number is ever given twice.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.groundwork.numbering import allocation
from gongkai.published.domain.content import ReleasedContent

_SERIAL = re.compile(r"\{seq:(\d+)\}")
_TOKEN = re.compile(r"\{(\w+)\}")


def allocate(contents: Sequence[ReleasedContent], agencies: Mapping[int, Agency]) -> list[str]:
    """A new number for each content, in order; one statement per counter.

    Raises:
        NotInTransaction: no transaction is running.
    """
    forms = [_form(agencies[content.agency_id], content) for content in contents]
    places: dict[str, list[int]] = defaultdict(list)
    for place, form in enumerate(forms):
        places[form].append(place)
    numbers = [""] * len(contents)
    # In a fixed order, so that two transactions with the same counters wait instead of deadlocking.
    for form in sorted(places):
        block = allocation.next_block(f"index_number:{form}", len(places[form]))
        for place, serial in zip(places[form], block, strict=True):
            numbers[place] = _numbered(form, serial)
    return numbers


def _numbered(form: str, serial: int) -> str:
    return _SERIAL.sub(lambda match: f"{serial:0{match[1]}}", form)


def document_key(document_number: str) -> str:
    return re.sub(r"\s+", "", document_number)


def _form(agency: Agency, content: ReleasedContent) -> str:
    """The template with everything filled in but the serial."""
    values = _values(agency, content.published_at.astimezone(timezone.get_default_timezone()).date(), content)
    return _TOKEN.sub(lambda match: values[match[1]], agency.index_number_template)


def _values(agency: Agency, on: date, content: ReleasedContent) -> dict[str, str]:
    return {
        "org9": agency.organisation_code.replace("-", "") or agency.code,
        "uscc": agency.credit_code or agency.code,
        "site_code": agency.site_code or agency.code,
        "region": agency.region_code,
        "dept": agency.code,
        "topic": content.topic,
        "genre": content.genre,
        "group": str(content.metadata.get("group", "")),
        "source": str(content.metadata.get("source_flag", "")),
        "yyyy": f"{on:%Y}",
        "yyyymm": f"{on:%Y%m}",
        "yyyymmdd": f"{on:%Y%m%d}",
    }
