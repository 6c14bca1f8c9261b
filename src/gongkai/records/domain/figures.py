"""What the annual report counts among records: which cell of which edition, by what rule.

A cell that records cannot answer is absent with its reason, never 0.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from gongkai.law import forms


class Counted(StrEnum):
    """One thing that is counted; its rows can be opened."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    NORMATIVE_ISSUED = "normative-issued"
    NORMATIVE_WAITING = "normative-waiting"
    NORMATIVE_PUBLISHED = "normative-published"
    NORMATIVE_PUBLIC = "normative-public"
    NORMATIVE_REPEALED = "normative-repealed"
    NORMATIVE_ENDED = "normative-ended"
    NORMATIVE_EXPIRED = "normative-expired"
    NORMATIVE_IN_FORCE = "normative-in-force"
    GAZETTE = "gazette"
    WEIBO = "weibo"
    WECHAT = "wechat"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def sentence(self) -> str:
        """What is counted, in words."""
        return _WORDS[self][1]


_ONCE = "同一条信息经多个渠道公开只计一条；后来撤下的仍然计入。"
_WORDS: Mapping[Counted, tuple[str, str]] = {
    Counted.PUBLISHED: ("主动公开政府信息", f"期间内首次在网站公开的信息。{_ONCE}"),
    Counted.WITHDRAWN: ("期末已撤下", "期间内首次公开、到期末已经撤下的信息。"),
    Counted.NORMATIVE_ISSUED: (
        "制发规范性文件",
        "成文日期在期间内、已经公开的规范性文件；没有成文日期的，按公开日期计。",
    ),
    Counted.NORMATIVE_WAITING: ("尚未公开", "成文日期在期间内、还没有公开的规范性文件，不计入制发数。"),
    Counted.NORMATIVE_PUBLISHED: ("主动公开规范性文件", f"期间内首次公开的规范性文件。{_ONCE}"),
    Counted.NORMATIVE_PUBLIC: (
        "对外公开的规范性文件",
        "到期末对外公开的规范性文件，失效、废止的也在内，撤下的除外。",
    ),
    Counted.NORMATIVE_REPEALED: ("废止规范性文件", "期间内废止的规范性文件；期满或者宣布失效的不计。"),
    Counted.NORMATIVE_ENDED: ("废止、失效规范性文件", "期间内废止、宣布失效或者有效期届满的规范性文件。"),
    Counted.NORMATIVE_EXPIRED: ("其中失效", "期间内宣布失效或者有效期届满的规范性文件。"),
    Counted.NORMATIVE_IN_FORCE: (
        "现行有效规范性文件",
        "到期末已公开、已生效，没有废止、失效或者撤下的规范性文件；已修改、部分失效的仍属有效。",
    ),
    Counted.GAZETTE: ("政府公报公开", "期间内登记为在政府公报公开的信息，同一条信息多次刊登只计一条。"),
    Counted.WEIBO: ("政务微博公开", "期间内登记为在政务微博公开的信息，同一条信息多次发布只计一条。"),
    Counted.WECHAT: ("政务微信公开", "期间内登记为在政务微信公开的信息，同一条信息多次发布只计一条。"),
    Counted.OTHER: ("其他方式公开", "期间内登记为以其他方式公开的信息，同一条信息多次公开只计一条。"),
}
ENDED = "annual_reports.ended_documents"
"""The parameter that says whether expired documents count among the repealed ones."""
_CHANNELS = ("channel_gazette", "channel_website", "channel_weibo", "channel_wechat", "channel_other")
SUMS: Mapping[str, tuple[str, ...]] = {"channel_total": _CHANNELS}
"""Cells that are the sum of others; opening one means opening its parts."""
_CELLS: Mapping[str, Counted] = {
    "proactive_total": Counted.PUBLISHED,
    "normative_published": Counted.NORMATIVE_PUBLISHED,
    "normative_issued": Counted.NORMATIVE_ISSUED,
    "channel_gazette": Counted.GAZETTE,
    "channel_website": Counted.PUBLISHED,
    "channel_weibo": Counted.WEIBO,
    "channel_wechat": Counted.WECHAT,
    "channel_other": Counted.OTHER,
    "t2_normative_made": Counted.NORMATIVE_ISSUED,
    "t2_normative_published": Counted.NORMATIVE_PUBLISHED,
    "t2_normative_published_total": Counted.NORMATIVE_PUBLIC,
    "t2_normative_issued": Counted.NORMATIVE_ISSUED,
    "t2_normative_repealed": Counted.NORMATIVE_ENDED,
    "t2_normative_in_force": Counted.NORMATIVE_IN_FORCE,
}
BESIDE: Mapping[Counted, Counted] = {
    Counted.PUBLISHED: Counted.WITHDRAWN,
    Counted.NORMATIVE_ISSUED: Counted.NORMATIVE_WAITING,
    Counted.NORMATIVE_ENDED: Counted.NORMATIVE_EXPIRED,
}
"""What is shown beside a figure without being part of the form."""
_UNKNOWN = {
    "rules": "公开的信息没有标明哪些是规章，由有规章制定权的机关填写。",
    "licence": "许可决定不等于公开的信息，由办理系统提供。",
    "other_service": "对外管理服务事项不等于公开的信息，由办理系统提供。",
    "penalty": "处罚决定不等于公开的信息，由执法系统提供。",
    "coercion": "强制决定不等于公开的信息，由执法系统提供。",
    "charges": "收费项目和金额由财政部门提供。",
    "procurement": "采购项目和金额由财政部门提供。",
}


@dataclasses.dataclass(frozen=True)
class Period:
    """Statutory days, both included. Raises `ValueError` when it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def year_before(self) -> "Period":
        """The same days one year earlier."""
        return Period(_earlier(self.first), _earlier(self.last))


@dataclasses.dataclass(frozen=True)
class CellRule:
    """How records answer a cell: by counting, by a sum of other cells, or not at all and why."""

    cell: forms.Cell
    counted: Counted | None = None
    parts: tuple[str, ...] = ()
    absent: str = ""


def edition_of(year: int) -> str:
    """The edition for a report year; years before the first form are shown in the first."""
    return next((name for name in reversed(forms.EDITIONS) if forms.form(name).first_year <= year), forms.EDITIONS[0])


def cells(edition: str, *, expired_count: bool) -> tuple[CellRule, ...]:
    """The cells about proactive disclosure in the order of the form. Raises `KeyError` for an unknown edition.

    ``expired_count``: whether documents that expired count among those repealed.
    """
    form = forms.form(edition)
    return tuple(_rule(cell, expired_count=expired_count) for cell in form.cells.values() if _concerns(cell))


def _concerns(cell: forms.Cell) -> bool:
    return cell.table == "t2" or cell.id in _CELLS or cell.id in SUMS


def _rule(cell: forms.Cell, *, expired_count: bool) -> CellRule:
    if cell.id in SUMS:
        return CellRule(cell, parts=SUMS[cell.id])
    counted = _CELLS.get(cell.id)
    if counted is None:
        return CellRule(cell, absent=_UNKNOWN[cell.row.id])
    if counted is Counted.NORMATIVE_ENDED and not expired_count:
        counted = Counted.NORMATIVE_REPEALED
    return CellRule(cell, counted)


def _earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
