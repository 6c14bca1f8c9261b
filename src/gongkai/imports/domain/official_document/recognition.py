"""Reads the fields of an official document from its blocks."""

import re
from collections.abc import Sequence
from datetime import date

from gongkai.groundwork.files.outlining.outline import Block
from gongkai.imports.domain import genres
from gongkai.imports.domain.official_document import attribute, feet, numbers, sheet, titles
from gongkai.imports.domain.official_document.found import Found, Recognised
from gongkai.imports.domain.official_document.sheet import Line, Sheet

_RECIPIENTS = re.compile(r"[^。；]{2,300}[:：]")
_HEAD_LINES = 12
_SURNAMED = re.compile(r"签发人?[:：].*$")
_NO_HEAD = re.compile(r"(?:[0-9]{1,8}|特急|加急|平急|特提|急件|文件)")


def recognise(blocks: Sequence[Block]) -> Recognised:
    """Everything that can be read; what is not there is not in ``fields``."""
    page = sheet.of(blocks)
    found: dict[str, Found] = {}
    number = numbers.read(page)
    number_place = number[0] if number else -1
    if number:
        found["document_number"] = number[1]
    title = titles.read(page, after=number_place)
    after = title[0].stop - 1 if title else number_place
    if title:
        found["title"] = title[1]
        genre = genres.of_title(str(title[1].value))
        if genre:
            found["genre"] = Found(genre, "标题")
    found |= _of_foot(page, after=after, head=_issuers_in_head(page, number_place))
    stated = attribute.read(page)
    if stated:
        found["attribute"] = stated
    return Recognised(_cross_checked(found) | _recipients(page, after), _body(page, blocks, after=after))


def _of_foot(page: Sheet, *, after: int, head: tuple[str, ...]) -> dict[str, Found]:
    found: dict[str, Found] = {}
    written = feet.written(page, after=after)
    signed = feet.signed(page, day_place=written[0]) if written else ()
    if written:
        found["created_on"] = written[1]
    found |= _issuers(head, signed)
    printed = feet.printed(page)
    if printed:
        found["printed_on"] = printed[1]
    listed = feet.attached(page)
    if listed:
        found["attachments"] = listed
    return found


def _issuers(head: tuple[str, ...], signed: tuple[str, ...]) -> dict[str, Found]:
    names, where = (head, "发文机关标志") if len(head) >= len(signed) else (signed, "署名")
    if not names:
        return {}
    is_doubtful = bool(head and signed) and not set(head) & set(signed)
    doubt = f"发文机关标志是“{'、'.join(head)}”，署名是“{'、'.join(signed)}”，请核对。" if is_doubtful else ""
    found = {"issuer": Found(names[0], where, doubt)}
    if len(names) > 1:
        found["joint_issuers"] = Found(names[1:], where)
        if any(name.startswith("中共") for name in names):
            found["is_party_mixed"] = Found(value=True, where=where)
    return found


def _issuers_in_head(page: Sheet, number_place: int) -> tuple[str, ...]:
    """The red or very large lines above the number, without the word 文件."""
    above = page.lines[max(0, number_place - _HEAD_LINES) : number_place] if number_place > 0 else ()
    names = []
    for line in above:
        if not (line.is_red or page.is_large(line) or line.closed_up.endswith("文件")):
            continue
        name = _SURNAMED.sub("", line.closed_up).removesuffix("文件")
        name = re.sub(r"(?:令|公告|通告)$", "", name)
        if name and not _NO_HEAD.fullmatch(name) and len(name) <= 60:
            names.append(name)
    return tuple(names)


def _recipients(page: Sheet, after: int) -> dict[str, Found]:
    """The line after the title that ends with a colon."""
    line = next(iter(page.lines[after + 1 : after + 2]), None) if after >= 0 else None
    if line is None or not _RECIPIENTS.fullmatch(line.closed_up) or line.align:
        return {}
    return {"recipients": Found(line.closed_up.rstrip(":："), page.place(line, "主送机关"))}


def _cross_checked(found: dict[str, Found]) -> dict[str, Found]:
    """Fields that contradict each other are both in doubt."""
    number, written, printed = (found.get(name) for name in ("document_number", "created_on", "printed_on"))
    if written is None or not isinstance(written.value, date):
        return found
    year = re.search(r"〔(\d{4})〕", str(number.value)) if number else None
    if number and year and int(year[1]) != written.value.year:
        doubt = f"文号年份{year[1]}与成文日期的年份{written.value.year}不一致，请核对。"
        found["document_number"] = Found(number.value, number.where, doubt)
        found["created_on"] = Found(written.value, written.where, doubt)
    if printed and isinstance(printed.value, date) and printed.value < written.value:
        found["created_on"] = Found(written.value, written.where, "成文日期晚于印发日期，请核对。")
    return found


def _body(page: Sheet, blocks: Sequence[Block], *, after: int) -> tuple[int, ...]:
    """The blocks of the text: after the title, without the imprint."""
    first = page.lines[after].block + 1 if after >= 0 else 0
    imprint = {block for block in range(first, len(blocks)) if _is_imprint(page.lines, block)}
    return tuple(block for block in range(first, len(blocks)) if block not in imprint)


def _is_imprint(lines: Sequence[Line], block: int) -> bool:
    own = [line for line in lines if line.block == block]
    return bool(own) and all(feet.is_imprint(line) for line in own)
