"""What a drafter writes about a record, and the part of it that the public gets."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

from gongkai.law import secrecy_marks, vocabulary
from gongkai.law.findings import Finding, Severity, Status
from gongkai.law.identifiers import document_number
from gongkai.records.domain import attributes, cuts, rich_text
from gongkai.records.domain.attributes import Attribute

_BASIS = "oigr-2019/26"
COMMA = "、"
TO_EVERYONE = vocabulary.scopes()["public"].label


@dataclasses.dataclass(frozen=True, kw_only=True)
class Content:
    """The editable fields of a record under the names of the metadata standard; dates are statutory days."""

    title: str
    document_number: str = ""
    issuer: str = ""
    joint_issuers: tuple[str, ...] = ()
    is_party_mixed: bool = False
    created_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    attribute: str = Attribute.PROACTIVE
    ground: str = ""
    ground_note: str = ""
    reevaluate_on: date | None = None
    column_code: str = ""
    genre: str = ""
    topic: str = ""
    group: str = ""
    service_object: str = ""
    is_normative: bool = False
    is_major_decision: bool = False
    publication_forms: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    scope: str = ""
    time_limit: str = ""
    procedure: str = ""
    responsible_unit: str = ""
    source: str = ""
    summary: str = ""
    keywords: str = ""
    body_html: str = ""
    body_text: str = ""
    remarks: str = ""


FIELDS = tuple(field.name for field in dataclasses.fields(Content))
# Why something is not published, when that is looked at again and the office's own remarks stay on the desk; the
# text itself is hashed beside the metadata.
_NOT_PUBLIC = frozenset({"ground", "ground_note", "reevaluate_on", "remarks", "body_html", "body_text"})
# A tick that came later says nothing while it is not set: the digests of older versions stay what they are.
_SILENT_UNLESS_SET = frozenset({"is_major_decision"})
_TEXTS = tuple(field.name for field in dataclasses.fields(Content) if field.type == "str" or field.type is str)
LISTS = ("joint_issuers", "publication_forms", "carriers")
DAYS = ("created_on", "effective_on", "expires_on", "reevaluate_on")
FIELD_LABELS = {
    "title": "标题",
    "document_number": "发文字号",
    "issuer": "发文机关",
    "joint_issuers": "联合发文机关",
    "is_party_mixed": "党政联合发文",
    "created_on": "成文日期",
    "effective_on": "生效日期",
    "expires_on": "失效日期",
    "attribute": "公开属性",
    "ground": "不主动公开的理由",
    "ground_note": "理由说明",
    "reevaluate_on": "下次评估日期",
    "column_code": "公开栏目",
    "genre": "体裁",
    "topic": "主题",
    "group": "组配分类",
    "service_object": "服务对象",
    "is_normative": "规范性文件",
    "is_major_decision": "重大决策草案",
    "publication_forms": "公开形式",
    "carriers": "公开载体",
    "scope": "公开范围",
    "time_limit": "公开时限",
    "procedure": "公开程序",
    "responsible_unit": "公开责任部门",
    "source": "信息来源",
    "summary": "内容概述",
    "keywords": "关键词",
    "body_html": "正文",
    "body_text": "正文",
    "remarks": "备注",
}


def public_metadata(content: Content) -> dict[str, object]:
    """The metadata that is published and hashed, dates as ISO text; empty fields are left out."""
    values = ((name, getattr(content, name)) for name in FIELDS if name not in _NOT_PUBLIC)
    return {name: _plain(value) for name, value in values if _says_something(name, value)}


def _says_something(name: str, value: object) -> bool:
    return bool(value) if name in _SILENT_UNLESS_SET else value not in (None, "", ())


def stored(content: Content) -> dict[str, object]:
    """The fields as a row holds them."""
    return dataclasses.asdict(content) | {name: list(getattr(content, name)) for name in LISTS}


_LONGEST = {
    "title": 200,
    "document_number": 50,
    "issuer": 200,
    "ground": 40,
    "ground_note": 300,
    "column_code": 60,
    "genre": 40,
    "topic": 40,
    "group": 40,
    "service_object": 40,
    "scope": 40,
    "time_limit": 200,
    "procedure": 300,
    "responsible_unit": 120,
    "source": 200,
    "summary": 1500,
    "keywords": 300,
    "remarks": 500,
}
_LONGEST_LIST = 500
_FIRST_YEAR, _LAST_YEAR = 1949, 2099


def tidy(content: Content) -> Content:
    """Without blanks around single-line fields, the document number in its normal spelling."""
    values: dict[str, Any] = {
        name: getattr(content, name).strip() for name in _TEXTS if name not in {"body_html", "body_text"}
    }
    if document_number.is_valid(values["document_number"]):
        values["document_number"] = document_number.validate(values["document_number"])
    for name in LISTS:
        values[name] = tuple(word for each in getattr(content, name) if (word := each.strip()))
    return dataclasses.replace(content, **values)


def storable(content: Content) -> Iterator[Finding]:
    """What stands against keeping the content even as a draft."""
    if not content.title:
        yield _finding("title", "请填写标题，草稿也要有标题才能找到。")
    for name, longest in _LONGEST.items():
        if (length := len(getattr(content, name))) > longest:
            yield _finding(name, f"{FIELD_LABELS[name]}最多{longest}个字，现有{length}个字。")
    for name in LISTS:
        if len(COMMA.join(getattr(content, name))) > _LONGEST_LIST:
            yield _finding(name, f"{FIELD_LABELS[name]}合计最多{_LONGEST_LIST}个字。")
    if content.attribute not in set(Attribute):
        yield _finding("attribute", "请选择公开属性。", basis="oigr-2019/13")
    for name in DAYS:
        day = getattr(content, name)
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            yield _finding(name, f"{FIELD_LABELS[name]}的年份应在{_FIRST_YEAR}至{_LAST_YEAR}之间。")


def marks(content: Content) -> Iterator[Finding]:
    """Marks of state secrets anywhere in the content, remarks included: such content is refused, not stored."""
    for name in _TEXTS:
        if name != "body_html":
            yield from secrecy_marks.findings(getattr(content, name), place=name)
    for cut in cuts.cuts_in(content.body_html):
        yield from secrecy_marks.findings(cut.note, place="body_html")
    for name in LISTS:
        yield from secrecy_marks.findings(COMMA.join(getattr(content, name)), place=name)


def ungrounded_cuts(content: Content) -> Iterator[Finding]:
    """Cuts for which nobody would answer: such a text is not stored, or they would be lost without a word."""
    if not all(cut.is_grounded for cut in cuts.cuts_in(content.body_html)):
        yield _finding("body_html", "正文里有一处删减没有理由，请在“删减”页重新标注。", basis="oigr-2019/13")


def for_the_public(content: Content) -> Content:
    """The content with every cut replaced by its ground; the same content where there is none."""
    if not cuts.has_cuts(content.body_html):
        return content
    body_html = cuts.public(content.body_html)
    return dataclasses.replace(content, body_html=body_html, body_text=rich_text.plain_text(body_html))


def readiness(content: Content, *, has_files: bool, on: date) -> Iterator[Finding]:
    """What stands against submitting (errors) and what the reviewers should know (warnings)."""
    attribute = Attribute(content.attribute)
    yield from attributes.check(
        attribute,
        code=content.ground,
        words=content.ground_note,
        reevaluate_on=content.reevaluate_on,
        on=on,
    )
    if not content.title.strip():
        yield _finding("title", "请填写标题。")
    if content.created_on is None:
        yield _finding("created_on", "请填写成文日期，公开期限从这一天起算。")
    elif content.created_on > on:
        yield _finding("created_on", "成文日期晚于今天，请核对。")
    if attribute is Attribute.PROACTIVE:
        yield from _readiness_for_the_public(content, has_files=has_files)
    yield from _doubts(content)


def _readiness_for_the_public(content: Content, *, has_files: bool) -> Iterator[Finding]:
    if not content.column_code:
        yield _finding("column_code", "请选择公开栏目。", basis="oigr-2019/20")
    if not content.body_text.strip() and not has_files:
        yield _finding("body_html", "正文和附件至少要有一项。")
    yield from _leaks(content)
    if content.scope not in ("", TO_EVERYONE):
        yield _finding("scope", f"主动公开的信息，公开范围应为“{TO_EVERYONE}”，或者留空。", basis="oigr-2019/19")


def _leaks(content: Content) -> Iterator[Finding]:
    """Words that are cut from the text and stand elsewhere all the same. One character is no passage."""
    if not cuts.has_cuts(content.body_html):
        return
    passages = {words for cut in cuts.cuts_in(content.body_html) if len(words := cut.text.strip()) > 1}
    for name in ("title", "summary", "keywords"):
        if any(words in getattr(content, name) for words in passages):
            yield _finding(name, f"{FIELD_LABELS[name]}里还有正文中删减的文字，请改写。", basis="oigr-2019/15")
    body_text = for_the_public(content).body_text
    left = sum(body_text.count(words) for words in passages)
    if left:
        message = f"正文中删减的文字，在其他{left}处没有删减，请核对。"
        yield Finding(
            "records.cuts", Severity.WARNING, Status.FAIL, where=("body_html",), message=message, basis="oigr-2019/15"
        )


def _doubts(content: Content) -> Iterator[Finding]:
    if content.effective_on and content.expires_on and content.expires_on < content.effective_on:
        yield _finding("expires_on", "失效日期早于生效日期。")


def _finding(field: str, message: str, *, basis: str = _BASIS) -> Finding:
    return Finding("records.readiness", Severity.ERROR, Status.FAIL, where=(field,), message=message, basis=basis)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
