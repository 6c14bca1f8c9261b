"""Series of document numbers: what is missing, doubled, or of another year than the day of writing."""

from datetime import date

import pytest

from gongkai.records.domain import issued
from gongkai.records.domain.issued import Issued

pytestmark = pytest.mark.pure


def row(number: str, written: date | None = None) -> Issued:
    return Issued(document_number=number, title="题", created_on=written)


def numbered(*serials: int) -> list[Issued]:
    return [row(f"甲发〔2026〕{serial}号") for serial in serials]


def test_gaps_are_named_as_runs_from_one_to_the_last() -> None:
    (found,) = issued.series(numbered(*(number for number in range(2, 58) if number not in {12, 13, 20})))
    assert (found.first, found.last, found.count, found.missing_count) == (2, 57, 53, 4)
    assert found.missing == ("1", "12–13", "20")
    assert not found.is_sound


def test_a_whole_series_is_sound() -> None:
    (found,) = issued.series(numbered(3, 1, 2))
    assert found.is_sound
    assert found.missing == ()


def test_prefixes_are_series_of_their_own() -> None:
    found = issued.series([row("甲发〔2026〕1号"), row("甲函〔2026〕1号"), row("甲函〔2026〕3号")])
    assert {one.prefix: one.missing for one in found} == {"甲发": (), "甲函": ("2",)}


def test_orders_count_through_the_years_and_begin_where_they_begin() -> None:
    (found,) = issued.series([row("甲市人民政府令第15号"), row("甲市人民政府令第17号")])
    assert found.missing == ("16",)


def test_a_number_given_twice_is_named() -> None:
    (found,) = issued.series(numbered(1, 2, 2))
    assert found.repeated == ("甲发〔2026〕2号",)


def test_a_day_of_another_year_is_named() -> None:
    (found,) = issued.series([row("甲发〔2026〕1号", date(2025, 12, 31)), row("甲发〔2026〕2号", date(2026, 1, 2))])
    assert found.misdated == ("甲发〔2026〕1号",)


def test_an_order_takes_its_year_from_the_day() -> None:
    assert row("甲市人民政府令第15号", date(2026, 5, 1)).year == 2026
    assert row("甲市人民政府令第15号").year is None
    assert row("甲发〔2025〕1号", date(2026, 1, 1)).year == 2025
