import pytest

from gongkai.law import instruments

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("basis", "label"),
    [
        ("oigr-2019", ""),
        ("oigr-2019/10", "第十条"),
        ("oigr-2019/33", "第三十三条"),
        ("oigr-2019/36(3)", "第三十六条第三项"),
        ("oigr-2019/16.2", "第十六条第二款"),
        ("civil-code-2020/203.1", "第二百零三条第一款"),
    ],
)
def test_a_basis_is_cited_as_a_document_would(basis: str, label: str) -> None:
    resolved = instruments.resolve(basis)
    assert resolved.label == label
    assert resolved.citation.endswith(label)
    assert resolved.citation.startswith(f"《{resolved.instrument.title}》")


def test_a_citation_names_title_number_and_place() -> None:
    expected = "《中华人民共和国政府信息公开条例》（国务院令第711号）第二十六条"
    assert instruments.resolve("oigr-2019/26").citation == expected
    nested = instruments.resolve("gosc-2016-80").citation
    assert nested == "《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔2016〕80号）"
    assert instruments.resolve("product").citation == "本系统缺省设置（非法定）"
    assert instruments.resolve("oigr-2019/26").short == "《条例》第二十六条"


@pytest.mark.parametrize("basis", ["", "nothing/3", "oigr-2019/x", "oigr-2019/3(", "oigr-2019 /3"])
def test_a_basis_that_leads_nowhere_is_refused(basis: str) -> None:
    with pytest.raises(instruments.UnknownBasis):
        instruments.resolve(basis)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (100, "一百"),
        (103, "一百零三"),
        (110, "一百一十"),
        (115, "一百一十五"),
    ],
)
def test_article_numbers_are_written_in_words(number: int, text: str) -> None:
    assert instruments.chinese_numeral(number) == text


@pytest.mark.parametrize("number", [0, 1000])
def test_numbers_beyond_any_statute_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="article number"):
        instruments.chinese_numeral(number)


def test_instruments_begin_after_they_are_issued_and_end_after_they_begin() -> None:
    for instrument in instruments.everything().values():
        dates = [instrument.issued_on, instrument.in_force_on, instrument.ended_on]
        known = [day for day in dates if day]
        assert known == sorted(known), instrument.id
