"""Digits that ran together."""

import hypothesis
import pytest
from hypothesis import strategies

from gongkai.auditing.recognition import splitting

pytestmark = pytest.mark.pure
UNHURRIED = hypothesis.settings(deadline=None, derandomize=True, max_examples=60)


@UNHURRIED
@hypothesis.given(strategies.lists(strategies.integers(0, 3000), min_size=6, max_size=6))
def test_the_true_cut_is_always_among_the_ways(addends: list[int]) -> None:
    row = (*addends, sum(addends))
    ways = splitting.rows("".join(map(str, row)), 7)
    assert row in ways or (not ways and len("".join(map(str, row))) > 14)
    assert all(sum(way[:-1]) == way[-1] for way in ways)


@UNHURRIED
@hypothesis.given(strategies.lists(strategies.integers(0, 3000), min_size=6, max_size=6), strategies.integers(1, 6))
def test_a_border_that_survived_holds(addends: list[int], border: int) -> None:
    row = [*addends, sum(addends)]
    text = "".join(map(str, row[:border])) + " " + "".join(map(str, row[border:]))
    for way in splitting.rows(text, 7):
        digits = "".join(map(str, way))
        assert digits == text.replace(" ", "")
        lengths = [len("".join(map(str, way[:n]))) for n in range(8)]
        assert text.index(" ") in lengths


@UNHURRIED
@hypothesis.given(
    strategies.lists(strategies.lists(strategies.integers(0, 99), min_size=4, max_size=4), min_size=3, max_size=3)
)
def test_table_four_keeps_its_true_cut(parts: list[list[int]]) -> None:
    row = tuple(number for block in parts for number in (*block, sum(block)))
    assert row in splitting.strip("".join(map(str, row)), blocks=3, width=5)


def test_two_ways_are_two_ways() -> None:
    assert splitting.rows("270020130", 7) == [(2, 7, 0, 0, 20, 1, 30), (27, 0, 0, 2, 0, 1, 30)]


def test_no_number_begins_with_zero() -> None:
    assert splitting.rows("0000000", 7) == [(0,) * 7]
    assert splitting.rows("00000000", 7) == []


def test_letters_and_monsters_are_not_cut() -> None:
    assert splitting.rows("12a", 7) == []
    assert splitting.rows("1" * 500, 7) == []


def test_a_run_without_identity_is_cut_only_if_every_digit_is_a_cell() -> None:
    assert splitting.plain("000", 3) == (0, 0, 0)
    assert splitting.plain("8855698", 3) is None
    assert splitting.plain("15 3", 3) is None
    assert splitting.plain("123", 3) is None
    assert splitting.plain("88 55 698", 3) == (88, 55, 698)
