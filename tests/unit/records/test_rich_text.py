"""What is pasted from Word and WPS keeps its structure; what could harm goes; cleaning twice changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.records.domain import rich_text

pytestmark = pytest.mark.pure

FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body lang=ZH-CN><!--StartFragment--><p class=MsoTitle align=center style='text-align:center'><b><span
style='font-family:方正小标宋'>关于印发方案的通知</span></b><o:p></o:p></p>
<p class=MsoNormal style='text-indent:32pt'>各科室：<span lang=EN-US><o:p></o:p></span></p>
<p class="a3" style="mso-outline-level:2"><b>一、总体要求</b></p>
<p class=MsoHeading8>标题八</p><p class=MsoNormal><b>加粗</b><i>斜体</i></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal align=right>2026年1月1日</p><!--EndFragment--></body></html>"""
LIST = """<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Wingdings;mso-list:Ignore'>l<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp;</span></span>
<![endif]>第一项</p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>n<span>&nbsp;</span></span>子项</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>第二项</p>
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>（一）<span>&nbsp;</span></span>编号段</p>"""
TABLE = """<table border=1 width=500><tr><td rowspan=2 style='width:10pt'><p class=MsoNormal>甲</p></td>
<td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"""


def test_headings_and_paragraphs_of_word_become_elements() -> None:
    assert rich_text.clean(FROM_WORD).replace("\n", "") == (
        '<h2 class="align-center">关于印发方案的通知</h2><p>各科室：</p><h3>一、总体要求</h3><h4>标题八</h4>'
        "<p><strong>加粗</strong><em>斜体</em></p>"
        '<p class="align-right">2026年1月1日</p>'
    )


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("<p style=\"mso-style-name:'标题 2'\">二级</p>", "<h2>二级</h2>"),
        ('<p class="标题1">一级</p><p class="标题2">二级</p>', "<h2>一级</h2><h3>二级</h3>"),
        ("<h1>一</h1><h2>二</h2><h3>三</h3><h5>五</h5>", "<h2>一</h2><h3>二</h3><h4>三</h4><h4>五</h4>"),
        ("<h2>二</h2><h3>三</h3>", "<h2>二</h2><h3>三</h3>"),
        ("<p class=MsoTitle></p><p>文</p>", "<p>文</p>"),
        ("<div>甲</div><div>乙</div>", "<p>甲</p><p>乙</p>"),
        ("<b>粗</b><strike>删</strike><ins>增</ins>", "<p><strong>粗</strong><s>删</s><u>增</u></p>"),
        ('<p><span style="font-weight:700">粗</span></p>', "<p><strong>粗</strong></p>"),
    ],
)
def test_structure_hidden_in_styles_is_found(pasted: str, cleaned: str) -> None:
    assert rich_text.clean(pasted) == cleaned


def test_bullets_become_lists_and_official_numbers_stay_in_the_text() -> None:
    cleaned = rich_text.clean(LIST).replace("\n", "")
    assert cleaned == "<ul><li>第一项<ul><li>子项</li></ul></li><li>第二项</li></ul><p>（一）编号段</p>"


def test_tables_keep_their_merged_cells() -> None:
    cleaned = rich_text.clean(TABLE).replace("\n", "")
    assert cleaned == (
        '<table><tbody><tr><td rowspan="2"><p>甲</p></td><td colspan="2">乙</td></tr>'
        "<tr><td>丙</td><td>丁</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" jav\tascript:alert(1)">x</a>',
        "<iframe src=//evil></iframe><object data=x></object><embed src=x>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></table><img src=x onerror=alert(1)></mtext></math>",
        "<style>@import 'x'</style><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
        "<form action=//evil><input name=x><button formaction=x>x</button></form>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        '<p style="background:url(javascript:alert(1))">x</p>',
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
        "<table><td background=javascript:alert(1)>x</table>",
        "<p>a\x00b</p>",
    ],
)
def test_what_could_harm_does_not_survive(hostile: str) -> None:
    cleaned = rich_text.clean(hostile).lower()
    for word in (
        "script",
        "onerror",
        "onclick",
        "javascript",
        "iframe",
        "<img",
        "style",
        "<form",
        "<svg",
        "\x00",
        "//evil",
    ):
        assert word not in cleaned


def test_the_words_of_a_script_are_not_text() -> None:
    assert rich_text.plain_text(rich_text.clean("<p>甲</p><script>秘密</script><style>乙</style>")) == "甲"


@pytest.mark.parametrize("pasted", [FROM_WORD, LIST, TABLE, "", "x", "<<>>", "<!--x", "<p>a &amp; b &lt;x&gt;</p>"])
def test_cleaning_twice_is_cleaning_once(pasted: str) -> None:
    once = rich_text.clean(pasted)
    assert rich_text.clean(once) == once


_TAGS = st.sampled_from(
    ["p", "div", "h1", "h2", "h5", "b", "span", "ul", "li", "table", "tr", "td", "a", "br", "o:p", "font"]
)
_STYLES = st.sampled_from(
    ["", " style='mso-outline-level:1'", " class=MsoTitle", " align=center", " style='mso-list:l0 level2'"]
)


@st.composite
def _html(draw: st.DrawFn) -> str:
    pieces = []
    for _ in range(draw(st.integers(0, 8))):
        tag = draw(_TAGS)
        text = draw(st.text(alphabet="甲乙 <>&\"'a\n\xa0", max_size=6))
        closed = f"</{tag}>" if draw(st.booleans()) else ""
        pieces.append(f"<{tag}{draw(_STYLES)}>{text}{closed}")
    return "".join(pieces)


@settings(max_examples=150, deadline=None)
@given(_html())
def test_a_second_cleaning_changes_nothing_whatever_comes(pasted: str) -> None:
    once = rich_text.clean(pasted)
    assert rich_text.clean(once) == once


def test_the_plain_text_has_a_line_for_each_block_and_tabs_between_cells() -> None:
    cleaned = rich_text.clean(f"<h1>题</h1><p>甲<br>乙</p>{TABLE}<ul><li>一<li>二</ul>")
    assert rich_text.plain_text(cleaned) == "题\n甲\n乙\n甲\t乙\n丙\t丁\n一\n二"


def test_typed_text_becomes_paragraphs_without_any_markup() -> None:
    assert rich_text.from_plain("甲 <b>&\n\n  乙") == "<p>甲 &lt;b&gt;&amp;</p><p>乙</p>"


def test_a_text_longer_than_any_document_is_refused() -> None:
    with pytest.raises(rich_text.TooLong, match="附件"):
        rich_text.clean("x" * (rich_text.MAX_CHARACTERS + 1))
