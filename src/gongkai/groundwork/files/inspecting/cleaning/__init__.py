"""Makes the copy of a file that the public gets: without author, history, EXIF; the same input gives the same bytes.

Runs in the child process. What the copy still carries and a person must remove is named as traces: ``revisions``,
``comments``, ``hidden``; ``signed`` and ``uncleaned`` are files that were left as they are.
"""

from dataclasses import dataclass
from typing import BinaryIO

from gongkai.groundwork.files.inspecting import pictures
from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.inspecting.cleaning import images, ofd, open_xml, portable
from gongkai.groundwork.files.inspecting.compound import MAGIC


@dataclass(frozen=True)
class Cleaned:
    """``content`` is None where the file itself is the public copy."""

    content: bytes | None
    traces: tuple[str, ...] = ()


def clean(stream: BinaryIO) -> Cleaned:
    """The cleaned copy of a file that was taken in before."""
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(b"PK\x03\x04"):
        archive = Archive(stream)
        return Cleaned(*(ofd.clean(archive) if "OFD.xml" in archive.names else open_xml.clean(archive)))
    if head.startswith(b"%PDF-"):
        return Cleaned(*portable.clean(stream))
    if head.startswith(pictures.JPEG_MAGIC):
        return Cleaned(images.jpeg_upright(stream.read()))
    if head == pictures.PNG_MAGIC:
        return Cleaned(images.png(stream.read()))
    return Cleaned(None, ("uncleaned",) if head == MAGIC else ())
