"""Why a number is refused."""

import enum
from collections.abc import Callable


class Reason(enum.StrEnum):
    """What is wrong, from the coarse to the fine."""

    FORMAT = "format"
    LENGTH = "length"
    COMPONENT = "component"
    CHECKSUM = "checksum"


class Invalid(ValueError):
    """The text is no such number. `str()` gives the reason in Chinese, for the form field."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def holds(validate: Callable[[str], object], text: str) -> bool:
    """Whether `validate` accepts the text."""
    try:
        validate(text)
    except Invalid:
        return False
    return True
