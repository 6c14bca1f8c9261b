import csv
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.law import instruments, personal_data
from gongkai.law.findings import Severity
from gongkai.law.personal_data import Kind

pytestmark = pytest.mark.pure

CASES = yaml.safe_load(Path(__file__).with_name("personal_data.yaml").read_text(encoding="utf-8"))
REAL = Path(__file__).parents[3] / "shared" / "documents" / "policy-documents.tsv"


@pytest.mark.parametrize("case", CASES["found"], ids=lambda case: case["text"])
def test_a_number_of_a_person_is_found_and_masked(case: dict[str, Any]) -> None:
    hits = personal_data.find(case["text"])
    assert [part for hit in hits for part in (hit.kind.value, hit.masked)] == case["found"]
    surrounded = personal_data.find(f"前文第1号,\n说明 {case['text']}\n后文")
    assert [hit.masked for hit in surrounded] == [hit.masked for hit in hits]
    assert surrounded[0].position.line == 2


@pytest.mark.parametrize("text", CASES["clean"])
def test_other_numbers_stay_alone(text: str) -> None:
    assert personal_data.find(text) == ()


def test_the_range_is_that_of_the_number_in_the_original_text() -> None:
    text = "姓名:李某\n证件:１１０１０５ 19491231 ００２Ｘ 等"
    (hit,) = personal_data.find(text)
    assert text[hit.start : hit.end] == "１１０１０５ 19491231 ００２Ｘ"
    assert str(hit.position) == "2:4"


def test_a_finding_carries_code_place_and_mask_and_never_the_number() -> None:
    (error,) = personal_data.findings("11010519491231002X", place="正文")
    (warning,) = personal_data.findings("13800138000")
    assert (error.code, error.severity, error.where) == ("personal_data.citizen_id", Severity.ERROR, ("正文", "1:1"))
    assert (warning.code, warning.severity, warning.where) == (
        "personal_data.mobile_number",
        Severity.WARNING,
        ("1:1",),
    )
    assert "19491231" not in error.to_json()
    assert "0013" not in warning.to_json()
    assert instruments.resolve(error.basis).label == "第十五条"


def test_every_kind_has_its_own_code_and_label() -> None:
    texts = ("11010519491231002X", "6222021234567890128", "13800138000")
    hits = [personal_data.find(text)[0] for text in texts]
    assert {hit.code for hit in hits} == {f"personal_data.{kind}" for kind in Kind}
    assert len({kind.label for kind in Kind}) == 3


def test_masking_leaves_everything_else_as_it_was() -> None:
    text = "李某,11010519491231002X,电话13800138000。\n金额13800138000元"
    assert personal_data.mask(text) == "李某,110*************2X,电话138****8000。\n金额13800138000元"
    assert personal_data.find(personal_data.mask(text)) == ()
    assert personal_data.mask("没有数字") == "没有数字"


def test_no_more_than_asked_for_are_listed() -> None:
    assert len(personal_data.find("13800138000\n" * 100, limit=7)) == 7


@pytest.mark.parametrize("unit", ["1380013800", "6222 ", "110105 19491231 ", "1-3 8", "138 0013 800 ", "https://a"])
def test_a_megabyte_of_any_text_is_read_in_well_under_two_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    personal_data.find(text)
    assert time.process_time() - start < 2


if REAL.exists():

    def test_the_real_document_list_holds_no_number_of_a_person() -> None:
        with REAL.open(encoding="utf-8") as file:
            texts = ["\t".join(row) for row in csv.reader(file, delimiter="\t")]
        assert len(texts) > 30_000
        assert [text for text in texts if personal_data.find(text)] == []
