"""What is kept about a body, and what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.law.identifiers import credit_code, index_number, organisation_code, site_code
from gongkai.law.identifiers.invalid import Invalid

DEFAULT_TEMPLATE = "{org9}/{yyyy}-{seq:5}"
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_REGION = re.compile(r"\d{6}|\d{9}|\d{12}")
# Words that the desk's own addresses use in the place of an agency's code.
RESERVED_CODES = frozenset({"account", "sign-in", "sign-out", "system", "static", "media", "today"})


@dataclass(frozen=True, kw_only=True)
class AgencyDetails:
    """Everything a person may set. ``in_city_sum`` None means what is usual for the kind."""

    code: str
    name: str
    kind: AgencyKind
    valid_from: date
    short_name: str = ""
    parent_id: int | None = None
    staffed_by_id: int | None = None
    in_city_sum: bool | None = None
    credit_code: str = ""
    organisation_code: str = ""
    site_code: str = ""
    region_code: str = ""
    sort_order: int = 0
    index_number_template: str = DEFAULT_TEMPLATE
    site_name: str = ""
    address: str = ""
    phone: str = ""
    postcode: str = ""
    email: str = ""
    office_hours: str = ""
    disclosure_office: str = ""
    icp_number: str = ""
    police_number: str = ""

    def as_values(self) -> dict[str, Any]:
        """The columns, with what follows from the rest filled in and identifiers in their plain form."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["name"] = self.name.strip()
        values["short_name"] = self.short_name.strip() or values["name"][:60]
        if self.in_city_sum is None:
            values["in_city_sum"] = self.kind.in_city_sum_by_default
        for name, (compact, _) in _IDENTIFIERS.items():
            values[name] = compact(values[name]) if values[name] else ""
        if values["credit_code"] and not values["organisation_code"]:
            values["organisation_code"] = credit_code.organisation_code(values["credit_code"])
        return values


_IDENTIFIERS: Mapping[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "credit_code": (credit_code.compact, credit_code.validate),
    "organisation_code": (organisation_code.compact, organisation_code.validate),
    "site_code": (site_code.compact, site_code.validate),
}


def complaints(details: AgencyDetails) -> dict[str, str]:
    """What is wrong, by field, in Chinese; empty when all is well."""
    found: dict[str, str] = {}
    if not _CODE.fullmatch(details.code):
        found["code"] = "机构代码由小写字母、数字和连字符组成，以字母或数字开头，不超过40个字符。"
    elif details.code in RESERVED_CODES:
        found["code"] = "这个代码由系统保留，请换一个。"
    if not details.name.strip():
        found["name"] = "请填写机构名称。"
    if details.region_code and not _REGION.fullmatch(details.region_code):
        found["region_code"] = "行政区划代码为6、9或12位数字。"
    for name, (_, validate) in _IDENTIFIERS.items():
        if text := getattr(details, name):
            found |= _refusal(name, validate, text)
    return found | _refusal("index_number_template", index_number.parse_template, details.index_number_template)


def _refusal(name: str, validate: Callable[[str], object], text: str) -> dict[str, str]:
    try:
        validate(text)
    except Invalid as error:
        return {name: str(error)}
    return {}
