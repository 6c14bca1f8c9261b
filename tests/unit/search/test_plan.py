import pytest

from gongkai.groundwork.search import plan
from gongkai.groundwork.search.contract import Reading

pytestmark = pytest.mark.pure


def test_words_of_two_characters_are_grams_and_longer_ones_dictionary_words() -> None:
    read = plan.plan("上海 人民政府")
    assert read.clauses == (plan.Phrase(("上海",)), plan.Word("人民政府"))
    assert read.reading is Reading.WORDS


def test_a_word_that_no_dictionary_knows_is_a_phrase() -> None:
    read = plan.plan("佘塘镇")
    assert read.reading is Reading.PHRASE
    assert read.clauses == (plan.Phrase(("佘塘", "塘镇")),)


def test_quotes_of_every_kind_force_the_phrase() -> None:
    for quoted in ('"信息公开"', "“信息公开”", "「信息公开」", "＂信息公开＂"):
        read = plan.plan(quoted)
        assert read.clauses == (plan.Phrase(("信息", "息公", "公开")),)
        assert read.reading is Reading.PHRASE


def test_a_single_quote_mark_is_punctuation() -> None:
    assert plan.plan('"信息公开').clauses == plan.plan("信息公开").clauses


def test_function_words_ask_for_nothing_unless_they_stand_alone() -> None:
    assert plan.plan("北京和上海").marks == ("北京", "上海")
    assert plan.plan("的").clauses == (plan.Character("的"),)


def test_a_unit_of_counting_stays_with_its_figure() -> None:
    assert plan.plan("2023年").marks == ("2023", "2023年")
    assert plan.Phrase(("2023年",)) in plan.plan("2023年").clauses


def test_a_number_inside_a_text_is_asked_as_it_stands() -> None:
    read = plan.plan("关于国办发〔2023〕27号的通知")
    assert plan.Phrase(("国办", "办发", "发2023n27")) in read.clauses
    assert "国办发〔2023〕27号" in read.marks


@pytest.mark.parametrize("text", ["国办发〔2023〕27号", "国办发 2023 27", "国办发2023"])
def test_a_number_is_recognised(text: str) -> None:
    assert plan.plan(text).reading is Reading.NUMBER


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_text_asks_for_everything(text: str) -> None:
    assert plan.plan(text).reading is Reading.EVERYTHING


@pytest.mark.parametrize("text", ["!!", "《》", '"', "🙂", "\x00\x01", "-- ; /*", "※" * 5_000])
def test_text_without_letters_asks_for_nothing(text: str) -> None:
    read = plan.plan(text)
    assert read.clauses == ()
    assert read.reading is Reading.NOTHING


def test_long_text_is_cut_to_what_can_be_asked() -> None:
    read = plan.plan("政府信息公开条例行政复议" * 10_000)
    assert 0 < len(read.clauses) <= plan.MOST_CLAUSES


def test_long_words_can_be_taken_apart_and_short_ones_not() -> None:
    strict, apart = plan.plans("人民政府")
    assert strict.marks == ("人民政府",)
    assert apart.marks == ("人民", "政府")
    assert apart.reading is Reading.PARTS
    assert [read.reading for read in plan.plans("上海")] == [Reading.WORDS]


def test_what_looks_like_a_number_is_read_as_words_too() -> None:
    assert [read.reading for read in plan.plans("工作报告 2023 10")][:2] == [Reading.NUMBER, Reading.WORDS]
