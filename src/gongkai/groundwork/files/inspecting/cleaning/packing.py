"""Writes an archive so that the same parts give the same bytes, and reads its XML with distrust."""

import io
import zipfile
from collections.abc import Iterable

from lxml import etree

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def pack(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The parts in this order, without times, systems and other traces of a machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            package.writestr(entry, content)
    return out.getvalue()


def parse(content: bytes) -> etree._Element:
    """Raises `etree.XMLSyntaxError`."""
    return etree.fromstring(content, _PARSER)


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: etree._Element) -> str:
    """The name without its namespace; of comments and instructions nothing."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def drop(element: etree._Element) -> None:
    """Takes the element out and leaves the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
