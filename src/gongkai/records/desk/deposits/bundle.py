"""A batch as one ZIP, made while it is sent: list, text and public files of every item."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from html import escape

import openpyxl

from gongkai.groundwork import csv_text
from gongkai.groundwork.files import names, store
from gongkai.published.models import EntryFile, EntryVersion
from gongkai.records.models import DepositBatch, DepositItem
from gongkai.records.selectors import deposits

_HEADS = ("序号", "索引号", "标题", "文号", "公开日期", "文件夹", "附件数", "说明")
_PIECE = 64 * 1024
_ON_DISK = 1024 * 1024


class _Outlet(io.RawIOBase):
    """Where the archive is written: what was written is taken away at once, so that it never grows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def stream(batch: DepositBatch) -> Iterator[bytes]:
    """The bytes of the ZIP. At no time is more than one piece of one file in memory, and the list of the batch."""
    outlet = _Outlet()
    lines: list[tuple[str, ...]] = []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for item, version, files in deposits.contents(batch):
            folder = f"{item.position:05d}_{names.clean(item.index_number.replace('/', '-'))}"
            held = [file for file in files if store.holds(file.digest)]
            if version is not None:
                archive.writestr(f"{folder}/正文.html", _page(item, version))
                yield outlet.taken()
                for file in held:
                    yield from _copied(
                        archive, outlet, f"{folder}/{file.position:02d}_{names.clean(file.file_name)}", file
                    )
            lines.append(_line(item, folder if version else "", len(held), missing=len(files) - len(held)))
        text = csv_text.BYTE_ORDER_MARK + "".join(csv_text.line(line) for line in (_HEADS, *lines))
        archive.writestr("目录.csv", text.encode())
        yield outlet.taken()
        with tempfile.SpooledTemporaryFile(_ON_DISK) as book:
            _write_book(lines, book)  # type: ignore[arg-type]
            book.seek(0)
            with archive.open("目录.xlsx", "w", force_zip64=True) as entry:
                while piece := book.read(_PIECE):
                    entry.write(piece)
        yield outlet.taken()
    yield outlet.taken()


def _copied(archive: zipfile.ZipFile, outlet: _Outlet, name: str, file: EntryFile) -> Iterator[bytes]:
    with store.opened(file.digest) as source, archive.open(name, "w", force_zip64=True) as entry:
        while piece := source.read(_PIECE):
            entry.write(piece)
            yield outlet.taken()


def _line(item: DepositItem, folder: str, how_many: int, *, missing: int) -> tuple[str, ...]:
    day = item.published_on.isoformat()
    if not folder:
        return (str(item.position), item.index_number, "（已撤下）", "", day, "", "", "公开后已经撤下，不再提供")
    note = f"{missing}个附件没有找到" if missing else ""
    head = (str(item.position), item.index_number, item.title, item.document_number, day)
    return (*head, folder, str(how_many), note)


def _page(item: DepositItem, version: EntryVersion) -> str:
    """The text as it is public; it was sanitised before it was stored."""
    facts = f"索引号：{item.index_number}　文号：{item.document_number or '无'}　公开日期：{item.published_on:%Y-%m-%d}"
    title = escape(version.title)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{escape(facts)}</p>{version.body_html}</body></html>"
    )


def _write_book(lines: list[tuple[str, ...]], out: io.BufferedIOBase) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("目录")
    sheet.append(_HEADS)
    for line in lines:
        sheet.append([f"'{cell}" if cell.startswith(csv_text.FORMULA_SIGNS) else cell for cell in line])
    book.save(out)
