"""One failing and one passing case for every rule."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.auditing import base

pytestmark = pytest.mark.pure
FOLDER = Path(__file__).parent / "cases"
CASES: list[dict[str, Any]] = [
    case
    for name in ("forms.yaml", "prose.yaml")
    for case in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
]


def _codes(folder: Path, case: dict[str, Any], variant: dict[str, Any]) -> set[tuple[str, str]]:
    return {(finding.code, finding.status.value) for finding in base.findings(folder, case, variant)}


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case['code']}" for i, case in enumerate(CASES)])
def test_the_rule_fires_on_its_fault_and_only_there(tmp_path: Path, case: dict[str, Any]) -> None:
    code, status = case["code"], case.get("status", "fail")
    assert (code, status) in _codes(tmp_path, case, case["fails"])
    quiet = _codes(tmp_path, case, case["passes"])
    assert (code, "fail") not in quiet
    assert (code, status) not in quiet


@pytest.mark.parametrize("edition", ["G2014", "G2019", "G2021"])
def test_the_base_report_is_clean(tmp_path: Path, edition: str) -> None:
    remarks = set() if edition == "G2014" else {("G21-T3-06", "not_assessable")}
    assert _codes(tmp_path, {"edition": edition}, {}) == remarks
