"""Lists drawn at once: a template visits every cell of every row, and most of a page's time went there."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from gongkai.portal.pages.finding import FacetValue
from gongkai.portal.pages.parts import Line


def table(lines: Sequence[Line]) -> SafeString:
    """The rows of the table 索引号 · 信息名称 · 文号 · 发布日期."""
    return mark_safe("\n".join(map(_table_row, lines)))  # every value is escaped below


def items(lines: Sequence[Line]) -> SafeString:
    """The items of a simple list: title, agency, date."""
    return mark_safe("\n".join(map(_item, lines)))  # every value is escaped below


def facet_items(values: Sequence[FacetValue]) -> SafeString:
    """The values of a facet as links with their numbers."""
    return mark_safe("".join(map(_facet_item, values)))  # every value is escaped below


def _facet_item(value: FacetValue) -> str:
    return (
        f'<li><a href="{escape(value.url)}" rel="nofollow">{escape(value.label)}'
        f'<span class="count">{value.count}</span></a></li>'
    )


def _table_row(line: Line) -> str:
    return (
        f'<tr><td class="index">{escape(line.index_number)}</td><td class="title">{_title(line)}</td>'
        f'<td class="number">{escape(line.document_number)}</td><td class="date">{line.published_on}</td></tr>'
    )


def _item(line: Line) -> str:
    return (
        f'<li>{_title(line)}<span class="from">{escape(line.agency)}</span>'
        f'<time datetime="{line.published_on}">{line.published_on}</time></li>'
    )


def _title(line: Line) -> str:
    link = f'<a href="{line.url}">{escape(line.title)}</a>'
    if not line.validity:
        return link
    ended = " ended" if line.has_ended else ""
    return f'{link} <span class="label{ended}">{escape(line.validity)}</span>'
