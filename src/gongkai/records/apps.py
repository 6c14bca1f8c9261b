"""Proactive disclosure: the records, their reviews and clearances, the statutory catalogue."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "gongkai.records"
    label = "records"
    verbose_name = "主动公开"

    def ready(self) -> None:
        from gongkai.agencies.events import AgencyCreated
        from gongkai.groundwork import events, worklist
        from gongkai.published.events import ValidityChanged
        from gongkai.records import tasks
        from gongkai.records.events import RecordMoved
        from gongkai.records.selectors import upkeep
        from gongkai.records.services import catalogue, following, planning

        events.subscribe(AgencyCreated, catalogue.show_new_agency)
        events.subscribe(RecordMoved, planning.overtake)
        events.subscribe(ValidityChanged, following.follow_validity)
        worklist.register(upkeep)
        tasks.put_on_the_timetable()
