"""File names from outside become harmless and stay readable."""

import pytest

from gongkai.groundwork.files import names

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("通知.pdf", "通知.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\文件\\报告.docx", "报告.docx"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("a\x00b\x1f\r\nc.txt", "ab c.txt"),
        ("\u200b\u2066名单\u2069.xlsx", "名单.xlsx"),
        ('a<b>"c"|d?.txt', "a_b__c__d_.txt"),
        (".htaccess", "htaccess"),
        ("   ", "未命名"),
        ("", "未命名"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_a_name_is_made_harmless(given: str, expected: str) -> None:
    assert names.clean(given) == expected


def test_the_ending_is_that_of_the_visible_name() -> None:
    assert names.extension("报告\u202efdp.EXE") == "exe"
    assert names.extension("没有扩展名") == ""
