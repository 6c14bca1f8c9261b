"""Sets a report beside that of the year before and those of the bodies below."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import scoping
from gongkai.groundwork.audit import trail
from gongkai.reports.domain.states import Relation
from gongkai.reports.models import Comparison, ReportCheck
from gongkai.reports.services import confirming
from gongkai.reports.services.confirming import NoSuchReport


class CannotCompare(Exception):
    """Nothing was changed; ``reason`` says why in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def compare(*, check_id: int, previous_id: int | None, child_ids: Sequence[int], actor: Actor, at: datetime) -> None:
    """From now on the report is checked beside these of the agency's own checks, and no others.

    Raises:
        CannotCompare: one of them is the report itself, or stands in both places.
        NoSuchReport: the agency has no such check.
    """
    if actor.agency_id is None:
        raise NoSuchReport("没有找到这份报告。")
    wanted = [(Relation.CHILD, each) for each in dict.fromkeys(child_ids)]
    if previous_id is not None:
        wanted.insert(0, (Relation.PREVIOUS, previous_id))
    ids = [each for _, each in wanted]
    if check_id in ids or len(set(ids)) != len(ids):
        raise CannotCompare("同一份报告只能选一次，也不能与自己对照。")
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        found = ReportCheck.objects.select_for_update(of=("self",)).filter(pk=check_id).first()
        if found is None or ReportCheck.objects.filter(pk__in=ids).count() != len(ids):
            raise NoSuchReport("没有找到这份报告。")
        Comparison.objects.filter(report_check=found).delete()
        Comparison.objects.bulk_create(
            Comparison(agency_id=found.agency_id, report_check=found, other_id=each, relation=relation.value)
            for relation, each in wanted
        )
        confirming.ask_again(found)
        detail = {"previous": previous_id, "children": list(child_ids)}
        entry = trail.Entry(action="report.compare", subject_type="report_check", subject_id=found.pk, detail=detail)
        trail.write(entry, actor=actor, at=at)
