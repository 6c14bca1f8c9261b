"""What the process keeps, it keeps for a while and for nobody else."""

import time

import pytest

from gongkai.published.selectors.remembered import Remembered

pytestmark = pytest.mark.pure


def test_a_value_is_read_once_for_each_key_until_it_is_forgotten() -> None:
    asked: list[str] = []

    def read(key: str) -> int:
        asked.append(key)
        return len(asked)

    memory = Remembered(read, seconds=60)
    assert (memory("a"), memory("a"), memory("b")) == (1, 1, 2)
    memory.forget()
    assert memory("a") == 3


def test_a_value_grows_old() -> None:
    memory = Remembered(lambda key: time.monotonic(), seconds=0)
    assert memory(1) != memory(1)


def test_a_value_that_took_long_to_read_is_kept_longer() -> None:
    memory = Remembered(lambda key: key, seconds=60, sooner_if_cheap=True)
    assert [memory._keeps(took) for took in (0.001, 0.1, 9.0)] == [2.0, pytest.approx(20.0), 60]


def test_memory_does_not_grow_without_end() -> None:
    memory = Remembered(lambda key: key, seconds=60, size=3)
    for key in range(50):
        memory(key)
    assert len(memory._values) <= 3
