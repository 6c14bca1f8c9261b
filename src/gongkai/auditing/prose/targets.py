"""The names that the figures of the tables have in prose."""

import dataclasses
import re
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport


@dataclasses.dataclass(frozen=True)
class Target:
    """`cells` are added up; `label` must match the words before the number, or `after` the words behind it."""

    code: str
    name: str
    cells: tuple[str, ...]
    label: re.Pattern[str]
    after: re.Pattern[str] | None = None

    def value(self, report: FilledReport) -> Decimal | None:
        """The sum of the cells, None if one is unknown."""
        values = [local_value(report, cell) for cell in self.cells]
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(values) else None


def local_value(report: FilledReport, cell: str) -> Decimal | None:
    """The cell, or the row of a local statistics table that means the same (its column of the year)."""
    if report.local:
        row = next((row for row in report.local if row.cell == cell), None)
        return row.values[0] if row and row.values else None
    return report.value(cell)


def _target(code: str, name: str, cells: str, label: str, after: str = "") -> Target:
    return Target(code, name, tuple(cells.split()), re.compile(label), re.compile(after) if after else None)


def _t3(*rows: str) -> str:
    return " ".join(f"t3.{row}.total" for row in rows)


_TAKE = r"(?:收到|新收|受理|接收|接到|收悉|共收)"
NEW = _target(
    "TXT-02",
    "本年新收",
    _t3("new_requests"),
    rf"{_TAKE}(?:了|到|各类|公众|群众|公民|书面|有效|全部|相关)*"
    r"(?:[^,;]{0,14}?公开[^,;]{0,6}?申请|[^,;]{0,12}?依申请公开|申请)[^,;\d复议诉讼]{0,8}$",
    r"^(?:的?(?:政府|依|信息)[^,;]{0,10}公开[^,;]{0,6})?申请",
)
TOOK = re.compile(rf"{_TAKE}[^,;]{{0,14}}$")
CLOSED = "办理结果总计"
RESULTS = (
    _target(
        "TXT-03",
        CLOSED,
        _t3("result_total"),
        r"(?:办结|答复|办理完毕)(?:了|申请|政府信息公开申请|依申请公开)?$",
    ),
    _target(
        "TXT-03",
        "上年结转",
        _t3("carried_over_in"),
        r"(?:上(?:一)?年度?|去年)结转[^,;\d]{0,12}$|结转(?:上年|去年)[^,;\d]{0,8}$",
    ),
    _target(
        "TXT-03",
        "结转下年度",
        _t3("carried_over_out"),
        r"(?:结转|转入|顺延)(?:至|到)?(?:下(?:一)?年|次年)[^,;\d]{0,8}$",
        r"^[^,;]{0,6}(?:结转|顺延|转入|转)[^,;]{0,4}(?:下(?:一)?年|次年)",
    ),
)
ROWS = (
    ("部分公开", ("granted_partial",)),
    ("不予公开", ("refused",)),
    ("予以公开", ("granted_full",)),
    ("无法提供", ("unable",)),
    ("不予处理", ("unprocessed",)),
    ("其他处理", ("other",)),
    ("不掌握相关政府信息", ("unable_not_held",)),
    ("没有现成信息", ("unable_needs_creation",)),
    ("补正后申请内容仍不明确", ("unable_unclear_after_correction",)),
    ("三类内部事务信息", ("refused_internal_affairs",)),
    ("四类过程性信息", ("refused_process_info",)),
    ("行政执法案卷", ("refused_enforcement_file",)),
    ("行政查询事项", ("refused_admin_inquiry",)),
    ("保护第三方合法权益", ("refused_third_party",)),
    ("信访举报投诉类", ("unprocessed_petition",)),
    ("要求提供公开出版物", ("unprocessed_publication",)),
)
OUTCOMES = (
    (re.compile("尚未|未审结|未结|正在审理|在审"), "pending"),
    (re.compile("纠正|纠错|撤销|确认违法|责令"), "corrected"),
    (re.compile("维持|驳回"), "upheld"),
    (re.compile("其[他它]"), "other"),
)
LIST = tuple(
    _target("G14-22", name, cell, label)
    for name, cell, label in (
        ("主动公开政府信息数", "proactive_total", r"主动公开(?:各类)?政府信息(?:总数|总量|数量?|共计?|累计|达到?)?$"),
        ("收到申请数", "requests_received", rf"{_TAKE}[^,;]{{0,18}}?(?:申请|依申请公开信息件?)[^,;\d复议诉讼]{{0,8}}$"),
        ("当面申请数", "requests_in_person", r"当面申请(?:公开)?$"),
        ("传真申请数", "requests_fax", r"传真申请$"),
        ("网络申请数", "requests_online", r"(?:网络|网上)申请$"),
        ("信函申请数", "requests_mail", r"(?:信函|书信)申请$"),
        ("同意部分公开答复数", "reply_granted_partial", r"同意部分公开[^,;\d]{0,4}$"),
        ("同意公开答复数", "reply_granted", r"(?<!不)同意(?:全部)?公开[^,;\d]{0,4}$"),
        ("不同意公开答复数", "reply_refused", r"(?:不予公开|不同意公开)[^,;\d]{0,4}$"),
        ("属于已主动公开范围数", "reply_already_public", r"已(?:经)?主动公开(?:范围)?[^,;\d]{0,3}$"),
        ("申请信息不存在数", "reply_not_exist", r"信息不存在[^,;\d]{0,3}$"),
        ("举报投诉数量", "complaints_total", r"信息公开[^,;]{0,8}(?:举报投诉|投诉举报)[^,;\d]{0,3}$"),
        ("设置政府信息公开查阅点数", "reading_points", r"查阅(?:点|场所)(?:共)?$"),
        ("从事政府信息公开工作人员数", "staff_total", r"从事政府信息公开工作(?:人员)?(?:共)?$"),
        ("接受培训人员数", "trainees", r"接受培训(?:人员)?$"),
        ("政策解读稿件发布数", "interpretations", r"政策解读稿件?(?:发布)?$"),
    )
)
NOTHING = (
    (re.compile(r"(?:行政)?复议(?!后)"), "行政复议", "review"),
    (re.compile(r"诉讼"), "行政诉讼", "suit"),
    (re.compile(r"不予公开"), "不予公开", "refused"),
    (re.compile(r"(?:依申请公开|公开)[^,;]{0,6}申请|依申请公开"), "本年新收申请", "requests"),
)


