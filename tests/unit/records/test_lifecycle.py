"""The table of a record's life says what the statute and the office say."""

import pytest

from gongkai.accounts.domain.duties import DUTIES, Duty
from gongkai.accounts.domain.posts import ADMINISTRATORS, Post
from gongkai.records.domain.lifecycle import DUTIES_OF_ACTS, GUARDS, SYSTEM_POST, TABLE, Act, State

pytestmark = pytest.mark.pure


def test_every_state_and_act_stands_in_the_table_and_has_a_label() -> None:
    assert set(TABLE.states) == set(State)
    assert set(TABLE.actions) == set(Act)
    assert all(TABLE.label(name) != name for name in (*State, *Act))


def test_a_record_ends_only_when_nothing_is_left_of_it() -> None:
    assert set(TABLE.final_states) == {State.PURGED}


def test_what_was_taken_down_comes_back_as_a_draft_only() -> None:
    ways = {line.target for line in TABLE.transitions if State.WITHDRAWN in line.sources and line.target}
    assert ways == {State.DRAFT, State.PURGED}


def test_nobody_but_the_system_moves_a_record_to_another_body() -> None:
    assert all(line.posts == {SYSTEM_POST} for line in TABLE.transitions if line.action == Act.MOVE)


def test_the_posts_of_a_line_are_those_that_carry_its_duties() -> None:
    for line in TABLE.transitions:
        for post in Post:
            carries = bool(DUTIES[post] & set(DUTIES_OF_ACTS[Act(line.action)]))
            assert (post in line.posts) == carries, (line.action, post)


def test_no_administrator_appears_in_the_table() -> None:
    assert not set(TABLE.posts) & {post.value for post in ADMINISTRATORS}


def test_nothing_becomes_public_but_by_publishing() -> None:
    ways = {
        (line.action, source) for line in TABLE.transitions if line.target == State.PUBLISHED for source in line.sources
    }
    assert ways == {(Act.PUBLISH, State.SIGNED), (Act.ABANDON, State.CORRECTING), (Act.ABANDON, State.RETURNED)}
    publish = TABLE.find(Act.PUBLISH, State.SIGNED)
    assert publish is not None
    assert {"signed_off", "cleared", "proactive", "unmarked"} <= set(publish.guards)


def test_whoever_decides_must_not_have_written() -> None:
    for act in (Act.APPROVE, Act.SIGN, Act.RETURN, Act.CLEAR):
        lines = [line for line in TABLE.transitions if line.action == act]
        assert lines
        assert all("not_a_writer" in line.guards for line in lines)


def test_clearance_is_a_gate_that_moves_nothing() -> None:
    line = TABLE.find(Act.CLEAR, State.IN_REVIEW)
    assert line is not None
    assert line.target is None
    assert line.sources == (State.IN_REVIEW, State.SIGNED)


def test_every_guard_is_explained_and_every_explanation_is_used() -> None:
    assert {guard for line in TABLE.transitions for guard in line.guards} == set(GUARDS)


def test_only_the_drafting_duty_writes() -> None:
    assert DUTIES_OF_ACTS[Act.EDIT] == (Duty.DRAFT_RECORDS,)
    assert [state for state in State if TABLE.find(Act.EDIT, state)] == [
        State.DRAFT,
        State.RETURNED,
        State.CORRECTING,
    ]
