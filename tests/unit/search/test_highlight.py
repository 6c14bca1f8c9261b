import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.groundwork.search import highlight

pytestmark = pytest.mark.pure


def plain(marked: str) -> str:
    return html.unescape(re.sub("</?mark>", "", marked))


def test_hits_are_marked_in_the_original_width_and_case() -> None:
    assert highlight.marked("ＡＩ技术与Ai应用", ("ai",)) == "<mark>ＡＩ</mark>技术与<mark>Ai</mark>应用"


def test_markup_in_the_text_is_shown_not_obeyed() -> None:
    assert highlight.marked("<b>上海</b>", ("上海",)) == "&lt;b&gt;<mark>上海</mark>&lt;/b&gt;"
    assert highlight.marked("a<mark>b", ("mark",)) == "a&lt;<mark>mark</mark>&gt;b"


def test_a_number_is_marked_in_any_bracket_style() -> None:
    for written in ("国办发〔2023〕27号", "国办发（2023）27号", "国办发[2023]27 号"):
        assert highlight.marked(f"见{written}文", ("国办发〔2023〕27号",)) == f"见<mark>{written}</mark>文"
    assert "mark" not in highlight.marked("国办发〔2023〕271号", ("国办发〔2023〕27号",))


def test_a_figure_is_not_marked_inside_a_longer_one() -> None:
    assert highlight.marked("127和27", ("27",)) == "127和<mark>27</mark>"


def test_padded_names_are_marked_whole() -> None:
    assert highlight.marked("王　伟", ("王伟",)) == "<mark>王　伟</mark>"


def test_the_longer_of_two_words_is_marked_once() -> None:
    assert highlight.marked("信息公开", ("信息", "信息公开")) == "<mark>信息公开</mark>"


def test_a_snippet_shows_windows_around_the_hits() -> None:
    text = "甲" * 300 + "上海" + "乙" * 300 + "北京" + "丙" * 300
    shown = highlight.snippet(text, ("上海", "北京"), length=60)
    assert shown.found
    assert "<mark>上海</mark>" in shown.html
    assert "<mark>北京</mark>" in shown.html
    assert len(plain(shown.html)) <= 60 + 3 * len(highlight.GAP)


def test_a_snippet_prefers_different_words() -> None:
    text = ("上海" + "甲" * 100) * 5 + "北京"
    assert "<mark>北京</mark>" in highlight.snippet(text, ("上海", "北京"), length=60).html


def test_a_snippet_without_hits_is_the_beginning() -> None:
    shown = highlight.snippet("甲" * 300, ("上海",), length=10)
    assert shown == highlight.Snippet("甲" * 10 + "…", found=False)
    assert highlight.snippet("", ("上海",)) == highlight.Snippet("", found=False)


TEXT = st.text(alphabet=st.sampled_from("上海市<>&\"' ＡaB１1ﬁ㌔İ🙂\n〔〕号"), max_size=80)


@given(TEXT, st.lists(TEXT, max_size=4), st.integers(1, 60))
def test_marking_never_changes_what_is_read(text: str, marks: list[str], length: int) -> None:
    whole = highlight.marked(text, marks)
    assert plain(whole) == text
    assert "<" not in re.sub("</?mark>", "", whole)
    assert "<" not in re.sub("</?mark>", "", highlight.snippet(text, marks, length=length).html)


def test_long_texts_in_full_width_are_marked_quickly() -> None:
    text = "，：（）①㎡…ＡＢＣ甲乙丙" * 15_000 + "上海"
    started = time.process_time()
    assert "<mark>上海</mark>" in highlight.snippet(text, ("上海",)).html
    assert time.process_time() - started < 0.5
