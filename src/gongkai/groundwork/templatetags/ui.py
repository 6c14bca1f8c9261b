"""Template tags of the component kit; loaded everywhere as built-ins. See ``groundwork/ui/README.md``."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.groundwork.ui import forms
from gongkai.groundwork.ui.filters import FilterGroup, SortHead
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.groundwork.ui.parts import Badge, ClockPanel, Fact, FindingLine, Step, TimelineEvent, Tone

register = template.Library()


@register.inclusion_tag("desk/parts/field.html")
def field(bound: BoundField, basis: str = "") -> dict[str, object]:
    """A field with its label above, its help below and its error beside; ``basis`` says which rule requires it."""
    widget = forms.widget_html(bound) if not forms.is_group(bound) else ""
    return {
        "field": bound,
        "widget": mark_safe(widget),  # rendered and escaped by Django's own widget
        "is_group": forms.is_group(bound),
        "is_tick": forms.is_tick(bound),
        "basis": basis,
    }


@register.inclusion_tag("desk/parts/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """What must be put right, at the top of the form, each line a jump to its field."""
    wrong = [(bound, bound.id_for_label or f"{bound.auto_id}_0", bound.errors) for bound in form if bound.errors]
    return {"general": form.non_field_errors(), "wrong": wrong}


@register.inclusion_tag("desk/parts/badge.html", name="badge")
def badge_tag(badge: Badge | str, tone: str = "neutral") -> dict[str, object]:
    """A state badge, from a `Badge` or from a label and a tone."""
    return {"badge": badge if isinstance(badge, Badge) else Badge(label=badge, tone=Tone(tone))}


@register.inclusion_tag("desk/parts/filters.html")
def filters(groups: Sequence[FilterGroup]) -> dict[str, object]:
    """Rows of chips, one row a filter; several rows are folded on a phone and say what is chosen."""
    chosen = [chip.label for group in groups for chip in group.chips[1:] if chip.is_on]
    return {"groups": groups, "chosen": "、".join(chosen)}


@register.inclusion_tag("desk/parts/pager.html")
def pager(page: KeysetPage[Any], noun: str = "页") -> dict[str, object]:
    """Earlier and later, when there is more than one page."""
    return {"page": page, "noun": noun}


@register.inclusion_tag("desk/parts/sort_head.html")
def sort_head(head: SortHead) -> dict[str, object]:
    """A ``<th>`` that sorts."""
    return {"head": head}


@register.inclusion_tag("desk/parts/stepper.html")
def stepper(steps: Sequence[Step], label: str = "办理进度") -> dict[str, object]:
    """The stages of a procedure in a row."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("desk/parts/timeline.html")
def timeline(events: Sequence[TimelineEvent]) -> dict[str, object]:
    """Everything said and done about a case."""
    return {"events": events}


@register.inclusion_tag("desk/parts/findings.html")
def findings(lines: Sequence[FindingLine], title: str = "检查结果") -> dict[str, object]:
    """The findings panel; with nothing found it says so."""
    return {"lines": lines, "title": title}


@register.inclusion_tag("desk/parts/clock.html")
def clock(panel: ClockPanel) -> dict[str, object]:
    """The clock panel with track and derivation."""
    return {"clock": panel, "mark": 6 + panel.share * 288 // 100}


@register.inclusion_tag("desk/parts/facts.html")
def facts(rows: Sequence[Fact]) -> dict[str, object]:
    """A list of label and value."""
    return {"rows": rows}


@register.inclusion_tag("desk/parts/empty.html")
def empty(title: str, text: str = "", action: str = "", url: str = "") -> dict[str, object]:
    """What to say where there is nothing, and what one may do next."""
    return {"title": title, "text": text, "action": action, "url": url}


@register.inclusion_tag("desk/parts/progress.html")
def progress(done: int, total: int, label: str, refresh_url: str = "") -> dict[str, object]:
    """A bar for long work; with ``refresh_url`` it asks for itself every two seconds until it is done."""
    return {
        "done": done,
        "total": total,
        "label": label,
        "percent": 100 * done // total if total else 0,
        "refresh_url": refresh_url if done < total else "",
    }


@register.simple_tag
def desk_root() -> str:
    """The address of the desk, also where the whole site is mounted under a path."""
    return f"{get_script_prefix()}desk/"


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """One step of the breadcrumbs; the last one has no link."""
    if url:
        return format_html('<li class="breadcrumb-item"><a href="{}">{}</a></li>', url, label)
    return format_html('<li class="breadcrumb-item active" aria-current="page">{}</li>', label)


@register.simple_block_tag
def table(content: SafeString, caption: str, sticky: bool = True) -> SafeString:  # noqa: FBT001, FBT002
    """A frame for a table's head and body: it scrolls inside itself and keeps its head in sight."""
    return format_html(
        '<div class="table-frame{}" role="region" aria-label="{}" tabindex="0">'
        '<table class="table list"><caption class="visually-hidden">{}</caption>{}</table></div>',
        " is-sticky" if sticky else "",
        caption,
        caption,
        content,
    )


@register.filter
def day(value: date | None) -> str:
    """2026年3月5日; nothing for no day."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """2026-03-05 14:07 in local time; nothing for no moment."""
    return f"{value.astimezone(timezone.get_current_timezone()):%Y-%m-%d %H:%M}" if value else ""
