"""What the preview and the result of an act on many records show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.records.desk.batches.forms import OrderForm
from gongkai.records.desk.contexts import states
from gongkai.records.domain.batches import MOST, BatchAct
from gongkai.records.models import BatchItem, BatchRun, Record
from gongkai.records.models.batch import DONE, REFUSED
from gongkai.records.services.batches import performing

_OUTCOMES = {
    "": Badge(label="等待办理", tone=Tone.NEUTRAL),
    DONE: Badge(label="已办理", tone=Tone.GOOD),
    REFUSED: Badge(label="没有办理", tone=Tone.BAD),
}


@dataclass(frozen=True)
class Row:
    """One record; ``value`` goes back with the form where the act is possible."""

    title: str
    number: str
    url: str
    state: Badge
    value: str
    reason: str


@dataclass(frozen=True)
class Preview:
    act: BatchAct
    rows: tuple[Row, ...]
    possible: int
    is_cut: bool
    most: int
    form: OrderForm
    back_url: str
    sentence: str


@dataclass(frozen=True)
class RunPage:
    label: str
    ordered_at: datetime
    person: str
    opinion: str
    rows: tuple[Row, ...]
    done: int
    refused: int
    total: int
    progress_url: str
    back_url: str

    @property
    def is_busy(self) -> bool:
        return self.done + self.refused < self.total

    @property
    def ended(self) -> int:
        return self.done + self.refused


_SENTENCES = {
    BatchAct.SUBMIT: "所选信息提交审核，提交后不能再修改，需要时可以撤回。",
    BatchAct.APPROVE: "对所选信息逐条通过当前环节；当前环节是签发的，即为签发。您要看过内容再办理。",
    BatchAct.RETURN: "所选信息逐条退回承办人修改。",
    BatchAct.PUBLISH: "所选信息发布到政府信息公开平台，社会公众立即可以查到。",
}


def preview(
    act: BatchAct, records: Sequence[Record], reasons: Mapping[int, str], seat: Seat, form: OrderForm
) -> Preview:
    """``reasons`` say for each record why it would not go; empty where it would."""
    return Preview(
        act=act,
        rows=tuple(_row(record, reasons[record.pk], act, seat) for record in records),
        possible=sum(not reason for reason in reasons.values()),
        is_cut=len(records) == MOST,
        most=MOST,
        form=form,
        back_url=reverse("records:list", args=[seat.agency_code]),
        sentence=_SENTENCES[act],
    )


def run_page(run: BatchRun, items: Sequence[BatchItem], seat: Seat) -> RunPage:
    outcomes = [item.outcome for item in items]
    return RunPage(
        label=BatchAct(run.act).label,
        ordered_at=run.ordered_at,
        person=run.person_name,
        opinion=run.opinion,
        rows=tuple(_result(item, seat) for item in sorted(items, key=lambda item: item.outcome == DONE)),
        done=outcomes.count(DONE),
        refused=outcomes.count(REFUSED),
        total=len(items),
        progress_url=reverse("records:batch_progress", args=[seat.agency_code, run.pk]),
        back_url=reverse("records:list", args=[seat.agency_code]),
    )


def _row(record: Record, reason: str, act: BatchAct, seat: Seat) -> Row:
    value = "" if reason else f"{record.pk}:{performing.token_of(record, act)}"
    url = reverse("records:case", args=[seat.agency_code, record.pk])
    return Row(record.title, record.document_number, url, states.state_badge(record), value, reason)


def _result(item: BatchItem, seat: Seat) -> Row:
    url = reverse("records:case", args=[seat.agency_code, item.record_id])
    return Row(item.record.title, item.record.document_number, url, _OUTCOMES[item.outcome], "", item.reason)
