"""How an agency reviews: its schemes by version. Records keep the version under which they were submitted."""

from datetime import datetime

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork.audit import trail
from gongkai.records.domain import stages
from gongkai.records.domain.stages import Scheme
from gongkai.records.models import ReviewScheme
from gongkai.records.services import acting


class CannotChooseScheme(acting.Refused):
    """The stages cannot be worked with, or nothing would change."""


def in_force(agency_id: int, *, at: datetime) -> ReviewScheme:
    """The agency's newest scheme; the default one is written down when it is first needed. Needs a scope.

    Two first submissions at once both try; the one that comes second takes what the first wrote.
    """
    newest = ReviewScheme.objects.filter(agency_id=agency_id).order_by("-version").first()
    if newest is not None:
        return newest
    scheme, _ = ReviewScheme.objects.get_or_create(
        agency_id=agency_id,
        version=1,
        defaults={
            "stages": stages.DEFAULT.as_rows(),
            "distinct_persons": stages.DEFAULT.distinct_persons,
            "valid_from": at,
        },
    )
    return scheme


def choose(*, scheme: Scheme, actor: Actor, at: datetime) -> ReviewScheme:
    """A new version for records submitted from now on.

    Raises:
        CannotChooseScheme: it is the one in force already.
    """
    with acting.at_own_agency(actor) as agency_id:
        Agency.objects.select_for_update(no_key=True).get(pk=agency_id)
        before = in_force(agency_id, at=at)
        if read(before) == scheme:
            raise CannotChooseScheme("与现行审核流程相同，没有变化。")
        row = ReviewScheme.objects.create(
            agency_id=agency_id,
            version=before.version + 1,
            stages=scheme.as_rows(),
            distinct_persons=scheme.distinct_persons,
            valid_from=at,
        )
        entry = trail.Entry(
            action="review_scheme.chosen",
            subject_type="agency",
            subject_id=agency_id,
            detail={"version": row.version, "stages": row.stages, "distinct_persons": row.distinct_persons},
        )
        trail.write(entry, actor=actor, at=at)
    return row


def read(row: ReviewScheme) -> Scheme:
    """The scheme as a value."""
    return Scheme.read(row.stages, row.distinct_persons)
