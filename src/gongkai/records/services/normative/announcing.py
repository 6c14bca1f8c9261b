"""The result of a clean-up as the draft of a public notice."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.records.domain.content import Content
from gongkai.records.domain.normative import Outcome
from gongkai.records.models import CleanUp, CleanUpItem, Record
from gongkai.records.services import acting, drafting

COLUMN = "art20_01_normative.other_documents"


class CannotAnnounce(acting.Refused):
    """The round is still open."""


def draft_notice(*, clean_up_id: int, actor: Actor, at: datetime) -> Record:
    """Begins a record with the lists of the round, in the hands of the actor; it goes the way of every record.

    Raises:
        CannotAnnounce: see the class.
    """
    with acting.at_own_agency(actor) as agency_id:
        row = CleanUp.objects.filter(pk=clean_up_id).first()
        if row is None:
            raise acting.NoSuchRecord("没有这次清理。")
        if row.closed_at is None:
            raise CannotAnnounce("清理结束后才能起草公告。")
        agency = Agency.objects.get(pk=agency_id)
        content = Content(
            title=f"{agency.name}关于{row.title}结果的公告",
            issuer=agency.name,
            created_on=timezone.localdate(at),
            column_code=COLUMN,
            genre="公告",
            body_html="".join(_body(row)),
        )
        return drafting.draft(content=content, actor=actor, at=at)


def _body(row: CleanUp) -> Iterator[str]:
    items = CleanUpItem.objects.filter(clean_up=row, obstacle="").select_related("record").order_by("pk")
    cutoff = f"{row.cutoff_on:%Y年%-m月%-d日}"
    yield f"<p>对截至{cutoff}现行有效的规范性文件进行了清理，结果公布如下。</p>"
    for outcome in Outcome:
        found = [item for item in items if item.outcome == outcome]
        if found:
            yield f"<h2>{outcome.label}的规范性文件（{len(found)}件）</h2>"
            yield "<table><tbody><tr><th>序号</th><th>文件名称</th><th>发文字号</th><th>说明</th></tr>"
            yield from (_line(place, item) for place, item in enumerate(found, start=1))
            yield "</tbody></table>"


def _line(place: int, item: CleanUpItem) -> str:
    until = f"有效期至{item.expires_on:%Y年%-m月%-d日}。" if item.expires_on else ""
    cells = (str(place), item.record.title, item.record.document_number, f"{until}{item.reason}")
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
