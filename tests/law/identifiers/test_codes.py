"""Codes of bodies and persons. All numbers of persons are made up: their check characters are computed."""

from datetime import date
from types import ModuleType

import pytest

from gongkai.law.identifiers import (
    bank_card,
    citizen_id,
    credit_code,
    mobile_number,
    organisation_code,
    site_code,
)
from gongkai.law.identifiers.invalid import Invalid, Reason
from gongkai.law.identifiers.site_code import Owner

pytestmark = pytest.mark.pure


def citizen(body: str) -> str:
    return body + citizen_id.check_character(body)


VALID = [
    (organisation_code, "000014349", "000014349"),
    (organisation_code, "01527918-x", "01527918X"),
    (organisation_code, " 0１4416330", "014416330"),
    (credit_code, "11441700007280420Y", "11441700007280420Y"),
    (credit_code, "1134 1702 4863 4451 5h", "11341702486344515H"),
    (site_code, "4305000009", "4305000009"),
    (site_code, "BM55000001", "bm55000001"),
    (site_code, "n000001234", "N000001234"),
    (citizen_id, "11010519491231002X", "11010519491231002X"),
    (citizen_id, "110105 19491231 002x", "11010519491231002X"),
    (bank_card, "6222 0212 3456 7890 128", "6222021234567890128"),
    (bank_card, "4111-1111-1111-1111", "4111111111111111"),
    (mobile_number, "+86 138-0013-8000", "13800138000"),
    (mobile_number, "00861３８00138000", "13800138000"),
    (mobile_number, "19912345678", "19912345678"),
]

INVALID = [
    (organisation_code, "00001434", Reason.LENGTH),
    (organisation_code, "00001434*", Reason.FORMAT),
    (organisation_code, "000014348", Reason.CHECKSUM),
    (credit_code, "11441700007280420", Reason.LENGTH),
    (credit_code, "11441700007280420I", Reason.FORMAT),
    (credit_code, "11991700007280420Y", Reason.COMPONENT),
    (credit_code, "11441700007280420X", Reason.CHECKSUM),
    (site_code, "430500000", Reason.LENGTH),
    (site_code, "ab55000001", Reason.FORMAT),
    (site_code, "9905000009", Reason.COMPONENT),
    (citizen_id, "110105491231002", Reason.LENGTH),
    (citizen_id, "1101051949123100XX", Reason.FORMAT),
    (citizen_id, citizen("99010519491231002"), Reason.COMPONENT),
    (citizen_id, citizen("11010519490231002"), Reason.COMPONENT),
    (citizen_id, citizen("11010517491231002"), Reason.COMPONENT),
    (citizen_id, "110105194912310021", Reason.CHECKSUM),
    (bank_card, "4111a11111111111", Reason.FORMAT),
    (bank_card, "411111111111111", Reason.LENGTH),
    (bank_card, "7000000000000000", Reason.COMPONENT),
    (bank_card, "4111111111111112", Reason.CHECKSUM),
    (mobile_number, "1380013800a", Reason.FORMAT),
    (mobile_number, "1380013800", Reason.LENGTH),
    (mobile_number, "12800138000", Reason.COMPONENT),
]


@pytest.mark.parametrize(("module", "text", "compact"), VALID, ids=str)
def test_a_valid_code_is_accepted_in_any_spelling(module: ModuleType, text: str, compact: str) -> None:
    assert module.validate(text) == compact
    assert module.compact(text) == compact
    assert module.is_valid(text)


@pytest.mark.parametrize(("module", "text", "reason"), INVALID, ids=str)
def test_an_invalid_code_is_refused_for_its_reason(module: ModuleType, text: str, reason: Reason) -> None:
    assert not module.is_valid(text)
    with pytest.raises(Invalid) as error:
        module.validate(text)
    assert error.value.reason is reason
    assert text not in str(error.value)


@pytest.mark.parametrize("module", [organisation_code, credit_code, citizen_id], ids=str)
def test_every_single_wrong_digit_is_noticed(module: ModuleType) -> None:
    valid = next(compact for owner, _, compact in VALID if owner is module)
    for place, digit in enumerate(valid[:-1]):
        for other in "0123456789":
            if other != digit:
                assert not module.is_valid(valid[:place] + other + valid[place + 1 :])


def test_a_credit_code_contains_organisation_code_and_division() -> None:
    assert credit_code.organisation_code("11441700007280420Y") == "007280420"
    assert organisation_code.is_valid("007280420")
    assert credit_code.region("11441700007280420Y") == "441700"
    with pytest.raises(Invalid):
        credit_code.organisation_code("11441700007280420X")


def test_an_organisation_code_is_shown_with_its_hyphen() -> None:
    assert organisation_code.display("01527918X") == "01527918-X"


def test_a_citizen_number_tells_the_day_of_birth() -> None:
    assert citizen_id.born_on("11010519491231002X") == date(1949, 12, 31)


@pytest.mark.parametrize(
    ("code", "owner"),
    [("4305000009", Owner.GOVERNMENT), ("bm55000001", Owner.MINISTRY), ("N000001234", Owner.OTHER)],
)
def test_a_site_code_tells_who_runs_the_site(code: str, owner: Owner) -> None:
    assert site_code.owner(code) is owner
