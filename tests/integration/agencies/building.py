"""Bodies for tests, entered by the service."""

from datetime import UTC, date, datetime
from typing import Any

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.domain.details import AgencyDetails
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.agencies.services import keeping

NOW = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)


def details(code: str, **changes: Any) -> AgencyDetails:
    usual: dict[str, Any] = {
        "code": code,
        "name": f"{code}局",
        "kind": AgencyKind.DEPARTMENT,
        "valid_from": date(2019, 1, 1),
    }
    return AgencyDetails(**(usual | changes))


def agency(code: str, **changes: Any) -> Agency:
    return keeping.create(details=details(code, **changes), actor=SYSTEM, at=NOW)
