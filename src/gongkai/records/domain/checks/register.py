"""All checks before publishing, and all that they can say."""

import dataclasses
from collections.abc import Mapping

from gongkai.groundwork import digests
from gongkai.law.findings import Severity, Status
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.checks import (
    dates,
    ended,
    legible,
    links,
    metadata,
    non_public,
    numbers,
    own_note,
    personal,
    secret,
    traces,
    words,
)
from gongkai.records.domain.checks.material import Material
from gongkai.records.domain.checks.rules import Rule, Spot

CHECKS = (secret, legible, personal, non_public, own_note, traces, numbers, dates, metadata, words, links, ended)
# What concerns a document that stays inside, too.
_ALWAYS = (secret, own_note, numbers, dates)
RULES: Mapping[str, Rule] = {rule.code: rule for check in CHECKS for rule in check.RULES}
MOST = 500
"""More findings than anybody reads: a scan through a list of names must not fill the table of evidence."""


def run(material: Material) -> tuple[Spot, ...]:
    """Everything that is found, each with a fingerprint of its own, the gravest first."""
    found: list[Spot] = []
    seen: dict[str, int] = {}
    checks = CHECKS if material.content.attribute == Attribute.PROACTIVE else _ALWAYS
    for spot in (spot for check in checks for spot in check.check(material)):
        seen[spot.fingerprint] = number = seen.get(spot.fingerprint, 0) + 1
        if number > 1:
            spot = dataclasses.replace(spot, fingerprint=digests.sm3(f"{spot.fingerprint}{number}"))
        found.append(spot)
    order = list(Severity)
    return tuple(sorted(found, key=lambda spot: order.index(spot.finding.severity))[:MOST])


def stops(spot: Spot, *, before_reading: bool) -> bool:
    """Whether the record cannot go on with it; ``before_reading``: on its way to those who may read files by eye."""
    if spot.finding.status is Status.NOT_ASSESSABLE:
        return spot.finding.severity is Severity.ERROR and not before_reading
    return spot.finding.is_error
