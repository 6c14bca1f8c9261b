"""What is asked for when a decision on paper is entered."""

from dataclasses import dataclass

from django.urls import reverse

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import FormPage
from gongkai.records.desk.contexts import states
from gongkai.records.models import Record
from gongkai.records.services import paper
from gongkai.records.services.clearance import Verdict


@dataclass(frozen=True)
class Asked:
    """The stage, the post that signs, and what it may have decided."""

    stage: str
    post: str
    outcomes: tuple[tuple[str, str], ...]


def of_stage(record: Record) -> Asked | None:
    """The current stage; None where there is none that the own agency decides."""
    scheme = states.path_of(record)
    if scheme is None or not record.stage or record.held_at_id is not None:
        return None
    stage = scheme.stage(record.stage)
    verb = "同意签发" if stage.is_sign_off else "审核通过"
    return Asked(stage.label, stage.post, (("approve", verb), ("return", "退回修改")))


def of_clearance() -> Asked:
    outcomes = tuple((verdict.value, verdict.label) for verdict in Verdict)
    return Asked("保密审查", paper.CLEARANCE_POST, outcomes)


def form_page(record: Record, asked: Asked, seat: Seat) -> FormPage:
    number = f"第{record.version_count}稿"
    return FormPage(
        title=f"录入纸质签批：{asked.stage}",
        verb="录入",
        back_url=reverse("records:case", kwargs={"agency_code": seat.agency_code, "record_id": record.pk}),
        sentence=(
            f"《{record.title}》{number}已由{Post(asked.post).label}在纸上签批的，由起草人以外的同志据实录入，"
            "注明“纸质签批”。"
        ),
    )
