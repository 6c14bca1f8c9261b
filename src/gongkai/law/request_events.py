"""What can happen to a request for information, as far as its clock is concerned. Every event has its legal day."""

import dataclasses
import datetime
from typing import TypeAlias

Day = datetime.date


class BadEvents(ValueError):
    """The events contradict each other, so that no clock can be derived."""


@dataclasses.dataclass(frozen=True, slots=True)
class Received:
    """The request arrived in the sense of article 31."""

    on: Day


@dataclasses.dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """The one notice of what to correct was served."""

    on: Day


@dataclasses.dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected request arrived."""

    on: Day


@dataclasses.dataclass(frozen=True, slots=True)
class ConsultationServed:
    """A letter reached someone to be consulted. `kind`: third_party, co_maker or agency; `party` tells them apart."""

    on: Day
    party: str
    kind: str = "third_party"


@dataclasses.dataclass(frozen=True, slots=True)
class ConsultationAnswered:
    """The party's answer arrived."""

    on: Day
    party: str


@dataclasses.dataclass(frozen=True, slots=True)
class Extended:
    """The applicant was told of an approved extension, by `workdays` or else by as much as the law allows."""

    on: Day
    workdays: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class FeeNotified:
    """The fee notice was served."""

    on: Day


@dataclasses.dataclass(frozen=True, slots=True)
class FeePaid:
    """Payment was complete."""

    on: Day


@dataclasses.dataclass(frozen=True, slots=True)
class Deferred:
    """Reasons were found good; the applicant was told a later day (article 35)."""

    on: Day
    until: Day


Event: TypeAlias = (
    Received
    | CorrectionAsked
    | Corrected
    | ConsultationServed
    | ConsultationAnswered
    | Extended
    | FeeNotified
    | FeePaid
    | Deferred
)
