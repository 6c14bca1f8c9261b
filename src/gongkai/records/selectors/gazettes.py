"""Issues of the agency's gazette."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gongkai.accounts.viewer import Viewer
from gongkai.published.models import Entry
from gongkai.records.models import GazetteIssue, GazetteItem
from gongkai.records.selectors import scope
from gongkai.records.selectors.case_file import NotFound


@dataclass(frozen=True)
class IssueFile:
    """An issue with what it carries and the heads of the entries by id."""

    issue: GazetteIssue
    items: tuple[GazetteItem, ...]
    entries: Mapping[int, Entry]


def issues(viewer: Viewer, agency_id: int) -> QuerySet[GazetteIssue]:
    """All issues with ``how_many``, in no order yet. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        return GazetteIssue.objects.annotate(how_many=Count("items"))


def issue(viewer: Viewer, agency_id: int, issue_id: int) -> IssueFile:
    """One issue. Raises `NotFound`."""
    try:
        with scope.of_agency(viewer, agency_id):
            found = GazetteIssue.objects.filter(pk=issue_id).first()
            items = tuple(GazetteItem.objects.filter(issue_id=issue_id).order_by("position"))
    except scope.NothingToSee as error:
        raise NotFound(issue_id) from error
    if found is None:
        raise NotFound(issue_id)
    return IssueFile(found, items, Entry.objects.in_bulk([item.entry_id for item in items]))
