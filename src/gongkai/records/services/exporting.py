"""What leaves the desk as a table is written down."""

from collections.abc import Mapping
from datetime import datetime

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail


def note(what: str, *, actor: Actor, at: datetime, query: Mapping[str, object]) -> None:
    """The line in the trail: who took which list away, under which filter."""
    entry = trail.Entry(
        action=f"{what}.export", subject_type="agency", subject_id=actor.agency_id or 0, detail={"filter": dict(query)}
    )
    trail.write(entry, actor=actor, at=at)
