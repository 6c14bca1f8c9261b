"""Records chosen for an act on many, and what became of such orders."""

from collections.abc import Collection

from gongkai.accounts.viewer import Viewer
from gongkai.records.domain.batches import MOST, BatchAct
from gongkai.records.models import BatchItem, BatchRun, Record
from gongkai.records.selectors import listing, scope
from gongkai.records.selectors.case_file import NotFound
from gongkai.records.selectors.listing import Wanted

_ORDER = ("-changed_at", "-id")
_SHOWN = ("id", "agency_id", "state", "stage", "stage_post", "digest", "lock_version", "title", "document_number",
          "clearance", "attribute", "changed_at", "drafter_name")  # fmt: skip


def chosen(viewer: Viewer, agency_id: int, ids: Collection[int]) -> list[Record]:
    """The ticked ones that the agency has, newest change first. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = listing.records(viewer, agency_id, Wanted()).filter(pk__in=list(ids)[:MOST])
        return list(rows.only(*_SHOWN).order_by(*_ORDER))


def matching(viewer: Viewer, agency_id: int, wanted: Wanted, act: BatchAct) -> list[Record]:
    """All in the filter whose state fits the act, up to the limit. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = listing.records(viewer, agency_id, wanted).filter(state__in=act.sources)
        return list(rows.only(*_SHOWN).order_by(*_ORDER)[:MOST])


def run(viewer: Viewer, agency_id: int, run_id: int) -> tuple[BatchRun, list[BatchItem]]:
    """An order with its items. Raises `NotFound`."""
    try:
        with scope.of_agency(viewer, agency_id):
            found = BatchRun.objects.filter(pk=run_id).first()
            if found is None:
                raise NotFound(run_id)
            items = BatchItem.objects.filter(run=found).select_related("record").order_by("position")
            return found, list(items.defer("record__body_html", "record__body_text"))
    except scope.NothingToSee as error:
        raise NotFound(run_id) from error
