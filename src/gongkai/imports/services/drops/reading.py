"""The worker reads dropped files one by one; after its death another goes on with those that were not read yet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.files import inspection, names, store
from gongkai.groundwork.files.outlining.outline import Outline
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.imports.domain import dropping, file_list
from gongkai.imports.domain.dropping import FIELD_LABELS, State
from gongkai.imports.domain.file_list import ListedFile
from gongkai.imports.domain.official_document import recognition, text
from gongkai.imports.domain.official_document.found import Found, Recognised
from gongkai.imports.models import DroppedBatch, DroppedFile
from gongkai.imports.reading import stream
from gongkai.imports.reading.tables import UnreadableTable
from gongkai.imports.services.drops import duplicates
from gongkai.records.domain import catalogue, rich_text
from gongkai.records.domain.attributes import Attribute
from gongkai.records.models import AgencyColumn, IssuedDocument

_FIRST_LINES = 160
_READ = tuple(name for name in dropping.CARRIED if name != "column_code")


def read(*, batch_id: int, at: datetime) -> None:
    """Reads what has not been read. Reading a second time changes nothing that the clerk has touched."""
    with scoping.everywhere(because="a background task knows only the id"):
        batch = DroppedBatch.objects.get(pk=batch_id)
    with scoping.narrow_to([batch.agency_id]):
        rows = _list_of(batch)
        columns = _columns(batch.agency_id)
        waiting = DroppedFile.objects.filter(batch=batch, state__in=[State.WAITING, State.READING])
        for file in waiting.select_related("file").defer("file__text").order_by("position"):
            _read_one(file, rows, columns)
        _end(batch, rows, at=at)


def _list_of(batch: DroppedBatch) -> list[ListedFile]:
    """The rows of the list, read once."""
    if batch.list_rows is None:
        batch.list_rows = []
        if batch.list_file is not None:
            try:
                with store.opened(batch.list_file.digest) as file:
                    lines = stream.rows(file, ending=names.extension(batch.list_name), most=file_list.MOST_ROWS + 20)
                batch.list_rows = [row.as_data() for row in file_list.read(lines)]
            except (UnreadableTable, file_list.UnreadableList) as error:
                batch.problems = [*batch.problems, f"清单“{batch.list_name}”：{error}"]
        batch.save(update_fields=["list_rows", "problems"])
    return [ListedFile.from_data(row) for row in batch.list_rows]


def _read_one(file: DroppedFile, rows: Sequence[ListedFile], columns: dict[str, str]) -> None:
    assert file.file is not None
    DroppedFile.objects.filter(pk=file.pk, state=State.WAITING).update(state=State.READING)
    outline, notes = _outline(file)
    found = recognition.recognise(outline.blocks)
    listed, more = _listed(file, found, rows)
    values, differing = _values(file, found, listed, columns)
    body, too_long = _body(outline, found)
    more += _held_against_register(values)
    known = duplicates.of(file, number=values.get("document_number", ""))
    DroppedFile.objects.filter(pk=file.pk, state__in=[State.WAITING, State.READING]).update(
        state=State.DUPLICATE if known else State.READY,
        reason=known.words if known else "",
        record_id=known.record_id if known else None,
        readings=found.as_data(),
        values=values,
        notes=[*notes, *too_long, *more, *differing],
        first_lines=_first_lines(outline),
        body_html=body,
    )


def _outline(file: DroppedFile) -> tuple[Outline, list[str]]:
    assert file.file is not None
    try:
        with store.opened(file.file.digest) as content:
            outline = inspection.outline(content)
    except RefusedFile as error:
        return Outline(), [f"没有读出内容，请手工填写：{error.message}"]
    notes = []
    if not outline.blocks:
        notes.append("扫描件，没有可以读取的文字，请对照原件填写。")
    if outline.pictures:
        notes.append(f"文中有{outline.pictures}张图片没有带入正文，见原件。")
    if outline.footnotes:
        notes.append(f"文中有{outline.footnotes}处脚注没有带入正文，见原件。")
    return outline, notes


def _body(outline: Outline, found: Recognised) -> tuple[str, list[str]]:
    try:
        return rich_text.clean(text.html_of([outline.blocks[place] for place in found.body])), []
    except rich_text.TooLong as error:
        return "", [str(error)]


def _listed(file: DroppedFile, found: Recognised, rows: Sequence[ListedFile]) -> tuple[ListedFile | None, list[str]]:
    """The row of the list that speaks of the file."""
    if not rows:
        return None, []
    plain = {name: each.value for name, each in found.fields.items()}
    picked = file_list.pick(rows, file_name=file.file_name, fields=plain)
    if not picked:
        return None, ["清单中没有这份文件。"]
    more = [f"清单中有{len(picked)}行对应这份文件，只使用第{picked[0].line}行。"] if len(picked) > 1 else []
    return picked[0], [*more, *(f"清单第{picked[0].line}行：{problem}" for problem in picked[0].problems)]


def _values(
    file: DroppedFile, found: Recognised, listed: ListedFile | None, columns: dict[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """What the draft will say: the list before the document, nothing that is in doubt."""
    values: dict[str, Any] = dict(file.values)
    values |= {name: each.as_data()["value"] for name, each in found.fields.items() if name in _READ and each.is_sure}
    if not found.body and not values.get("title"):
        values["title"] = file.file_name.rpartition(".")[0]
    if listed is None:
        return values, []
    notes = list(_differing(found, listed))
    values |= listed.fields
    if listed.column:
        code = columns.get(listed.column, "")
        if code:
            values["column_code"] = code
        else:
            notes.append(f"清单中的栏目“{listed.column[:30]}”不在本单位目录中。")
    return values, notes


def _differing(found: Recognised, listed: ListedFile) -> Iterable[str]:
    for name, said in listed.fields.items():
        read = found.fields.get(name)
        if read is not None and read.value and _plain(read) != said:
            label = FIELD_LABELS.get(name, name)
            yield f"{label}以清单为准：清单是“{_shown(name, said)}”，文件中是“{_shown(name, _plain(read))}”。"


def _plain(read: Found) -> str:
    return str(read.as_data()["value"])


def _shown(name: str, value: str) -> str:
    return Attribute(value).label if name == "attribute" and value in set(Attribute) else value[:60]


def _columns(agency_id: int) -> dict[str, str]:
    """Codes of the agency's columns by code and by title; a title that occurs twice tells nothing."""
    kind = Agency.objects.values_list("kind", flat=True).get(pk=agency_id)
    nodes = [node for node in catalogue.tree_for(kind, AgencyColumn.objects.all()) if node.takes_records]
    titles = [node.title for node in nodes]
    return {node.title: node.code for node in nodes if titles.count(node.title) == 1} | {
        node.code: node.code for node in nodes
    }


