"""What a password must be."""

_MAX_LENGTH = 128
_KINDS_NEEDED = 3
_SHORTEST_NAME = 4


def complaints(password: str, *, username: str, name: str, min_length: int) -> list[str]:
    """What is wrong with the password of this person, in Chinese; empty when it may be used."""
    found = []
    if len(password) < min_length:
        found.append(f"密码至少{min_length}位。")
    if len(password) > _MAX_LENGTH:
        found.append(f"密码不超过{_MAX_LENGTH}位。")
    if _kinds(password) < _KINDS_NEEDED:
        found.append("密码须包含大写字母、小写字母、数字、符号中的三种。")
    if _contains(password, username) or _contains(password, name, shortest=2):
        found.append("密码不能包含用户名或姓名。")
    if len(set(password)) < min_length // 2:
        found.append("密码中重复的字符太多。")
    return found


def _kinds(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum())
    return sum(any(test(sign) for sign in password) for test in tests)


def _contains(password: str, word: str, *, shortest: int = _SHORTEST_NAME) -> bool:
    # A two-letter user name would otherwise forbid half of all passwords.
    return len(word) >= shortest and word.lower() in password.lower()
