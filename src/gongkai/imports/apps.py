"""Bulk import: reads foreign files, checks each row, hands what is clean to the contexts."""

from django.apps import AppConfig

from gongkai.groundwork import events, worklist
from gongkai.imports.events import FileConfirmed, FilesDropped, FileSubmitted, RegisterConfirmed, RegisterSubmitted
from gongkai.records.events import RecordPurged


class ImportsConfig(AppConfig):
    name = "gongkai.imports"
    label = "imports"
    verbose_name = "批量导入"

    def ready(self) -> None:
        from gongkai.imports import selectors
        from gongkai.imports.services import purging
        from gongkai.imports.services.drops import forgetting

        worklist.register(selectors)
        events.subscribe(FileSubmitted, _look_through)
        events.subscribe(FileConfirmed, _bring_in)
        events.subscribe(FilesDropped, _read)
        events.subscribe(RecordPurged, purging.forget)
        events.subscribe(RecordPurged, forgetting.forget)
        events.subscribe(RegisterSubmitted, _look_through_register)
        events.subscribe(RegisterConfirmed, _enter_register)


def _look_through(event: FileSubmitted) -> None:
    from gongkai.imports import tasks

    tasks.look_through.enqueue(event.import_id)


def _bring_in(event: FileConfirmed) -> None:
    from gongkai.imports import tasks

    tasks.bring_in.enqueue(event.import_id)


def _read(event: FilesDropped) -> None:
    from gongkai.imports import tasks

    tasks.read_dropped.enqueue(event.batch_id)


def _look_through_register(event: RegisterSubmitted) -> None:
    from gongkai.imports import tasks

    tasks.look_through_register.enqueue(event.table_id)


def _enter_register(event: RegisterConfirmed) -> None:
    from gongkai.imports import tasks

    tasks.enter_register.enqueue(event.table_id)
