"""Asks for the same check once more: after the auditor has learnt something, or where a run was lost."""

from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import scoping
from gongkai.groundwork.audit import trail
from gongkai.reports.models import ReportCheck
from gongkai.reports.services import confirming
from gongkai.reports.services.confirming import NoSuchReport


def repeat(*, check_id: int, actor: Actor, at: datetime) -> None:
    """Confirmations and comparisons stay. Raises NoSuchReport."""
    if actor.agency_id is None:
        raise NoSuchReport("没有找到这份报告。")
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        found = ReportCheck.objects.select_for_update(of=("self",)).filter(pk=check_id).first()
        if found is None:
            raise NoSuchReport("没有找到这份报告。")
        confirming.ask_again(found)
        entry = trail.Entry(action="report.repeat", subject_type="report_check", subject_id=found.pk)
        trail.write(entry, actor=actor, at=at)
