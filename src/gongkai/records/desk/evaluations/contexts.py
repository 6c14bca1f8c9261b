"""The list of what is looked at again, and the secret register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui.filters import FilterGroup
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.groundwork.worklist import Urgency, urgency_of
from gongkai.law import vocabulary
from gongkai.records.domain import attributes
from gongkai.records.domain.attributes import Attribute
from gongkai.records.models import Record, SecretRefusal
from gongkai.records.selectors.evaluations import NOTICE, Standing

_DAY = timedelta(days=1)
_BADGES = {
    Urgency.OVERDUE: Badge(label="已过期", tone=Tone.BAD),
    Urgency.TODAY: Badge(label="今天到期", tone=Tone.BAD),
    Urgency.SOON: Badge(label="将到期", tone=Tone.WAITING),
    Urgency.LATER: Badge(label="未到期", tone=Tone.NEUTRAL),
}


@dataclass(frozen=True)
class Asked:
    """Who asks, with which filters, on which day."""

    seat: Seat
    query: QueryDict
    today: date


@dataclass(frozen=True)
class KeptLine:
    """A record that is kept back: why, when it is due, and when it was last looked at."""

    title: str
    url: str
    attribute: str
    ground: str
    due_on: date
    state: Badge
    times: int
    last_at: datetime | None


@dataclass(frozen=True)
class KeptPage:
    lines: tuple[KeptLine, ...]
    filters: tuple[FilterGroup, ...]
    page: KeysetPage[Record]
    standing: Standing
    secrets_url: str


@dataclass(frozen=True)
class SecretLine:
    """An entry of the register: number and days, nothing else."""

    number: str
    url: str
    ground: str
    decided_on: date
    due_on: date
    state: Badge
    who: str
    times: int


def until(query: QueryDict, *, today: date) -> date | None:
    """Up to which day the list goes."""
    return {"overdue": today - _DAY, "soon": today + NOTICE}.get(query.get("due", ""))


def kept_page(
    page: KeysetPage[Record], looks: Mapping[int, tuple[int, datetime]], standing: Standing, request: Asked
) -> KeptPage:
    counts = {"overdue": standing.overdue, "soon": standing.overdue + standing.soon}
    options = [("overdue", "已过期"), ("soon", "三十天内到期和已过期")]
    seat = request.seat
    return KeptPage(
        lines=tuple(_kept(record, looks.get(record.pk), request) for record in page.items),
        filters=(filters.choice_filter(request.query, param="due", label="评估时间", options=options, counts=counts),),
        page=page,
        standing=standing,
        secrets_url=_url("secrets", seat) if seat.may(Duty.KEEP_SECRET_REGISTER) else "",
    )


def secret_lines(rows: Iterable[SecretRefusal], request: Asked) -> tuple[SecretLine, ...]:
    return tuple(
        SecretLine(
            number=row.number,
            url="" if row.declassified_on else _url("secret_evaluate", request.seat, refusal_id=row.pk),
            ground=vocabulary.grounds()[row.ground].label,
            decided_on=row.decided_on,
            due_on=row.reevaluate_on,
            state=_secret_state(row, request.today),
            who=row.registrar_name,
            times=int(getattr(row, "times", 0)),
        )
        for row in rows
    )


def _kept(record: Record, looks: tuple[int, datetime] | None, request: Asked) -> KeptLine:
    ground = attributes.ground(record.ground)
    assert record.reevaluate_on is not None  # the selector asks for it
    return KeptLine(
        title=record.title,
        url=_url("case", request.seat, record_id=record.pk),
        attribute=Attribute(record.attribute).label,
        ground=ground.label if ground else "",
        due_on=record.reevaluate_on,
        state=_BADGES[urgency_of(record.reevaluate_on, today=request.today)],
        times=looks[0] if looks else 0,
        last_at=looks[1] if looks else None,
    )


def _secret_state(row: SecretRefusal, today: date) -> Badge:
    if row.declassified_on is not None:
        return Badge(label="已解密", tone=Tone.ENDED)
    return _BADGES[urgency_of(row.reevaluate_on, today=today)]


def _url(name: str, seat: Seat, **arguments: int) -> str:
    return reverse(f"records:{name}", kwargs={"agency_code": seat.agency_code, **arguments})
