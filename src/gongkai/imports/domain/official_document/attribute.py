"""The disclosure attribute as a document states it: in its note (此件公开发布), in a labelled line, by a ticked box."""

import re
from collections.abc import Iterator, Sequence

from gongkai.imports.domain.official_document.found import Found
from gongkai.imports.domain.official_document.sheet import Line, Sheet

_WORDS = (
    (r"(?:主动公开|公开发布|向社会公开|可以公开)", "proactive"),
    (r"依申请公开", "on_request"),
    (r"(?:不予公开|不公开|免予公开|免于公开|不对外公开)", "not_disclosed"),
)
_NOTE = [(re.compile(rf"[(（]?(?:此件|本件|此文件)?{words}[)）]?[。]?"), value) for words, value in _WORDS]
_LABEL = r"(?:政府)?(?:信息)?公开(?:属性|选项|方式|类别|类型|形式|分类)[:：]"
_LABELLED = [(re.compile(rf"{_LABEL}{words}[。]?"), value) for words, value in _WORDS]
_TICKED = [(re.compile(rf"[☑☒√✓✔■●]{words}"), value) for words, value in _WORDS]
_IN_PART = re.compile(r"[(（]?此件(?:删减|部分|摘要|节选)[^)）]{0,8}公开[)）]?")
_INTERNAL = re.compile(r"(?:内部(?:资料|文件|使用|材料)[,，]?(?:注意保存|请勿外传|不得外传|严禁外传)?|注意保存)")
_EDGE = 40


def read(sheet: Sheet) -> Found | None:
    """What the document states; without a value where it contradicts itself, None where it says nothing."""
    stated = list(_stated(sheet))
    values = {value for value, _, _ in stated}
    if not stated:
        return None
    value, line, doubt = stated[0]
    if len(values) > 1:
        return Found("", sheet.place(line, "附注"), "文件中对公开属性的写法不止一种，请核对。")
    return Found(value, sheet.place(line, "附注"), doubt)


def is_note(text: str) -> bool:
    """Whether the line is the note on disclosure."""
    closed = text.replace(" ", "")
    return any(pattern.fullmatch(closed) for pattern, _ in _NOTE) or bool(_IN_PART.fullmatch(closed))


def _stated(sheet: Sheet) -> Iterator[tuple[str, Line, str]]:
    for line in _edges(sheet.lines):
        closed = line.closed_up
        for pattern, value in (*_NOTE, *_LABELLED):
            if pattern.fullmatch(closed):
                yield value, line, ""
        if "公开" in closed and len(closed) < 60:
            for pattern, value in _TICKED:
                if pattern.search(closed):
                    yield value, line, ""
        if _IN_PART.fullmatch(closed):
            yield "", line, "文件注明删减后公开，请确定公开的内容后选择公开属性。"
        elif _INTERNAL.fullmatch(closed):
            yield "not_disclosed", line, "文件标注为内部资料，请核对公开属性和理由。"


def _edges(lines: Sequence[Line]) -> Sequence[Line]:
    """Heads and feet: what a rule says about disclosure in the middle of its text is not about this document."""
    return lines if len(lines) <= 2 * _EDGE else (*lines[:_EDGE], *lines[-_EDGE:])
