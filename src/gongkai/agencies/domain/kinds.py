"""Kinds of bodies and whether, by default, their figures enter the city's sum."""

from enum import StrEnum


class AgencyKind(StrEnum):
    GOVERNMENT = "government"
    DEPARTMENT = "department"
    VERTICAL = "vertical"
    MASS_ORGANISATION = "mass_organisation"
    COMMITTEE = "committee"
    TOWN = "town"
    PUBLIC_INSTITUTION = "public_institution"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def in_city_sum_by_default(self) -> bool:
        """Vertical bodies (中省直) report to their own superior, mass organisations (群团) are no agencies."""
        return self not in {AgencyKind.VERTICAL, AgencyKind.MASS_ORGANISATION}


_LABELS = {
    AgencyKind.GOVERNMENT: "人民政府",
    AgencyKind.DEPARTMENT: "政府部门",
    AgencyKind.VERTICAL: "中省直单位",
    AgencyKind.MASS_ORGANISATION: "群团组织",
    AgencyKind.COMMITTEE: "管委会",
    AgencyKind.TOWN: "乡镇(街道)",
    AgencyKind.PUBLIC_INSTITUTION: "事业单位",
}
