"""States, attributes and clearances as badges."""

from collections.abc import Mapping

from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.lifecycle import State
from gongkai.records.domain.stages import Scheme
from gongkai.records.models import Record
from gongkai.records.services.clearance import Verdict

_TONES: Mapping[str, Tone] = {
    State.DRAFT: Tone.NEUTRAL,
    State.IN_REVIEW: Tone.ACTIVE,
    State.RETURNED: Tone.WAITING,
    State.SIGNED: Tone.ACTIVE,
    State.PUBLISHED: Tone.GOOD,
    State.CORRECTING: Tone.WAITING,
    State.WITHDRAWN: Tone.ENDED,
    State.KEPT: Tone.ENDED,
    State.DISCARDED: Tone.ENDED,
    State.MOVED: Tone.ENDED,
    State.PURGED: Tone.ENDED,
}


def state_badge(record: Record) -> Badge:
    return Badge(label=State(record.state).label, tone=_TONES[record.state])


def clearance_badge(record: Record) -> Badge | None:
    """How the secrecy review of what is under way stands; None where it is not the question."""
    if record.attribute != Attribute.PROACTIVE or record.state not in {State.IN_REVIEW, State.SIGNED}:
        return None
    if not record.clearance:
        return Badge(label="未作保密审查", tone=Tone.WAITING)
    tone = Tone.GOOD if record.clearance == Verdict.PUBLISH else Tone.BAD
    return Badge(label=f"保密审查：{Verdict(record.clearance).label}", tone=tone)


def attribute_label(record: Record) -> str:
    return Attribute(record.attribute).label


def urgent_badge(record: Record) -> Badge | None:
    """Whether the record is on the short way."""
    return Badge(label="紧急发布", tone=Tone.BAD) if record.urgent_reason else None


def path_of(record: Record) -> Scheme | None:
    """What the record goes through, shortened while it is urgent."""
    scheme = scheme_of(record)
    return scheme.path(is_urgent=bool(record.urgent_reason)) if scheme else None


def scheme_of(record: Record) -> Scheme | None:
    """The pinned scheme, None before the first submission."""
    if record.scheme is None:
        return None
    return Scheme.read(record.scheme.stages, record.scheme.distinct_persons)
