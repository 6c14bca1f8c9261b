"""Structured logs: one JSON object a line, without personal data."""

import json
import logging
from datetime import UTC, datetime

_FIELDS = ("request_id", "path", "status", "milliseconds", "task", "agency_code")


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
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
