import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.law import instruments, secrecy_marks
from gongkai.law.findings import Severity, Status

pytestmark = pytest.mark.pure

REAL = Path(__file__).parents[3] / "shared" / "documents" / "policy-documents.tsv"
CASES = yaml.safe_load(Path(__file__).with_name("secrecy_marks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["marks"], ids=lambda case: repr(case["text"]))
def test_a_mark_in_marking_form_is_found_whatever_surrounds_it(case: dict[str, Any]) -> None:
    for before, after in (("", ""), ("关于报送材料的函\n", "\n正文"), ("000123 ", " 特急")):
        marks = secrecy_marks.find(before + case["text"] + after)
        texts = [mark.text for mark in marks]
        assert texts == case["found"] or (case.get("one_of") and texts[0] in case["found"])
        assert marks[0].level == case["level"]


@pytest.mark.parametrize("text", CASES["clean"])
def test_the_bare_word_and_prose_about_secrecy_are_no_mark(text: str) -> None:
    assert secrecy_marks.find(text) == ()
    assert not secrecy_marks.is_marked(f"前文\n{text}\n后文")


def test_the_position_points_at_the_mark() -> None:
    text = "标题\n\n 份号1  机密★10年\n正文"
    (mark,) = secrecy_marks.find(text)
    assert text[mark.start : mark.end] == "机密★10年"
    assert mark.position == (3, 7)


def test_a_finding_refuses_and_quotes_nothing_but_the_mark() -> None:
    text = "前面的涉密内容 机密★10年 后面的涉密内容"
    (finding,) = secrecy_marks.findings(text, place="正文")
    assert (finding.severity, finding.status) == (Severity.ERROR, Status.FAIL)
    assert finding.where == ("正文", "1:9")
    assert finding.actual == "机密★10年"
    assert "内容" not in finding.to_json()
    assert instruments.resolve(finding.basis).label == "第三十五条"


def test_no_more_marks_than_asked_for_are_listed() -> None:
    assert len(secrecy_marks.find("机密★10年\n" * 50)) == 20
    assert len(secrecy_marks.find("机密★10年\n" * 50, limit=3)) == 3


@pytest.mark.parametrize(
    "unit",
    [
        "保守国家秘密,机密文件的密级为秘密。",
        "密级:",
        "密级: □绝密 ",
        "秘          ",
        "机密         ",
        "秘密 1 1 1 ",
        "密\u200b\u200b",
        "机密\n★\n",
        "绝密(保密期限",
    ],
    ids=repr,
)
def test_a_megabyte_of_any_text_is_read_in_well_under_two_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    secrecy_marks.find(text)
    assert time.process_time() - start < 2


if REAL.exists():

    def test_the_real_document_list_carries_no_mark_although_it_speaks_of_secrecy() -> None:
        text = REAL.read_text(encoding="utf-8")
        assert "保守国家秘密" in text
        assert secrecy_marks.find(text) == ()
