"""Lists of words as people paste them."""

import pytest

from gongkai.law.findings import Severity
from gongkai.records.domain import word_lists
from gongkai.records.domain.word_lists import Line

pytestmark = pytest.mark.pure


def test_a_pasted_table_or_a_text_file_is_read() -> None:
    text = "错误词\t正确写法\t级别\n供热处\t能源科\t错误\n\n老城区，中心城区\n某某公司\n供热处→能源与供热科"
    assert word_lists.read(text) == (
        Line("供热处", "能源与供热科"),
        Line("老城区", "中心城区"),
        Line("某某公司"),
    )
    assert word_lists.read("供热处,能源科,错误")[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "没有读到"),
        ("甲乙\n丙", "第2行"),
        ("长" * 61, "第1行"),
        (f"甲乙,{'长' * 121}", "第1行"),
        ("甲乙,甲乙", "相同"),
        ("甲乙,丙丁,要紧", "级别"),
        ("\n".join(f"错词{number}" for number in range(word_lists.MOST + 1)), "最多"),
    ],
)
def test_what_does_not_fit_is_named(text: str, why: str) -> None:
    with pytest.raises(word_lists.UnreadableList, match=why):
        word_lists.read(text)