def is_new(label: str, tail: str) -> bool:
    """True if a number with these words around it counts the requests received."""
    return bool(NEW.label.search(label) or (TOOK.search(label) and NEW.after and NEW.after.search(tail)))


def group(report: FilledReport, name: str) -> tuple[str, ...]:
    """The total cells of a group of outcome rows of table 3, or of the single row of that name."""
    form = report.form
    if form is None or "t3" not in form.tables:
        return ()
    rows = [row.id for row in form.tables["t3"].rows if row.group == name] or [name]
    if name == "other" and report.value("t3.other_handling.total") is not None:
        rows = ["other_handling"]
    return tuple(f"t3.{row}.total" for row in rows)


def disputes(report: FilledReport, kind: str, outcome: str = "total", which: str = "") -> tuple[str, ...]:
    """Cells of reviews or suits of any edition. `which`: direct or after_review for suits."""
    if kind == "review":
        return (f"review_{outcome}",)
    if report.edition in ("G2019", "G2021"):
        parts = (which,) if which else ("direct", "after_review")
        return tuple(f"suit_{part}_{outcome}" for part in parts)
    return (f"suit_{outcome}",)


def total(report: FilledReport, cells: tuple[str, ...]) -> Decimal | None:
    """Their sum, None if one is unknown or none is meant."""
    values = [local_value(report, cell) for cell in cells]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def figure(report: FilledReport, cells: tuple[str, ...]) -> str:
    """The figures of the cells in words, for a message."""
    values = [local_value(report, cell) for cell in cells]
    return "+".join(characters.printed(value) for value in values if value is not None)
