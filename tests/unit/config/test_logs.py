"""Log lines are JSON, carry named fields only, and tell nothing about persons."""

import json
import logging
import sys

import pytest

from gongkai.config.logs import JsonFormatter, RateLimit

pytestmark = pytest.mark.pure


def test_a_line_is_json_with_the_named_fields_only() -> None:
    record = _record("request", path="/desk/", status=200, password="secret")
    line = json.loads(JsonFormatter().format(record))
    assert (line["message"], line["path"], line["status"]) == ("request", "/desk/", 200)
    assert "password" not in line


def test_the_message_of_an_exception_stays_out_and_its_kind_and_place_stay_in() -> None:
    try:
        try:
            int("身份证 11010519491231002X")
        except ValueError as error:
            raise RuntimeError("王伟") from error
    except RuntimeError:
        record = _record("failed")
        record.exc_info = sys.exc_info()
    text = JsonFormatter().format(record)
    assert "11010519491231002X" not in text
    assert "王伟" not in text
    line = json.loads(text)
    assert line["error"] == "RuntimeError < ValueError"
    assert "test_logs.py" in line["trace"][-1]


def test_repeated_lines_of_one_minute_stop_and_others_still_pass() -> None:
    limit = RateLimit()
    passed = [limit.filter(_record("refused: user %s", 7)) for _ in range(100)]
    assert passed.count(True) == 30
    assert limit.filter(_record("refused: user %s", 8))


def test_the_last_line_that_passes_says_that_more_are_left_out() -> None:
    limit = RateLimit()
    records = [_record("refused") for _ in range(30)]
    assert all(limit.filter(record) for record in records)
    assert "left out" in records[-1].getMessage()
    assert "left out" not in records[-2].getMessage()


def _record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("gongkai.test").makeRecord(
        "gongkai.test", logging.INFO, __file__, 1, message, args, None, extra=extra
    )
