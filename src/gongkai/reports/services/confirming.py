"""A person reads in the source what the auditor could not, and the rules run again."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.auditing import characters
from gongkai.groundwork import events, scoping
from gongkai.groundwork.audit import trail
from gongkai.law import forms
from gongkai.reports.domain.result import ReportRead
from gongkai.reports.domain.states import State
from gongkai.reports.events import CheckWanted
from gongkai.reports.models import CellConfirmation, ReportCheck
from gongkai.reports.services import checking

_LONGEST = 20


class CannotConfirm(Exception):
    """Nothing was kept; ``reason`` says why in Chinese, ``cells`` what is wrong with which cell."""

    def __init__(self, reason: str, cells: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cells = dict(cells or {})


class NoSuchReport(CannotConfirm):
    """The actor's agency has no such check, or the file no such report."""


def confirm(*, check_id: int, report_number: int, written: Mapping[str, str], actor: Actor, at: datetime) -> int:
    """Keeps what the person wrote for each cell and asks for a new check. Returns how many cells changed.

    “/” or “-” says that the box is empty; cells with nothing written are left as they are.

    Raises:
        CannotConfirm: something is no number, or nothing differs from what is known.
    """
    if actor.agency_id is None:
        raise NoSuchReport("没有找到这份报告。")
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        found = ReportCheck.objects.select_for_update(of=("self",)).filter(pk=check_id).first()
        reports = checking.reports_of(found) if found else []
        if found is None or not 1 <= report_number <= len(reports):
            raise NoSuchReport("没有找到这份报告。")
        report = reports[report_number - 1]
        values = _changed(report, _read(report, written))
        rows = [
            CellConfirmation(
                agency_id=found.agency_id,
                report_check=found,
                report_number=report_number,
                cell=cell,
                value=value,
                read_as=(report.cells[cell].value or report.cells[cell].raw)[:60],
                confirmed_by_id=actor.user_id or 0,
                confirmed_by_name=actor.name,
                confirmed_by_post=actor.post,
                confirmed_at=at,
            )
            for cell, value in values.items()
        ]
        CellConfirmation.objects.bulk_create(rows)
        ask_again(found)
        detail = {"report": report_number, "values": {c: None if v is None else str(v) for c, v in values.items()}}
        entry = trail.Entry(action="report.confirm", subject_type="report_check", subject_id=found.pk, detail=detail)
        trail.write(entry, actor=actor, at=at)
    return len(rows)


def ask_again(found: ReportCheck) -> None:
    """A new check under a new revision; the old result stays to be seen until then."""
    found.revision += 1
    found.state = State.CHECKING.value
    found.save(update_fields=["revision", "state"])
    events.emit(CheckWanted(check_id=found.pk, revision=found.revision))


def _read(report: ReportRead, written: Mapping[str, str]) -> dict[str, Decimal | None]:
    values: dict[str, Decimal | None] = {}
    wrong: dict[str, str] = {}
    for cell, text in written.items():
        if not text.strip():
            continue
        if cell not in report.cells:
            raise NoSuchReport("没有找到这一格。")
        try:
            values[cell] = _value(report.edition, cell, text)
        except CannotConfirm as error:
            wrong[cell] = error.reason
    if wrong:
        raise CannotConfirm("有的数值无法识别，其他内容已保留。", wrong)
    return values


def _value(edition: str, cell: str, text: str) -> Decimal | None:
    if characters.is_blank(text):
        return None
    value = characters.number(text)
    if value is None or len(text.strip()) > _LONGEST:
        raise CannotConfirm("请填写一个数；原文此格为空的，填“/”。")
    known = forms.form(edition).cells[cell]
    if value < 0 and not known.signed:
        raise CannotConfirm("这一格不会是负数。")
    if value != value.to_integral_value() and not known.decimal:
        raise CannotConfirm("这一格应当是整数。")
    if value.as_tuple().exponent < -6:  # type: ignore[operator]  # a number that was read is finite
        raise CannotConfirm("小数位数过多。")
    return value


def _changed(report: ReportRead, values: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """Without what the auditor read just so itself; a doubtful or absent cell always changes."""
    changed = {
        cell: value
        for cell, value in values.items()
        if report.cells[cell].is_doubtful
        or (None if value is None else characters.printed(value)) != report.cells[cell].value
        or (value is None and report.cells[cell].state != "blank")
    }
    if not changed:
        raise CannotConfirm("没有需要保存的数值：填写的内容与已读出的一致，或者没有填写。")
    return changed
