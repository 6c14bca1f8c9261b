"""The agencies as the public side needs them: one small table, kept in the process for a few seconds."""

from dataclasses import dataclass, field
from datetime import date

from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.published.selectors.remembered import Remembered

SECONDS = 5


@dataclass(frozen=True, slots=True)
class Body:
    """One agency with what its pages show."""

    id: int
    code: str
    name: str
    short_name: str
    kind: AgencyKind
    parent_id: int | None
    path: str
    successor_id: int | None
    valid_until: date | None
    site_name: str
    site_code: str
    address: str
    phone: str
    postcode: str
    email: str
    office_hours: str
    disclosure_office: str
    icp_number: str
    police_number: str

    @property
    def has_contact(self) -> bool:
        return bool(self.phone or self.address or self.email or self.disclosure_office)


@dataclass(frozen=True, slots=True)
class Directory:
    """All agencies, in the order of the office."""

    bodies: tuple[Body, ...]
    by_id: dict[int, Body] = field(default_factory=dict)
    by_code: dict[str, Body] = field(default_factory=dict)

    @property
    def root(self) -> Body | None:
        """The government that runs the site."""
        governments = [body for body in self.bodies if body.kind is AgencyKind.GOVERNMENT and not body.valid_until]
        top = [body for body in governments if body.parent_id is None]
        return next(iter(top or governments), None)

    def name(self, agency_id: int) -> str:
        body = self.by_id.get(agency_id)
        return body.name if body else ""

    def answering(self, body: Body) -> Body:
        """The body itself, or the end of the chain of its successors."""
        while (successor := self.by_id.get(body.successor_id or 0)) is not None:
            body = successor
        return body

    def of_kind(self, kind: AgencyKind) -> tuple[Body, ...]:
        return tuple(body for body in self.bodies if body.kind is kind)


_FIELDS = tuple(name for name in Body.__dataclass_fields__ if name != "kind")


def _read(_: None) -> Directory:
    rows = Agency.objects.order_by("sort_order", "id").values(*_FIELDS, "kind")
    bodies = tuple(Body(**{**row, "kind": AgencyKind(row["kind"])}) for row in rows)
    return Directory(bodies, {body.id: body for body in bodies}, {body.code: body for body in bodies})


_directory = Remembered(_read, seconds=SECONDS, size=1)


def directory() -> Directory:
    """The table as it was at most `SECONDS` ago."""
    return _directory(None)


def body_by_code(code: str) -> Body | None:
    """The agency of this code, also when it was only just set up."""
    found = directory().by_code.get(code)
    if found is None and Agency.objects.filter(code=code).exists():
        _directory.forget()
        found = directory().by_code.get(code)
    return found


def body_by_id(agency_id: int) -> Body:
    """The agency of an entry, also when it was only just set up."""
    if agency_id not in directory().by_id:
        _directory.forget()
    return directory().by_id[agency_id]
