"""All checks before publishing, and all that they can say."""

import dataclasses
from collections.abc import Mapping

from gongkai.groundwork import digests
from gongkai.law.findings import Severity, Status
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
RULES: Mapping[str, Rule] = {rule.code: rule for check in CHECKS for rule in check.RULES}
MOST = 500
"""More findings than anybody reads: a scan through a list of names must not fill the table of evidence."""


def run(material: Material) -> tuple[Spot, ...]:
    """Everything that is found, each with a fingerprint of its own, the gravest first."""
    found: list[Spot] = []
    seen: dict[str, int] = {}
    for spot in (spot for check in CHECKS for spot in check.check(material)):
        seen[spot.fingerprint] = number = seen.get(spot.fingerprint, 0) + 1
        if number > 1:
            spot = dataclasses.replace(spot, fingerprint=digests.sm3(f"{spot.fingerprint}{number}"))
        found.append(spot)
    order = list(Severity)
    return tuple(sorted(found, key=lambda spot: order.index(spot.finding.severity))[:MOST])


def stops(spot: Spot) -> bool:
    """Whether the record cannot go on with it unless it is dismissed."""
    return spot.finding.severity is Severity.ERROR and spot.finding.status in {Status.FAIL, Status.NOT_ASSESSABLE}
