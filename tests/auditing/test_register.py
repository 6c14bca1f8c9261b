"""Every rule of the editions is checked and has cases of its own."""

import importlib.resources
import re
from pathlib import Path

import pytest
import yaml

import gongkai.auditing
from gongkai.law import forms
from tests.auditing import test_rules

pytestmark = pytest.mark.pure
REGISTER: dict[str, dict[str, str]] = yaml.safe_load(
    (importlib.resources.files("gongkai.law") / "forms" / "rules.yaml").read_text(encoding="utf-8")
)
RULES = {code: entry for part in REGISTER.values() for code, entry in part.items()}
CODE = re.compile(r"\"((?:G14|G19|G21-T\d)-(?:\d{2}|TABLE)|TXT-(?:\d{2}|CUM|DEADLINE)|FORM-\d{2}|SUM-\d{2})\"")


def _written() -> set[str]:
    """The codes that the auditor can report: those in its source and those of the identities."""
    (folder,) = gongkai.auditing.__path__
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(folder).rglob("*.py"))
    identities = {identity.code for edition in forms.EDITIONS for identity in forms.form(edition).identities}
    return set(CODE.findall(sources)) | identities


def test_every_rule_is_checked_and_no_other() -> None:
    assert _written() == set(RULES)


def test_every_rule_has_a_failing_and_a_passing_case() -> None:
    assert {case["code"] for case in test_rules.CASES} == set(RULES)
    assert all("fails" in case and "passes" in case for case in test_rules.CASES)


@pytest.mark.parametrize(("prefix", "last"), [("G14", 22), ("G19", 5), ("G21-T2", 6), ("G21-T3", 10), ("G21-T4", 7)])
def test_the_numbers_of_an_edition_have_no_gap(prefix: str, last: int) -> None:
    assert {code for code in RULES if re.fullmatch(rf"{prefix}-\d+", code)} == {
        f"{prefix}-{number:02d}" for number in range(1, last + 1)
    }


def test_the_text_rules_have_no_gap() -> None:
    assert {f"TXT-{number:02d}" for number in range(1, 14)} <= set(REGISTER["every_report"])
