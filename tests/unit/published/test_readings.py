"""What a line of a front server's log tells."""

from datetime import date

import pytest

from gongkai.published.domain.readings import Reading, reading_in

pytestmark = pytest.mark.pure
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) Chrome/86.0"


def _line(path: str = "/entries/12/", *, method: str = "GET", status: int = 200, agent: str = _AGENT) -> str:
    return f'203.0.113.7 - - [28/Nov/2026:17:05:01 +0000] "{method} {path} HTTP/1.1" {status} 5120 "-" "{agent}"'


@pytest.mark.parametrize(
    ("path", "position"),
    [("/entries/12/", 0), ("/elder/entries/12/?from=mail", 0), ("/entries/12/files/3/", 3), ("/zwgk/entries/12/", 0)],
)
def test_pages_and_files_are_counted_on_the_day_of_the_office(path: str, position: int) -> None:
    mount_path = "/zwgk" if path.startswith("/zwgk") else ""
    assert reading_in(_line(path), mount_path=mount_path) == Reading(12, position, date(2026, 11, 29))


def test_a_page_that_was_known_unchanged_was_read_all_the_same() -> None:
    assert reading_in(_line(status=304)) == Reading(12, 0, date(2026, 11, 29))


@pytest.mark.parametrize(
    "line",
    [
        _line("/"),
        _line("/entries/12/qr.svg"),
        _line("/entries/12/content.json"),
        _line("/entries/99999999999999999999/"),
        _line(method="HEAD"),
        _line(status=410),
        _line(status=206),
        _line(agent="-"),
        _line(agent="Mozilla/5.0 (compatible; Baiduspider/2.0)"),
        _line(agent="curl/7.88.1"),
        _line().replace("Nov", "Novembre"),
        _line()[:60],
        "{broken",
        '{"at": "2026-11-28", "path": "/entries/12/"}',
        "",
    ],
)
def test_everything_else_is_passed_over(line: str) -> None:
    assert reading_in(line) is None


def test_our_own_request_log_is_understood() -> None:
    line = '{"at": "2026-11-28T17:05:01.250+00:00", "method": "GET", "path": "/entries/12/", "status": 200}'
    assert reading_in(line) == Reading(12, 0, date(2026, 11, 29))


def test_a_reading_is_written_and_read_back_without_anybody_in_it() -> None:
    reading = Reading(12, 3, date(2026, 11, 28))
    assert str(reading) == "12 3 2026-11-28"
    assert Reading.parse(str(reading)) == reading
    assert Reading.parse("12 3 2026-1") is None
