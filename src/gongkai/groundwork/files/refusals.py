"""Why a file is not taken in."""

from enum import StrEnum


class Code(StrEnum):
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    TYPE_MISMATCH = "type_mismatch"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    BROKEN = "broken"
    SECRET_MARK = "secret_mark"
    TIMED_OUT = "timed_out"

    @property
    def status(self) -> int:
        """The HTTP status that fits."""
        return _STATUS.get(self, 422)


_STATUS = {Code.TOO_LARGE: 413, Code.WRONG_TYPE: 415, Code.TYPE_MISMATCH: 415}


class RefusedFile(Exception):
    """The file was not stored. ``message`` is a Chinese sentence for the person who sent it."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
