"""Proactive disclosure: the records, their reviews and clearances, the statutory catalogue."""

from django.apps import AppConfig

from gongkai.records.events import BatchOrdered, RecordPurged


class RecordsConfig(AppConfig):
    name = "gongkai.records"
    label = "records"
    verbose_name = "主动公开"

    def ready(self) -> None:
        from gongkai.agencies.events import AgencyChanged, AgencyCreated
        from gongkai.groundwork import events, worklist
        from gongkai.groundwork.purges import PurgeAgain
        from gongkai.published.events import ValidityChanged
        from gongkai.records import tasks
        from gongkai.records.events import RecordMoved, RecordPublished
        from gongkai.records.selectors import coordination, evaluations, normative, upkeep
        from gongkai.records.services import catalogue, cleaning, coordinating, following, guides, planning
        from gongkai.records.services.normative import registering

        events.subscribe(AgencyCreated, catalogue.show_new_agency)
        events.subscribe(AgencyChanged, guides.compare_again)
        events.subscribe(RecordMoved, planning.overtake)
        events.subscribe(RecordMoved, coordinating.close)
        events.subscribe(ValidityChanged, following.follow_validity)
        events.subscribe(RecordPurged, _clean)
        events.subscribe(PurgeAgain, cleaning.apply_again)
        worklist.register(coordination)
        events.subscribe(BatchOrdered, _carry_out)
        worklist.register(evaluations)
        events.subscribe(RecordPublished, registering.at_publication)
        worklist.register(upkeep)
        worklist.register(normative)
        tasks.put_on_the_timetable()


def _clean(event: RecordPurged) -> None:
    from gongkai.records import tasks

    tasks.clean_after_purges.enqueue()


def _carry_out(event: BatchOrdered) -> None:
    from gongkai.records import tasks

    tasks.carry_out_batch.enqueue(event.run_id)
