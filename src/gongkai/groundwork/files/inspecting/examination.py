"""Looks into one file: what it truly is, what it says, and whether it must stay outside."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from gongkai.groundwork.files import names
from gongkai.groundwork.files.inspecting import binary_office, packages, pictures, plain, portable, webpage
from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.inspecting.collecting import TextCollector, refuse_marks
from gongkai.groundwork.files.inspecting.compound import MAGIC, CompoundFile
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.refusals import Code, RefusedFile

_PICTURES = frozenset({Kind.JPG, Kind.PNG})
# Told apart by their endings alone: any bytes that read as text may be one of these.
_TEXTS = (Kind.CSV, Kind.TXT, Kind.MD, Kind.HTML)
_MISMATCH = "文件的实际格式与扩展名不符，未保存。请用正确的格式另存后重新上传。"


@dataclass(frozen=True)
class Inspection:
    """What was found. ``text_status``: extracted, none (no text layer: not assessable), unsupported."""

    kind: Kind
    text: str
    text_status: str


def examine(stream: BinaryIO, file_name: str, allowed: frozenset[Kind]) -> Inspection:
    """Raises RefusedFile for everything that may not come in."""
    refuse_marks(names.clean(file_name))
    ending = names.extension(file_name)
    if not any(ending in kind.extensions for kind in allowed):
        raise RefusedFile(Code.WRONG_TYPE, _wrong_type(ending, allowed))
    head = stream.read(8)
    stream.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _examine_archive(stream, ending, allowed)
    if head == MAGIC:
        return _examine_compound(stream, ending, allowed)
    kind = _kind_by_head(head, ending)
    _insist(kind, ending, allowed)
    if kind not in _TEXTS and zipfile.is_zipfile(stream):
        raise RefusedFile(Code.TYPE_MISMATCH, "文件同时是另一种格式（后面接有压缩包），未保存。请重新生成后上传。")
    stream.seek(0)
    return _examine_simple(stream, kind)


def _examine_simple(stream: BinaryIO, kind: Kind) -> Inspection:
    collector = TextCollector()
    if kind in _PICTURES:
        pictures.check(stream)
        return Inspection(kind, "", "none")
    if kind is Kind.PDF:
        portable.read(stream, collector)
    elif kind is Kind.HTML:
        webpage.read(stream, collector)
    else:
        plain.read(stream, collector)
    return _found(kind, collector)


def _examine_archive(stream: BinaryIO, ending: str, allowed: frozenset[Kind]) -> Inspection:
    archive = Archive(stream)
    kind = packages.kind_of(archive.names)
    collector = TextCollector()
    if kind is None:
        _insist(Kind.ZIP, ending, allowed)
        refuse_marks("\n".join(archive.names))
        return Inspection(Kind.ZIP, "", "unsupported")
    _insist(kind, ending, allowed)
    packages.read(archive, kind, collector)
    return _found(kind, collector)


def _examine_compound(stream: BinaryIO, ending: str, allowed: frozenset[Kind]) -> Inspection:
    document = CompoundFile(stream)
    kind = binary_office.kind_of(document)
    if kind is None:
        raise RefusedFile(Code.WRONG_TYPE, _wrong_type(ending, allowed))
    _insist(kind, ending, allowed)
    collector = TextCollector()
    binary_office.read(document, kind, collector)
    return _found(kind, collector)


def _found(kind: Kind, collector: TextCollector) -> Inspection:
    text = collector.finish()
    return Inspection(kind, text, "extracted" if text else "none")


def _kind_by_head(head: bytes, ending: str) -> Kind:
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(pictures.JPEG_MAGIC):
        return Kind.JPG
    if head == pictures.PNG_MAGIC:
        return Kind.PNG
    for kind in _TEXTS:
        if ending in kind.extensions:
            return kind
    raise RefusedFile(Code.TYPE_MISMATCH, _MISMATCH)


def _insist(kind: Kind, ending: str, allowed: frozenset[Kind]) -> None:
    if ending not in kind.extensions:
        raise RefusedFile(Code.TYPE_MISMATCH, _MISMATCH)
    if kind not in allowed:
        raise RefusedFile(Code.WRONG_TYPE, _wrong_type(ending, allowed))


def _wrong_type(ending: str, allowed: frozenset[Kind]) -> str:
    if ending in {"docm", "xlsm", "pptm", "dotm", "xltm"}:
        return "不接收含宏的文件，未保存。请另存为不含宏的格式后重新上传。"
    listed = "、".join(kind.value for kind in Kind if kind in allowed)
    return f"不接收这种格式的文件，未保存。可以上传：{listed}。"
