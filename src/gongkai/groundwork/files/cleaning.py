"""Has the child process make the copy of a file that the public gets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings

from gongkai.groundwork.files import inspection, store, unpacking
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.files.refusals import Code, RefusedFile


def public_copy(original: StoredFile, file_name: str, *, at: datetime) -> StoredFile:
    """The copy without author, history and EXIF; the original where it can or need not be cleaned.

    What it still carries stands in its ``traces``. The same bytes give the same copy.

    Raises:
        RefusedFile: the copy could not be made within the limits.
    """
    with store.opened(original.digest) as stream, _cleaned(stream.fileno()) as (traces, draft):
        if draft is None or draft.digest == original.digest:
            copy = original
        else:
            found = inspection.inspect(draft.stream, file_name)
            draft.keep()
            copy, _ = StoredFile.objects.get_or_create(
                digest=draft.digest,
                defaults={
                    "size": draft.size,
                    "media_type": found.kind.media_type,
                    "text": found.text,
                    "text_status": found.text_status,
                    "stored_at": at,
                },
            )
    if copy.traces != traces:
        copy.traces = traces
        copy.save(update_fields=["traces"])
    return copy


@contextmanager
def _cleaned(file: int) -> Iterator[tuple[list[str], store.Draft | None]]:
    with inspection.asked({"task": "clean"}, file) as channel:
        frames = unpacking.Frames(channel)
        letter, content = frames.next()
        if letter != b"N":
            raise RefusedFile(Code.TIMED_OUT, "生成公开副本用时或用量过多，未保存。请拆分后重新上传。")
        traces, has_copy = json.loads(content)
        if not has_copy:
            yield traces, None
            return
        with store.receive(unpacking.Pieces(frames), limit=2 * settings.MAX_UPLOAD_BYTES) as draft:
            yield traces, draft
