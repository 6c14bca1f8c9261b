"""What is kept of a read report survives its storing, points at its source and is safe to show."""

import json
from pathlib import Path

import pytest

from gongkai.auditing import audit
from gongkai.auditing.document import Document, Paragraph, Place, simple_grid
from gongkai.auditing.outputs import jsons
from gongkai.reports.domain import excerpts, marked, result, storable
from gongkai.reports.domain.result import ReportRead
from tests.factories import reports
from tests.factories.reports import RECEIVED

pytestmark = pytest.mark.pure


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> audit.Outcome:
    path: Path = tmp_path_factory.mktemp("report") / "年报.html"
    path.write_bytes(reports.content(changes={RECEIVED: "9999"}))
    return audit.audit(path, keep_document=True)


def test_a_report_goes_through_json_unchanged(outcome: audit.Outcome) -> None:
    (report,) = result.reports_of(outcome)
    again = ReportRead.from_dict(json.loads(json.dumps(report.as_dict())))
    assert again == report
    assert len(again.cells) == 200


def test_the_outputs_of_a_restored_report_are_those_of_the_audited_one(outcome: audit.Outcome) -> None:
    restored = result.restored(outcome.path, result.reports_of(outcome))
    assert jsons.result([restored]) == jsons.result([outcome])


def test_every_marked_finding_has_its_place_and_its_way_back(outcome: audit.Outcome) -> None:
    (page,) = marked.documents(outcome)
    placed = [number for number in range(1, len(outcome.audited[0].findings) + 1) if f'id="place-{number}"' in page]
    assert 1 in placed
    for number in placed:
        assert f'href="#finding-{number}"' in page


def test_the_excerpt_of_a_box_is_its_row() -> None:
    document = Document("x", "text", (simple_grid([["规章", "1", "", "3"]]),))
    assert excerpts.around(document, Place(0, row=0, column=2)) == ("规章 ｜ 1", "", "3")


def test_the_excerpt_of_a_run_of_digits_is_the_text_around_it() -> None:
    document = Document("x", "text", (Paragraph("前" * 100 + "8855698" + "后" * 100),))
    before, inside, after = excerpts.around(document, Place(0, 100, 107)) or ("", "", "")
    assert (len(before), inside, len(after)) == (60, "8855698", 60)


@pytest.mark.parametrize("place", [None, Place(7), Place(0), Place(1, row=9, column=0)])
def test_where_the_source_has_no_such_place_there_is_no_excerpt(place: Place | None) -> None:
    document = Document("x", "text", (Paragraph("文"), simple_grid([["1"]])))
    assert excerpts.around(document, place) is None


def test_no_text_is_beyond_what_a_database_holds() -> None:
    cleaned = storable.deep({"甲\x00": ["乙\ud800", ("丙\\u0000", 3, None)]})
    assert cleaned == {"甲": ["乙?", ["丙\\u0000", 3, None]]}
