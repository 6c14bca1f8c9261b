"""Where a viewer may look."""

from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping


class NothingToSee(LookupError):
    """The viewer has no seat at that agency from which records can be seen."""


@contextmanager
def of_agency(viewer: Viewer, agency_id: int) -> Iterator[None]:
    """Reads inside see this agency's rows. Raises `NothingToSee`."""
    if agency_id not in viewer.agencies_where(Duty.SEE_RECORDS):
        raise NothingToSee(agency_id)
    with scoping.narrow_to([agency_id]):
        yield
