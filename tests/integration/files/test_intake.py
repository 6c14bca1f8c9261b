"""What comes in is kept once, with its text; what may not come in leaves nothing behind."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.groundwork import digests
from gongkai.groundwork.files import inspection, intake, store
from gongkai.groundwork.files.kinds import ATTACHMENTS, Kind
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.files.refusals import RefusedFile
from tests.integration.files import material

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(scope="module", autouse=True)
def _server_ends() -> Iterator[None]:
    yield
    inspection.stop()


@pytest.fixture(autouse=True)
def root(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def take(content: bytes, name: str) -> StoredFile:
    return intake.take_in(io.BytesIO(content), name, at=NOW)


def files_below(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def refusal(content: bytes, name: str, root: Path) -> RefusedFile:
    with pytest.raises(RefusedFile) as caught:
        take(content, name)
    assert files_below(root) == []
    assert not StoredFile.objects.exists()
    assert caught.value.message.endswith("。")
    return caught.value


class Endless:
    """A stream that never holds more than one chunk: a 200 MB upload without 200 MB."""

    def __init__(self, total: int) -> None:
        self._left = total
        self.given = 0

    def read(self, size: int, /) -> bytes:
        count = min(size, self._left)
        self._left -= count
        self.given += count
        return b"a" * count


class TestWhatComesIn:
    @pytest.mark.parametrize(
        ("content", "name", "kind", "text"),
        [
            (material.docx("关于印发方案的通知", "各区县:"), "通知.docx", Kind.DOCX, "关于印发方案的通知\n各区县:"),
            (material.xlsx(("单位", "金额"), ("市财政局", 12)), "表.xlsx", Kind.XLSX, "单位\n金额\n市财政局"),
            (material.pptx("政策解读"), "解读.pptx", Kind.PPTX, "政策解读"),
            (material.ofd("一、总体要求", "二、任务"), "正文.ofd", Kind.OFD, "一、总体要求\n二、任务"),
            (material.pdf("Notice 2026 No. 5"), "notice.pdf", Kind.PDF, "Notice 2026 No. 5"),
            (material.doc("旧格式的通知全文"), "旧.doc", Kind.DOC, "旧格式的通知全文"),
            (material.doc("金山文字的通知"), "旧.wps", Kind.DOC, "金山文字的通知"),
            ("公开目录".encode("gbk"), "目录.txt", Kind.TXT, "公开目录"),
            ("公开目录".encode(), "目录.txt", Kind.TXT, "公开目录"),
            ("公开目录".encode("utf-8-sig"), "目录.txt", Kind.TXT, "公开目录"),
            ("公开目录".encode("utf-16"), "目录.txt", Kind.TXT, "公开目录"),
            ("名称,数\n𠮷,1\n".encode("gb18030"), "表.csv", Kind.CSV, "名称,数\n𠮷,1"),
        ],
    )
    def test_its_text_can_be_searched(self, content: bytes, name: str, kind: Kind, text: str) -> None:
        stored = take(content, name)
        assert (stored.media_type, stored.text_status) == (kind.media_type, "extracted")
        assert text in stored.text
        with store.opened(stored.digest) as kept:
            assert kept.read() == content

    @pytest.mark.parametrize(("content", "name"), [(material.pdf(), "scan.pdf"), (material.png(), "scan.png")])
    def test_a_file_without_a_text_layer_says_so(self, content: bytes, name: str) -> None:
        stored = take(content, name)
        assert (stored.text, stored.text_status) == ("", "none")

    def test_the_same_bytes_are_kept_once(self, root: Path) -> None:
        first = take(material.docx("一"), "甲.docx")
        again = take(material.docx("一"), "乙.docx")
        assert first.pk == again.pk
        assert len(files_below(root)) == 1

    def test_the_digest_is_that_of_the_bytes(self) -> None:
        content = material.docx("一")
        assert take(content, "甲.docx").digest == digests.sm3(content)

    def test_a_zip_comes_in_only_where_it_is_asked_for(self, root: Path) -> None:
        content = material.archive({"说明.txt": "公开"})
        assert refusal(content, "资料.zip", root).code == "wrong_type"
        stored = intake.take_in(io.BytesIO(content), "资料.zip", at=NOW, allowed=ATTACHMENTS | {Kind.ZIP})
        assert (stored.media_type, stored.text_status) == ("application/zip", "unsupported")

    def test_a_web_page_comes_in_only_where_it_is_asked_for_and_never_as_a_page(self, root: Path) -> None:
        content = "<!doctype html><title>年报</title><p>收到申请<b>3</b>件<script>alert(1)</script>".encode("gbk")
        assert refusal(content, "年报.html", root).code == "wrong_type"
        stored = intake.take_in(io.BytesIO(content), "年报.html", at=NOW, allowed=frozenset({Kind.HTML}))
        assert stored.media_type == "text/plain"
        assert "收到申请3件" in stored.text
        assert "alert" not in stored.text

    @pytest.mark.parametrize(
        "page",
        [
            "<p>机密<b>★</b>10年</p>",
            "<p>&#26426;&#23494;★10年</p>",
            "<!-- 机密★10年 -->",
            '<img alt="机密★10年">',
            "<script>'机密★10年'</script>",
        ],
    )
    def test_no_mark_hides_in_the_markup_of_a_page(self, page: str, root: Path) -> None:
        with pytest.raises(RefusedFile) as caught:
            intake.take_in(io.BytesIO(page.encode()), "年报.html", at=NOW, allowed=frozenset({Kind.HTML}))
        assert caught.value.code == "secret_mark"
        assert files_below(root) == []

    def test_a_page_with_a_strange_declaration_is_refused_in_words(self) -> None:
        with pytest.raises(RefusedFile) as caught:
            intake.take_in(io.BytesIO(b"<p>x</p><![what[ y ]]>"), "a.html", at=NOW, allowed=frozenset({Kind.HTML}))
        assert caught.value.code == "broken"

    def test_a_workbook_inside_a_document_is_read_too(self) -> None:
        inner = material.xlsx(("嵌入的表格",))
        stored = take(material.docx("正文", extra={"word/embeddings/Sheet1.xlsx": inner}), "带表.docx")
        assert "嵌入的表格" in stored.text


class TestWhatStaysOutside:
    def test_an_upload_over_the_limit_stops_at_the_limit(self, root: Path) -> None:
        stream = Endless(200 * 1024 * 1024)
        with pytest.raises(RefusedFile) as caught:
            intake.take_in(stream, "大文件.pdf", at=NOW)
        assert caught.value.code == "too_large"
        assert caught.value.code.status == 413
        assert stream.given <= 101 * 1024 * 1024
        assert files_below(root) == []

    def test_an_empty_file(self, root: Path) -> None:
        assert refusal(b"", "空.txt", root).code == "empty"

    @pytest.mark.parametrize("name", ["程序.exe", "脚本.html", "宏.docm", "宏.xlsm", "无扩展名", "资料.zip", "图.svg"])
    def test_a_type_that_we_do_not_take(self, name: str, root: Path) -> None:
        assert refusal(b"MZ\x90 content", name, root).code == "wrong_type"

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (material.pdf("x"), "通知.docx"),
            (material.docx("x"), "通知.pdf"),
            (b"MZ\x90\x00 program", "通知.pdf"),
            (material.png(), "照片.jpg"),
            (material.docx("x"), "表.xlsx"),
            (material.doc("x"), "表.xls"),
            (b"<html></html>", "通知.docx"),
        ],
    )
    def test_a_file_that_is_not_what_its_name_says(self, content: bytes, name: str, root: Path) -> None:
        assert refusal(content, name, root).code == "type_mismatch"

    @pytest.mark.parametrize("front", [material.pdf("x"), material.png()])
    def test_a_file_that_is_two_things_at_once(self, front: bytes, root: Path) -> None:
        name = "a.pdf" if front.startswith(b"%PDF") else "a.png"
        assert refusal(front + material.archive({"evil.txt": "x"}), name, root).code == "type_mismatch"

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (material.pdf("secret", encrypted=True), "密.pdf"),
            (material.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "密.docx"),
            (material.doc("x", encrypted=True), "密.doc"),
            (material.compound({"Workbook": b"\x09\x08\x10\x00" + b"\x00" * 16 + b"\x2f\x00\x06\x00"}), "密.xls"),
        ],
    )
    def test_a_file_behind_a_password(self, content: bytes, name: str, root: Path) -> None:
        assert refusal(content, name.replace("密", "文件"), root).code == "encrypted"

    def test_an_archive_with_a_password(self, root: Path) -> None:
        content = bytearray(material.docx("x"))
        for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = -1
            while (at := content.find(magic, at + 1)) >= 0:
                content[at + offset] |= 1
        assert refusal(bytes(content), "文件.docx", root).code == "encrypted"

    def test_a_bomb_of_one_huge_part(self, root: Path) -> None:
        huge = b"<w>" + b" " * (300 * 1024 * 1024)
        assert refusal(material.docx("x", extra={"word/footnotes.xml": huge}), "炸弹.docx", root).code == "bomb"

    def test_a_bomb_that_lies_about_its_size(self, root: Path) -> None:
        content = bytearray(material.docx("x", extra={"word/footnotes.xml": b"<w>" + b" " * (100 * 1024 * 1024)}))
        at = content.find(b"word/footnotes.xml", content.find(b"PK\x01\x02")) - 46
        assert content[at : at + 4] == b"PK\x01\x02"
        content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        assert refusal(bytes(content), "炸弹.docx", root).code in {"bomb", "broken"}

    def test_a_bomb_of_many_entries(self, root: Path) -> None:
        entries = {f"word/media/{number}.txt": b"" for number in range(10_001)}
        assert refusal(material.docx("x", extra=entries), "炸弹.docx", root).code == "bomb"

    def test_an_archive_in_a_document(self, root: Path) -> None:
        nested = material.archive({"a.txt": "x"})
        assert refusal(material.docx("x", extra={"word/media/a.zip": nested}), "套.docx", root).code == "wrong_type"
        assert refusal(material.docx("x", extra={"word/media/a.bin": nested}), "套.docx", root).code == "wrong_type"

    def test_a_document_in_a_document_in_a_document(self, root: Path) -> None:
        inner = material.docx("里", extra={"word/embeddings/a.docx": material.docx("最里")})
        assert (
            refusal(material.docx("外", extra={"word/embeddings/a.docx": inner}), "套.docx", root).code == "wrong_type"
        )

    def test_a_billion_laughs(self, root: Path) -> None:
        entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        xml = f'<?xml version="1.0"?><!DOCTYPE w [{entities}]><w xmlns="{material.WORD}"><t>&a9;</t></w>'
        assert refusal(material.docx(document=xml), "笑.docx", root).code == "broken"

    def test_an_external_entity(self, root: Path) -> None:
        xml = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w xmlns="{material.WORD}"><t>&x;</t></w>'
        assert refusal(material.docx(document=xml), "外.docx", root).code == "broken"

    def test_names_in_an_archive_that_lead_outside(self, root: Path) -> None:
        assert refusal(material.docx("x", extra={"../../etc/cron.d/x": "x"}), "外.docx", root).code == "broken"

    def test_macros_under_a_harmless_name(self, root: Path) -> None:
        assert refusal(material.docx("x", extra={"word/vbaProject.bin": b"x"}), "宏.docx", root).code == "wrong_type"
        declared = material.archive(
            {"[Content_Types].xml": "<Types>macroEnabled.main</Types>", "word/document.xml": "<w/>"}
        )
        assert refusal(declared, "宏.docx", root).code == "wrong_type"

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"%PDF-1.7\n%%EOF", "坏.pdf"),
            (material.pdf("x")[:80], "坏.pdf"),
            (material.docx("x")[:100], "坏.docx"),
            (material.docx(document="<w><t>x</w>"), "坏.docx"),
            (material.doc("x")[:700], "坏.doc"),
            (b"\xff\xd8\xff\xe0\x00", "坏.jpg"),
            (b"\x81\x20\xff\xfe\x00\x80\x81", "坏.txt"),
            (b"text\x00with nul", "坏.csv"),
        ],
    )
    def test_a_broken_file(self, content: bytes, name: str, root: Path) -> None:
        assert refusal(content, name, root).code == "broken"

    def test_a_picture_of_a_thousand_million_pixels(self, root: Path) -> None:
        assert refusal(material.png(40_000, 40_000), "图.png", root).code == "bomb"


class TestSecretMarks:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (material.docx("机密★10年", "关于某事"), "通知.docx"),
            (material.docx("正文", extra={"word/header1.xml": "<h><t>秘密★</t></h>"}), "页眉.docx"),
            (material.docx("正文", extra={"word/embeddings/a.xlsx": material.xlsx(("绝密★长期",))}), "嵌入.docx"),
            (material.xlsx(("机密★5年",)), "表.xlsx"),
            (material.pptx("秘密★3年"), "片.pptx"),
            (material.ofd("机密★20年"), "版.ofd"),
            (material.doc("机密★10年\r关于某事"), "旧.doc"),
            (material.compound({"Workbook": b"\x00" * 512 + "机密★10年".encode("utf-16-le")}), "旧.xls"),
            ("秘密★1年\n".encode("gbk"), "记.txt"),
            (("公" * 65_530 + "\n机密★10年").encode(), "长.txt"),
            (material.docx("无标志"), "机密★10年 通知.docx"),
        ],
    )  # fmt: skip
    def test_nothing_marked_is_kept(self, content: bytes, name: str, root: Path) -> None:
        refused = refusal(content, name, root)
        assert refused.code == "secret_mark"
        assert "10年" not in refused.message

    def test_a_law_on_secrets_is_no_secret(self) -> None:
        assert take(material.docx("中华人民共和国保守国家秘密法"), "保守国家秘密法.docx").text_status == "extracted"
