"""Entering, changing, ending and merging bodies. Nothing is ever deleted."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.agencies.domain import details as rules
from gongkai.agencies.domain.details import AgencyDetails
from gongkai.agencies.events import AgencyChanged, AgencyCreated, AgencyMerged
from gongkai.agencies.models import Agency
from gongkai.groundwork import events
from gongkai.groundwork.audit import trail

_SUBJECT = "agency"


class CannotKeepAgency(Exception):
    """The body cannot be entered or changed like this; ``reasons`` are sentences by field (``""`` for the whole)."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("".join(reasons.values()))
        self.reasons = dict(reasons)


class CannotEndAgency(Exception):
    """The body cannot end or be merged like this; the message says why in Chinese."""


def create(*, details: AgencyDetails, actor: trail.Performer, at: datetime) -> Agency:
    """Enters a body.

    Raises:
        CannotKeepAgency: an identifier is wrong, the code is taken, or parent or staff do not fit.
    """
    with transaction.atomic():
        _refuse(_complaints(details, agency=None))
        agency = Agency.objects.create(**details.as_values())
        agency.path = _path(agency)
        agency.save(update_fields=["path"])
        _note("agency.create", agency, {"code": agency.code, "name": agency.name}, actor=actor, at=at)
        events.emit(AgencyCreated(agency_id=agency.pk, at=at))
    return agency


def change(*, agency_id: int, details: AgencyDetails, actor: trail.Performer, at: datetime) -> Agency:
    """Changes what is kept, the name and the place in the tree included; the code stays. Unchanged leaves no trace.

    Raises:
        CannotKeepAgency: as for `create`, or the code differs.
    """
    with transaction.atomic():
        agency = Agency.objects.select_for_update().get(pk=agency_id)
        _refuse(_complaints(details, agency=agency))
        values = details.as_values()
        changed = {name: value for name, value in values.items() if getattr(agency, name) != value}
        before = {name: getattr(agency, name) for name in changed}
        if not changed:
            return agency
        for name, value in changed.items():
            setattr(agency, name, value)
        agency.save()
        if "parent_id" in changed:
            _move_subtree(agency)
        detail = {"before": _plain(before), "after": _plain(changed)}
        _note("agency.change", agency, detail, actor=actor, at=at)
        events.emit(AgencyChanged(agency_id=agency.pk, fields=tuple(changed), at=at))
    return agency


def end(*, agency_id: int, last_day: date, actor: trail.Performer, at: datetime) -> Agency:
    """Ends a body without a successor after ``last_day``.

    Raises:
        CannotEndAgency: it has ended already, would end before it began, or has bodies below it.
    """
    with transaction.atomic():
        agency = _ending(agency_id, last_day)
        if agency.children.filter(valid_until__isnull=True).exists():
            raise CannotEndAgency("该机构还有下级机构，请先调整下级机构。")
        agency.valid_until = last_day
        agency.save(update_fields=["valid_until"])
        _note("agency.end", agency, {"last_day": last_day.isoformat()}, actor=actor, at=at)
    return agency


def merge(*, agency_id: int, into_id: int, on: date, actor: trail.Performer, at: datetime) -> Agency:
    """Merges a body into another from the day ``on``; what stood below it stands below the successor.

    Raises:
        CannotEndAgency: as for `end`, or the successor is not fit: itself, below it, or not valid on that day.
    """
    with transaction.atomic():
        agency = _ending(agency_id, on - timedelta(days=1))
        into = Agency.objects.select_for_update().get(pk=into_id)
        if into.path.startswith(agency.path):
            raise CannotEndAgency("不能并入自身或自身的下级机构。")
        if into.valid_from > on or (into.valid_until is not None and into.valid_until < on):
            raise CannotEndAgency("接收机构在合并之日尚未设立或已经终止。")
        agency.successor, agency.valid_until = into, on - timedelta(days=1)
        agency.save(update_fields=["successor", "valid_until"])
        _hand_over(agency, into)
        _note("agency.merge", agency, {"into": into.code, "on": on.isoformat()}, actor=actor, at=at)
        events.emit(AgencyMerged(agency_id=agency.pk, into_id=into.pk, on=on, at=at))
    return agency


def _ending(agency_id: int, last_day: date) -> Agency:
    agency = Agency.objects.select_for_update().get(pk=agency_id)
    if agency.valid_until is not None:
        raise CannotEndAgency("该机构已经终止。")
    if last_day < agency.valid_from:
        raise CannotEndAgency("终止日期早于设立日期。")
    return agency


def _hand_over(agency: Agency, into: Agency) -> None:
    for child in agency.children.filter(valid_until__isnull=True):
        child.parent = into
        child.save(update_fields=["parent"])
        _move_subtree(child)
    agency.nameplates.filter(valid_until__isnull=True).exclude(pk=into.pk).update(staffed_by=into)


def _complaints(details: AgencyDetails, *, agency: Agency | None) -> dict[str, str]:
    found = rules.complaints(details)
    if agency is None and Agency.objects.filter(code=details.code).exists():
        found["code"] = "这个代码已被使用。"
    if agency is not None and details.code != agency.code:
        found["code"] = "机构代码确定后不能更改。"
    if agency is not None and agency.valid_until is not None and details.valid_from > agency.valid_until:
        found["valid_from"] = "设立日期晚于终止日期。"
    return found | _misplaced(details, agency)


def _misplaced(details: AgencyDetails, agency: Agency | None) -> dict[str, str]:
    found: dict[str, str] = {}
    parent = Agency.objects.filter(pk=details.parent_id).first() if details.parent_id else None
    if agency is not None and parent is not None and parent.path.startswith(agency.path):
        found["parent_id"] = "上级机构不能是自身或自身的下级机构。"
    staff = Agency.objects.filter(pk=details.staffed_by_id).first() if details.staffed_by_id else None
    if staff is not None and (staff.staffed_by_id is not None or (agency is not None and staff.pk == agency.pk)):
        found["staffed_by_id"] = "请选择实际承担工作的机构，不能选择自身或另一块牌子。"
    elif staff is not None and agency is not None and agency.nameplates.exists():
        found["staffed_by_id"] = "已有其他牌子挂在本机构，本机构不能再挂在其他机构。"
    return found


def _move_subtree(agency: Agency) -> None:
    old = agency.path
    below = list(Agency.objects.filter(path__startswith=old).exclude(pk=agency.pk))
    agency.path = _path(agency)
    agency.save(update_fields=["path"])
    for body in below:
        body.path = agency.path + body.path.removeprefix(old)
    Agency.objects.bulk_update(below, ["path"])


def _path(agency: Agency) -> str:
    return f"{agency.parent.path if agency.parent else '/'}{agency.pk}/"


def _refuse(reasons: Mapping[str, str]) -> None:
    if reasons:
        raise CannotKeepAgency(reasons)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _note(action: str, agency: Agency, detail: Mapping[str, object], *, actor: trail.Performer, at: datetime) -> None:
    trail.write(
        trail.Entry(action=action, subject_type=_SUBJECT, subject_id=agency.pk, detail=detail), actor=actor, at=at
    )
