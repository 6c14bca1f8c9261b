"""Plain text and CSV in any encoding that offices use."""

import io
from typing import BinaryIO, Protocol

from gongkai.groundwork.files import encodings
from gongkai.groundwork.files.refusals import Code, RefusedFile


class Collector(Protocol):
    """Whoever takes the text piece by piece."""

    def add(self, piece: str) -> None: ...


def read(stream: BinaryIO, collector: Collector) -> None:
    """Hands the text to the collector. Raises RefusedFile where it is no text that can be read."""
    try:
        encoding = encodings.detect(stream)
    except encodings.UnknownEncoding as error:
        raise RefusedFile(
            Code.BROKEN, "无法识别文件的文字编码，未保存。请另存为UTF-8或GB 18030（GBK）编码后重新上传。"
        ) from error
    with io.TextIOWrapper(stream, encoding=encoding, newline=None) as text:
        while piece := text.read(1 << 16):
            collector.add(piece)
