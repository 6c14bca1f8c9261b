"""DOCX, XLSX, PPTX: properties emptied, revision ids, people, paths and printers gone; what is left open is named."""

import io
import posixpath
from collections.abc import Iterator

from lxml import etree

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.inspecting.cleaning import images, packing

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_EMPTIED = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP}
# Parts that only tell of the making, by the beginning of their names.
_DROPPED = (
    "docProps/custom.xml",
    "docProps/thumbnail",
    "customXml/",
    "word/people.xml",
    "xl/printerSettings/",
    "xl/persons/",
)
_DROPPED_ELEMENTS = frozenset({"rsids", "attachedTemplate", "docVars", "trackRevisions", "absPath", "fileSharing"})
_REVISIONS = frozenset(
    {
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange"),
        *("tcPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge"),
    }
)
_COMMENT = frozenset({"comment", "threadedComment", "cm"})
_OFF = frozenset({"0", "false", "off"})
_RELATIONS = ".rels"


def clean(archive: Archive) -> tuple[bytes | None, tuple[str, ...]]:
    """The copy and its traces."""
    traces: dict[str, None] = {}
    try:
        return packing.pack(list(_parts(archive, traces))), tuple(traces)
    except etree.XMLSyntaxError:
        return None, ("uncleaned",)


def _parts(archive: Archive, traces: dict[str, None]) -> Iterator[tuple[str, bytes]]:
    for name in archive.names:
        if name.endswith("/") or name.startswith(_DROPPED):
            continue
        content = archive.read(name)
        if name in _EMPTIED:
            yield name, _EMPTIED[name]
        elif name.endswith(_RELATIONS):
            yield name, _without_lost_relations(name, content)
        elif name == "[Content_Types].xml":
            yield name, _without_lost_types(content)
        elif name.endswith(".xml"):
            yield name, _part(name, content, traces)
        elif content.startswith(b"PK\x03\x04"):
            yield name, _embedded(content, traces)
        else:
            yield name, images.inside(content)


def _embedded(content: bytes, traces: dict[str, None]) -> bytes:
    inner, found = clean(Archive(io.BytesIO(content)))
    traces.update(dict.fromkeys(found))
    return content if inner is None else inner


def _part(name: str, content: bytes, traces: dict[str, None]) -> bytes:
    root = packing.parse(content)
    changed = False
    for element in list(root.iter()):
        tag = packing.local(element)
        traces.update(dict.fromkeys(_traces(name, tag, element)))
        if tag in _DROPPED_ELEMENTS:
            packing.drop(element)
            changed = True
        changed |= _forget(element, tag)
    return packing.written(root) if changed else content


def _forget(element: etree._Element, tag: str) -> bool:
    """Takes away the attributes that tell which editing session wrote the element, or on which printer."""
    gone = [
        key
        for key in element.attrib
        if str(key).rpartition("}")[2].startswith("rsid") or (tag == "pageSetup" and str(key).endswith("}id"))
    ]
    for key in gone:
        del element.attrib[key]
    return bool(gone)


def _traces(name: str, tag: str, element: etree._Element) -> Iterator[str]:
    if name.startswith("word/"):
        if tag in _REVISIONS and name != "word/styles.xml":
            yield "revisions"
        if tag == "vanish" and name == "word/document.xml" and _value(element) not in _OFF:
            yield "hidden"
    if tag in _COMMENT and "comments" in name.lower():
        yield "comments"
    if name.startswith("xl/revisions/"):
        yield "revisions"
    if tag == "sheet" and element.get("state", "visible") != "visible":
        yield "hidden"
    if (tag == "sld" and element.get("show") in _OFF) or (tag == "t" and "/notesSlides/" in name and element.text):
        yield "hidden"


def _value(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}val")), "")


def _without_lost_relations(name: str, content: bytes) -> bytes:
    """Without the ways to parts that are dropped, and to the template on somebody's disk."""
    root = packing.parse(content)
    base = posixpath.dirname(posixpath.dirname(name))
    for element in list(root):
        target = posixpath.normpath(posixpath.join("/", base, element.get("Target", ""))).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        if target.startswith(_DROPPED) or kind == "attachedTemplate":
            packing.drop(element)
    return packing.written(root)


def _without_lost_types(content: bytes) -> bytes:
    root = packing.parse(content)
    for element in list(root):
        if element.get("PartName", "").lstrip("/").startswith(_DROPPED):
            packing.drop(element)
    return packing.written(root)
