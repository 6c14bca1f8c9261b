"""The document number where it stands alone in the head; one that the text only quotes is not the document's own."""

import re

from gongkai.imports.domain.official_document.found import Found
from gongkai.imports.domain.official_document.sheet import Line, Sheet
from gongkai.law.identifiers import document_number
from gongkai.law.identifiers.invalid import Invalid

_WITHIN = 30
_SIGNER = re.compile(r"签发人?[:：].*$")
_ORDER = re.compile(r"第(?:[0-9]{1,5}|[零〇一二三四五六七八九十百]{1,7})号")
_ANNOUNCEMENT = re.compile(r"[(（]?((?:19|20)\d\d年第?\d{1,4}号)[)）]?")
_HEADS_OF_ORDERS = ("令",)
_HEADS_OF_ANNOUNCEMENTS = ("公告", "通告")
_LABEL = re.compile(r"^(?:发文字号|文号|发文号|编号)[:：]")


def read(sheet: Sheet) -> tuple[int, Found] | None:
    """The place of its line and what was read; None where none stands in the head."""
    head = sheet.lines[:_WITHIN]
    for place, line in enumerate(head):
        before = head[place - 1] if place else None
        text = _own(line, before)
        if not text:
            continue
        try:
            number = document_number.parse(text)
        except Invalid:
            continue
        return place, Found(number.text, sheet.place(line, "版头"))
    return None


def _own(line: Line, before: Line | None) -> str:
    """What the line would be as a number of this document; empty where it is none."""
    closed = _LABEL.sub("", _SIGNER.sub("", line.closed_up))
    if closed.endswith("号") and "〔" in document_number.compact(closed) and not re.search(r"[，。；、：《》]", closed):
        return closed
    above = before.closed_up if before else ""
    if _ORDER.fullmatch(closed) and above.endswith(_HEADS_OF_ORDERS) and len(above) <= 24:
        return above + closed
    announced = _ANNOUNCEMENT.fullmatch(closed)
    if announced and above.endswith(_HEADS_OF_ANNOUNCEMENTS) and len(above) <= 24:
        year, _, rest = announced[1].partition("年")
        return f"{above}{year}年第{rest.removeprefix('第')}"
    return ""
