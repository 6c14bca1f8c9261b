from pathlib import Path

import pytest

from tests.integration.audit.trails import Trail


@pytest.fixture
def audit_trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path / "audit-head.log")
