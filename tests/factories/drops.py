"""Dropped files, brought in by the acts of the cast."""

from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Actor
from gongkai.groundwork import scoping
from gongkai.imports.models import DroppedBatch, DroppedFile
from gongkai.imports.services.drops import reading, receiving
from gongkai.imports.services.drops.receiving import Upload
from tests import cast as casting
from tests.cast import Cast


def clerk(cast: Cast) -> Actor:
    return cast.li.acting(Duty.DRAFT_RECORDS)


def dropped(cast: Cast, files: Mapping[str, bytes], *, column_code: str = "") -> DroppedBatch:
    """Received, not yet read."""
    uploads = [
        Upload(stream=SimpleUploadedFile(name, content), file_name=name, size=len(content))
        for name, content in files.items()
    ]
    return receiving.receive(uploads=uploads, column_code=column_code, actor=clerk(cast), at=casting.AT)


def read(cast: Cast, files: Mapping[str, bytes], *, column_code: str = "") -> list[DroppedFile]:
    """Received and read by the worker; the files in their order."""
    batch = dropped(cast, files, column_code=column_code)
    reading.read(batch_id=batch.pk, at=casting.later())
    return files_of(cast, batch)


def files_of(cast: Cast, batch: DroppedBatch) -> list[DroppedFile]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(DroppedFile.objects.filter(batch=batch).select_related("file", "record", "batch"))
