import pytest

from gongkai.law import findings
from gongkai.law.findings import Finding, Severity, Status

pytestmark = pytest.mark.pure

SAMPLE = Finding(
    code="catalogue.late",
    severity=Severity.ERROR,
    status=Status.FAIL,
    where=("published_on", "3"),
    message="超过公开期限",
    expected="2026-03-02",
    actual=None,
    basis="oigr-2019/26",
)


@pytest.mark.parametrize("value", [None, "文", 3, 2.5, True])
def test_a_finding_survives_json_unchanged(value: findings.Scalar) -> None:
    finding = Finding("a.b", Severity.INFO, Status.UNCERTAIN, ("x",), "句", value, value)
    assert Finding.from_json(finding.to_json()) == finding
    assert Finding.from_json(SAMPLE.to_json()) == SAMPLE


def test_json_keeps_chinese_readable() -> None:
    assert "超过公开期限" in SAMPLE.to_json()


def test_only_failed_errors_count_as_errors() -> None:
    uncertain = Finding("c", Severity.ERROR, Status.UNCERTAIN)
    warning = Finding("d", Severity.WARNING, Status.FAIL)
    assert findings.errors([uncertain, SAMPLE, warning]) == (SAMPLE,)


def test_a_finding_without_a_code_or_with_a_bare_string_as_place_is_refused() -> None:
    with pytest.raises(ValueError, match="code"):
        Finding("", Severity.INFO, Status.PASS)
    with pytest.raises(TypeError, match="tuple"):
        Finding("a", Severity.INFO, Status.PASS, "place")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["[]", '{"code": "a", "severity": "info", "status": "pass", "expected": []}'])
def test_json_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(TypeError):
        Finding.from_json(text)


def test_every_severity_and_status_has_a_label() -> None:
    assert all(member.label for member in [*Severity, *Status])
