"""Papers that somebody signed, with their scans."""

import io
from datetime import date
from typing import Any

from gongkai.records.domain.stages import Hand
from gongkai.records.models import Record
from gongkai.records.services.paper import Sheet
from tests.cast import AT
from tests.integration.files import material


def sheet(record: Record, **values: Any) -> Sheet:
    """Approved by 孙, who is no user, on the day of the cast."""
    defaults: dict[str, Any] = {
        "digest": record.digest,
        "outcome": "approve",
        "opinion": "同意。",
        "signer": Hand(None, "孙"),
        "signed_on": date(2026, 11, 20),
        "scan": io.BytesIO(material.png(12, 17)),
        "scan_name": "签批单.png",
    }
    assert defaults["signed_on"] == AT.date()
    return Sheet(**defaults | values)
