"""The same city and index as for the portal."""

from tests.portal.conftest import bureau, city, index, no_index

__all__ = ["bureau", "city", "index", "no_index"]
