"""Small files and functions: the limits of the house, with a list of exceptions that may only shrink."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.architecture import source

pytestmark = pytest.mark.pure

FILE_LINES, FUNCTION_LINES, VIEW_LINES, PARAMETERS = 400, 40, 15, 5
EXCEPTIONS: Mapping[str, Mapping[str, Mapping[str, object]]] = yaml.safe_load(
    Path(__file__).with_name("exceptions.yaml").read_text("utf-8")
)


def _is_view(function: source.Function) -> bool:
    return function.path.name == "views.py" and "." not in function.name and not function.name.startswith("_")


def _check(kind: str, measured: Mapping[str, int], limit: int) -> None:
    allowed = {place: entry["now"] for place, entry in EXCEPTIONS[kind].items()}
    over = {place: size for place, size in measured.items() if size > limit}
    unlisted = {place: size for place, size in over.items() if size > int(str(allowed.get(place, limit)))}
    stale = {place: now for place, now in allowed.items() if over.get(place) != now}
    assert not unlisted, f"larger than {limit}: {unlisted}"
    assert not stale, f"the exception can go or shrink: {stale}"


def test_every_file_can_be_read_in_one_sitting() -> None:
    sizes = {source.relative(path): len(path.read_text("utf-8").splitlines()) for path in source.modules()}
    _check("files", sizes, FILE_LINES)


def test_every_function_fits_on_a_screen() -> None:
    sizes = {function.place: function.lines for function in source.functions() if not _is_view(function)}
    _check("functions", sizes, FUNCTION_LINES)


def test_every_view_only_opens_the_door_and_makes_one_call() -> None:
    sizes = {function.place: function.lines for function in source.functions() if _is_view(function)}
    _check("views", sizes, VIEW_LINES)


def test_no_function_takes_more_parameters_than_one_can_remember() -> None:
    sizes = {function.place: function.parameters for function in source.functions()}
    _check("parameters", sizes, PARAMETERS)
