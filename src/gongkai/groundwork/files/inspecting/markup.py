"""XML from strangers: streamed, no entities, no document type, no network, no huge trees."""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from gongkai.groundwork.files.refusals import Code, RefusedFile

_BROKEN = "文件内部结构已损坏，无法读取，未保存。请重新生成后上传。"


class _Reader:
    """Collects the text inside wanted elements; adds a break after others."""

    def __init__(self, wanted: frozenset[str], breaks: frozenset[str]) -> None:
        self._wanted = wanted
        self._breaks = breaks
        self._depth = 0
        self.found: list[str] = []

    def start(self, tag: str | bytes, attrs: Mapping[str | bytes, str | bytes]) -> None:
        self._depth += _local(tag) in self._wanted

    def end(self, tag: str | bytes) -> None:
        self._depth -= _local(tag) in self._wanted
        if _local(tag) in self._breaks:
            self.found.append("\n")

    def data(self, data: str | bytes) -> None:
        if self._depth:
            self.found.append(str(data))

    def comment(self, text: str | bytes) -> None:
        return None

    def doctype(self, *parts: object) -> None:
        raise RefusedFile(Code.BROKEN, "文件内部含有不允许的文档类型声明，未保存。")

    def close(self) -> None:
        return None


def text_of(pieces: Iterable[bytes], *, wanted: frozenset[str], breaks: frozenset[str]) -> Iterator[str]:
    """The text inside the ``wanted`` elements (local names), with a line break after each of ``breaks``.

    Raises:
        RefusedFile: it is no well-formed XML, or declares a document type.
    """
    reader = _Reader(wanted, breaks)
    parser = etree.XMLParser(
        target=reader, resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    fed = False
    try:
        for piece in pieces:
            parser.feed(piece)
            fed = True
            if reader.found:
                yield "".join(reader.found)
                reader.found.clear()
        if fed:
            parser.close()
    except etree.XMLSyntaxError as error:
        raise RefusedFile(Code.BROKEN, _BROKEN) from error
    yield "".join(reader.found)


def _local(tag: str | bytes) -> str:
    return str(tag).rpartition("}")[2]
