"""The forms as dated data."""

import pytest

from gongkai.law import forms, instruments

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("year", "edition"),
    [
        (2013, None),
        (2014, "G2014"),
        (2018, "G2014"),
        (2019, "G2019"),
        (2020, "G2019"),
        (2021, "G2021"),
        (2035, "G2021"),
    ],
)
def test_the_report_year_decides_the_edition(year: int, edition: str | None) -> None:
    form = forms.for_year(year)
    assert (form.edition if form else None) == edition


@pytest.mark.parametrize(
    ("edition", "cells", "identities"), [("G2014", 60, 20), ("G2019", 198, 42), ("G2021", 200, 44)]
)
def test_every_edition_has_all_of_its_cells_and_identities(edition: str, cells: int, identities: int) -> None:
    form = forms.form(edition)
    assert (len(form.cells), len(form.identities)) == (cells, identities)


@pytest.mark.parametrize("edition", forms.EDITIONS)
def test_identities_speak_of_cells_that_exist_and_in_words(edition: str) -> None:
    form = forms.form(edition)
    for identity in form.identities:
        assert set(identity.left + identity.right) <= set(form.cells)
        assert not set(identity.left) & set(identity.right)
        assert any(word in identity.sentence(form) for word in ("等于", "不大于", "不小于"))


@pytest.mark.parametrize("edition", forms.EDITIONS)
def test_the_basis_of_a_form_is_a_known_instrument(edition: str) -> None:
    assert instruments.resolve(forms.form(edition).basis).instrument.number.startswith("国办")


def test_a_place_is_described_as_officers_say_it() -> None:
    form = forms.form("G2021")
    assert form.describe("t3.result_total.natural_person") == "表三 第24行“总计”自然人列"
    assert form.describe("review_total") == "表四“行政复议”总计"
    assert form.describe("t2_charges_amount_wan") == "表二“行政事业性收费”本年收费金额"
    assert forms.form("G2014").describe("requests_received") == "统计表“收到申请数”"


def test_another_edition_is_refused() -> None:
    with pytest.raises(KeyError):
        forms.form("G1999")


def test_an_identity_is_printable_as_a_sentence() -> None:
    form = forms.form("G2021")
    identity = next(identity for identity in form.identities if identity.code == "G21-T4-02")
    assert identity.sentence(form) == (
        "表四“未经复议直接起诉”总计等于表四“未经复议直接起诉”结果维持、表四“未经复议直接起诉”结果纠正、"
        "表四“未经复议直接起诉”其他结果、表四“未经复议直接起诉”尚未审结之和"
    )
