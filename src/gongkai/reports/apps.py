"""Annual reports: uploaded ones are read, checked, and doubtful cells confirmed beside their source."""

from django.apps import AppConfig

from gongkai.groundwork import events
from gongkai.reports.events import CheckWanted


class ReportsConfig(AppConfig):
    name = "gongkai.reports"
    label = "reports"
    verbose_name = "年度报告"

    def ready(self) -> None:
        events.subscribe(CheckWanted, _check)


def _check(event: CheckWanted) -> None:
    from gongkai.reports import tasks

    tasks.check.enqueue(event.check_id, event.revision)
