"""Reads the YAML beside this package. A key written twice is an error: YAML itself keeps the last silently."""

import datetime
import functools
from collections.abc import Hashable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

_BaseLoader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadDataFile(ValueError):
    """A data file of the law does not have the shape that its reader needs."""


class _StrictLoader(_BaseLoader):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise BadDataFile(f"key {key!r} is written twice, line {key_node.start_mark.line + 1}")
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def parse(text: str) -> Any:
    """YAML as plain Python values; dates become `datetime.date`. Raises `BadDataFile`."""
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.YAMLError as error:
        raise BadDataFile(str(error)) from error


@functools.cache
def root() -> Traversable:
    return resources.files("gongkai.law")


def read(path: str) -> Any:
    """One file of the package, by its path below `law/`."""
    return parse(root().joinpath(path).read_text(encoding="utf-8"))


def read_mapping(path: str) -> Mapping[str, Any]:
    """As `read`, for a file whose top level is a mapping with text keys."""
    return mapping(read(path), place=path)


def mapping(value: object, *, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise BadDataFile(f"{place}: a mapping with text keys is needed")
    return value


def as_date(value: object, *, place: str) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    raise BadDataFile(f"{place}: a date is needed, not {value!r}")
