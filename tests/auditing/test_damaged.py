"""A damaged report: what is read is right, the rest unread, and no error is certain that is not there."""

import random
from pathlib import Path

import pytest

from gongkai.auditing import audit
from tests.auditing import damaged, synthetic

pytestmark = pytest.mark.pure
SEEDS = (1, 4, 10)
LAYOUTS = ("pipes", "tabs", "lines", "spaced", "glued", "stacked")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", damaged.DAMAGES)
def test_damage_makes_no_cell_wrong_and_no_fault_certain(tmp_path: Path, name: str, layout: str) -> None:
    for edition in synthetic.YEARS:
        for seed in SEEDS:
            each = synthetic.report(edition, seed)
            chance = random.Random(f"{name}{layout}{edition}{seed}")
            content = damaged.DAMAGES[name](synthetic.TEXT_LAYOUTS[layout](each), chance)
            path = tmp_path / "report.txt"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            outcome = audit.audit(path)
            assert not outcome.error
            report = outcome.audited[0].report
            wrong = {
                cell: (reading.value, each.values.get(cell))
                for cell, reading in report.cells.items()
                if reading.value is not None and reading.value != each.values.get(cell)
            }
            assert wrong == {}, (edition, seed)
            alarms = [f.message for f in outcome.audited[0].findings if f.is_error]
            assert alarms == [], (edition, seed)
