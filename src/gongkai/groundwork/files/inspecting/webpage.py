"""Web pages: their words without the markup, so that a mark cannot hide between two tags or in an entity."""

from html.parser import HTMLParser
from typing import BinaryIO

from gongkai.groundwork.files.inspecting import plain
from gongkai.groundwork.files.inspecting.collecting import TextCollector
from gongkai.groundwork.files.refusals import Code, RefusedFile

_INLINE = frozenset({"a", "b", "em", "font", "i", "mark", "o:p", "s", "small", "span", "strong", "sub", "sup", "u"})
_PROGRAMS = frozenset({"script", "style"})


def read(stream: BinaryIO, collector: TextCollector) -> None:
    """Hands the words of the page to the collector; comments and attributes are only searched for marks.

    Raises:
        RefusedFile: it is no text that can be read, or carries a mark.
    """
    page = _Page(collector)
    try:
        plain.read(stream, page)
        page.close()
    except AssertionError as error:  # the library's word for a declaration that it does not know
        raise RefusedFile(Code.BROKEN, "网页文件的结构无法识别，未保存。请用浏览器另存后重新上传。") from error


class _Page(HTMLParser):
    """Takes the source in pieces, as a collector does, and passes the words on."""

    def __init__(self, collector: TextCollector) -> None:
        super().__init__(convert_charrefs=True)
        self._collector = collector
        self._program = ""

    def add(self, piece: str) -> None:
        self.feed(piece)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break_at(tag)
        self._program = tag if tag in _PROGRAMS else ""
        for _, value in attrs:
            if value:
                self._collector.refuse_if_marked(value)

    def handle_endtag(self, tag: str) -> None:
        self._break_at(tag)
        self._program = ""

    def handle_data(self, data: str) -> None:
        if self._program:
            self._collector.refuse_if_marked(data)
        else:
            self._collector.add(data)

    def handle_comment(self, data: str) -> None:
        self._collector.refuse_if_marked(data)

    def _break_at(self, tag: str) -> None:
        if tag not in _INLINE:
            self._collector.add("\n")
