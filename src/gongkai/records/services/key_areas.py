"""An agency says which of its columns belong to a part of a key area."""

from collections.abc import Collection
from datetime import datetime

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork.audit import trail
from gongkai.law import vocabulary
from gongkai.records.models import KeyAreaColumn
from gongkai.records.selectors import key_areas
from gongkai.records.services import acting, catalogue


class CannotAssign(acting.Refused):
    """There is no such part of a key area, or the agency does not show one of the columns."""


def assign(*, area: str, columns: Collection[str], actor: Actor, at: datetime) -> None:
    """These columns and no others belong to the part; a column belongs to one part only. The public sees it at once.

    Raises:
        CannotAssign: see the class.
    """
    found = vocabulary.key_areas().get(area)
    if found is None or not found.parent:
        raise CannotAssign("没有这个重点领域。")
    with acting.at_own_agency(actor) as agency_id:
        for code in columns:
            catalogue.require_open_column(agency_id, code, refusal=CannotAssign)
        before = {code for code, held in key_areas.of_columns(agency_id).items() if held == area}
        wanted = dict.fromkeys(before - set(columns), "") | dict.fromkeys(columns, area)
        for code, belongs in wanted.items():
            KeyAreaColumn.objects.update_or_create(agency_id=agency_id, column_code=code, defaults={"area": belongs})
        detail: dict[str, object] = {"area": area, "columns": sorted(columns)}
        entry = trail.Entry(action="key_area.assigned", subject_type="agency", subject_id=agency_id, detail=detail)
        trail.write(entry, actor=actor, at=at)
        catalogue.show(agency=Agency.objects.get(pk=agency_id), actor=actor, at=at)
