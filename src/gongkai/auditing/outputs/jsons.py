"""The machine-readable result."""

from collections.abc import Sequence
from typing import Any

from gongkai.auditing import audit, characters


def result(outcomes: Sequence[audit.Outcome]) -> dict[str, Any]:
    """`reports` in the order of the files, then `unreadable` with the named reason of each."""
    return {
        "reports": [report(outcome.path, entry) for outcome in outcomes for entry in outcome.audited],
        "unreadable": [
            {"path": outcome.path, "error": outcome.error, "message": outcome.message}
            for outcome in outcomes
            if outcome.error
        ],
    }


def report(path: str, entry: audit.Audited) -> dict[str, Any]:
    """One report. `cells` has every cell of the edition and rows of another edition that the source has."""
    found = entry.report
    return {
        "path": path,
        "agency": found.agency,
        "year": found.year,
        "edition": found.edition,
        "cells": {
            cell: None if reading.value is None else characters.json_number(reading.value)
            for cell, reading in (found.cells | found.extra).items()
        },
        "unread": found.unread,
        "findings": [finding.as_dict() for finding in entry.findings],
        "fragments": [{"agency": piece.agency, "year": piece.year, "starts": piece.words} for piece in found.fragments],
    }
