"""Scans. Needs the extra `[ocr]`; without it they are named as not assessable."""

from pathlib import Path

from gongkai.auditing import errors
from gongkai.auditing.document import Document

_MESSAGE = "这是扫描件(图片),没有文字层;安装文字识别组件(gongkai[ocr])后可以检查"


def read(path: Path, data: bytes) -> Document:
    """The document of a picture."""
    raise errors.NoText(_MESSAGE)


def read_pdf(path: Path, data: bytes) -> Document:
    """The document of a PDF whose pages are pictures."""
    raise errors.NoText(_MESSAGE)
