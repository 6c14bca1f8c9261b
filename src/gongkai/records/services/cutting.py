"""Passages are kept from the public, or given back to it: part of writing a record."""

import dataclasses
from datetime import datetime
from typing import NamedTuple

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.records.domain import cuts
from gongkai.records.domain.lifecycle import Act
from gongkai.records.models import Record
from gongkai.records.services import acting, drafting


class CannotCut(acting.Refused):
    """The record is not open, has changed meanwhile, or passage or ground do not fit."""


class Passage(NamedTuple):
    """Words as they stand in the text, the code of the ground, and the office's own words about it."""

    text: str
    ground: str
    note: str = ""


def cut(*, record_id: int, passage: Passage, lock_version: int, actor: Actor, at: datetime) -> int:
    """Keeps the passage from the public wherever it stands; returns in how many places.

    The trail says where and why, never what.

    Raises:
        CannotCut: see the class.
    """
    note = passage.note.strip()
    if not cuts.Cut(passage.ground, note, "").is_grounded:
        raise CannotCut("请选择删减的理由；理由需要说明的，写明具体依据。")
    if len(note) > cuts.LONGEST_NOTE:
        raise CannotCut(f"说明最多{cuts.LONGEST_NOTE}个字，现有{len(note)}个字。")
    with acting.on_record(record_id, actor=actor) as record:
        _require_open(record, lock_version, actor=actor)
        changed, places = cuts.mark(record.body_html, passage.text, ground=passage.ground, note=note)
        if not places:
            raise CannotCut("正文中没有这段文字，请从正文中原样复制要删减的文字。")
        _write(record, changed, actor=actor, at=at)
        detail = {"ground": passage.ground, "note": note, "places": places}
        trail.write(acting.entry_for(record, "cut", detail), actor=actor, at=at)
    return places


def restore(*, record_id: int, number: int, lock_version: int, actor: Actor, at: datetime) -> None:
    """Gives the words of this cut back to the public text.

    Raises:
        CannotCut: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        _require_open(record, lock_version, actor=actor)
        found = cuts.cuts_in(record.body_html)
        if not 1 <= number <= len(found):
            raise CannotCut("没有这处删减。")
        _write(record, cuts.unmark(record.body_html, number), actor=actor, at=at)
        taken_back = found[number - 1]
        detail = {"ground": taken_back.ground, "note": taken_back.note}
        trail.write(acting.entry_for(record, "uncut", detail), actor=actor, at=at)


def _require_open(record: Record, lock_version: int, *, actor: Actor) -> None:
    acting.allow(record, Act.EDIT, actor=actor, refusal=CannotCut)
    if record.lock_version != lock_version:
        raise CannotCut("这条信息刚刚被其他同志修改过，请看过最新内容后再删减。")


def _write(record: Record, body_html: str, *, actor: Actor, at: datetime) -> None:
    content = dataclasses.replace(drafting.content_of(record), body_html=body_html)
    drafting.put_into(record, drafting.checked(content, CannotCut), CannotCut)
    drafting.touch(record, acting.person(actor), at=at)
    record.save()
