"""Groundwork: what every context stands on. No domain nouns live here."""

from django.apps import AppConfig


class GroundworkConfig(AppConfig):
    name = "gongkai.groundwork"
    label = "groundwork"
    verbose_name = "基础"

    def ready(self) -> None:
        from gongkai.groundwork.notifications import tasks as notifications
        from gongkai.groundwork.work import housekeeping

        notifications.put_on_the_timetable()
        housekeeping.put_on_the_timetable()
