"""What the public sees: immutable copies, released by acts of the desk, never the originals."""

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "gongkai.published"
    label = "published"
    verbose_name = "公开信息"

    def ready(self) -> None:
        from gongkai.published import tasks

        tasks.put_on_the_timetable()
