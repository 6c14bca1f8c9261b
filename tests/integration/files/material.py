"""Files for the tests, good and hostile, built when they are needed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import openpyxl

_NOTHING = 0xFFFFFFFF
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(entries: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, extra: Mapping[str, bytes | str] | None = None, document: str | None = None) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    xml = document or f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": xml, **(extra or {})})


def xlsx(*rows: tuple[str | int | float, ...]) -> bytes:

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pptx(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    slide = f'<p:sld xmlns:p="urn:p" xmlns:a="{space}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
    return archive({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": slide})


def ofd(*lines: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(f"<ofd:TextObject><ofd:TextCode>{line}</ofd:TextCode></ofd:TextObject>" for line in lines)
    page = f"<ofd:Page {space}><ofd:Content>{objects}</ofd:Content></ofd:Page>"
    return archive({"OFD.xml": f"<ofd:OFD {space}/>", "Doc_0/Pages/Page_0/Content.xml": page})


def pdf(text: str = "", *, encrypted: bool = False) -> bytes:
    """A page with one line of Latin text, or none. ``encrypted`` asks for a password that nobody has."""
    stream = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode("latin-1") if text else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    trailer = b""
    if encrypted:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /P -64 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
        )
        trailer = b" /Encrypt 7 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def png(width: int = 4, height: int = 3) -> bytes:

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xff" * width for _ in range(height)) if width * height < 10_000 else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, each at least 4,096 bytes long so that no short sectors are needed."""
    padded = {name: data.ljust(4096, b"\x00") for name, data in streams.items()}
    sectors: list[bytes] = []
    fat: list[int] = []

    def chain(data: bytes) -> int:
        first = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\x00") for at in range(0, len(data), 512)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    starts = {name: chain(data) for name, data in padded.items()}
    directory = _directory_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    for number, (name, data) in enumerate(padded.items(), 1):
        following = number + 1 if number < len(padded) else _NOTHING
        directory += _directory_entry(name, 2, starts[name], len(data), right=following)
    directory_start = chain(directory)
    fat_start = len(sectors)
    fat.append(0xFFFFFFFD)
    assert len(fat) <= 128
    sectors.append(struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, directory_start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", fat_start, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors)


def _directory_entry(
    name: str, kind: int, start: int, size: int, *, child: int = _NOTHING, right: int = _NOTHING
) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw), kind, 1)
    return head + struct.pack("<III", _NOTHING, right, child) + b"\x00" * 36 + struct.pack("<IQ", start, size)


def doc(text: str, *, encrypted: bool = False) -> bytes:
    """A Word 97 document whose text lies in one piece of UTF-16."""
    body = text.encode("utf-16-le")
    main = bytearray(2048) + body
    struct.pack_into("<H", main, 0, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    table = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, 2048, 0)
    pieces = b"\x02" + struct.pack("<I", len(table)) + table
    struct.pack_into("<II", main, 0x01A2, 0, len(pieces))
    return compound({"WordDocument": bytes(main), "1Table": pieces})
