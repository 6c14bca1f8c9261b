"""How an agency reviews: its schemes by version. Records keep the version under which they were submitted."""

from datetime import datetime

from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.viewer import Actor
from gongkai.agencies import selectors as agencies
from gongkai.agencies.models import Agency
from gongkai.groundwork.audit import trail
from gongkai.records.domain import stages
from gongkai.records.domain.stages import Scheme, Stage
from gongkai.records.models import Record, ReviewScheme
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
        CannotChooseScheme: it is the one in force already, or a stage is held where nobody stands above the agency.
    """
    with acting.at_own_agency(actor) as agency_id:
        Agency.objects.select_for_update(no_key=True).get(pk=agency_id)
        _check_places(scheme, agency_id, at=at)
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


def holder(stage: Stage, *, at: datetime, refusal: type[acting.Refused]) -> Agency | None:
    """The superior body that decides at the stage today, its successor if it has ended; None for the own agency.

    Raises ``refusal`` where it has ended and nobody answers for it.
    """
    if not stage.held_at:
        return None
    found = agencies.last_successor(Agency.objects.get(code=stage.held_at))
    if found.valid_until is not None and found.valid_until < timezone.localdate(at):
        raise refusal(f"“{stage.label}”由{found}办理，该机构已经终止，请先调整审核流程。")
    return found


def _check_places(scheme: Scheme, agency_id: int, *, at: datetime) -> None:
    wanted = {stage.held_at for stage in scheme.stages if stage.held_at}
    if not wanted:
        return
    above = {agency.code for agency in accounts.superiors(agency_id, on=timezone.localdate(at))}
    for stage in scheme.stages:
        if stage.held_at and stage.held_at not in above:
            raise CannotChooseScheme(f"“{stage.label}”只能由上级机关或者公开工作主管部门办理。")


def path_of(record: Record) -> Scheme:
    """What the record goes through: its pinned scheme, shortened while it is urgent."""
    assert record.scheme is not None  # pinned at submission
    return read(record.scheme).path(is_urgent=bool(record.urgent_reason))


def read(row: ReviewScheme) -> Scheme:
    """The scheme as a value."""
    return Scheme.read(row.stages, row.distinct_persons)
