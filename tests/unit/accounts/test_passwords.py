"""What a password must be."""

import pytest

from gongkai.accounts.domain import passwords

pytestmark = pytest.mark.pure


def _complaints(password: str) -> list[str]:
    return passwords.complaints(password, username="liming", name="李明", min_length=10)


@pytest.mark.parametrize("password", ["Yunxi-7788-ab", "correct-horse-7", "纸船明烛照天烧Ab1"])
def test_a_long_mixed_password_may_be_used(password: str) -> None:
    assert _complaints(password) == []


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("Ab1-Ab2-9", "至少10位"),
        ("Ab1-" * 40, "不超过128位"),
        ("onlylettershere", "三种"),
        ("letters123456", "三种"),
        ("Liming-2026-xy", "用户名或姓名"),
        ("李明-2026-Xyzab", "用户名或姓名"),
        ("Aa1Aa1Aa1Aa1", "重复"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, word: str) -> None:
    assert any(word in complaint for complaint in _complaints(password))


def test_a_name_of_two_letters_does_not_forbid_every_word() -> None:
    assert passwords.complaints("Qinglan-2026-demo", username="li", name="李", min_length=10) == []
