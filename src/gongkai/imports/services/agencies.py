"""Finds the bodies that rows name, and enters those that a mapping may enter."""

from datetime import datetime

from gongkai.accounts.viewer import Actor
from gongkai.agencies.domain.details import AgencyDetails
from gongkai.agencies.models import Agency
from gongkai.agencies.services import keeping
from gongkai.imports.domain import bodies
from gongkai.imports.domain.mapping import AgencyRule


class Directory:
    """Bodies by the names that rows use; every name is looked up once."""

    def __init__(self, rule: AgencyRule, *, actor: Actor, at: datetime) -> None:
        self._rule = rule
        self._actor = actor
        self._at = at
        self._known: dict[str, int] = {}

    def find(self, name: str) -> int | None:
        """The id of the body: one in force before one that has ended, its name before its short name."""
        if name not in self._known:
            found = (
                Agency.objects.filter(name=name).order_by("valid_until", "id").first()
                or Agency.objects.filter(short_name=name).order_by("valid_until", "id").first()
            )
            if found is None:
                return None
            self._known[name] = found.pk
        return self._known[name]

    def may_create(self) -> bool:
        return self._rule.create

    def find_or_create(self, name: str) -> int | None:
        """The same, entering the body where the mapping allows it; None where it does not.

        Raises:
            CannotKeepAgency: the code that the mapping gives belongs to another body.
        """
        found = self.find(name)
        if found is None and self._rule.create:
            details = AgencyDetails(
                code=self._rule.codes.get(name) or bodies.code_of(name),
                name=name,
                kind=bodies.kind_of(name),
                valid_from=self._rule.valid_from,
                in_city_sum=self._rule.in_city_sum,
            )
            found = self._known[name] = keeping.create(details=details, actor=self._actor, at=self._at).pk
        return found
