"""The side menu as a table: who has the duty sees the line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork.ui.shell import MenuEntry, MenuSection


@dataclass(frozen=True)
class Line:
    """A label, the page it opens, and the duties any one of which shows it."""

    label: str
    url_name: str
    duties: tuple[Duty, ...]


# What a person does at one agency, in the order of the day.
AT_AGENCY: tuple[tuple[str, tuple[Line, ...]], ...] = (
    (
        "信息",
        (
            Line("信息", "records:list", (Duty.SEE_RECORDS,)),
            Line("批量起草", "imports:drops", (Duty.DRAFT_RECORDS,)),
            Line("发文登记", "records:issued", (Duty.SEE_RECORDS,)),
            Line("批量导入", "imports:list", (Duty.IMPORT_RECORDS, Duty.CLEAR_SECRECY, Duty.SIGN_RECORDS)),
            Line("联合发文确认", "records:confirmations", (Duty.CONFIRM_JOINT_RECORDS,)),
            Line("规范性文件", "records:normative", (Duty.KEEP_NORMATIVE,)),
            Line("定期评估", "records:evaluations", (Duty.PUBLISH_RECORDS, Duty.KEEP_SECRET_REGISTER)),
            Line("公开渠道", "records:channel_list", (Duty.NOTE_CHANNELS,)),
            Line("紧急撤下", "records:removals", (Duty.WITHDRAW_RECORDS,)),
        ),
    ),
    (
        "目录",
        (
            Line("公开目录", "records:catalogue", (Duty.KEEP_CATALOGUE,)),
            Line("目录维护", "records:upkeep", (Duty.KEEP_CATALOGUE,)),
            Line("标准目录", "records:standard_list", (Duty.KEEP_CATALOGUE, Duty.CLEAR_SECRECY, Duty.SIGN_RECORDS)),
            Line("重点领域", "records:key_areas", (Duty.KEEP_CATALOGUE,)),
            Line("指南与制度", "records:guide", (Duty.KEEP_CATALOGUE,)),
            Line("政府公报", "records:gazette_list", (Duty.KEEP_CATALOGUE,)),
            Line("移送查阅场所", "records:deposit_list", (Duty.KEEP_CATALOGUE,)),
        ),
    ),
    (
        "数据与报告",
        (
            Line("公开数据", "records:figures", (Duty.SEE_FIGURES, Duty.SUPERVISE_FIGURES)),
            Line("阅读情况", "records:most_read", (Duty.KEEP_CATALOGUE,)),
            Line("网址清单", "records:addresses", (Duty.KEEP_CATALOGUE,)),
            Line("报告检查", "reports:list", (Duty.CHECK_REPORTS,)),
        ),
    ),
    (
        "本单位",
        (
            Line("到期清单", "workbench:falling_due", (Duty.PUBLISH_RECORDS, Duty.SIGN_RECORDS)),
            Line("审核流程", "records:scheme", (Duty.CHOOSE_REVIEW_SCHEME,)),
            Line("本单位词表", "records:words", (Duty.KEEP_CATALOGUE,)),
            Line("外出与B角", "accounts:away", (Duty.KEEP_ABSENCES,)),
            Line("工作交接", "workbench:handovers", (Duty.HAND_OVER,)),
            Line("提醒接收", "workbench:reminders", (Duty.KEEP_REMINDERS,)),
        ),
    ),
    (
        "所辖单位",
        (
            Line("各单位目录", "records:upkeep_below", (Duty.SUPERVISE_CATALOGUES,)),
            Line("各单位网址", "records:addresses_below", (Duty.SUPERVISE_CATALOGUES,)),
            Line("全平台词表", "records:platform_words", (Duty.SUPERVISE_CATALOGUES,)),
        ),
    ),
)
SYSTEM_LINES: tuple[Line, ...] = (
    Line("人员与岗位", "accounts:people", (Duty.MANAGE_ACCOUNTS, Duty.GRANT_POSTS)),
    Line("代办", "accounts:mandates", (Duty.GRANT_POSTS,)),
    Line("机构", "system:agencies", (Duty.MANAGE_AGENCIES,)),
    Line("审计记录", "system:audit", (Duty.READ_AUDIT,)),
    Line("运行状况", "system:status", (Duty.SEE_STATUS,)),
    Line("邮件设置", "system:mail", (Duty.TEST_MAIL,)),
)


def sections(viewer: Viewer, seat: Seat | None, *, path: str, own: Sequence[MenuEntry]) -> tuple[MenuSection, ...]:
    """What this person may open, at the agency ``seat`` and beyond; ``path`` marks the line of the present page."""
    beyond = [_entry(line, {}) for line in SYSTEM_LINES if any(viewer.agencies_where(duty) for duty in line.duties)]
    at_agency = [(label, _at(seat, lines)) for label, lines in AT_AGENCY]
    found = [("工作台", list(own)), *at_agency, ("系统", beyond)]
    entries = [entry for _, group in found for entry in group]
    opened = (entry.url for entry in entries if path.startswith(entry.url) and entry is not own[0])
    current = own[0].url if path == own[0].url else max(opened, key=len, default="")
    return tuple(
        MenuSection(label=label, entries=tuple(_marked(entry, current) for entry in group))
        for label, group in found
        if group
    )


def _at(seat: Seat | None, lines: tuple[Line, ...]) -> list[MenuEntry]:
    return [_entry(line, {"agency_code": seat.agency_code}) for line in lines if seat and _may(seat, line)]


def _may(seat: Seat, line: Line) -> bool:
    return any(seat.may(duty) for duty in line.duties)


def _entry(line: Line, arguments: Mapping[str, str]) -> MenuEntry:
    return MenuEntry(label=line.label, url=reverse(line.url_name, kwargs=dict(arguments)))


def _marked(entry: MenuEntry, current: str) -> MenuEntry:
    return MenuEntry(
        label=entry.label,
        url=entry.url,
        count=entry.count,
        is_pressing=entry.is_pressing,
        is_current=entry.url == current,
    )
