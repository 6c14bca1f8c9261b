import pytest

from gongkai.groundwork.search import words

pytestmark = pytest.mark.pure

NUMBERS = [
    "国办发〔2023〕27号",
    "国办发[2023]27号",
    "国办发(2023)27号",
    "国办发（2023）27 号",
    "国办发【2023】27号",
    "国办发［２０２３］２７号",
    "国办发〔2023〕第027号",
    "国办发 2023 27",
    "国办发2023 27号",
    "国办发〔2023〕27",
]


@pytest.mark.parametrize("written", NUMBERS)
def test_a_number_is_the_same_in_every_bracket_style(written: str) -> None:
    assert words.number(written) == words.Number("国办发", "2023", "27")


@pytest.mark.parametrize("written", ["国办发2023", "国办发〔2023〕", "国办发 2023"])
def test_a_number_without_a_serial_is_the_beginning_of_one(written: str) -> None:
    assert words.number(written) == words.Number("国办发", "2023", None)


@pytest.mark.parametrize(
    "written", ["", "2023", "上海", "2023年第5号", "〔2023〕27号", "国办发〔1823〕27号", "🙂2023 1"]
)
def test_other_text_is_no_number(written: str) -> None:
    assert words.number(written) is None


def test_a_number_is_found_by_itself_its_mark_and_its_year() -> None:
    keys = words.number_keys("沪府规〔2022〕3号")
    assert {"沪府规", "沪府规2022", "=沪府规2022n3"} <= set(keys)
    assert words.number_keys("2023年第5号公告") == ["=2023年第5号公告"]
    assert words.number_keys("——") == []


def test_width_and_case_do_not_matter_but_traditional_characters_stay() -> None:
    assert words.normalise("ＡＩ技术") == "ai技术"
    assert words.normalise("資訊") == "資訊"


def test_grams_are_neighbours_of_one_run_only() -> None:
    assert words.terms("上海,市政").grams.split() == ["上", "上海", "海", "市", "市政", "政"]
    assert words.terms("2023年计划").grams.split() == ["2023", "2023年", "年计", "计划", "划"]
    assert words.grams("2023年计划") == ["2023年", "年计", "计划"]
    assert words.grams("一") == ["一"]


def test_names_padded_with_spaces_are_read_without_them() -> None:
    assert "王伟" in words.terms("王　伟").grams.split()


def test_all_dictionary_words_are_terms_however_the_text_is_cut() -> None:
    found = words.terms("上海市人民政府办公厅").words.split()
    assert {"上海市", "人民政府", "上海市人民政府", "办公厅"} <= set(found)


def test_a_number_in_a_text_leaves_its_year_and_serial_as_words() -> None:
    assert {"2023", "27"} <= set(words.terms("根据国办发〔2023〕27号").words.split())


def test_very_long_runs_are_shortened() -> None:
    assert max(map(len, words.terms("x" * 100_000).words.split())) == words.LONGEST_UNIT


def test_lines_broken_inside_a_sentence_are_joined() -> None:
    assert words.unwrap("政府信息公\n  开条例\nhttp") == "政府信息公开条例\nhttp"
