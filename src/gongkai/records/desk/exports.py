"""The list as a workbook, under the filters of the list."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import workbooks
from gongkai.groundwork.files.kinds import Kind
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import listing as list_context
from gongkai.records.desk.contexts import states
from gongkai.records.domain.content import COMMA
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record
from gongkai.records.selectors import case_file, listing
from gongkai.records.services import exporting

_MOST_ROWS = 1_000_000
_HEAD = ("标题", "发文字号", "发文机关", "成文日期", "公开属性", "公开栏目", "体裁", "公开责任部门", "状态", "承办人",
         "公开期限", "公开日期", "索引号", "签批方式")  # fmt: skip
_FIELDS = (
    *("id", "agency_id", "title", "document_number", "issuer", "joint_issuers", "created_on", "attribute", "genre"),
    *("column_code", "responsible_unit", "state", "drafter_name", "due_on", "published_at", "index_number"),
)


@door(Duty.SEE_RECORDS)
@require_safe
def export(request: DeskRequest) -> HttpResponseBase:
    """Everything that the list shows under these filters, not only its first page."""
    viewer, agency_id = request.viewer, request.seat.agency_id
    nodes = case_file.nodes(viewer, agency_id)
    found = listing.records(viewer, agency_id, list_context.wanted(request.GET, nodes)).only(*_FIELDS)
    records = found.order_by(*list_context.ORDER)[:_MOST_ROWS].iterator(chunk_size=2000)
    exporting.note("record", actor=request.actor(Duty.SEE_RECORDS), at=timezone.now(), query=request.GET.dict())
    book = workbooks.of_rows("主动公开信息", _HEAD, _rows(records, {node.code: node.title for node in nodes}))
    return FileResponse(book, as_attachment=True, filename="主动公开信息.xlsx", content_type=Kind.XLSX.media_type)


def _rows(records: Iterator[Record], columns: Mapping[str, str]) -> Iterator[Sequence[str]]:
    for record in records:
        yield (
            record.title,
            record.document_number,
            COMMA.join(filter(None, [record.issuer, *record.joint_issuers])),
            _day(record.created_on),
            states.attribute_label(record),
            columns.get(record.column_code, ""),
            record.genre,
            record.responsible_unit,
            State(record.state).label,
            record.drafter_name,
            _day(record.due_on),
            _day(timezone.localdate(record.published_at) if record.published_at else None),
            record.index_number,
            "纸质签批" if getattr(record, "is_on_paper", False) else "",
        )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
