"""The cast for tests of the screens."""

import pytest

from tests import cast as casting


@pytest.fixture
def cast(db: None) -> casting.Cast:
    return casting.assemble()
