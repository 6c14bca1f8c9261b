"""What the screens for bodies show."""

from dataclasses import dataclass
from datetime import date

from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.urls import reverse

from gongkai.agencies import selectors
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.config.desk.agencies.forms import GROUPS, AgencyForm
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui.filters import FilterGroup
from gongkai.groundwork.ui.parts import Badge, FormPage, Tone


@dataclass(frozen=True)
class AgencyLine:
    """One body in the tree."""

    agency: Agency
    depth: int
    kind: str
    note: str
    state: Badge


@dataclass(frozen=True)
class TreePage:
    """The tree, or the bodies of one kind."""

    words: str
    groups: tuple[FilterGroup, ...]
    lines: tuple[AgencyLine, ...]
    total: int


@dataclass(frozen=True)
class FieldGroup:
    """A part of the long form."""

    label: str
    fields: tuple[BoundField, ...]


def tree_page(*, query: QueryDict, today: date) -> TreePage:
    kind, words = query.get("kind", ""), query.get("q", "").strip()
    everything = selectors.tree()
    ended = query.get("state") == "ended"
    shown = [
        line
        for line in everything
        if kind in ("", line.agency.kind)
        and (words in line.agency.name or words in line.agency.short_name or words == line.agency.code)
        and ended == (line.agency.valid_until is not None and line.agency.valid_until < today)
    ]
    is_whole = not kind and not words and not ended
    return TreePage(
        words=words,
        groups=(
            filters.choice_filter(query, param="kind", label="类别", options=[(k.value, k.label) for k in AgencyKind]),
            filters.choice_filter(query, param="state", label="状态", options=[("", "有效"), ("ended", "已终止")]),
        ),
        lines=tuple(_line(line, today, in_tree=is_whole) for line in shown),
        total=len(shown),
    )


def groups(form: AgencyForm) -> tuple[FieldGroup, ...]:
    return tuple(FieldGroup(label, tuple(form[name] for name in names)) for label, names in GROUPS)


def merging(agency: Agency) -> FormPage:
    return FormPage(
        title=f"合并{agency.name}",
        verb="办理合并",
        back_url=reverse("system:agencies"),
        sentence=(
            "自合并之日起，在办信息、自设栏目和业务岗位一并转入并入机构，下级机构改属并入机构；"
            "已公开的信息保留原索引号和发布机构名称，由并入机构继续维护。"
        ),
    )


def ending(agency: Agency) -> FormPage:
    return FormPage(
        title=f"终止{agency.name}",
        verb="终止",
        back_url=reverse("system:agencies"),
        sentence="终止后不再产生新的公开信息，已公开的信息继续保留。",
    )


def _line(line: selectors.TreeLine, today: date, *, in_tree: bool) -> AgencyLine:
    agency = line.agency
    return AgencyLine(
        agency=agency,
        depth=min(line.depth, 4) if in_tree else 0,
        kind=AgencyKind(agency.kind).label,
        note=_note(agency),
        state=_state(agency, today),
    )


def _note(agency: Agency) -> str:
    if agency.staffed_by is not None:
        return f"与{agency.staffed_by.short_name}合署"
    if agency.successor is not None:
        return f"并入{agency.successor.short_name}"
    return "" if agency.in_city_sum else "不计入全市汇总"


def _state(agency: Agency, today: date) -> Badge:
    if agency.valid_from > today:
        return Badge(label="未设立", tone=Tone.NEUTRAL)
    if agency.valid_until is None:
        return Badge(label="有效", tone=Tone.GOOD)
    if agency.valid_until < today:
        return Badge(label="已终止", tone=Tone.ENDED)
    return Badge(label="即将终止", tone=Tone.WAITING)
