"""Cuts go where the words stand, and nothing of them is left in what the public gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.records.domain import cuts, rich_text

pytestmark = pytest.mark.pure
PRIVACY = "third_party_privacy"
MARKER = "〔此处有删减，理由：涉及个人隐私，公开会损害第三方合法权益〕"


def _mark(text_html: str, passage: str, *, ground: str = PRIVACY, note: str = "") -> str:
    marked, places = cuts.mark(text_html, passage, ground=ground, note=note)
    assert places
    return rich_text.clean(marked)


def test_words_are_replaced_by_their_ground() -> None:
    marked = _mark("<p>获奖人：张三，三等奖。</p>", "张三")
    assert marked == f'<p>获奖人：<mark data-ground="{PRIVACY}">张三</mark>，三等奖。</p>'
    assert cuts.public(marked) == f"<p>获奖人：{MARKER}，三等奖。</p>"
    assert cuts.cuts_in(marked) == (cuts.Cut(PRIVACY, "", "张三"),)


def test_every_place_is_cut() -> None:
    marked, places = cuts.mark("<p>张三来信，张三来电。</p><ul><li>张三</li></ul>", "张三", ground=PRIVACY, note="")
    assert places == 3
    assert "张三" not in cuts.public(marked)
    assert len(cuts.cuts_in(marked)) == 3


def test_a_passage_through_bold_type_and_links_is_one_cut_and_the_link_goes_too() -> None:
    text = '<p>见<a href="https://a.cn/zhang-san">张<strong>三</strong>的</a>材料</p>'
    marked = _mark(text, "张三的材")
    assert len(cuts.cuts_in(marked)) == 1
    assert cuts.cuts_in(marked)[0].text == "张三的材"
    public = cuts.public(marked)
    assert rich_text.plain_text(public) == f"见{MARKER}料"
    assert "href" not in public


def test_a_passage_over_paragraphs_and_cells_is_cut_in_each() -> None:
    text = "<p>住址：长江路</p>\n<p>12号</p><table><tbody><tr><td>电话</td><td>139</td></tr></tbody></table>"
    marked = _mark(text, "长江路\n12号\n电话\t139")
    assert [cut.text for cut in cuts.cuts_in(marked)] == ["长江路", "12号", "电话", "139"]
    assert rich_text.plain_text(cuts.public(marked)).count("〔") == 4


def test_what_is_not_there_is_not_cut() -> None:
    assert cuts.mark("<p>甲</p>", "乙", ground=PRIVACY, note="")[1] == 0
    assert cuts.mark("<p>甲</p>", " \n", ground=PRIVACY, note="")[1] == 0


def test_what_is_cut_already_is_not_cut_again() -> None:
    marked = _mark("<p>张三和李四</p>", "张三")
    assert cuts.mark(marked, "张三", ground=PRIVACY, note="")[1] == 0
    assert [cut.text for cut in cuts.cuts_in(_mark(marked, "李四"))] == ["张三", "李四"]


def test_the_office_s_own_words_stand_in_the_marker() -> None:
    marked = _mark("<p>密钥算法</p>", "算法", ground="law_prohibited", note='依《甲法》第三条"例外"')
    assert '〔此处有删减，理由：法律、行政法规禁止公开；依《甲法》第三条"例外"〕' in cuts.public(marked)


@pytest.mark.parametrize(
    ("cut", "is_grounded"),
    [
        (cuts.Cut(PRIVACY, "", "x"), True),
        (cuts.Cut("law_prohibited", "", "x"), False),
        (cuts.Cut("law_prohibited", "依《甲法》", "x"), True),
        (cuts.Cut("state_secret", "", "x"), False),
        (cuts.Cut("", "", "x"), False),
    ],
)
def test_a_cut_needs_a_ground_of_the_law_and_state_secrets_are_none(cut: cuts.Cut, is_grounded: bool) -> None:
    assert cut.is_grounded is is_grounded


def test_a_cut_can_be_taken_back() -> None:
    text = "<p>张<strong>三</strong>和李四</p>"
    marked = _mark(_mark(text, "张三"), "李四")
    assert rich_text.clean(cuts.unmark(cuts.unmark(marked, 1), 1)) == text


def test_a_text_without_cuts_stays_to_the_byte() -> None:
    text = "<p>a &amp; b</p>\n<p>c<br>d</p>"
    assert cuts.public(text) is text
    assert cuts.shown(text) is text
    assert cuts.cuts_in(text) == ()


def test_the_desk_sees_words_and_ground() -> None:
    shown = cuts.shown(_mark("<p>张三等</p>", "张三"))
    assert "张三</mark><span" in shown
    assert "〔删减：涉及个人隐私" in shown
    assert shown.endswith("</span>等</p>")


def test_highlights_of_word_are_no_cuts() -> None:
    assert rich_text.clean("<p>重<mark>要</mark></p>") == "<p>重要</p>"


def test_cleaning_keeps_cuts_and_nothing_else_of_them() -> None:
    raw = f'<p><mark data-ground="{PRIVACY}" data-note="x" onclick="y" style="z">张三</mark></p>'
    cleaned = rich_text.clean(raw)
    assert cleaned == f'<p><mark data-ground="{PRIVACY}" data-note="x">张三</mark></p>'
    assert rich_text.clean(cleaned) == cleaned


@given(st.text("甲乙丙 &<", min_size=1, max_size=30), st.text("甲乙丙&<", min_size=1, max_size=3))
def test_nothing_of_the_passage_is_left(words: str, passage: str) -> None:
    text = rich_text.from_plain(f"头{words}尾")
    marked, places = cuts.mark(text, passage, ground=PRIVACY, note="")
    public = rich_text.plain_text(cuts.public(rich_text.clean(marked)))
    assert passage not in public.replace(MARKER, "\n")
    assert rich_text.plain_text(marked) == rich_text.plain_text(text)
    assert bool(places) == (passage in rich_text.plain_text(text))
