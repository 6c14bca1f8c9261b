"""The published reports beside the repository, where they exist: every cell, every certain fault, no false alarm."""

import json

import pytest

from tests.auditing import score

pytestmark = pytest.mark.pure

ANSWERS = sorted((score.SHARED / "answers").glob("*.json")) if score.SHARED.is_dir() else []
# Needs the report of the year before, which is not in the folder.
BEYOND = {"pingtan-2013.txt": {"TXT-CUM"}}

if ANSWERS:

    @pytest.fixture(scope="module")
    def scores() -> list[score.Score]:
        return score.all_files()

    def test_no_cell_is_wrong_or_invented(scores: list[score.Score]) -> None:
        assert {each.name: each.wrong + each.invented for each in scores if each.wrong or each.invented} == {}

    def test_at_most_one_in_a_hundred_cells_is_unread(scores: list[score.Score]) -> None:
        missing = sum(len(each.missing) for each in scores)
        assert missing <= sum(each.answered for each in scores) / 100

    def test_every_certain_contradiction_is_found(scores: list[score.Score]) -> None:
        missed = {
            each.name: [line for line in each.missed if line.split()[0] not in BEYOND.get(each.name, ())]
            for each in scores
        }
        assert {name: lines for name, lines in missed.items() if lines} == {}

    def test_no_certain_error_is_false(scores: list[score.Score]) -> None:
        assert {each.name: each.alarms for each in scores if each.alarms} == {}

    @pytest.mark.parametrize("path", ANSWERS, ids=[path.name for path in ANSWERS])
    def test_agency_year_and_edition_are_recognised(path: score.Path) -> None:
        answer = json.loads(path.read_text(encoding="utf-8"))
        report = score.report_of(score.SHARED / path.name.removesuffix(".json"))
        assert (report["year"], report["edition"]) == (answer["year"], answer["form"])
        assert report["agency"] == answer["agency"]
