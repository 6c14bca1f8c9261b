"""Index numbers (索引号) for new entries, drawn inside the transaction of their release.

The counter belongs to the number without its serial: whatever the templates of two agencies are, numbers that
would look alike count on one counter, so that no number is ever given twice.
"""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.groundwork.numbering import allocation
from gongkai.law.identifiers import index_number, organisation_code
from gongkai.law.identifiers.invalid import Invalid
from gongkai.published.domain.content import ReleasedContent

_DATES = {"yyyy": "%Y", "yyyymm": "%Y%m", "yyyymmdd": "%Y%m%d"}
_SERIAL = "#"
"""Stands for the serial; no template may hold it."""


class CannotNumber(Exception):
    """The agency's template cannot be read, or asks for a code that the content lacks."""


def allocate(contents: Sequence[ReleasedContent], agencies: Mapping[int, Agency]) -> list[str]:
    """A new number for each content, in order; one statement per counter.

    Raises:
        CannotNumber: see the class.
        NotInTransaction: no transaction is running.
    """
    forms = [_form(agencies[content.agency_id], content) for content in contents]
    places: dict[str, list[int]] = defaultdict(list)
    for place, (form, _) in enumerate(forms):
        places[form].append(place)
    numbers = [""] * len(contents)
    # In a fixed order, so that two transactions with the same counters wait instead of deadlocking.
    for form in sorted(places):
        block = allocation.next_block(f"index_number:{form}", len(places[form]))
        for place, serial in zip(places[form], block, strict=True):
            numbers[place] = form.replace(_SERIAL, f"{serial:0{forms[place][1]}}")
    return numbers


def _form(agency: Agency, content: ReleasedContent) -> tuple[str, int]:
    """The template with everything filled in but the serial, and the width of the serial."""
    try:
        template = _template(agency.index_number_template)
    except Invalid as error:
        raise CannotNumber(f"{agency.name}的索引号规则不能使用：{error}") from error
    on = content.published_at.astimezone(timezone.get_default_timezone()).date()
    text = "".join(_filled(part, agency, content, on) for part in template.parts)
    return text, next(part.width for part in template.parts if part.token == "seq")


_template = functools.lru_cache(maxsize=1_000)(index_number.parse_template)


def _filled(part: index_number.Part, agency: Agency, content: ReleasedContent, on: date) -> str:
    if not part.token:
        return part.text
    if part.token == "seq":
        return _SERIAL
    if part.token in _DATES:
        return on.strftime(_DATES[part.token])
    code = _code(part.token, agency, content).rjust(part.width, "0")
    return organisation_code.display(code) if part.hyphen else code


def _code(token: str, agency: Agency, content: ReleasedContent) -> str:
    """The code behind a token. A body without a code of its own is known by the code it has here."""
    code = {
        "org9": organisation_code.compact(agency.organisation_code) or agency.code,
        "uscc": agency.credit_code or agency.code,
        "site_code": agency.site_code or agency.code,
        "region": agency.region_code,
        "dept": agency.code,
        "topic": content.topic,
        "genre": content.genre,
        "group": str(content.metadata.get("group", "")),
        "source": str(content.metadata.get("source_flag", "")),
    }[token]
    if not code:
        raise CannotNumber(f"{agency.name}的索引号规则需要代码{{{token}}}，这条信息没有")
    return code
