"""A filled-in annual report as the auditor understands it."""

import dataclasses
import enum
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.document import Document, Place
from gongkai.law import forms


class State(enum.StrEnum):
    """How sure a cell is. Only `READ` carries a value; `BLANK` was found empty, `UNREAD` could not be told."""

    READ = "read"
    BLANK = "blank"
    UNREAD = "unread"
    ABSENT = "absent"


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """One cell as found. `split` marks a number cut out of digits that ran together."""

    state: State
    value: Decimal | None = None
    place: Place | None = None
    raw: str = ""
    split: bool = False
    unit: str | None = None


ABSENT = Reading(State.ABSENT)


@dataclasses.dataclass(frozen=True, slots=True)
class LocalRow:
    """A row of a local statistics table: its label and one value per column (year, cumulative), None if missing."""

    label: str
    values: tuple[Decimal | None, ...]
    cell: str
    place: Place | None


@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """A chapter heading: number 1…n, its words, where it stands."""

    number: int
    words: str
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """Prose: one paragraph without the table text in it. `offset` leads back into the block."""

    text: str
    block: int
    offset: int
    section: int = 0

    def place(self, start: int, end: int) -> Place:
        return Place(self.block, self.offset + start, self.offset + end)


@dataclasses.dataclass(frozen=True, slots=True)
class Fragment:
    """A piece in the same file that belongs to another report or agency; its figures are kept apart."""

    agency: str
    year: int | None
    place: Place
    words: str


@dataclasses.dataclass(frozen=True)
class FilledReport:
    """One report of one agency and year. `cells` has every cell of the edition, `extra` rows of another edition."""

    document: Document
    agency: str
    year: int | None
    edition: str
    cells: dict[str, Reading]
    headings: tuple[Heading, ...]
    passages: tuple[Passage, ...]
    extra: dict[str, Reading] = dataclasses.field(default_factory=dict)
    local: tuple[LocalRow, ...] = ()
    local_columns: tuple[str, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    titles: tuple[tuple[str, int | None, Place], ...] = ()
    years_seen: tuple[int, ...] = ()

    @property
    def form(self) -> forms.Form | None:
        return forms.form(self.edition) if self.edition in forms.EDITIONS else None

    def value(self, cell: str) -> Decimal | None:
        reading = self.cells.get(cell) or self.extra.get(cell)
        return reading.value if reading else None

    def place(self, cell: str) -> Place | None:
        reading = self.cells.get(cell) or self.extra.get(cell)
        return reading.place if reading else None

    @property
    def unread(self) -> list[str]:
        return [cell for cell, reading in self.cells.items() if reading.value is None]

    @property
    def document_text(self) -> str:
        """Everything the document says, squeezed."""
        return "".join(characters.squeezed(block.text) for block in self.document.blocks)

    @property
    def prose(self) -> str:
        return "\n".join(passage.text for passage in self.passages)
