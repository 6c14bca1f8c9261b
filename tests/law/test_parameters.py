from collections.abc import Iterator
from datetime import date

import pytest

from gongkai.law import datafiles, instruments, parameters
from gongkai.law.parameters import Unit

pytestmark = pytest.mark.pure

BOOK = parameters.book()
OLD, NEW = date(2019, 5, 14), date(2019, 5, 15)


def values() -> Iterator[parameters.Value]:
    for parameter in BOOK.parameters.values():
        yield from (value for _, value in parameter.history if value)


@pytest.mark.parametrize("value", list(values()), ids=lambda value: f"{value.name}@{value.effective_from}")
def test_every_basis_resolves_and_was_in_force_on_its_date(value: parameters.Value) -> None:
    instrument = instruments.resolve(value.basis).instrument
    if instrument.in_force_on and instrument.kind != "product":
        assert instrument.in_force_on <= value.effective_from
    if instrument.ended_on:
        assert value.effective_from <= instrument.ended_on


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("requests.reply_period", 15, 20),
        ("requests.extension_limit", 15, 20),
        ("publication.period", 20, 20),
        ("annual_reports.department_deadline", "03-31", "01-31"),
        ("annual_reports.government_deadline", "03-31", "03-31"),
        ("requests.agency_time", "counted", "excluded"),
        ("requests.third_party_time", "excluded", "excluded"),
    ],
)
def test_the_regulation_changes_on_its_day(name: str, before: object, after: object) -> None:
    assert (parameters.at(name, on=OLD).value, parameters.at(name, on=NEW).value) == (before, after)
    assert parameters.at(name, on=OLD).effective_from == date(2008, 5, 1)
    assert parameters.at(name, on=NEW).effective_from == NEW


@pytest.mark.parametrize(
    ("name", "number", "unit"),
    [
        ("requests.third_party_period", 15, Unit.WORKDAY),
        ("requests.co_maker_period", 15, Unit.WORKDAY),
        ("requests.correction_notice_period", 7, Unit.WORKDAY),
        ("publication.budget_period", 20, Unit.DAY),
        ("publication.penalty_withdrawal_period", 3, Unit.WORKDAY),
        ("publication.interpretation_period", 3, Unit.WORKDAY),
        ("secrecy.top_secret_term", 30, Unit.YEAR),
        ("disputes.reconsideration_filing", 60, Unit.DAY),
        ("disputes.suit_direct", 6, Unit.MONTH),
    ],
)
def test_todays_figures_are_those_of_the_statutes(name: str, number: int, unit: Unit) -> None:
    value = parameters.at(name, on=date(2026, 11, 22))
    assert (value.number, value.unit) == (number, unit)


def test_a_value_carries_its_source_and_speaks() -> None:
    value = parameters.at("requests.reply_period", on=NEW)
    assert (value.label, value.article, value.basis) == ("20个工作日", "第三十三条", "oigr-2019/33")
    assert value.checked_on >= date(2026, 11, 22)


def test_before_the_first_date_no_rule_is_in_force() -> None:
    with pytest.raises(parameters.NotInForce, match=r"requests.co_maker_period had no value on 2019-05-14"):
        parameters.at("requests.co_maker_period", on=OLD)
    assert parameters.find("requests.co_maker_period", on=OLD) is None


def test_an_unknown_name_is_an_error_of_its_own() -> None:
    with pytest.raises(parameters.UnknownParameter, match=r"no parameter 'requests\.nothing'"):
        parameters.at("requests.nothing", on=NEW)


def test_a_value_that_is_no_number_is_not_read_as_one() -> None:
    with pytest.raises(TypeError):
        _ = parameters.at("requests.agency_time", on=NEW).number
    with pytest.raises(TypeError):
        _ = parameters.at("requests.reply_period", on=NEW).text


def test_whatever_is_unconfirmed_or_a_product_default_is_a_setting() -> None:
    loose = [value for value in values() if not value.confirmed or value.basis == "product"]
    assert loose
    assert all(value.is_setting and BOOK.parameter(value.name).is_setting for value in loose)
    assert all(not value.confirmed for value in values() if value.basis == "product")


def test_an_agency_sets_what_the_law_leaves_open_and_the_default_book_stays() -> None:
    local = BOOK.with_settings({"requests.correction_period": 10})
    value = local.at("requests.correction_period", on=NEW)
    assert (value.number, value.overridden) == (10, True)
    assert parameters.at("requests.correction_period", on=NEW).overridden is False


def test_a_setting_fills_only_the_time_that_the_law_leaves_open() -> None:
    local = BOOK.with_settings({"requests.third_party_period": 10})
    assert local.at("requests.third_party_period", on=OLD).number == 10
    assert local.at("requests.third_party_period", on=NEW).number == 15


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("requests.reply_period", 30),
        ("requests.correction_period", 0),
        ("requests.correction_period", True),
        ("requests.correction_period", "x"),
        ("requests.fee_effect", "sometimes"),
    ],
)
def test_what_the_law_fixes_and_what_makes_no_sense_cannot_be_set(name: str, value: parameters.Plain) -> None:
    with pytest.raises(ValueError, match=name):
        BOOK.with_settings({name: value})


def test_a_rule_that_ended_is_not_in_force() -> None:
    text = "title: x\nunit: day\nchecked_on: 2026-01-01\nvalues:\n"
    text += "  2010-01-01: {value: 3, basis: product}\n  2012-01-01: {value: null}\n"
    ended = parameters.read("a.b", datafiles.parse(text))
    assert ended.on(date(2011, 12, 31)) is not None
    assert ended.on(date(2012, 1, 1)) is None


@pytest.mark.parametrize(
    "text",
    ["[]", "title: x", "title: x\nunit: fortnight\nchecked_on: 2026-01-01\nvalues: {}", "title: [unclosed"],
)
def test_a_malformed_file_is_named(text: str) -> None:
    with pytest.raises(datafiles.BadDataFile):
        parameters.read("a.b", datafiles.parse(text))


def test_no_accessor_reads_the_law_without_a_date() -> None:
    with pytest.raises(TypeError):
        parameters.at("requests.reply_period")  # type: ignore[call-arg]
