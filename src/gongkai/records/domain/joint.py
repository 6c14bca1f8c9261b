"""Joint documents (联合发文): the lead publishes once all who issued them have confirmed, and the Party office too."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

PARTY_OFFICE = "党委（党组）办公机构"
"""Stands among the issuers of what Party and government issued together; it has no seat here and answers on paper."""


class Answer(StrEnum):
    """What an issuer says about the content with one digest."""

    CONFIRMED = "confirmed"
    OBJECTED = "objected"

    @property
    def label(self) -> str:
        return {"confirmed": "确认", "objected": "有异议"}[self.value]


def to_be_asked(metadata: Mapping[str, object]) -> tuple[str, ...]:
    """Whose word a version needs before it is public, by name, in the order of the document."""
    named = metadata.get("joint_issuers")
    issuers = tuple(map(str, named)) if isinstance(named, list | tuple) else ()
    return (*dict.fromkeys(issuers), *((PARTY_OFFICE,) if metadata.get("is_party_mixed") else ()))


def objection(issuers: Iterable[str], answers: Mapping[str, str]) -> str:
    """Why the document cannot go out yet, in Chinese; empty if it can. ``answers``: the last word of each."""
    asked = tuple(issuers)
    against = [issuer for issuer in asked if answers.get(issuer) == Answer.OBJECTED]
    if against:
        return f"{'、'.join(against)}对公开有异议，不能公开。"
    missing = [issuer for issuer in asked if issuer not in answers]
    if missing:
        return f"还没有{'、'.join(missing)}的确认，不能公开；书面确认的，请先登记。"
    return ""
