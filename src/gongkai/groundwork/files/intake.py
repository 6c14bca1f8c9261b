"""The door for files: received, looked into, and only then kept."""

from datetime import datetime

from gongkai.groundwork.files import inspection, store
from gongkai.groundwork.files.kinds import ATTACHMENTS, Kind
from gongkai.groundwork.files.models import StoredFile


def take_in(
    stream: store.Source,
    file_name: str,
    *,
    at: datetime,
    allowed: frozenset[Kind] = ATTACHMENTS,
    limit: int | None = None,
) -> StoredFile:
    """Keeps the bytes under their digest and returns their row; the same bytes give the same row.

    Nothing of a refused file stays on disk. The name is not kept: whoever shows the file keeps
    `names.clean(file_name)`.

    Raises:
        RefusedFile: with a code and a Chinese sentence for the sender.
    """
    with store.receive(stream, limit=limit) as draft:
        # Also where the bytes are known: the name is new, and marks may have been learnt since.
        found = inspection.inspect(draft.stream, file_name, allowed=allowed)
        draft.keep()
    stored, _ = StoredFile.objects.get_or_create(
        digest=draft.digest,
        defaults={
            "size": draft.size,
            "media_type": found.kind.media_type,
            "text": found.text,
            "text_status": found.text_status,
            "stored_at": at,
        },
    )
    return stored
