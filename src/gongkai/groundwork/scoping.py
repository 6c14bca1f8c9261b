"""Isolation between agencies by construction: tenant data can only be read inside a scope.

Every tenant table carries ``agency`` and takes `ScopedManager`. Outside a scope any read
raises; inside, every query is narrowed to the agencies of the scope. This module alone knows django-scopes,
whose gaps (``exists()``, asynchronous iteration, a scope over nothing) it closes.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import django_scopes
from django.db import models
from django_scopes import manager, state
from django_scopes.exceptions import ScopeError

__all__ = ["EmptyScope", "ScopeError", "ScopedManager", "everywhere", "narrow_to"]

_ModelT = TypeVar("_ModelT", bound=models.Model)


class EmptyScope(ScopeError):  # type: ignore[misc]  # django-scopes ships no types
    """A scope over no agency: always a mistake of the caller, never "everything"."""


def _refuse(self: Any, *args: object, **kwargs: object) -> Any:
    self.error()


# The library leaves these open: each would answer from all agencies without a scope.
for _open_method in ("exists", "contains", "aiterator", "__aiter__", "in_bulk", "bulk_update", "exclude", "distinct",
                     "select_related", "prefetch_related", "defer", "reverse", "intersection", "difference",
                     "explain", "alias"):  # fmt: skip
    setattr(manager.DisabledQuerySet, _open_method, _refuse)


@contextmanager
def narrow_to(agency_ids: Iterable[int]) -> Iterator[None]:
    """Reads inside see the rows of these agencies only.

    Raises:
        EmptyScope: no agency was named.
    """
    ids = sorted({int(agency_id) for agency_id in agency_ids})
    if not ids:
        raise EmptyScope("A scope needs at least one agency.")
    with django_scopes.scope(agency=ids):
        yield


@contextmanager
def everywhere(*, because: str) -> Iterator[None]:
    """Reads inside see all agencies: for the worker, backups and administration. ``because`` is for the reader.

    Raises:
        ValueError: no reason was given.
    """
    if not because.strip():
        raise ValueError("Reading across all agencies needs a reason.")
    with django_scopes.scopes_disabled():
        yield


class ScopedManager(models.Manager[_ModelT]):
    """The ``objects`` of a tenant model; set ``base_manager_name = "objects"`` beside it."""

    def get_queryset(self) -> models.QuerySet[_ModelT]:
        """The rows of the scope; outside any scope a queryset that raises `ScopeError` when it is used."""
        scope = state.get_scope()
        rows = super().get_queryset()
        if not scope.get("_enabled", True):
            return rows
        if "agency" not in scope:
            return cast(
                "models.QuerySet[_ModelT]",
                manager.DisabledQuerySet(self.model, using=self._db, missing_scopes={"agency"}),
            )
        return rows.filter(agency__in=scope["agency"])

    def all(self) -> models.QuerySet[_ModelT]:
        """As `get_queryset`, but refuses at once: Django's own ``all`` would not ask the queryset."""
        rows = super().all()
        return rows.all() if isinstance(rows, manager.DisabledQuerySet) else rows
