"""Checks before publishing: every rule with a failing and a passing case, and what makes a finding the same one."""

import dataclasses
import importlib
import pkgutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import gongkai.records.domain.checks as room
from gongkai.law import instruments, wrong_words
from gongkai.law.wrong_words import Word
from gongkai.records.domain import rich_text
from gongkai.records.domain.checks import register
from gongkai.records.domain.checks.material import Ended, FileText, Known, Link, Material
from gongkai.records.domain.checks.rules import Spot
from gongkai.records.domain.content import Content

pytestmark = pytest.mark.pure

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("checks.yaml").read_text("utf-8"))
DIGEST = "ab" * 32


def _material(case: dict[str, Any]) -> Material:
    html = case.get("body_html") or rich_text.from_plain(case.get("body", "请认真执行。"))
    values: dict[str, Any] = {
        "title": "关于供暖的通知",
        "issuer": "甲局",
        "created_on": date(2026, 11, 16),
        "genre": "通知",
    }
    values |= {"body_html": html, "body_text": rich_text.plain_text(html)} | case.get("content", {})
    file = {"text": "", "is_read": True} | case.get("file", {})
    own = (Word(wrong=wrong, right=right) for wrong, right in case.get("words", {}).items())
    known = Known(
        non_public_numbers=frozenset(case.get("non_public", ())),
        ended_numbers={number: Ended(*ended) for number, ended in case.get("ended", {}).items()},
        same_number=tuple(case.get("same_number", ())),
        links={address: Link(state) for address, state in case.get("links", {}).items()},
        words=wrong_words.Matcher([*wrong_words.base(), *own]),
    )
    files = (FileText(digest=DIGEST, title="名单", **file | {"traces": tuple(file.get("traces", ()))}),)
    return Material(content=Content(**values), files=files, known=known, on=date(2026, 11, 20))


def _found(case: dict[str, Any], code: str) -> list[Spot]:
    return [spot for spot in register.run(_material(case)) if spot.finding.code == code]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["code"])
def test_a_rule_speaks_for_the_failing_case_and_is_silent_for_the_passing_one(case: dict[str, Any]) -> None:
    (spot,) = _found(case["fails"], case["code"])
    if "at" in case:
        texts = {text.place: text.text for text in _material(case["fails"]).texts()}
        assert texts[spot.place][spot.start : spot.end] == case["at"]
    assert _found(case["passes"], case["code"]) == []


def test_every_rule_has_a_case_a_basis_that_resolves_and_advice() -> None:
    assert {case["code"] for case in CASES} == set(register.RULES)
    assert sum(len(check.RULES) for check in register.CHECKS) == len(register.RULES)
    for rule in register.RULES.values():
        assert not rule.basis or instruments.resolve(rule.basis)
        assert rule.advice.endswith("。")


def test_every_check_of_the_folder_is_on_the_register() -> None:
    modules = [
        importlib.import_module(f"{room.__name__}.{found.name}") for found in pkgutil.iter_modules(room.__path__)
    ]
    assert {module for module in modules if hasattr(module, "check")} == set(register.CHECKS)


def test_every_word_of_the_list_is_found_and_its_basis_resolves() -> None:
    words = wrong_words.base()
    matcher = wrong_words.Matcher(words)
    assert len({word.wrong for word in words}) == len(words)
    for word in words:
        assert [hit.word for hit in matcher.find(f"在{word.wrong}中")] == [word]
        assert not word.basis or instruments.resolve(word.basis)
        assert all(list(matcher.find(longer)) == [] for longer in word.fine)
        assert list(matcher.find(word.right)) == []


def test_a_harmless_record_is_without_findings() -> None:
    assert register.run(_material({})) == ()


def test_a_finding_stays_the_same_when_the_text_moves_and_another_one_when_its_surroundings_change() -> None:
    (before,) = _found({"body": "联系人李某,电话13800138000,周一至周五"}, "personal_data.mobile_number")
    (moved,) = _found({"body": "前面多了一段。\n联系人李某,电话13800138000,周一至周五"}, "personal_data.mobile_number")
    (changed,) = _found({"body": "联系人李某,电话13900139000,周一至周五"}, "personal_data.mobile_number")
    assert moved.fingerprint == before.fingerprint
    assert changed.fingerprint != before.fingerprint


def test_the_same_words_twice_are_two_findings() -> None:
    line = f"{'甲' * 12}布署{'乙' * 12}"
    spots = _found({"body": f"{line}\n{line}"}, "words.typo")
    assert len({spot.fingerprint for spot in spots}) == len(spots) == 2


def test_no_finding_shows_a_number_of_a_person() -> None:
    (spot,) = _found({"body": "身份证号:11010519491231002X。"}, "personal_data.citizen_id")
    assert "11010519491231002X" not in str(spot.as_dict())


def test_a_list_of_names_ends_somewhere() -> None:
    material = dataclasses.replace(_material({"body": "\n".join(f"{n}、统一布署" for n in range(900))}))
    assert len(register.run(material)) == register.MOST
