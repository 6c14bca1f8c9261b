"""文号 quoted in a running text: where they stand, and as which known numbers they may be read."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from gongkai.records.domain.checks.material import Material, Text

_LONGEST_PREFIX = 14
_QUOTED = re.compile(
    rf"(?P<prefix>[\u4e00-\u9fffA-Z]{{1,{_LONGEST_PREFIX}}})\s?[〔\[［【(（﹝]\s?(?P<year>(?:19|20)\d{{2}})\s?[〕\]］】)）﹞]"
    r"\s?(?:第\s?)?0*(?P<serial>[1-9]\d{0,4})\s?号"
)


class Quoted(NamedTuple):
    """One quotation. Nothing says where a prefix begins in a sentence: all its ends are candidates, longest first."""

    text: Text
    start: int
    end: int
    candidates: tuple[str, ...]

    def among(self, numbers: Collection[str]) -> str:
        """The longest candidate that is one of the numbers; empty where none is."""
        return next((candidate for candidate in self.candidates if candidate in numbers), "")

    def span(self, number: str) -> tuple[int, int]:
        """Where the number itself stands, without the words of the sentence before it."""
        prefix = number.partition("〔")[0]
        return max(self.text.text.find(prefix, self.start, self.end), self.start), self.end


def quotations(material: Material) -> Iterator[Quoted]:
    """Every quotation of a number in what goes out; the record's own number field is none."""
    for text in material.texts():
        if text.place == "document_number":
            continue
        for match in _QUOTED.finditer(text.text):
            prefix, rest = match["prefix"], f"〔{match['year']}〕{match['serial']}号"
            candidates = tuple(prefix[begin:] + rest for begin in range(len(prefix)))
            yield Quoted(text, match.start(), match.end(), candidates)
