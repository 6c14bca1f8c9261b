"""One door for every format. What a file is follows from its first bytes, then from its name."""

import codecs
import re
from pathlib import Path

from gongkai.auditing import errors
from gongkai.auditing.document import Document
from gongkai.auditing.reading import text

LARGEST_FILE = 60_000_000
LARGEST_TEXT = 8_000_000
LONGEST = 1_000_000
SUFFIXES = frozenset(
    {
        ".txt",
        ".md",
        ".markdown",
        ".tsv",
        ".html",
        ".htm",
        ".shtml",
        ".xhtml",
        ".docx",
        ".pdf",
        ".png",
        ".jpg",
        ".jpeg",
    }
)
# Formats in which reports do come, and that are told from each other and refused by name.
REFUSED = frozenset({".doc", ".wps", ".rtf", ".odt", ".ofd", ".mht", ".mhtml"})
_MESSAGE = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE)
_STRANGE = "\x00\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x15\x16\x17\x18\x19\ufffd"
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|div|p|meta)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_DATA_URI = re.compile(rb"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]+")


def read(path: Path) -> Document:
    """The document in the file. Raises `CannotRead` and nothing else for anything a file can do."""
    document = _by_kind(path, _content(path))
    length = sum(len(block.text) for block in document.blocks)
    if length > LONGEST:
        raise errors.TooLarge(f"文件有{length // 10_000}万字,不是年度报告")
    if not document.blocks:
        raise errors.Empty("文件里没有文字")
    return document


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise errors.NotFound(f"不是文件:{path.name}")
        if size > LARGEST_FILE:
            raise errors.TooLarge(f"文件有{size // 1_000_000}MB,超过{LARGEST_FILE // 1_000_000}MB的上限")
        return path.read_bytes()
    except OSError as problem:
        raise errors.NotFound(f"文件打不开:{problem.strerror or path.name}") from problem


def _by_kind(path: Path, data: bytes) -> Document:
    suffix = path.suffix.lower()
    if data.startswith(b"%PDF") or (suffix == ".pdf" and b"%PDF" in data[:1024]):
        from gongkai.auditing.reading import pdf

        return pdf.read(path, data)
    if data.startswith(b"PK\x03\x04"):
        from gongkai.auditing.reading import docx

        return docx.read(path, data)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        from gongkai.auditing.reading import image

        return image.read(path, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise errors.Unsupported("这是旧版Word或WPS文档(.doc、.wps),请另存为.docx后再检查")
    if data.startswith(b"{\\rtf"):
        raise errors.Unsupported("这是RTF文档,请另存为.docx后再检查")
    if _MESSAGE.match(data[:4096]):
        raise errors.Unsupported("这是单文件网页(.mht、.mhtml),请另存为“网页,仅HTML”(.html)后再检查")
    if suffix in (".pdf", ".docx", ".png", ".jpg", ".jpeg"):
        raise errors.Damaged(f"文件内容不是{suffix}格式,可能已损坏")
    return _text_or_html(path, data)


def _text_or_html(path: Path, data: bytes) -> Document:
    if path.suffix.lower() in (".html", ".htm", ".shtml", ".xhtml") or _HTML.search(data[:4096]):
        from gongkai.auditing.reading import html

        data = _DATA_URI.sub(b"", data)
        _small(data)
        return html.read(path, decoded(data))
    _small(data)
    content = decoded(data)
    strange = sum(map(content.count, _STRANGE))
    if strange > len(content) // 100:
        raise errors.Unsupported("这不是文本、网页、Word或PDF文件,无法读取")
    return Document(str(path), "text", tuple(text.blocks(content)))


def _small(data: bytes) -> None:
    if len(data) > LARGEST_TEXT:
        raise errors.TooLarge(f"文本有{len(data) // 1_000_000}MB,超过{LARGEST_TEXT // 1_000_000}MB的上限")


def decoded(data: bytes) -> str:
    """Text in whatever encoding Chinese offices use: UTF-8, UTF-16 with mark, else GB 18030."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", errors="replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        declared = _CHARSET.search(data[:4096])
        name = declared[1].decode("ascii").lower() if declared else ""
        if name in ("utf-8", "utf8") or problem.start > len(data) - 4:
            return data.decode("utf-8", errors="replace")
    return data.decode("gb18030", errors="replace")
