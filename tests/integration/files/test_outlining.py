"""What a document says in order, read by the child process from files as offices make them."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from tools import papers
from tools.papers import Paper

from gongkai.groundwork.files import inspection
from gongkai.groundwork.files.outlining.numbering import chinese, written
from gongkai.groundwork.files.outlining.outline import BlockKind, Outline
from gongkai.groundwork.files.refusals import RefusedFile
from tests.conftest import SHARED
from tests.integration.files import material

pytestmark = pytest.mark.pure
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MAKERS = (papers.docx, papers.pdf, papers.ofd)


def outline(content: bytes) -> Outline:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return inspection.outline(cast("BinaryIO", file))


def texts(found: Outline) -> list[str]:
    return [block.text for block in found.blocks]


def word(body: str, parts: dict[str, str] | None = None) -> Outline:
    document = f'<?xml version="1.0"?><w:document {_WORD}><w:body>{body}</w:body></w:document>'
    return outline(papers.package({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(parts or {})}))


def paragraph(text: str, properties: str = "", letters: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{letters}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


class TestEveryFormat:
    @pytest.mark.parametrize("make", _MAKERS)
    def test_paragraphs_come_whole_and_in_order(self, make: Callable[[Paper], bytes]) -> None:
        paper = Paper()
        found = texts(outline(make(paper)))
        assert [text for text in found if text in paper.body] == list(paper.body)

    @pytest.mark.parametrize("make", _MAKERS)
    def test_centred_right_and_red_lines_are_known(self, make: Callable[[Paper], bytes]) -> None:
        blocks = {block.text: block for block in outline(make(Paper())).blocks}
        assert (blocks["甲局文件"].align, blocks["甲局文件"].is_red) == ("center", True)
        assert blocks["2026年11月16日"].align == "right"
        assert blocks["一、提前检修管网"].align == ""

    @pytest.mark.parametrize("make", [papers.pdf, papers.ofd])
    def test_page_numbers_are_left_out_and_paragraphs_run_over_pages(self, make: Callable[[Paper], bytes]) -> None:
        long = tuple(
            f"第{number}段，" + "各单位要按照职责分工认真组织实施，确保各项措施落到实处。" * 9 for number in range(12)
        )
        found = outline(make(Paper(body=long)))
        assert max(block.page for block in found.blocks) >= 4
        assert [text for text in texts(found) if text.startswith("第")] == list(long)
        assert not [text for text in texts(found) if "—" in text]


class TestWord:
    def test_headings_come_from_styles_and_what_they_are_based_on(self) -> None:
        styles = (
            f'<w:styles {_WORD}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/>'
            '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
        )
        body = paragraph("总则", '<w:pStyle w:val="a"/>') + paragraph("目的", '<w:pStyle w:val="b"/>')
        found = word(body, {"word/styles.xml": styles})
        assert [(block.kind, block.level) for block in found.blocks] == [(BlockKind.HEADING, 1), (BlockKind.HEADING, 2)]

    def test_numbers_that_word_counts_are_written_out_and_bullets_become_items(self) -> None:
        numbering = (
            f'<w:numbering {_WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
            '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
        )

        def numbered(text: str, number: int) -> str:
            return paragraph(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')

        body = numbered("目标", 1) + numbered("任务", 1) + numbered("一处", 2)
        found = word(body, {"word/numbering.xml": numbering})
        assert texts(found) == ["一、目标", "二、任务", "一处"]
        assert [block.kind for block in found.blocks][-1] is BlockKind.ITEM

    def test_merged_cells_become_spans(self) -> None:
        def cell(text: str, properties: str = "") -> str:
            return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

        tall, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
        rows = (
            f"<w:tr>{cell('路段', tall)}{cell('单位', wide)}</w:tr>"
            f"<w:tr>{cell('', '<w:vMerge/>')}{cell('甲')}{cell('乙')}</w:tr>"
        )
        (table,) = word(f"<w:tbl>{rows}</w:tbl>").blocks
        assert table.html == (
            '<tr><td rowspan="2">路段</td><td colspan="2">单位</td></tr><tr><td>甲</td><td>乙</td></tr>'
        )

    def test_what_was_deleted_or_hidden_is_not_part_of_the_text(self) -> None:
        gone = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        new = "<w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        assert texts(word(f"<w:p>{gone}{new}{hidden}</w:p>")) == ["新"]

    def test_text_is_escaped_and_emphasis_kept(self) -> None:
        (block,) = word(paragraph("a &lt;b&gt; 重点", letters="<w:b/>")).blocks
        assert block.html == "<strong>a &lt;b&gt; 重点</strong>"

    def test_pictures_and_footnotes_are_counted(self) -> None:
        body = '<w:p><w:r><w:t>图</w:t><w:drawing><blip/></w:drawing><w:footnoteReference w:id="1"/></w:r></w:p>'
        found = word(body)
        assert (found.pictures, found.footnotes) == (1, 1)

    def test_a_document_type_is_refused(self) -> None:
        document = '<!DOCTYPE x [<!ENTITY e "x">]><w:document xmlns:w="urn:w"><w:body/></w:document>'
        with pytest.raises(RefusedFile):
            outline(papers.package({"[Content_Types].xml": "<Types/>", "word/document.xml": document}))


class TestNumbers:
    @pytest.mark.parametrize(
        ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
                              (1005, "一千零五"), (1050, "一千零五十")],
    )  # fmt: skip
    def test_chinese(self, number: int, words: str) -> None:
        assert chinese(number) == words

    @pytest.mark.parametrize(
        ("number", "form", "words"),
        [(4, "lowerRoman", "iv"), (9, "upperRoman", "IX"), (2, "upperLetter", "B"), (3, "decimalEnclosedCircle", "③")],
    )
    def test_other_forms(self, number: int, form: str, words: str) -> None:
        assert written(number, form) == words


def test_a_page_without_text_has_no_blocks() -> None:
    assert outline(material.pdf()).blocks == ()


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(RefusedFile):
        outline(material.xlsx(("a",)))


if SHARED.exists():

    def test_a_real_report_has_whole_paragraphs() -> None:
        found = outline(Path(SHARED / "reports" / "huaian-2024.pdf").read_bytes())
        first, second = found.blocks[:2]
        assert first.text + second.text == "淮安市人民政府2024 年政府信息公开工作年度报告"
        paragraphs = [
            text for text in texts(found) if text.startswith(("（一）主动公开情况", "（五）政府信息公开监督"))
        ]
        assert len(paragraphs) == 2
        assert all(text.endswith("。") for text in paragraphs)
