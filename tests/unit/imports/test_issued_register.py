"""Registers of other systems: heads are told by many words, secret rows never come in, doubts are said."""

from datetime import date

import pytest

from gongkai.imports.domain import attribute_words, issued_register
from gongkai.imports.domain.issued_register import RegisterRow, UnreadableRegister

pytestmark = pytest.mark.pure
HEAD = ("文号", "标题", "发文日期", "公开属性", "主办部门", "密级")


def read(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> list[RegisterRow]:
    return issued_register.read([(number, cells) for number, cells in enumerate((head, *rows), 1)])


def messages(row: RegisterRow) -> list[str]:
    return [finding.message for finding in row.findings]


def test_a_row_is_read_and_its_number_written_as_it_should_be() -> None:
    (row,) = read(("甲发[2026]007号", "关于防汛的通知", "2026/3/5", "主动公开", "应急科", "无"))
    assert row.issued is not None
    assert row.issued.document_number == "甲发〔2026〕7号"
    assert (row.issued.created_on, row.issued.attribute, row.issued.unit) == (date(2026, 3, 5), "proactive", "应急科")
    assert row.findings == ()


@pytest.mark.parametrize(
    "head",
    [
        ("序号", "发文字号", "公文标题"),
        ("序号", "发 文 号", "题名"),
        ("序号", "文件编号（必填）", "文件标题*"),
    ],
)
def test_heads_are_told_by_many_words(head: tuple[str, ...]) -> None:
    (row,) = read(("1", "甲发〔2026〕1号", "题"), head=head)
    assert row.issued is not None


def test_a_title_line_may_stand_above_the_head() -> None:
    lines = [(1, ("2026年发文登记簿", "")), (3, ("文号", "标题")), (4, ("甲发〔2026〕1号", "题"))]
    (row,) = issued_register.read(lines)
    assert row.line == 4


def test_without_number_and_title_in_the_head_nothing_is_read() -> None:
    with pytest.raises(UnreadableRegister, match="文号"):
        read(("1", "2"), head=("甲", "乙"))


@pytest.mark.parametrize("level", ["秘密", "机密", "绝密★20年"])
def test_nothing_of_a_secret_row_is_kept(level: str) -> None:
    (row,) = read(("甲发〔2026〕1号", "关于某事的通知", "2026-03-05", "", "", level))
    assert row.issued is None
    assert "某事" not in messages(row)[0]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("", "题"), "没有文号"),
        (("随便写的", "题"), "无法识别"),
        (("甲发〔2026〕1号", ""), "没有标题"),
    ],
)
def test_what_cannot_be_entered_says_why(cells: tuple[str, ...], words: str) -> None:
    (row,) = read(cells)
    assert row.issued is None
    assert words in messages(row)[0]


def test_doubts_are_said_and_the_row_comes_in() -> None:
    first, second = read(("甲发〔2026〕1号", "题", "2025-12-30", "半公开"), ("甲发〔2026〕1号", "题二", "昨天", ""))
    assert first.issued is not None
    assert second.issued is not None
    assert second.issued.copy == 2
    assert any("年份" in words for words in messages(first))
    assert any("“半公开”无法识别" in words for words in messages(first))
    assert any("出现不止一次" in words for words in messages(second))
    assert any("“昨天”不是有效的日期" in words for words in messages(second))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("主动公开", "proactive"),
        ("依申请 公开", "on_request"),
        ("不予公开（免予公开）", "not_disclosed"),
        ("", ""),
        ("待定", None),
    ],
)
def test_words_for_the_attribute(words: str, value: str | None) -> None:
    assert attribute_words.value_of(words) == value
