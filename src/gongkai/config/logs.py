"""Structured logs: one JSON object a line, without personal data.

Queries, form values and the messages of unexpected exceptions never enter a log: a database that refuses a row
quotes it. What remains of an exception is its kind and the places in the code that it passed.
"""

import json
import logging
import time
import traceback
from datetime import UTC, datetime

_FIELDS = ("request_id", "method", "path", "status", "milliseconds", "task", "task_id", "job", "agency_code", "event")
_FRAMES = 12
_LINES_A_MINUTE = 30
_REMEMBERED = 10_000


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON; only fields named here leave the process."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in _FIELDS if hasattr(record, name)})
        if record.exc_info and record.exc_info[1] is not None:
            line |= _trace(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _trace(error: BaseException) -> dict[str, object]:
    kinds: list[str] = []
    innermost = error
    current: BaseException | None = error
    while current is not None and len(kinds) < _FRAMES:
        kinds.append(type(current).__qualname__)
        innermost = current
        current = current.__cause__ or current.__context__
    frames = traceback.extract_tb(innermost.__traceback__)[-_FRAMES:]
    return {
        "error": " < ".join(kinds),
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


class RateLimit(logging.Filter):
    """Lets the same sentence about the same person or address through thirty times a minute, then says so once.

    Someone who tries doors must be seen, but must not be able to fill the disk.
    """

    def __init__(self) -> None:
        super().__init__()
        self._minute = 0
        self._seen: dict[object, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        minute = int(time.monotonic() // 60)
        if minute != self._minute or len(self._seen) > _REMEMBERED:
            self._minute, self._seen = minute, {}
        key = (record.name, record.msg, repr(record.args))
        self._seen[key] = self._seen.get(key, 0) + 1
        if self._seen[key] == _LINES_A_MINUTE:
            record.msg = f"{record.msg} (further lines of this minute are left out)"
        return self._seen[key] <= _LINES_A_MINUTE
