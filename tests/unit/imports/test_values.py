"""Cells become values in whatever way offices write them."""

from datetime import date

import pytest

from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.imports.domain import bodies, genres, personal_data, values

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-02",
        "2026/11/2",
        "2026.11.02",
        "2026年11月2日",
        "2026年 11月 2日",
        "20261102",
        "2026-11-02 09:30:00",
        "2026-11-02T09:30",
    ],
)
def test_a_day_is_read_in_its_usual_spellings(text: str) -> None:
    assert values.day(text) == date(2026, 11, 2)


@pytest.mark.parametrize("text", ["2026-02-30", "2026", "去年", "11/02/2026", "45962", "2026-13-01"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(values.NotADate):
        values.day(text)


def test_names_stand_apart_however_they_are_divided() -> None:
    assert values.several("甲局、乙局；丙局 丁局|") == ("甲局", "乙局", "丙局", "丁局")
    assert values.several("") == ()


def test_an_empty_cell_is_no_day() -> None:
    assert values.day("") is None


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  通 知 ", "通 知"),
        ("第一行\r\n第二行", "第一行 第二行"),
        ("甲\u202e乙\x00\u200b丙", "甲乙丙"),
        ("甲\u3000\u3000乙", "甲 乙"),
        ("e\u0301", "é"),
    ],
)
def test_text_loses_what_nobody_sees(text: str, tidied: str) -> None:
    assert values.tidy(text) == tidied


def test_lines_of_a_text_stay() -> None:
    assert values.paragraphs(" 一 \r\n\r\n二\u200b\n") == "一\n二"


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("国务院办公厅关于印发某方案的通知", "通知"),
        ("国务院关于某规划的批复", "批复"),
        ("关于进一步加强某工作的意见(试行)", "意见"),
        ("海南省人民政府令", "命令"),
        ("关于某事的复函", "函"),
        ("《关于某事的公告》", "公告"),
        ("2023年政策图解", ""),
        ("", ""),
    ],
)
def test_the_title_tells_the_genre(title: str, genre: str) -> None:
    assert genres.of_title(title) == genre


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("国务院", AgencyKind.GOVERNMENT),
        ("上海市", AgencyKind.GOVERNMENT),
        ("青川市人民政府", AgencyKind.GOVERNMENT),
        ("青川市财政局", AgencyKind.DEPARTMENT),
        ("青川市卫生健康委员会", AgencyKind.DEPARTMENT),
        ("国家税务总局青川市税务局", AgencyKind.VERTICAL),
        ("青川市总工会", AgencyKind.MASS_ORGANISATION),
        ("青川经济技术开发区管理委员会", AgencyKind.COMMITTEE),
        ("柳河镇人民政府", AgencyKind.TOWN),
        ("城东街道办事处", AgencyKind.TOWN),
        ("青川市第一人民医院", AgencyKind.PUBLIC_INSTITUTION),
    ],
)
def test_the_name_tells_the_kind_of_body(name: str, kind: AgencyKind) -> None:
    assert bodies.kind_of(name) is kind


def test_a_name_always_gets_the_same_code() -> None:
    assert bodies.code_of("青川市财政局") == bodies.code_of("青川市财政局") != bodies.code_of("青川市审计局")
    assert bodies.code_of("青川市财政局").startswith("body-")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("补贴对象11010519491231002X已公示", "personal_data.citizen_id"),
        ("联系电话:13800138000", "personal_data.mobile_number"),
        ("电话138 0013 8000", "personal_data.mobile_number"),
        ("开户账号6222021234567890128", "personal_data.bank_card"),
    ],
)
def test_personal_data_is_found_and_not_quoted(text: str, code: str) -> None:
    (finding,) = personal_data.findings(text, place="title")
    assert finding.code == code
    assert finding.is_error
    assert not any(character.isdigit() for character in finding.message)


@pytest.mark.parametrize(
    "text",
    [
        "国办发〔2026〕47号",
        "咨询电话0512-12345678",
        "统一社会信用代码91110000100003962T",
        "https://www.gov.cn/zhengce/content_6905142.htm",
        "2026年1-11月预算执行情况",
        "110105194912310021",
    ],
)
def test_other_numbers_are_no_personal_data(text: str) -> None:
    assert list(personal_data.findings(text, place="title")) == []
