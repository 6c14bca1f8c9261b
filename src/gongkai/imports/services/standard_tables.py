"""A workbook with a standard table comes to the desk: looked into, read in a child process, handed to `records`."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.files import inspection, names, store
from gongkai.groundwork.files.kinds import Kind
from gongkai.imports.reading import grid, standards
from gongkai.records.models import StandardTable
from gongkai.records.services import standard_tables


@dataclass(frozen=True, kw_only=True)
class Upload:
    """The workbook on its way in. Without a title of its own the table takes the one above its header."""

    stream: store.Source
    file_name: str
    field: str
    title: str = ""


def submit(*, upload: Upload, actor: Actor, at: datetime) -> StandardTable:
    """Reads the table and keeps its matters as a new version; the file itself is not kept.

    Raises:
        RefusedFile: too large, no XLSX, broken, or with a secret mark anywhere.
        UnreadableTable: it holds no standard table.
        CannotBringTable: see `records.services.standard_tables`.
    """
    with store.receive(upload.stream, limit=grid.LIMIT_BYTES) as draft:
        inspection.inspect(draft.stream, upload.file_name, allowed=frozenset({Kind.XLSX}))
        draft.stream.seek(0)
        found = standards.read(draft.stream)
    return standard_tables.bring(
        draft=standard_tables.Draft(
            field=upload.field,
            title=upload.title or found.title,
            file_name=names.clean(upload.file_name),
            matters=tuple(row.matter for row in found.rows),
            findings=tuple(finding for row in found.rows for finding in row.findings),
        ),
        actor=actor,
        at=at,
    )
