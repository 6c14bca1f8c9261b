"""Normative documents and a round of clean-up, made by the office of the cast."""

from datetime import datetime
from typing import Any

from gongkai.accounts.domain.duties import Duty
from gongkai.records.models import CleanUp, Record
from gongkai.records.services.normative import cleaning, registering
from tests.cast import AT, Cast
from tests.factories import records


def document(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Public, with a registration number."""
    defaults: dict[str, Any] = {"title": "供暖管理办法", "is_normative": True}
    record = records.published(cast, at=at, **defaults | values)
    actor = cast.chen.acting(Duty.KEEP_NORMATIVE)
    registering.register(record_id=record.pk, number=f"JJGS-2026-{record.pk}", actor=actor, at=at)
    return record


def clean_up(cast: Cast, *, at: datetime = AT, title: str = "2026年规范性文件清理") -> CleanUp:
    """Over everything that holds, without any outcome yet."""
    actor = cast.chen.acting(Duty.KEEP_NORMATIVE)
    return cleaning.open_round(title=title, cutoff_on=at.date(), actor=actor, at=at)
