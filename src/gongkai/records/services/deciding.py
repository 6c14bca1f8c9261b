"""Adding a decision to the evidence."""

from datetime import date, datetime
from typing import Any, NamedTuple

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.files.models import StoredFile
from gongkai.law import secrecy_marks
from gongkai.records.domain.stages import Hand
from gongkai.records.models import Decision, Record, RecordVersion
from gongkai.records.services import acting

LONGEST_OPINION = 500


class Paper(NamedTuple):
    """Who signed on paper in which post and on which day, and the scan."""

    signer: Hand
    post: str
    signed_on: date
    scan: StoredFile
    scan_name: str


class Ruling(NamedTuple):
    """What was decided: at which stage, with which outcome, in which words. With a paper the actor only enters it."""

    stage: str
    outcome: str
    opinion: str = ""
    paper: Paper | None = None
    # What was decided on, if that is not what stands submitted.
    version: RecordVersion | None = None


def decide(record: Record, ruling: Ruling, *, actor: Actor, at: datetime, refusal: type[acting.Refused]) -> None:
    """Adds the decision on the submitted version. Runs in the transaction of the act, which has checked the rest."""
    check_opinion(ruling.opinion, refusal)
    content, drafter = _content(record, ruling.version)
    decision = Decision(
        agency_id=record.agency_id,
        record_id=record.pk,
        version_id=content[0],
        digest=content[1],
        stage=ruling.stage,
        outcome=ruling.outcome,
        opinion=ruling.opinion.strip(),
        drafter_id=drafter[0],
        drafter_name=drafter[1],
        decided_at=at,
        **(_here(record, actor) if ruling.paper is None else _on_paper(ruling.paper, actor)),
    )
    bulk.append(decision)


def _content(record: Record, version: RecordVersion | None) -> tuple[tuple[int, str], tuple[int, str]]:
    """The id and digest of what is decided on, and who drafted it. Decisions are taken on what somebody submitted."""
    if version is not None:
        assert version.author_id is not None
        return (version.pk, version.digest), (version.author_id, version.author_name)
    assert record.submitted_id is not None
    assert record.drafter_id is not None
    return (record.submitted_id, record.digest), (record.drafter_id, record.drafter_name)


def _here(record: Record, actor: Actor) -> dict[str, Any]:
    return {
        "decider_id": acting.person(actor),
        "decider_name": actor.name,
        "post": actor.post,
        "as_deputy": actor.as_deputy,
        "office": actor.office or str(office_of(record, actor).get("office", "")),
        "is_on_behalf": bool(actor.office),
    }


def _on_paper(paper: Paper, actor: Actor) -> dict[str, Any]:
    return {
        "decider_id": paper.signer.person,
        "decider_name": paper.signer.name,
        "post": paper.post,
        "signed_on": paper.signed_on,
        "scan_id": paper.scan.pk,
        "scan_name": paper.scan_name,
        "recorder_id": acting.person(actor),
        "recorder_name": actor.name,
    }


def office_of(record: Record, actor: Actor) -> dict[str, object]:
    """Where the decider sits, for the trail, if that is the superior office which holds the stage."""
    if actor.agency_id == record.agency_id or record.held_at is None:
        return {}
    return {"office": record.held_at.name}


def check_opinion(opinion: str, refusal: type[acting.Refused]) -> None:
    """Raises ``refusal`` for an opinion that is too long or carries a secret mark."""
    if len(opinion.strip()) > LONGEST_OPINION:
        raise refusal(f"意见最多{LONGEST_OPINION}个字。")
    if secrecy_marks.is_marked(opinion):
        raise refusal("意见中带有国家秘密标志。本系统为非涉密系统，不得存储、处理涉密信息。")