def _held_against_register(values: dict[str, Any]) -> list[str]:
    """What the register of issued documents says otherwise; where the document states no attribute, the register's."""
    number = values.get("document_number")
    document = IssuedDocument.objects.filter(document_number=number).order_by("copy").first() if number else None
    if document is None:
        return []
    notes = []
    if document.title != values.get("title", document.title):
        notes.append(f"发文登记中这个文号的标题是“{document.title[:60]}”，请核对。")
    if document.attribute and not values.get("attribute"):
        values["attribute"] = document.attribute
        notes.append("公开属性取自发文登记，请核对。")
    elif document.attribute and document.attribute != values["attribute"]:
        notes.append(f"发文登记中的公开属性是“{Attribute(document.attribute).label}”，请核对。")
    return notes


def _first_lines(outline: Outline) -> str:
    words = " ".join(block.text.replace("\n", " ").replace("\t", " ") for block in outline.blocks[:12])
    return words[:_FIRST_LINES] + ("…" if len(words) > _FIRST_LINES else "")


def _end(batch: DroppedBatch, rows: Sequence[ListedFile], *, at: datetime) -> None:
    """Names rows without a file, once."""
    if batch.read_at is not None:
        return
    files = DroppedFile.objects.filter(batch=batch).values_list("file_name", "values")
    lonely = [
        row for row in rows if not any(file_list.match(row, file_name=name, fields=values) for name, values in files)
    ]
    missing = [f"清单第{row.line}行“{_name_of(row)}”没有对应的文件。" for row in lonely]
    batch.problems, batch.read_at = [*batch.problems, *missing], at
    batch.save(update_fields=["problems", "read_at"])


def _name_of(row: ListedFile) -> str:
    return (row.file or row.fields.get("title") or row.fields.get("document_number") or "")[:60]
