"""What changed between two versions, in the fields and, paragraph by paragraph, in the text."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.records.domain.content import FIELD_LABELS
from gongkai.records.models import RecordVersion

_CONTEXT = 1
_ALIKE = 0.4
# Numbers and Latin words change as a whole, Chinese one character at a time.
_WORD = re.compile(r"[0-9]+|[A-Za-z]+|[^0-9A-Za-z]")


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went: ``same``, ``added``, ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True)
class ChangedField:
    """A field with what it said and what it says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """Everything that changed; ``paragraphs`` leave out long stretches that did not."""

    before_number: int
    fields: tuple[ChangedField, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    files: tuple[Piece, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.paragraphs or self.files)


def between(before: RecordVersion, after: RecordVersion) -> Difference:
    return Difference(
        before_number=before.number,
        fields=tuple(_fields(before.content["metadata"], after.content["metadata"])),
        paragraphs=tuple(_paragraphs(before.body_text.splitlines(), after.body_text.splitlines())),
        files=tuple(_files(before, after)),
    )


def _fields(before: dict[str, object], after: dict[str, object]) -> Iterator[ChangedField]:
    for name, label in FIELD_LABELS.items():
        one, other = before.get(name, ""), after.get(name, "")
        if one != other:
            yield ChangedField(label, word(one), word(other))


def word(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _paragraphs(before: list[str], after: list[str]) -> Iterator[tuple[Piece, ...]]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                yield from ((Piece("same", line),) for line in before[start:end])
            else:
                yield from _changed(before[start:end], after[new_start:new_end])


def _changed(before: list[str], after: list[str]) -> Iterator[tuple[Piece, ...]]:
    for number in range(max(len(before), len(after))):
        old = before[number] if number < len(before) else ""
        new = after[number] if number < len(after) else ""
        yield tuple(_words(old, new))


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    if old and new and matcher.quick_ratio() < _ALIKE:
        # Two sentences with little in common read better whole than as confetti.
        yield from (Piece("removed", old), Piece("added", new))
        return
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        if end > start:
            yield Piece("removed", "".join(before[start:end]))
        if new_end > new_start:
            yield Piece("added", "".join(after[new_start:new_end]))


def _files(before: RecordVersion, after: RecordVersion) -> Iterator[Piece]:
    old = {file["digest"]: file["title"] for file in before.content["files"]}
    new = {file["digest"]: file["title"] for file in after.content["files"]}
    yield from (Piece("removed", title) for digest, title in old.items() if digest not in new)
    yield from (Piece("added", title) for digest, title in new.items() if digest not in old)
