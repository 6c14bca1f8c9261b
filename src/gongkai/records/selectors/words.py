"""The lists of words as their keepers see them."""

from django.db.models import Q, QuerySet

from gongkai.accounts.viewer import Viewer
from gongkai.records.models import AgencyWord, PlatformWord
from gongkai.records.selectors import scope

SHOWN = 200


def of_agency(viewer: Viewer, agency_id: int, *, sought: str) -> tuple[list[AgencyWord], int]:
    """The first words that hold what is sought, and how many there are. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = AgencyWord.objects.filter(_holds(sought)).order_by("wrong")
        return list(rows[:SHOWN]), rows.count()


def of_all(*, sought: str) -> tuple[list[PlatformWord], int]:
    """The same of the platform's list, which is no secret to anybody on the desk."""
    rows: QuerySet[PlatformWord] = PlatformWord.objects.filter(_holds(sought)).order_by("wrong")
    return list(rows[:SHOWN]), rows.count()


def _holds(sought: str) -> Q:
    return Q(wrong__contains=sought) | Q(right__contains=sought) if sought else Q()
