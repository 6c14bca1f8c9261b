"""What the styles of a DOCX say about paragraphs: level, alignment, size, number; inherited along ``basedOn``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.outlining import parts
from gongkai.groundwork.files.outlining.parts import attribute, child, children, value_of

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks. ``level`` counts from 1; 0 is running text."""

    level: int = 0
    align: str = ""
    size: float = 0
    is_bold: bool = False
    number: str = ""
    number_level: int = 0

    def under(self, paragraph: etree._Element | None, letters: etree._Element | None) -> "Look":
        """This look, changed by what stands nearer to the text."""
        numbering = child(paragraph, "numPr")
        outline, align = value_of(paragraph, "outlineLvl"), value_of(paragraph, "jc")
        number, deep = value_of(numbering, "numId"), value_of(numbering, "ilvl")
        return replace(
            self,
            level=int(outline) % 9 + 1 if outline.isdecimal() and int(outline) < 9 else self.level,
            align=_ALIGNMENTS.get(align, "") if align else self.align,
            size=points(letters) or self.size,
            is_bold=is_on(letters, "b", before=self.is_bold),
            number=number or self.number,
            number_level=int(deep) if deep.isdecimal() else self.number_level,
        )


def points(letters: etree._Element | None) -> float:
    """The size of letters; 0 where it is not said."""
    half = value_of(letters, "sz")
    return int(half) / 2 if half.isdecimal() else 0


def is_on(properties: etree._Element | None, name: str, *, before: bool = False) -> bool:
    """A switch of Open XML: there without a value means on."""
    found = child(properties, name)
    return before if found is None else attribute(found, "val") not in {"0", "false", "off", "none"}


def read(archive: Archive) -> Mapping[str, Look]:
    """Looks by the id of their style; the empty id is the look without any."""
    if "word/styles.xml" not in archive.names:
        return {"": Look()}
    root = parts.read(archive, "word/styles.xml")
    defaults = child(root, "docDefaults")
    letters = child(child(defaults, "rPrDefault"), "rPr")
    plain = Look(size=points(letters))
    named = {attribute(style, "styleId"): style for style in children(root, "style")}
    usual = next((key for key, style in named.items() if _is_usual(style)), "")
    looks = {key: _look(key, named, plain) for key in named}
    return looks | {"": looks.get(usual, plain)}


def _is_usual(style: etree._Element) -> bool:
    return attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true"}


def _look(key: str, named: Mapping[str, etree._Element], plain: Look) -> Look:
    look = plain
    for style in reversed(list(_line_of(key, named))):
        look = look.under(child(style, "pPr"), child(style, "rPr"))
        heading = _HEADING.fullmatch(value_of(style, "name"))
        if heading and not look.level:
            look = replace(look, level=int(heading[1]))
    return look


def _line_of(key: str, named: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    for _ in range(_DEEPEST):
        style = named.get(key)
        if style is None:
            return
        yield style
        key = value_of(style, "basedOn")
