"""The desk's first screen, menu and what crosses contexts."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "gongkai.workbench"
    label = "workbench"
    verbose_name = "工作台"

    def ready(self) -> None:
        from gongkai.agencies.events import AgencyMerged
        from gongkai.groundwork import events
        from gongkai.workbench import tasks

        events.subscribe(AgencyMerged, tasks.begin_merger)
        tasks.put_on_the_timetable()
