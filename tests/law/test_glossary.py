import itertools
import re
from pathlib import Path

import pytest

from gongkai.law import instruments

pytestmark = pytest.mark.pure

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
TEXT = GLOSSARY.read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and not line.startswith(("| ---", "| English"))
]


def test_every_row_has_a_word_in_each_language_and_a_basis_that_resolves() -> None:
    assert len(ROWS) > 80
    for english, chinese, basis in ROWS:
        assert re.search("[a-z]", english)
        assert re.search("[㐀-鿿]", chinese)
        assert basis == "–" or instruments.resolve(basis)


def test_no_english_word_stands_for_two_things() -> None:
    words = [english for english, _, _ in ROWS]
    assert sorted(words) == sorted(set(words))


def test_the_words_of_a_chapter_are_in_order() -> None:
    for chapter in TEXT.split("\n## ")[1:]:
        words = re.findall(r"^\| (?!English|---)([^|]+?) \|", chapter, re.MULTILINE)
        folded = [re.sub("[^a-z ]", "", word.casefold()) for word in words]
        assert all(one <= other for one, other in itertools.pairwise(folded)), words
