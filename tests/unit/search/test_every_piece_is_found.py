"""Whatever stands in a text can be asked for and is found, in any mixture of scripts, widths and marks."""

import pathlib
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.groundwork.search import contract, engine, words

pytestmark = pytest.mark.pure

CHARACTERS = "上海市人民政府信息公开条例的和王小明闫凛国办发号第年月日贰叁萬與〇𠮷㐂々アハングル한글"
OTHERS = "aBcＡ１2023〔〕[]()（）,。、 　\n-/.x'\"|ß"
TEXTS = st.text(alphabet=st.sampled_from(CHARACTERS * 3 + OTHERS), min_size=1, max_size=60)


def cjk_pairs(text: str) -> set[str]:
    pairs = {text[place : place + 2] for place in range(len(text) - 1)}
    return {pair for pair in pairs if words.is_character(pair)}


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
def test_every_pair_of_characters_finds_every_text_that_holds_it(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        indexer = engine.open_indexer(pathlib.Path(place), ())
        indexer.apply(
            [
                contract.SearchDocument(key=key, title="x", body=text, published_at=key)
                for key, text in enumerate(texts)
            ],
            (),
            "1",
        )
        reader = engine.open_reader(pathlib.Path(place), ())
        for pair in set().union(*map(cjk_pairs, texts)):
            holding = {key for key, text in enumerate(texts) if pair in text}
            for asked in (pair, f"“{pair}”"):
                found = reader.search(contract.SearchQuery(text=asked, limit=100))
                assert holding <= set(found.keys)
                assert found.total == len(found.keys)
        indexer.close()


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, data=st.data())
def test_every_dictionary_word_of_a_text_is_among_its_terms_wherever_it_stands(text: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(["人民政府", "行政复议", "中华人民共和国", "上海市", "残疾人"]))
    cut = data.draw(st.integers(0, len(text)))
    assert word in words.terms(text[:cut] + word + text[cut:]).words.split()
