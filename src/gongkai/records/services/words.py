"""Keeping the lists of words: that of an agency, and the one that the supervisor keeps for all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.law import secrecy_marks
from gongkai.records.domain.word_lists import MOST, Line
from gongkai.records.models import AgencyWord, PlatformWord
from gongkai.records.services import acting

_SHOWN = 20


class CannotKeepWords(acting.Refused):
    """A word carries a secret mark, the list would grow too long, or the word is not there."""


def add(*, lines: Sequence[Line], actor: Actor, at: datetime) -> int:
    """Puts words on the agency's list; a word that is there already is changed. Raises `CannotKeepWords`."""
    with acting.at_own_agency(actor) as agency_id:
        _check(lines, AgencyWord.objects.count())
        rows = [AgencyWord(agency_id=agency_id, **_values(line, actor, at)) for line in lines]
        AgencyWord.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["agency", "wrong"], update_fields=_CHANGED, batch_size=500
        )
        _note("words.added", lines, actor=actor, at=at)
    return len(rows)


def remove(*, word_id: int, actor: Actor, at: datetime) -> str:
    """Takes a word off the agency's list and returns it. Raises `NoSuchRecord`."""
    with acting.at_own_agency(actor):
        row = AgencyWord.objects.filter(pk=word_id).first()
        if row is None:
            raise acting.NoSuchRecord("词表中没有这个词语。")
        row.delete()
        _note("words.removed", [Line(row.wrong)], actor=actor, at=at)
    return row.wrong


@transaction.atomic
def add_for_all(*, lines: Sequence[Line], actor: Actor, at: datetime) -> int:
    """As `add`, on the list of the platform."""
    _check(lines, PlatformWord.objects.count())
    rows = [PlatformWord(**_values(line, actor, at)) for line in lines]
    PlatformWord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["wrong"], update_fields=_CHANGED, batch_size=500
    )
    _note("words.added_for_all", lines, actor=actor, at=at)
    return len(rows)


@transaction.atomic
def remove_for_all(*, word_id: int, actor: Actor, at: datetime) -> str:
    """As `remove`, on the list of the platform."""
    row = PlatformWord.objects.filter(pk=word_id).first()
    if row is None:
        raise CannotKeepWords("词表中没有这个词语。")
    row.delete()
    _note("words.removed_for_all", [Line(row.wrong)], actor=actor, at=at)
    return row.wrong


_CHANGED = ["right", "severity", "entered_by", "entered_at"]


def _values(line: Line, actor: Actor, at: datetime) -> dict[str, object]:
    return {**line._asdict(), "severity": line.severity.value, "entered_by": actor.name, "entered_at": at}


def _check(lines: Sequence[Line], there: int) -> None:
    if there + len(lines) > MOST:
        raise CannotKeepWords(f"词表最多{MOST}个词语。")
    if secrecy_marks.is_marked("\n".join(f"{line.wrong}\n{line.right}" for line in lines)):
        raise CannotKeepWords("词语带有国家秘密标志，未保存。")


def _note(action: str, lines: Sequence[Line], *, actor: Actor, at: datetime) -> None:
    detail = {"how_many": len(lines), "words": [line.wrong for line in lines[:_SHOWN]]}
    entry = trail.Entry(action=action, subject_type="words", subject_id=actor.agency_id or 0, detail=detail)
    trail.write(entry, actor=actor, at=at)
