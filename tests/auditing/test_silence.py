"""What the prose auditor must not call a fault: a false alarm costs more trust than a miss."""

from pathlib import Path

import pytest
import yaml

from gongkai.law.findings import Status
from tests.auditing import base

pytestmark = pytest.mark.pure
SENTENCES: list[str] = yaml.safe_load((Path(__file__).parent / "cases" / "silent.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("agency", ["云川县农业农村局", "云川县人民政府"])
def test_a_harmless_sentence_is_no_certain_fault(tmp_path: Path, agency: str, sentence: str) -> None:
    case = {"edition": "G2021", "agency": agency}
    found = base.findings(tmp_path, case, {"text": sentence})
    assert [finding.message for finding in found if finding.status is Status.FAIL] == []
