"""What is read from an official paper, and what is left in doubt rather than guessed."""

import html
from datetime import date

import pytest
from tools.papers import BODY, Line, Paper

from gongkai.groundwork.files.outlining.outline import Block, BlockKind
from gongkai.imports.domain.official_document import days, recognition, text
from gongkai.imports.domain.official_document.found import Recognised

pytestmark = pytest.mark.pure


def blocks(paper: Paper, *, layout: bool = True) -> list[Block]:
    return [
        Block(
            text=line.text,
            html=html.escape(line.text),
            align=line.align if layout else "",
            size=line.size if layout else 0,
            is_red=line.is_red and layout,
        )
        for line in paper.lines()
    ]


def read(paper: Paper, *, layout: bool = True) -> Recognised:
    return recognition.recognise(blocks(paper, layout=layout))


class TestAnUsualPaper:
    def test_every_field_is_read_without_doubt(self) -> None:
        found = read(
            Paper(
                top=("000012", "特急"),
                title=("关于做好冬季供暖", "工作的通知"),
                attachments=("任务分解表", "联系人名单"),
                signer="李强",
            )
        )
        assert {name: each.value for name, each in found.fields.items()} == {
            "document_number": "甲政办发〔2026〕12号",
            "title": "关于做好冬季供暖工作的通知",
            "genre": "通知",
            "issuer": "甲局",
            "created_on": date(2026, 11, 16),
            "printed_on": date(2026, 11, 17),
            "attribute": "proactive",
            "recipients": "各科室、各直属单位",
            "attachments": ("任务分解表", "联系人名单"),
        }
        assert all(each.is_sure for each in found.fields.values())
        assert found.fields["created_on"].where == "落款"

    def test_the_text_has_neither_head_nor_imprint(self) -> None:
        paper = Paper()
        own = blocks(paper)
        words = [own[place].text for place in read(paper).body]
        assert words == [paper.recipients, *paper.body, "甲局", "2026年11月16日", "（此件公开发布）"]

    def test_several_bodies_issue_jointly(self) -> None:
        found = read(Paper(head="中共甲市委", signature=("中共甲市委", "甲市人民政府")))
        assert found.value("issuer") == "中共甲市委"
        assert found.value("joint_issuers") == ("甲市人民政府",)
        assert found.value("is_party_mixed") is True


class TestNumbers:
    @pytest.mark.parametrize(
        ("head", "number", "expected"),
        [
            ("甲局文件", "甲政办发[2026] 007号", "甲政办发〔2026〕7号"),
            ("甲市人民政府令", "第17号", "甲市人民政府令第17号"),
            ("甲市人民政府公告", "2026年第3号", "甲市人民政府公告2026年第3号"),
        ],
    )
    def test_forms(self, head: str, number: str, expected: str) -> None:
        assert read(Paper(head=head, number=number)).value("document_number") == expected

    def test_a_number_that_the_text_quotes_is_not_the_own_one(self) -> None:
        body = ("按照《关于印发方案的通知》（国办发〔2024〕5号）要求，现公告如下。",)
        assert read(Paper(head="", number="", body=body)).value("document_number") is None


class TestDays:
    @pytest.mark.parametrize(
        ("words", "day"),
        [
            ("二〇二六年十一月二十日", date(2026, 11, 20)),
            ("二○二六年十月十日", date(2026, 10, 10)),
            ("2026 年 1 月 5 日", date(2026, 1, 5)),
            ("一九九八年十二月三十一日", date(1998, 12, 31)),
            ("2026年2月30日", None),
            ("2026年11月20日印发", None),
        ],
    )
    def test_spellings(self, words: str, day: date | None) -> None:
        assert days.alone(words) == day

    def test_a_day_in_an_annex_is_not_the_day_of_writing(self) -> None:
        paper = Paper(note="", copies="", printed=("", ""), extra=(Line("附件1"), Line("2020年1月1日", "right")))
        found = read(paper).fields["created_on"]
        assert (found.value, found.is_sure) == (date(2026, 11, 16), True)

    def test_two_lone_days_are_a_doubt(self) -> None:
        paper = Paper(note="", copies="", printed=("", ""), extra=(Line("2026年12月1日", "right"),))
        assert not read(paper).fields["created_on"].is_sure

    def test_another_year_than_the_number_is_a_doubt_of_both(self) -> None:
        found = read(Paper(written="2025年12月30日", printed=("", "")))
        assert not found.fields["created_on"].is_sure
        assert not found.fields["document_number"].is_sure

    def test_a_day_after_printing_is_a_doubt(self) -> None:
        assert not read(Paper(written="2026年11月19日")).fields["created_on"].is_sure


class TestAttribute:
    @pytest.mark.parametrize(
        ("note", "value"),
        [
            ("（此件公开发布）", "proactive"),
            ("（此件主动公开）", "proactive"),
            ("（此件依申请公开）", "on_request"),
            ("（此件不予公开）", "not_disclosed"),
            ("（此件不公开）", "not_disclosed"),
            ("公开属性：主动公开", "proactive"),
            ("信息公开选项：依申请公开", "on_request"),
            ("□主动公开 ☑依申请公开 □不予公开", "on_request"),
        ],
    )
    def test_stated(self, note: str, value: str) -> None:
        found = read(Paper(note=note)).fields["attribute"]
        assert (found.value, found.is_sure) == (value, True)

    @pytest.mark.parametrize("note", ["（此件删减后公开）", ""])
    def test_what_is_not_stated_is_not_guessed(self, note: str) -> None:
        assert not read(Paper(note=note)).value("attribute")

    def test_two_statements_leave_it_open(self) -> None:
        found = read(Paper(top=("依申请公开",))).fields["attribute"]
        assert found.value == ""
        assert "不止一种" in found.doubt

    def test_internal_material_wants_a_look(self) -> None:
        found = read(Paper(top=("内部资料，注意保存",), note="")).fields["attribute"]
        assert (found.value, found.is_sure) == ("not_disclosed", False)

    def test_what_the_text_says_about_disclosure_is_not_about_itself(self) -> None:
        body = ("各单位要加大主动公开力度。", "依申请公开的，按照规定办理。")
        assert read(Paper(body=body, note="")).value("attribute") is None


class TestDoubts:
    def test_without_layout_the_title_is_found_by_its_words_and_in_doubt(self) -> None:
        found = read(Paper(title=("甲局关于做好冬季供暖", "工作的通知")), layout=False).fields["title"]
        assert (found.value, found.is_sure) == ("甲局关于做好冬季供暖工作的通知", False)

    def test_a_title_of_no_known_genre_without_number_is_in_doubt(self) -> None:
        assert not read(Paper(head="", number="", title=("甲市概况",))).fields["title"].is_sure

    def test_head_and_signature_that_differ_are_a_doubt(self) -> None:
        assert "乙局" in read(Paper(signature=("乙局",))).fields["issuer"].doubt

    def test_nothing_is_read_from_nothing(self) -> None:
        assert recognition.recognise([]).fields == {}


class TestText:
    def test_items_nest_below_the_item_before_them(self) -> None:
        def item(words: str, level: int) -> Block:
            return Block(text=words, html=words, kind=BlockKind.ITEM, level=level)

        own = [item("一", 0), item("甲", 1), item("二", 0), Block(text="后", html="后", align="right", size=BODY)]
        assert text.html_of(own) == ('<ul><li>一<ul><li>甲</li></ul></li><li>二</li></ul><p class="align-right">后</p>')
