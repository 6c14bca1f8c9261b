"""Documents that are ZIP archives of XML parts: Open XML (also as written by WPS) and OFD (GB/T 33190)."""

import io
import re
from dataclasses import dataclass
from typing import BinaryIO

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.inspecting.collecting import TextCollector
from gongkai.groundwork.files.inspecting.markup import text_of
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.refusals import Code, RefusedFile


@dataclass(frozen=True)
class _Format:
    """Which parts hold text, in which elements, and after which elements a line ends."""

    part: re.Pattern[str]
    wanted: frozenset[str]
    breaks: frozenset[str]


_OFFICE_PROPERTIES = r"docProps/(core|app|custom)\.xml"
_PROPERTIES = {"title", "subject", "keywords", "description", "category", "lpwstr", "lpstr", "contentStatus"}
_FORMATS = {
    Kind.DOCX: _Format(
        re.compile(rf"word/(document|header\d*|footer\d*|footnotes|endnotes|comments|glossary/document)\.xml"
                   rf"|{_OFFICE_PROPERTIES}"),
        frozenset({"t", *_PROPERTIES}),
        frozenset({"p", "br", "tab", *_PROPERTIES}),
    ),
    Kind.XLSX: _Format(
        re.compile(rf"xl/(sharedStrings|worksheets/sheet\d+|comments\d*|drawings/drawing\d+)\.xml|{_OFFICE_PROPERTIES}"),
        frozenset({"t", "oddHeader", "oddFooter", "evenHeader", "firstHeader", *_PROPERTIES}),
        frozenset({"si", "is", "p", "oddHeader", "oddFooter", "evenHeader", "firstHeader", *_PROPERTIES}),
    ),
    Kind.PPTX: _Format(
        re.compile(rf"ppt/(slides/slide\d+|notesSlides/notesSlide\d+|slideMasters/slideMaster\d+)\.xml"
                   rf"|{_OFFICE_PROPERTIES}"),
        frozenset({"t", *_PROPERTIES}),
        frozenset({"p", "br", *_PROPERTIES}),
    ),
    Kind.OFD: _Format(
        re.compile(r"(OFD|.*/(Content|Annotation|CustomTag|Page\w*|Annot\w*))\.xml", re.IGNORECASE),
        frozenset({"TextCode", "Title", "Subject", "Abstract", "Keyword", "CustomData"}),
        frozenset({"TextObject", "Title", "Subject", "Abstract", "Keyword", "CustomData"}),
    ),
}  # fmt: skip
_EMBEDDED = re.compile(r"(word|xl|ppt)/embeddings/.*\.(docx|xlsx|pptx)", re.IGNORECASE)
_MACROS = re.compile(r"(vbaProject|vbaData)\.(bin|xml)$", re.IGNORECASE)
_DEEPEST = 1


def kind_of(names: list[str]) -> Kind | None:
    """What the archive is, told from its parts; None where it is only an archive."""
    present = set(names)
    for part, kind in (
        ("word/document.xml", Kind.DOCX),
        ("xl/workbook.xml", Kind.XLSX),
        ("ppt/presentation.xml", Kind.PPTX),
        ("OFD.xml", Kind.OFD),
    ):
        if part in present:
            return kind
    return None


def read(archive: Archive, kind: Kind, collector: TextCollector, *, depth: int = 0) -> None:
    """Hands all text of the document to the collector.

    Raises:
        RefusedFile: macros, deeper nesting than a document in a document, damaged parts, marks, bombs.
    """
    if any(_MACROS.search(name) for name in archive.names) or _declares_macros(archive):
        raise RefusedFile(Code.WRONG_TYPE, "文件含有宏，未保存。请另存为不含宏的格式后重新上传。")
    layout = _FORMATS[kind]
    for name in sorted(archive.names, key=_natural):
        if layout.part.fullmatch(name):
            for piece in text_of(archive.pieces(name), wanted=layout.wanted, breaks=layout.breaks):
                collector.add(piece)
            collector.add("\n")
        elif not name.endswith(("/", ".xml", ".rels")) and archive.head(name).startswith(b"PK\x03\x04"):
            _read_embedded(archive, name, collector, depth)


def _read_embedded(archive: Archive, name: str, collector: TextCollector, depth: int) -> None:
    if depth >= _DEEPEST or not _EMBEDDED.fullmatch(name):
        raise RefusedFile(Code.WRONG_TYPE, "文件内嵌套了压缩包，无法逐一检查，未保存。请解开后分别上传。")
    inner_stream: BinaryIO = io.BytesIO(archive.read(name))
    inner = Archive(inner_stream)
    kind = kind_of(inner.names)
    if kind is None:
        raise RefusedFile(Code.WRONG_TYPE, "文件内嵌套了压缩包，无法逐一检查，未保存。请解开后分别上传。")
    read(inner, kind, collector, depth=depth + 1)


def _declares_macros(archive: Archive) -> bool:
    return "[Content_Types].xml" in archive.names and b"macroEnabled" in archive.read("[Content_Types].xml")


def _natural(name: str) -> tuple[str, int, str]:
    number = re.search(r"(\d+)\D*$", name)
    return (re.sub(r"\d+\D*$", "", name), int(number.group(1)[:9]) if number else 0, name)
