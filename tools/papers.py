"""Official papers as files: one description, laid out as DOCX, PDF or OFD, with what GB/T 9704 puts where."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WIDTH, _HEIGHT = 595.0, 842.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 79.0, 521.0, 105.0, 740.0
_PITCH = 29.0
BODY = 16.0


@dataclass(frozen=True)
class Line:
    """A paragraph with its layout; ``indent`` counts letters."""

    text: str
    align: str = ""
    size: float = BODY
    is_red: bool = False
    indent: float = 2


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An official paper. What is empty is not on it."""

    title: tuple[str, ...] = ("关于做好冬季供暖工作的通知",)
    head: str = "甲局文件"
    number: str = "甲政办发〔2026〕12号"
    top: tuple[str, ...] = ()
    signer: str = ""
    recipients: str = "各科室、各直属单位："
    body: tuple[str, ...] = (
        "为做好今年冬季供暖工作，保障群众温暖过冬，现就有关事项通知如下，请各科室、各直属单位结合实际认真抓好贯彻落实。",
        "一、提前检修管网",
        "各单位要对供热管网、换热站和锅炉逐一检修，建立问题清单，在供暖开始前全部整改到位，并把检修情况报送运行管理科备案。",
        "二、畅通报修渠道",
        "公布二十四小时报修电话，接到报修后两小时内上门，当天不能修复的要说明原因并采取临时取暖措施，确保群众诉求件件有回音。",
    )
    attachments: tuple[str, ...] = ()
    signature: tuple[str, ...] = ("甲局",)
    written: str = "2026年11月16日"
    note: str = "（此件公开发布）"
    copies: str = "抄送：市政府办公室。"
    printed: tuple[str, str] = ("甲局办公室", "2026年11月17日印发")
    extra: tuple[Line, ...] = field(default=())

    def lines(self) -> Iterator[Line]:
        """Top to bottom."""
        yield from (Line(text, indent=0) for text in self.top)
        if self.head:
            yield Line(self.head, "center", 40, is_red=True)
        if self.number:
            number = f"{self.number}          签发人：{self.signer}" if self.signer else self.number
            yield Line(number, "" if self.signer else "center", indent=1)
        yield from (Line(text, "center", 22) for text in self.title)
        if self.recipients:
            yield Line(self.recipients, indent=0)
        yield from (Line(text) for text in self.body)
        for place, name in enumerate(self.attachments, 1):
            lead = "附件：" if place == 1 else "      "
            numbered = f"{place}．" if len(self.attachments) > 1 else ""
            yield Line(f"{lead}{numbered}{name}")
        yield from (Line(text, "right") for text in self.signature)
        if self.written:
            yield Line(self.written, "right")
        if self.note:
            yield Line(self.note)
        if self.copies:
            yield Line(self.copies, size=14, indent=1)
        if self.printed[0]:
            yield Line(f"{self.printed[0]}                    {self.printed[1]}", size=14, indent=1)
        yield from self.extra


@dataclass(frozen=True)
class _Placed:
    """A printed line: page, left edge and base line from the bottom in points."""

    text: str
    page: int
    left: float
    base: float
    size: float
    is_red: bool = False


def docx(paper: Paper, *, extra: str = "", parts: dict[str, str] | None = None) -> bytes:
    """``extra`` is WordprocessingML at the end of the body, ``parts`` further parts of the package."""
    body = "".join(_word_paragraph(line) for line in paper.lines())
    document = f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body>{body}{extra}</w:body></w:document>'
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(parts or {})})


def ofd(paper: Paper) -> bytes:
    """Text objects a line each, in millimetres, with page numbers at the foot."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    pages = _pages(paper)
    parts = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(
            f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    for number, lines in enumerate(pages):
        objects = "".join(_ofd_text(line) for line in lines)
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return package(parts)


def pdf(paper: Paper) -> bytes:
    """Chinese text in a font that the reader brings along, with page numbers at the foot."""
    pages = _pages(paper)
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    descendant = (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
    )
    descriptor = (
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.encode(),
        descendant.encode(),
        descriptor.encode(),
    ]
    for number, lines in enumerate(pages):
        content = "\n".join(_pdf_text(line) for line in lines).encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    return _pdf_file(objects)


def package(entries: dict[str, str] | dict[str, bytes]) -> bytes:
    """A ZIP with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def gbk_archive(entries: dict[str, bytes]) -> bytes:
    """A ZIP as old Chinese Windows writes it: names in GBK, without saying so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            info = _NamedInGbk(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


class _NamedInGbk(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def _word_paragraph(line: Line) -> str:
    align = f'<w:jc w:val="{line.align}"/>' if line.align else ""
    colour = '<w:color w:val="FF0000"/>' if line.is_red else ""
    letters = f'<w:rPr><w:sz w:val="{int(line.size * 2)}"/>{colour}</w:rPr>'
    text = f'<w:t xml:space="preserve">{escape(line.text)}</w:t>'
    return f"<w:p><w:pPr>{align}</w:pPr><w:r>{letters}{text}</w:r></w:p>"


def _pages(paper: Paper) -> list[list[_Placed]]:
    """Lines broken at the right edge and put on pages."""
    pages: list[list[_Placed]] = [[]]
    down = _TOP
    for line in paper.lines():
        for text, left in _broken(line):
            if down > _BOTTOM:
                pages.append([])
                down = _TOP
            pages[-1].append(_Placed(text, len(pages), left, _HEIGHT - down, line.size, line.is_red))
            down += max(_PITCH, line.size * 1.6)
    for number, lines in enumerate(pages, 1):
        lines.append(_Placed(f"— {number} —", number, 480 if number % 2 else 85, 60, 14))
    return pages


def _broken(line: Line) -> Iterator[tuple[str, float]]:
    width = _length(line.text) * line.size
    if line.align == "center":
        yield line.text, (_LEFT + _RIGHT - width) / 2
        return
    if line.align == "right":
        yield line.text, _RIGHT - width - 2 * line.size
        return
    text, left = line.text, _LEFT + line.indent * line.size
    while text:
        room, taken = (_RIGHT - left) / line.size, 0
        while taken < len(text) and _length(text[: taken + 1]) <= room + 1e-6:
            taken += 1
        yield text[:taken], left
        text, left = text[taken:], _LEFT


def _length(text: str) -> float:
    """In letters; the font of the tests gives every character the same width."""
    return float(len(text))


def _ofd_text(line: _Placed) -> str:
    scale = 25.4 / 72
    left, size = line.left * scale, line.size * scale
    top = (_HEIGHT - line.base) * scale - size
    colour = '<ofd:FillColor Value="220 20 20"/>' if line.is_red else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{left:.2f} {top:.2f} {_length(line.text) * size:.2f} {size:.2f}" Font="1" '
        f'Size="{size:.2f}">{colour}<ofd:TextCode X="0" Y="{size:.2f}">{escape(line.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _pdf_text(line: _Placed) -> str:
    colour = "0.9 0 0 rg" if line.is_red else "0 0 0 rg"
    return (
        f"BT {colour} /F1 {line.size} Tf 1 0 0 1 {line.left:.1f} {line.base:.1f} Tm "
        f"<{line.text.encode('utf-16-be').hex()}> Tj ET"
    )


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
