"""What is not public and when it is looked at again; refused state secrets. Also a source of the first screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind, urgency_of
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record, Reevaluation, SecretRefusal
from gongkai.records.selectors import scope
from gongkai.records.selectors.case_file import NotFound

NOTICE = timedelta(days=30)
_HEAD = ("id", "agency_id", "title", "attribute", "ground", "reevaluate_on", "drafter_name")


@dataclass(frozen=True)
class Standing:
    """How many records are kept back, how many of them fall due within the notice, how many are overdue."""

    total: int
    soon: int
    overdue: int


def kept(viewer: Viewer, agency_id: int, *, until: date | None = None) -> QuerySet[Record]:
    """What is kept back and is to be looked at, at the latest on the day ``until``. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = Record.objects.filter(state=State.KEPT, reevaluate_on__isnull=False).only(*_HEAD)
        return rows.filter(reevaluate_on__lte=until) if until else rows


def standing(viewer: Viewer, agency_id: int, *, today: date) -> Standing:
    """One query. Raises `scope.NothingToSee`."""
    rows = kept(viewer, agency_id).order_by()
    with scope.of_agency(viewer, agency_id):
        found = rows.aggregate(
            total=Count("pk"),
            soon=Count("pk", filter=Q(reevaluate_on__gte=today, reevaluate_on__lte=today + NOTICE)),
            overdue=Count("pk", filter=Q(reevaluate_on__lt=today)),
        )
    return Standing(**found)


def last_looks(viewer: Viewer, agency_id: int, record_ids: Iterable[int]) -> Mapping[int, tuple[int, datetime]]:
    """How often each record was looked at, and when last. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = Reevaluation.objects.filter(record_id__in=list(record_ids)).order_by().values("record_id")
        return {
            row["record_id"]: (row["times"], row["last"])
            for row in rows.annotate(times=Count("pk"), last=Max("evaluated_at"))
        }


def secrets(viewer: Viewer, agency_id: int) -> QuerySet[SecretRefusal]:
    """The register, in no order yet, with how often each entry was looked at. Raises `NotFound`."""
    if agency_id not in viewer.agencies_where(Duty.KEEP_SECRET_REGISTER):
        raise NotFound(agency_id)
    with scoping.narrow_to([agency_id]):
        return SecretRefusal.objects.annotate(times=Count("reevaluations"))


def secret(viewer: Viewer, agency_id: int, refusal_id: int) -> SecretRefusal:
    """One entry. Raises `NotFound`."""
    rows = secrets(viewer, agency_id)
    with scoping.narrow_to([agency_id]):
        found = rows.filter(pk=refusal_id).first()
    if found is None:
        raise NotFound(refusal_id)
    return found


def work_waiting(viewer: Viewer, *, today: date) -> Iterable[WorkItem]:
    """One line for each refused secret that is to be looked at."""
    return [
        WorkItem(
            kind=WorkKind.DUE,
            agency_name=viewer.seats[row.agency_id].agency_name,
            sentence="因国家秘密不予公开的事项到了评估时间，请核实是否解密",
            title=f"登记号{row.number}",
            url=reverse("records:secret_evaluate", args=[viewer.seats[row.agency_id].agency_code, row.pk]),
            who=row.registrar_name,
            due_on=row.reevaluate_on,
            since=row.registered_at,
            urgency=urgency_of(row.reevaluate_on, today=today),
        )
        for row in _due(viewer, today)
    ]


def work_counts(viewer: Viewer, *, today: date) -> tuple[int, int]:
    """How many there are, and how many of them are overdue."""
    urgencies = [urgency_of(row.reevaluate_on, today=today) for row in _due(viewer, today)]
    return len(urgencies), urgencies.count(Urgency.OVERDUE)


def _due(viewer: Viewer, today: date) -> list[SecretRefusal]:
    ids = viewer.agencies_where(Duty.KEEP_SECRET_REGISTER)
    if not ids:
        return []
    with scoping.narrow_to(ids):
        rows = SecretRefusal.objects.filter(declassified_on__isnull=True, reevaluate_on__lte=today + NOTICE)
        return list(rows.order_by("reevaluate_on", "id")[:200])
