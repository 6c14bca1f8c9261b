"""Reads the outline of a file that has been taken in; runs inside the inspecting process."""

import html
from typing import BinaryIO

from gongkai.groundwork.files.inspecting import binary_office, packages
from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.inspecting.collecting import TextCollector
from gongkai.groundwork.files.inspecting.compound import MAGIC, CompoundFile
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.outlining import fixed_layout, flowing, portable
from gongkai.groundwork.files.outlining.outline import Block, Outline
from gongkai.groundwork.files.refusals import Code, RefusedFile


def read(stream: BinaryIO) -> Outline:
    """The outline of a PDF, OFD, DOCX or DOC. Raises RefusedFile: it is none of these, or damaged."""
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(b"%PDF-"):
        return portable.read(stream)
    if head == MAGIC:
        return _binary(stream)
    archive = Archive(stream)
    kind = packages.kind_of(archive.names)
    if kind is Kind.DOCX:
        return flowing.read(archive)
    if kind is Kind.OFD:
        return fixed_layout.read(archive)
    raise RefusedFile(Code.WRONG_TYPE, "不能读取这种格式的正文。")


def _binary(stream: BinaryIO) -> Outline:
    """Word's old format: its text, a block for each line; how it looks is not read."""
    document = CompoundFile(stream)
    collector = TextCollector()
    binary_office.read(document, Kind.DOC, collector)
    lines = (line.strip(" \t\u3000") for line in collector.finish().splitlines())
    return Outline(tuple(Block(text=line, html=html.escape(line, quote=False)) for line in lines if line))
