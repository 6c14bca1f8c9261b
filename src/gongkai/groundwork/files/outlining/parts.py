"""XML parts of a package as small trees, by local names: writers differ in their namespaces and prefixes."""

from collections.abc import Iterator

from lxml import etree

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.refusals import Code, RefusedFile

_BROKEN = "文件内部结构已损坏，无法读取。请重新生成后上传。"


def read(archive: Archive, name: str) -> etree._Element:
    """The root of a part. Raises RefusedFile: no well-formed XML, or it declares a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError as error:
        raise RefusedFile(Code.BROKEN, _BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedFile(Code.BROKEN, _BROKEN)
    return root


def local(element: etree._Element) -> str:
    """The name without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in element if local(child) in names)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else next(children(element, name), None)


def descendants(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in element.iter() if local(each) == name)


def attribute(element: etree._Element | None, name: str) -> str:
    """The value of the attribute with this local name; empty where there is none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def value_of(element: etree._Element | None, name: str) -> str:
    """The ``val`` of the child with this name, as Open XML writes properties."""
    return attribute(child(element, name), "val")
