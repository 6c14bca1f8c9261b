import csv
from datetime import date
from pathlib import Path

import pytest
import yaml

from gongkai.law import instruments
from gongkai.law.identifiers import document_number
from gongkai.law.identifiers.document_number import Form
from gongkai.law.identifiers.invalid import Invalid

pytestmark = pytest.mark.pure

CASES = yaml.safe_load(Path(__file__).with_name("document_number.yaml").read_text(encoding="utf-8"))
REAL = Path(__file__).parents[4] / "shared" / "documents" / "policy-documents.tsv"


@pytest.mark.parametrize(("text", "normal"), CASES["normal"].items())
def test_a_number_is_brought_into_its_normal_spelling(text: str, normal: str) -> None:
    assert document_number.validate(text) == normal
    assert document_number.validate(normal) == normal
    assert str(document_number.parse(text)) == normal


@pytest.mark.parametrize("text", CASES["invalid"])
def test_what_is_no_number_is_refused_with_a_hint(text: str) -> None:
    assert not document_number.is_valid(text)
    with pytest.raises(Invalid, match="文号"):
        document_number.parse(text)


@pytest.mark.parametrize(
    ("text", "form", "prefix", "year", "serial"),
    [
        ("国办发〔2017〕47号", Form.BRACKETED, "国办发", 2017, 47),
        ("国务院令第711号", Form.ORDER, "国务院令", None, 711),
        ("主席令第四十五号", Form.ORDER, "主席令", None, 45),
        ("主席令第一百零三号", Form.ORDER, "主席令", None, 103),
        ("主席令第十号", Form.ORDER, "主席令", None, 10),
        ("主席令第二〇号", Form.ORDER, "主席令", None, 20),
        ("公告2018年第14号", Form.ANNOUNCEMENT, "公告", 2018, 14),
        ("HFGS-2022-7", Form.REGISTRATION, "HFGS", 2022, 7),
    ],
)
def test_a_number_falls_into_its_parts(text: str, form: Form, prefix: str, year: int | None, serial: int) -> None:
    number = document_number.parse(text)
    assert (number.form, number.prefix, number.year, number.serial) == (form, prefix, year, serial)


def test_an_overlong_text_is_refused() -> None:
    with pytest.raises(Invalid, match="50"):
        document_number.parse("国" * 51)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("某政发〔2025〕3号", []),
        ("某政发[2025]3号", ["document_number.spelling"]),
        ("某政发〔2024〕3号", ["document_number.year"]),
        ("他政发〔2025〕3号", ["document_number.prefix"]),
        ("他政发[2024]3号", ["document_number.spelling", "document_number.year", "document_number.prefix"]),
        ("某政令第3号", ["document_number.prefix"]),
        ("某政发2025", ["document_number.form"]),
    ],
)
def test_findings_name_what_is_noteworthy(text: str, codes: list[str]) -> None:
    found = document_number.check(text, written_on=date(2025, 12, 30), prefixes={"某政发", "某政办发"})
    assert [finding.code for finding in found] == codes
    assert all(instruments.resolve(finding.basis) for finding in found)


def test_without_date_and_prefixes_only_the_form_is_checked() -> None:
    assert document_number.check("某政发〔2024〕3号") == ()


if REAL.exists():

    def test_every_number_of_the_real_document_list_is_read() -> None:
        with REAL.open(encoding="utf-8") as file:
            numbers = [row["document_number"] for row in csv.DictReader(file, delimiter="\t")]
        unread = [number for number in numbers if number and not document_number.is_valid(number)]
        assert len(numbers) > 30_000
        assert unread == []
