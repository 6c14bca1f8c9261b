"""What a check looks at: the text of a record, its files, and what was gathered around it beforehand."""

import dataclasses
import functools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from gongkai.law import wrong_words
from gongkai.law.positions import Lines
from gongkai.records.domain.content import COMMA, FIELD_LABELS, LISTS, Content

# What goes out in words; the office's own remarks and reasons do not.
_PUBLIC_TEXTS = (
    *("title", "document_number", "issuer", "responsible_unit", "source", "summary", "keywords"),
    *("time_limit", "procedure", "body_text"),
)
FILE = "file:"


class Text(NamedTuple):
    """One text that goes out: its place (a field, or ``file:`` with the digest), its name on the screen."""

    place: str
    label: str
    text: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FileText:
    """A file as the public would get it. ``is_read``: its text is known, or somebody has read it by eye."""

    digest: str
    title: str
    text: str
    is_read: bool
    is_waiting: bool = False
    traces: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"{FILE}{self.digest}"


class Ended(NamedTuple):
    """A public document that no longer holds."""

    index_number: str
    validity: str
    successor: str


class Link(NamedTuple):
    """What is known of an address: ``state`` is one of ok, dead, withdrawn, missing, ended, unasked."""

    state: str
    words: str = ""


@functools.cache
def base_matcher() -> wrong_words.Matcher:
    """The list of the product alone."""
    return wrong_words.Matcher(wrong_words.base())


@dataclasses.dataclass(frozen=True, kw_only=True)
class Known:
    """What was gathered around the text. Numbers are in their normal spelling; nothing here names another agency."""

    non_public_numbers: frozenset[str] = frozenset()
    ended_numbers: Mapping[str, Ended] = dataclasses.field(default_factory=dict)
    same_number: tuple[str, ...] = ()
    links: Mapping[str, Link] = dataclasses.field(default_factory=dict)
    words: wrong_words.Matcher = dataclasses.field(default_factory=base_matcher)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that the checks see."""

    content: Content
    files: tuple[FileText, ...] = ()
    known: Known = dataclasses.field(default_factory=Known)
    on: date

    def fields(self) -> Iterator[Text]:
        """The fields that go out and say something."""
        for name in _PUBLIC_TEXTS:
            if text := getattr(self.content, name):
                yield Text(name, FIELD_LABELS[name], text)
        for name in LISTS:
            if words := getattr(self.content, name):
                yield Text(name, FIELD_LABELS[name], COMMA.join(words))

    def documents(self) -> Iterator[Text]:
        """The body and the files: what has a head and a foot."""
        return (text for text in self.texts() if text.place == "body_text" or text.place.startswith(FILE))

    def texts(self) -> Iterator[Text]:
        """Fields and files."""
        yield from self.fields()
        for file in self.files:
            if file.text:
                yield Text(file.place, f"附件“{file.title}”", file.text)


@functools.lru_cache(maxsize=64)
def lines(text: str) -> Lines:
    """The line breaks of a text, counted once for all checks."""
    return Lines(text)
