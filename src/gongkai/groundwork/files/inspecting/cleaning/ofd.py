"""OFD (GB/T 33190): who made it goes from the head of the package; a signed one cannot be touched."""

from lxml import etree

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.inspecting.cleaning import images, packing

_HEAD = "OFD.xml"
_OF_THE_MAKING = frozenset(
    {"Author", "Creator", "CreatorVersion", "CreationDate", "ModDate", "CustomDatas", "Keywords", "Subject", "Abstract"}
)


def clean(archive: Archive) -> tuple[bytes | None, tuple[str, ...]]:
    """The copy and its traces."""
    if any(name.rpartition("/")[2].lower() in {"signatures.xml", "signature.xml"} for name in archive.names):
        return None, ("signed",)
    traces = ("hidden",) if any("/Attachs/" in name or "/Attachments/" in name for name in archive.names) else ()
    parts = ((name, _part(name, archive.read(name))) for name in archive.names if not name.endswith("/"))
    try:
        return packing.pack(parts), traces
    except etree.XMLSyntaxError:
        return None, ("uncleaned",)


def _part(name: str, content: bytes) -> bytes:
    if name != _HEAD:
        return images.inside(content)
    root = packing.parse(content)
    for element in list(root.iter()):
        if packing.local(element) in _OF_THE_MAKING:
            packing.drop(element)
    return packing.written(root)
