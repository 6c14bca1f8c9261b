"""Review schemes: what is sound, and who may decide at the next stage."""

import pytest

from gongkai.records.domain.stages import DEFAULT, Scheme, Stage, UnsoundScheme

pytestmark = pytest.mark.pure

HEAD = Stage("section_head", "section_head", "科室负责人审核")
OFFICE = Stage("disclosure_office", "disclosure_officer", "公开工作机构审核")
SIGN = Stage("sign_off", "leader", "单位负责人签发")
DRAFTER, KING, CHAO, CHEN = 1, 2, 3, 4


def test_the_default_is_section_head_then_leader_by_three_persons() -> None:
    assert [stage.post for stage in DEFAULT.stages] == ["section_head", "leader"]
    assert DEFAULT.distinct_persons == 3


@pytest.mark.parametrize(
    ("stages", "persons", "reason"),
    [
        ((), 2, "签发"),
        ((HEAD,), 2, "签发"),
        ((SIGN, HEAD), 2, "签发"),
        ((HEAD, HEAD, SIGN), 2, "不能重复"),
        ((Stage("secrecy_clearance", "leader", "x"), SIGN), 2, "保密审查"),
        ((Stage("sign_off", "section_head", "x"),), 2, "单位负责人"),
        ((Stage("x", "drafter", "x"), SIGN), 2, "岗位"),
        ((SIGN,), 1, "2到2"),
        ((HEAD, SIGN), 4, "2到3"),
    ],
)
def test_a_scheme_that_cannot_work_is_refused(stages: tuple[Stage, ...], persons: int, reason: str) -> None:
    with pytest.raises(UnsoundScheme, match=reason):
        Scheme(stages, persons)


def test_a_scheme_survives_the_database() -> None:
    assert Scheme.read(DEFAULT.as_rows(), DEFAULT.distinct_persons) == DEFAULT


def test_the_stages_follow_each_other() -> None:
    scheme = Scheme((HEAD, OFFICE, SIGN), 2)
    assert scheme.first == HEAD
    assert [scheme.after(code) for code in ("section_head", "disclosure_office", "sign_off")] == [OFFICE, SIGN, None]


def _objection(scheme: Scheme, code: str, person: int, post: str, approvers: set[int] | None) -> str:
    return scheme.objection(code, person=person, post=post, writers=[DRAFTER], approvers=approvers)


def test_only_the_post_of_the_stage_decides() -> None:
    assert "承办科室负责人" in _objection(DEFAULT, "section_head", KING, "leader", set())
    assert _objection(DEFAULT, "section_head", KING, "section_head", set()) == ""


def test_no_scheme_lets_a_writer_decide() -> None:
    for scheme in (DEFAULT, Scheme((SIGN,), 2), Scheme((HEAD, OFFICE, SIGN), 2)):
        for stage in scheme.stages:
            assert "起草" in _objection(scheme, stage.code, DRAFTER, stage.post, set())
            assert "起草" in _objection(scheme, stage.code, DRAFTER, stage.post, None)


def test_one_person_cannot_review_and_sign_where_three_are_asked_for() -> None:
    assert "3个人" in _objection(DEFAULT, "sign_off", KING, "leader", {KING})
    assert _objection(DEFAULT, "sign_off", CHAO, "leader", {KING}) == ""


def test_one_person_may_review_and_sign_where_two_are_enough() -> None:
    assert _objection(Scheme((HEAD, SIGN), 2), "sign_off", KING, "leader", {KING}) == ""


def test_the_count_leaves_room_for_the_stages_to_come() -> None:
    scheme = Scheme((HEAD, OFFICE, SIGN), 3)
    assert _objection(scheme, "disclosure_office", KING, "disclosure_officer", {KING}) == ""
    assert "3个人" in _objection(scheme, "sign_off", KING, "leader", {KING})
    assert _objection(scheme, "sign_off", CHEN, "leader", {KING}) == ""


def test_returning_asks_for_no_count() -> None:
    assert _objection(DEFAULT, "sign_off", KING, "leader", None) == ""
