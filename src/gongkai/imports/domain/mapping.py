"""A mapping: which column of a foreign table becomes which field. Data, so that an office can write its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

DATES = frozenset({"created_on", "effective_on", "expires_on", "published_on"})
FLAGS = frozenset({"in_library", "is_normative", "is_major_decision", "is_party_mixed"})
LISTS = frozenset({"joint_issuers", "publication_forms", "carriers"})
"""Texts that name several things, with a mark of punctuation between them."""
LENGTHS = {
    "title": 300,
    "document_number": 60,
    "issuer": 200,
    "column_code": 60,
    "genre": 40,
    "topic": 40,
    "group": 40,
    "service_object": 40,
    "joint_issuers": 500,
    "publication_forms": 100,
    "carriers": 100,
    "scope": 40,
    "time_limit": 200,
    "procedure": 300,
    "validity": 24,
    "responsible_unit": 120,
    "source": 200,
    "summary": 1_500,
    "keywords": 300,
    "body_text": 1_000_000,
}
"""Text fields with the most characters that they hold."""

FIELDS = DATES | FLAGS | LENGTHS.keys()
_KEYS = {"name", "title", "key", "agency", "fields", "ignored", "constants", "genre_from_title"}
_AGENCY_KEYS = {"column", "create", "valid_from", "in_city_sum", "codes"}
_FIELD_KEYS = {"column", "required", "optional"}
_LONGEST_NAME = 60


class UnreadableMapping(Exception):
    """The mapping says something that cannot be meant. The message is Chinese and names the place."""


@dataclass(frozen=True)
class AgencyRule:
    """Where the agency of a row comes from; without ``column`` every row belongs to the importing agency."""

    column: str = ""
    create: bool = False
    valid_from: date = date(1949, 10, 1)
    in_city_sum: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldRule:
    """One field: its column, whether a row without it is refused, and whether the table may lack the column."""

    column: str
    required: bool = False
    optional: bool = False


@dataclass(frozen=True)
class ImportMapping:
    name: str
    title: str
    key: tuple[str, ...]
    agency: AgencyRule
    fields: Mapping[str, FieldRule]
    constants: Mapping[str, str | bool]
    ignored: frozenset[str]
    genre_from_title: bool

    @property
    def columns(self) -> frozenset[str]:
        """Every column that the table must have."""
        named = {rule.column for rule in self.fields.values() if not rule.optional} | set(self.key)
        return frozenset(named | ({self.agency.column} if self.agency.column else set()))


def parse(text: str) -> ImportMapping:
    """Reads a mapping. Raises UnreadableMapping."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnreadableMapping(f"映射文件不是有效的YAML:{error}。") from error
    data = _mapping(raw, "映射文件", _KEYS)
    fields = {name: _field(name, rule) for name, rule in _mapping(data.get("fields"), "fields", FIELDS).items()}
    given = _mapping(data.get("constants"), "constants", FIELDS)
    constants = {name: _constant(name, value) for name, value in given.items()}
    if "title" not in fields:
        raise UnreadableMapping("映射缺少 fields.title:必须指明标题所在的列。")
    if "published_on" not in fields:
        raise UnreadableMapping("映射缺少 fields.published_on:必须指明发布日期所在的列。")
    if "column_code" not in fields | constants:
        raise UnreadableMapping("映射缺少 column_code:必须在 fields 或 constants 中指明公开栏目。")
    key = _words(data.get("key"), "key")
    if not key:
        raise UnreadableMapping("映射缺少 key:必须指明以哪些列识别同一条信息。")
    return ImportMapping(
        name=_name(data.get("name")),
        title=str(data.get("title") or data.get("name")),
        key=tuple(key),
        agency=_agency(data.get("agency")),
        fields=fields,
        constants=constants,
        ignored=frozenset(_words(data.get("ignored"), "ignored")),
        genre_from_title=data.get("genre_from_title") is True,
    )


def _mapping(raw: object, place: str, known: Collection[str]) -> dict[str, Any]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise UnreadableMapping(f"映射的 {place} 应为键值对。")
    unknown = sorted(str(key) for key in raw if key not in known)
    if unknown:
        raise UnreadableMapping(f"映射的 {place} 中有不认识的项：{'、'.join(unknown)}。")
    return raw


def _words(raw: object, place: str) -> list[str]:
    if raw is None:
        return []
    if isinstance(raw, str):
        return [raw]
    if not isinstance(raw, list) or not all(isinstance(word, str) and word for word in raw):
        raise UnreadableMapping(f"映射的 {place} 应为列名的列表。")
    return raw


def _name(raw: object) -> str:
    if not isinstance(raw, str) or not raw or len(raw) > _LONGEST_NAME or not raw.replace("-", "a").isalnum():
        raise UnreadableMapping("映射的 name 应为60个字以内的名称，只含文字、数字和连字符。")
    return raw


def _field(name: str, raw: object) -> FieldRule:
    if isinstance(raw, str):
        return FieldRule(raw, required=name in {"title", "published_on"})
    data = _mapping(raw, f"fields.{name}", _FIELD_KEYS)
    if not isinstance(data.get("column"), str):
        raise UnreadableMapping(f"映射的 fields.{name} 缺少 column。")
    return FieldRule(
        data["column"],
        required=name in {"title", "published_on"} or data.get("required") is True,
        optional=data.get("optional") is True,
    )


def _constant(name: str, raw: object) -> str | bool:
    if name in FLAGS:
        if not isinstance(raw, bool):
            raise UnreadableMapping(f"映射的 constants.{name} 应为 true 或 false。")
        return raw
    if name in DATES or not isinstance(raw, str) or len(raw) > LENGTHS[name]:
        raise UnreadableMapping(f"映射的 constants.{name} 应为长度合适的文字。")
    return raw


def _agency(raw: object) -> AgencyRule:
    data = _mapping(raw, "agency", _AGENCY_KEYS)
    valid_from = data.get("valid_from", AgencyRule.valid_from)
    codes = _mapping(data.get("codes"), "agency.codes", data.get("codes") or ())
    if not isinstance(valid_from, date):
        raise UnreadableMapping("映射的 agency.valid_from 应为日期。")
    if not all(isinstance(code, str) for code in codes.values()):
        raise UnreadableMapping("映射的 agency.codes 应为机构名称与代码的对照。")
    return AgencyRule(
        column=str(data.get("column") or ""),
        create=data.get("create") is True,
        valid_from=valid_from,
        in_city_sum=data.get("in_city_sum") is True,
        codes={str(name): code for name, code in codes.items()},
    )
