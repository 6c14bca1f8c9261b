"""Review schemes: what is sound, and who may decide at the next stage."""

import pytest

from gongkai.records.domain.stages import DEFAULT, Hand, Scheme, Stage, UnsoundScheme, how_many

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
        ((Stage("x", "section_head", "县里审核", held_at="xian"), SIGN), 2, "由上级办理，岗位"),
        ((Stage("x", "leader", "县里审核", held_at="xian", is_skippable=True), SIGN), 2, "不能略过"),
        ((HEAD, Stage("sign_off", "leader", "签发", held_at="xian")), 2, "本单位"),
        ((HEAD, Stage("sign_off", "leader", "签发", is_skippable=True)), 2, "不能略过"),
        ((Stage("x", "leader", " "), SIGN), 2, "名称"),
        ((*(Stage(f"x{n}", "leader", "审核") for n in range(6)), SIGN), 2, "最多6个"),
    ],
)
def test_a_scheme_that_cannot_work_is_refused(stages: tuple[Stage, ...], persons: int, reason: str) -> None:
    with pytest.raises(UnsoundScheme, match=reason):
        Scheme(stages, persons)


def test_a_scheme_survives_the_database() -> None:
    above = Scheme((HEAD, Stage("above", "disclosure_officer", "县里审核", held_at="xian"), SIGN), 3)
    for scheme in (DEFAULT, above):
        assert Scheme.read(scheme.as_rows(), scheme.distinct_persons) == scheme


def test_a_scheme_from_before_superiors_and_urgency_is_read_as_the_own_agencys() -> None:
    rows = [{"code": "sign_off", "post": "leader", "label": "单位负责人签发"}]
    assert Scheme.read(rows, 2).stages == (SIGN,)


def test_urgency_leaves_out_what_may_be_skipped_and_asks_for_no_more_persons_than_are_left() -> None:
    assert DEFAULT.urgent == Scheme((SIGN,), 2)
    fixed = Scheme((HEAD, OFFICE, SIGN), 3)
    assert fixed.urgent == fixed


def test_a_name_on_paper_is_taken_for_the_person_who_bears_it() -> None:
    assert how_many([Hand(1, "王"), Hand(2, "赵"), Hand(None, "王")]) == 2
    assert how_many([Hand(1, "王"), Hand(2, "王"), Hand(None, "孙"), Hand(None, "孙")]) == 3


def test_the_stages_follow_each_other() -> None:
    scheme = Scheme((HEAD, OFFICE, SIGN), 2)
    assert scheme.first == HEAD
    assert [scheme.after(code) for code in ("section_head", "disclosure_office", "sign_off")] == [OFFICE, SIGN, None]


def _objection(scheme: Scheme, code: str, person: int, post: str, approvers: set[int] | None) -> str:
    hands = None if approvers is None else [Hand(approver, f"人{approver}") for approver in approvers]
    return scheme.objection(code, hand=Hand(person, f"人{person}"), post=post, writers=[DRAFTER], approvers=hands)


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
