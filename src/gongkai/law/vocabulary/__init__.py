"""Controlled vocabularies of the law: attributes, grounds, catalogue items, genres, groups,
service objects, carriers, scopes, validities.

Each term has an id that never changes and a Chinese label; where the law changed, its basis is looked up by date.
Screens show these terms and never write their own.
"""

import dataclasses
import datetime
import functools
from collections.abc import Mapping
from typing import Any, TypeVar

from gongkai.law import datafiles


class NotInForce(LookupError):
    """The term did not exist in law on that date."""


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """An id with its label. `bases` holds the basis by date from which it was that, oldest first; may be empty."""

    id: str
    label: str
    bases: tuple[tuple[datetime.date, str], ...] = ()
    note: str = ""

    def basis(self, *, on: datetime.date) -> str:
        """The basis on that date. Raises `NotInForce`."""
        found = [basis for since, basis in self.bases if since <= on]
        if not found:
            raise NotInForce(f"{self.id} had no basis on {on.isoformat()}")
        return found[-1]

    def is_in_force(self, on: datetime.date) -> bool:
        """Whether it may be used on that date; terms without any basis always may."""
        return not self.bases or self.bases[0][0] <= on


@dataclasses.dataclass(frozen=True, slots=True)
class Attribute(Term):
    """公开属性; `needs` names the fields that go with it."""

    needs: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Ground(Term):
    """Why information is withheld. `discretion` is must_not, may or redirect; `unless` says when it does not hold.

    `needs_words`: the ground says too little by itself, the decision must state the provision or the danger.
    """

    discretion: str = "must_not"
    unless: str = ""
    needs_words: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class CatalogueItem(Term):
    """An item of articles 20 and 21. `binds` is all, city or town; `period` a publication category."""

    content: str = ""
    binds: str = "all"
    period: str = "general"


@dataclasses.dataclass(frozen=True, slots=True)
class KeyArea(Term):
    """A key area (重点领域), or with a `parent` one part of it. `columns` of the common catalogue belong to it."""

    parent: str = ""
    columns: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Validity(Term):
    """How far a document still holds. `title_mark` goes before the title of one that has ended."""

    ended: bool = False
    title_mark: str = ""


_T = TypeVar("_T", bound=Term)


@functools.cache
def attributes() -> Mapping[str, Attribute]:
    return _read("attributes", Attribute)


@functools.cache
def grounds() -> Mapping[str, Ground]:
    return _read("grounds", Ground)


@functools.cache
def catalogue() -> Mapping[str, CatalogueItem]:
    return _read("catalogue", CatalogueItem)


@functools.cache
def genres() -> Mapping[str, Term]:
    return _read("genres", Term)


@functools.cache
def groups() -> Mapping[str, Term]:
    return _read("groups", Term)


@functools.cache
def service_objects() -> Mapping[str, Term]:
    return _read("service_objects", Term)


@functools.cache
def carriers() -> Mapping[str, Term]:
    """By what something is made public: the values of both 公开形式 and 公开载体."""
    return _read("carriers", Term)


@functools.cache
def scopes() -> Mapping[str, Term]:
    return _read("scopes", Term)


@functools.cache
def key_areas() -> Mapping[str, KeyArea]:
    return _read("key_areas", KeyArea)


@functools.cache
def standard_fields() -> Mapping[str, Term]:
    """The fields for which standard tables (基层政务公开标准目录) are drawn up."""
    return _read("standard_fields", Term)


@functools.cache
def standard_channels() -> Mapping[str, Term]:
    """The boxes under 公开渠道和载体 in a standard table."""
    return _read("standard_channels", Term)


@functools.cache
def validities() -> Mapping[str, Validity]:
    return _read("validities", Validity)


def labels(terms: Mapping[str, Term]) -> dict[str, str]:
    """Ids with their labels in order: the choices of a form field."""
    return {term.id: term.label for term in terms.values()}


def _read(name: str, kind: type[_T]) -> Mapping[str, _T]:
    rows = datafiles.read_mapping(f"vocabulary/{name}.yaml")
    return {key: _term(kind, key, dict(row), place=f"{name}.{key}") for key, row in rows.items()}


def _term(kind: type[_T], key: str, row: dict[str, Any], *, place: str) -> _T:
    """The keys of a row are the fields of its kind. A single basis of the 2019 text holds from its first day."""
    bases = row.pop("bases", None) or ({datetime.date(2019, 5, 15): row.pop("basis")} if "basis" in row else {})
    dated = tuple((datafiles.as_date(day, place=place), str(basis)) for day, basis in sorted(bases.items()))
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    try:
        return kind(id=key, bases=dated, **fields)
    except TypeError as error:
        raise datafiles.BadDataFile(f"{place}: {error}") from error
