"""Until when a record must be public, with the derivation that staff see."""

import datetime

from gongkai.law import periods
from gongkai.records.domain import statutory_tree
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.content import Content

# Before, no law set a limit; after, the calendar ends.
_FIRST_YEAR, _LAST_YEAR = 2008, 2098


def publication(content: Content, *, rules: periods.Rules | None = None) -> periods.Deadline | None:
    """None where nothing has to be published, or while the day from which to count is unknown."""
    if content.attribute != Attribute.PROACTIVE:
        return None
    return publication_from(content.created_on, content.column_code, rules=rules)


def publication_from(
    created_on: datetime.date | None, column_code: str, *, rules: periods.Rules | None = None
) -> periods.Deadline | None:
    """The deadline for something formed on that day and destined for that column."""
    if created_on is None or not _FIRST_YEAR <= created_on.year <= _LAST_YEAR:
        return None
    category = statutory_tree.publication_category(column_code)
    return periods.publication_deadline(created_on, category=category, rules=rules)
