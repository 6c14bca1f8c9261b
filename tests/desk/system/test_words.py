"""Everything that is written into the audit trail can be read there in Chinese."""

import re
from pathlib import Path

import pytest

import gongkai
from gongkai.config.desk.trail import words
from gongkai.groundwork.audit import verification
from gongkai.records.domain.lifecycle import Act

pytestmark = pytest.mark.pure

_FAMILIES = (
    "absence|account|agency|catalogue|entry|import|mail|mandate|person|post|record|reminders|report|review_scheme|"
    "session|substitute"
)
_ACTION = re.compile(rf'"((?:{_FAMILIES})\.[a-z_]+)"')
_IMPORT_ACT = re.compile(r'note\(\w+, "([a-z_]+)", actor=')
_NOT_ACTIONS = re.compile(r"\.(?:csv|json|html)$")


def _written() -> set[str]:
    """Literals like ``"person.close"``, and the acts that the room of imports puts its own name before."""
    package = Path(gongkai.__file__).parent
    found: set[str] = set()
    for path in package.glob("*/services/**/*.py"):
        found |= set(_ACTION.findall(path.read_text("utf-8")))
    for path in package.glob("imports/services/*.py"):
        found |= {f"import.{act}" for act in _IMPORT_ACT.findall(path.read_text("utf-8"))}
    return {name for name in found if not _NOT_ACTIONS.search(name)}


def test_every_action_that_a_service_names_has_a_word() -> None:
    assert len(_written()) > 20
    assert _written() - set(words.ACTIONS) == set()


def test_every_act_on_a_record_has_a_word() -> None:
    assert {f"record.{act}" for act in Act} - set(words.ACTIONS) == set()


def test_every_flaw_that_verification_names_has_a_word() -> None:
    source = Path(verification.__file__).read_text("utf-8")
    named = set(re.findall(r'(?:Flaw|_flaw)\(\s*"([a-z ]+)"', source))
    assert named
    assert named - set(words.FLAWS) == set()


def test_no_word_stands_for_two_actions() -> None:
    assert len(set(words.ACTIONS.values())) == len(words.ACTIONS)
