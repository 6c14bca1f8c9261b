"""What a drafter writes: what may be kept, what may be submitted, what the public gets."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from gongkai.law.findings import errors
from gongkai.records.domain import attributes, content
from gongkai.records.domain.attributes import GROUNDS, Attribute
from gongkai.records.domain.content import Content

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 20)


def _content(**values: Any) -> Content:
    defaults: dict[str, Any] = {
        "title": "关于供暖的通知",
        "created_on": date(2026, 11, 16),
        "column_code": "art20_15_other",
        "body_html": "<p>正文</p>",
        "body_text": "正文",
    }
    return Content(**defaults | values)


def _missing(found: Content, *, has_files: bool = False) -> set[str]:
    return {finding.where[0] for finding in errors(content.readiness(found, has_files=has_files, on=TODAY))}


def test_something_complete_is_ready() -> None:
    assert _missing(_content()) == set()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"created_on": None}, "created_on"),
        ({"created_on": date(2026, 11, 21)}, "created_on"),
        ({"column_code": ""}, "column_code"),
        ({"body_text": "", "body_html": ""}, "body_html"),
        ({"effective_on": date(2026, 12, 1), "expires_on": date(2026, 11, 1)}, "expires_on"),
        ({"ground": "internal_affairs"}, "ground"),
    ],
)
def test_what_is_missing_is_named_at_its_field(change: dict[str, Any], field: str) -> None:
    assert _missing(_content(**change)) == {field}


def test_files_alone_are_enough() -> None:
    assert _missing(_content(body_text="", body_html=""), has_files=True) == set()


def test_what_is_not_published_needs_neither_column_nor_text() -> None:
    kept = _content(attribute="on_request", ground="particular_party", column_code="", body_text="")
    assert _missing(kept) == set()


@pytest.mark.parametrize(
    ("attribute", "change", "wrong"),
    [
        ("on_request", {}, {"ground"}),
        ("on_request", {"ground": "internal_affairs"}, {"ground"}),
        ("on_request", {"ground": "other_on_request"}, {"ground_note"}),
        ("on_request", {"ground": "other_on_request", "ground_note": "专业资料"}, set()),
        ("not_disclosed", {}, {"ground", "reevaluate_on"}),
        ("not_disclosed", {"ground": "internal_affairs"}, {"reevaluate_on"}),
        ("not_disclosed", {"ground": "internal_affairs", "reevaluate_on": TODAY}, {"reevaluate_on"}),
        ("not_disclosed", {"ground": "internal_affairs", "reevaluate_on": date(2027, 1, 1)}, set()),
        ("not_disclosed", {"ground": "law_prohibited", "reevaluate_on": date(2027, 1, 1)}, {"ground_note"}),
        ("not_gov_info", {}, {"ground"}),
        ("not_gov_info", {"ground": "party_affairs"}, set()),
    ],
)
def test_not_publishing_needs_its_ground(attribute: str, change: dict[str, Any], wrong: set[str]) -> None:
    assert _missing(_content(attribute=attribute, **change)) == wrong


def test_a_state_secret_is_no_ground_because_it_may_not_enter() -> None:
    codes = {ground.code for grounds in GROUNDS.values() for ground in grounds}
    assert "state_secret" not in codes
    assert {"safety_stability", "third_party_privacy", "process_info"} <= codes


def test_every_ground_rests_on_an_article() -> None:
    from gongkai.law import instruments

    for grounds in GROUNDS.values():
        for ground in grounds:
            assert instruments.resolve(ground.basis).instrument.id == "oigr-2019", ground


def test_labels_of_attributes_are_those_of_the_law() -> None:
    assert [attribute.label for attribute in Attribute] == ["主动公开", "依申请公开", "不予公开", "非政府信息"]
    assert attributes.ground("unheard_of") is None


@pytest.mark.parametrize(
    "field",
    [field.name for field in dataclasses.fields(Content) if field.type is str and field.name not in {"body_html"}],
)
def test_a_secret_mark_is_found_in_every_field(field: str) -> None:
    found = list(content.marks(_content(**{field: "机密★10年"})))
    assert [finding.where[0] for finding in found] == [field]


@pytest.mark.parametrize("field", content.LISTS)
def test_a_secret_mark_is_found_among_several_words(field: str) -> None:
    assert [finding.where[0] for finding in content.marks(_content(**{field: ("甲", "绝密★")}))] == [field]


@pytest.mark.parametrize("scope", ["系统内", "本单位"])
def test_what_is_published_is_for_everyone(scope: str) -> None:
    found = content.readiness(_content(scope=scope), has_files=False, on=date(2026, 11, 20))
    assert [finding.where[0] for finding in found] == ["scope"]
    kept = _content(attribute="on_request", ground="particular_party", scope=scope)
    assert not list(content.readiness(kept, has_files=False, on=date(2026, 11, 20)))
    told = content.readiness(_content(scope="面向社会"), has_files=False, on=date(2026, 11, 20))
    assert not list(told)


def test_talking_about_secrets_is_no_mark() -> None:
    assert list(content.marks(_content(body_text="保守国家秘密法宣传周；机密文件的管理办法；商业秘密保护。"))) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"summary": "长" * 1501}, "summary"),
        ({"joint_issuers": ("长" * 250, "长" * 250)}, "joint_issuers"),
        ({"procedure": "长" * 301}, "procedure"),
        ({"attribute": "secret"}, "attribute"),
        ({"created_on": date(1912, 1, 1)}, "created_on"),
        ({"expires_on": date(2100, 1, 1)}, "expires_on"),
    ],
)
def test_what_no_table_can_hold_is_refused_at_its_field(change: dict[str, Any], field: str) -> None:
    assert [finding.where[0] for finding in content.storable(_content(**change))] == [field]


def test_tidying_closes_up_blanks_and_spells_the_number() -> None:
    tidy = content.tidy(
        _content(title="  标题 ", document_number="甲政办发[2026] 012号", joint_issuers=(" 乙局 ", " "))
    )
    assert (tidy.title, tidy.document_number, tidy.joint_issuers) == ("标题", "甲政办发〔2026〕12号", ("乙局",))
    assert content.tidy(_content(document_number="第七号")).document_number == "第七号"


def test_remarks_and_grounds_stay_on_the_desk() -> None:
    metadata = content.public_metadata(_content(remarks="内部", ground="x", ground_note="y", keywords="供暖"))
    assert metadata == {
        "title": "关于供暖的通知",
        "created_on": "2026-11-16",
        "attribute": "proactive",
        "column_code": "art20_15_other",
        "keywords": "供暖",
        "is_party_mixed": False,
        "is_normative": False,
    }
