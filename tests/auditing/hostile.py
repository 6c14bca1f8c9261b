"""Files that want to hurt their reader."""

import io
import zipfile
import zlib
from collections.abc import Callable

from tests.auditing import synthetic

HEAD = "<html><head><meta charset='utf-8'></head><body>"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "xxxxxxxxxx">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><a>&j;</a>"
)


def _package(document: bytes, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        package.writestr("word/document.xml", document)
    return out.getvalue()


def _lying_package() -> bytes:
    """The directory says the part is small."""
    data = _package(b"<a>" + b" " * 60_000_000 + b"</a>")
    size = (60_000_007).to_bytes(4, "little")
    return data.replace(size, (900).to_bytes(4, "little"))


def _pdf(stream: bytes, *, pages: str = "[4 0 R]", count: int = 1, extra: str = "") -> bytes:
    packed = zlib.compress(stream)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {pages} /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>"
        ),
        f"<< /Length {len(packed)} /Filter /FlateDecode {extra}>>\nstream\n".encode() + packed + b"\nendstream",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(f"{o:010d} 00000 n \n".encode() for o in offsets)
    return bytes(out) + f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def _words(text: str) -> bytes:
    return text.encode("utf-8")


def _table(rows: int, columns: int) -> bytes:
    return _words(HEAD + "<table>" + ("<tr>" + "<td>1</td>" * columns + "</tr>") * rows + "</table>")


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": (".docx", lambda: _package(b"<w>" + b"0" * 120_000_000 + b"</w>")),
    "lying zip": (".docx", _lying_package),
    "entity loop in word": (".docx", lambda: _package(ENTITIES.encode())),
    "outside entity": (
        ".docx",
        lambda: _package(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    ),
    "word without text": (".docx", lambda: _package(b"<a/>")),
    "deep word": (".docx", lambda: _package(b"<w:document>" + b"<w:sdt>" * 9000)),
    "deep word tables": (
        ".docx",
        lambda: _package(
            f"<w:document {synthetic.W}><w:body>{'<w:tbl><w:tr><w:tc>' * 80}{'</w:tc></w:tr></w:tbl>' * 80}".encode()
            + b"</w:body></w:document>"
        ),
    ),
    "other zip": (".docx", lambda: b"PK\x03\x04" + b"\x00" * 100),
    "truncated word": (".docx", lambda: synthetic.docx(synthetic.report("G2021", 1))[:-900]),
    "entity loop in page": (".html", lambda: ENTITIES.encode()),
    "deep page": (".html", lambda: _words(HEAD + "<div>" * 200_000 + "x")),
    "deep tables": (".html", lambda: _words(HEAD + "<table><tr><td>" * 3_000 + "x")),
    "endless spans": (
        ".html",
        lambda: _words(
            HEAD + "<table>" + "<tr><td rowspan=9999 colspan=9999>1</td><td>2</td></tr>" * 3_000 + "</table>"
        ),
    ),
    "long table": (".html", lambda: _table(60_000, 12)),
    "wide table": (".html", lambda: _table(2, 300_000)),
    "wide form": (
        ".html",
        lambda: _words(
            HEAD + "<table><tr><td>本年新收政府信息公开申请数量</td></tr><tr><td>重复申请</td>" + "<td>1</td>" * 50_000
        ),
    ),
    "many forms": (
        ".html",
        lambda: _words(HEAD + synthetic.page(synthetic.report("G2021", 1)).split("<body>")[1] * 250),
    ),
    "pipes": (".txt", lambda: _words("|" * 7_000_000)),
    "pipe rows": (".txt", lambda: _words("重复申请 | 1 | 2 | 3 |\n" * 200_000)),
    "digits": (".txt", lambda: _words("一、本年新收政府信息公开申请数量" + "1" * 7_000_000)),
    "digit runs": (".txt", lambda: _words(synthetic.glued(synthetic.report("G2021", 1)).replace("0", "01" * 12))),
    "brackets": (".txt", lambda: _words("(" * 3_000_000)),
    "hanzi": (".txt", lambda: _words("公开信息" * 600_000)),
    "same word": (".txt", lambda: _words("的" * 2_500_000)),
    "sums": (".txt", lambda: _words("云川县2023年政府信息公开工作年度报告\n公开信息100条,其中" + "甲1条、" * 300_000)),
    "years": (".txt", lambda: _words("2023年1月" * 500_000)),
    "percentages": (".txt", lambda: _words("收到10件,占10%," * 200_000)),
    "titles": (".txt", lambda: _words("云川县2023年政府信息公开工作年度报告\n" * 120_000)),
    "chapters": (".txt", lambda: _words("一、总体情况\n三、收到和处理政府信息公开申请情况\n" * 100_000)),
    "labels": (".txt", lambda: _words("一、本年新收政府信息公开申请数量0 0 0 0 0 0 0 " * 120_000)),
    "blanks": (".txt", lambda: b" " * 7_900_000),
    "line ends": (".txt", lambda: b"\n" * 7_900_000),
    "zeros": (".txt", lambda: b"\x00" * 1_000_000),
    "too much text": (".txt", lambda: b"a" * 20_000_000),
    "pdf bomb": (".pdf", lambda: _pdf(b"BT /F1 9 Tf (0000000000) Tj ET\n" * 4_000_000)),
    "pdf lines": (".pdf", lambda: _pdf(b"0 0 m 100 100 l S 10 10 50 50 re S\n" * 300_000)),
    "pdf words": (".pdf", lambda: _pdf(b"BT /F1 9 Tf 10 10 Td (x 0 y) Tj ET\n" * 200_000)),
    "pdf of itself": (".pdf", lambda: _pdf(b"", pages="[2 0 R 2 0 R]", count=2)),
    "pdf of many pages": (".pdf", lambda: _pdf(b"", pages="[" + "4 0 R " * 5_000 + "]", count=5_000)),
    "pdf head only": (".pdf", lambda: b"%PDF-1.7\n" + b"\xff" * 5000),
    "old word": (".doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096),
    "no pdf": (".pdf", lambda: b"hello"),
    "noise": (".txt", lambda: bytes((i * 7919 + i // 251) % 256 for i in range(200_000))),
    "picture": (".png", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
}
