"""What is released is found; what is withdrawn is not."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork.search import contract, engine
from gongkai.published import indexing
from gongkai.published.domain.content import ReleasedFile
from gongkai.published.services import catalogue, releasing, withdrawing
from tests.integration.published import building

pytestmark = building.COMMITTING
FILE = ReleasedFile(
    title="附件一", file_name="a.docx", media_type="application/msword", size=1, digest="b" * 64, text="营养餐标准"
)


@pytest.fixture
def indexer(tmp_path: Path) -> Iterator[contract.Indexer]:
    opened = engine.open_indexer(tmp_path, indexing.FACETS)
    yield opened
    opened.close()


def _found(folder: Path, text: str, **filters: tuple[str, ...]) -> tuple[int, ...]:
    query = contract.SearchQuery(text=text, filters=filters)
    return engine.open_reader(folder, indexing.FACETS).search(query).keys


def test_released_entries_are_found_by_title_number_body_and_attachment(
    indexer: contract.Indexer, tmp_path: Path
) -> None:
    entry = building.entry(
        building.agency().pk,
        title="关于校园食品安全的通知",
        document_number="清教发〔2026〕12号",
        files=(FILE,),
    )
    building.entry(entry.agency_id, title="关于防汛的通知")
    assert indexing.catch_up(indexer) == 2
    for text in ("食品", "清教发〔2026〕12号", entry.index_number, "营养餐"):
        assert _found(tmp_path, text) == (entry.pk,), text
    assert indexing.catch_up(indexer) == 0


def test_filters_know_agency_year_validity_column_and_library(indexer: contract.Indexer, tmp_path: Path) -> None:
    agency = building.agency()
    nodes = [
        catalogue.Node(code="statutory", title="法定主动公开内容"),
        catalogue.Node(code="plans", title="规划", parent_code="statutory"),
    ]
    catalogue.replace_catalogue(agency_id=agency.pk, nodes=nodes, actor=SYSTEM, at=building.AT)
    plan = building.entry(agency.pk, node_code="plans", in_library=True, topic="教育", genre="通知")
    building.entry(building.agency("gaj").pk, validity="repealed")
    indexing.catch_up(indexer)
    for name, value in (
        ("agency", "jyj"),
        ("node", "plans"),
        ("node", "statutory"),
        ("shelf", "library"),
        ("topic", "教育"),
        ("genre", "通知"),
        ("validity", "valid"),
    ):
        assert _found(tmp_path, "", **{name: (value,)}) == (plan.pk,), name
    assert len(_found(tmp_path, "", year=("2026",))) == 2


def test_a_correction_replaces_and_a_withdrawal_removes_the_document(indexer: contract.Indexer, tmp_path: Path) -> None:
    entry = building.entry(building.agency().pk, title="关于防汛的通知")
    indexing.catch_up(indexer)
    corrected = building.content(entry.agency_id, title="关于抗旱的通知")
    releasing.release_correction(entry_id=entry.pk, content=corrected, reason="题目有误", actor=SYSTEM, at=building.AT)
    indexing.catch_up(indexer)
    assert (_found(tmp_path, "防汛"), _found(tmp_path, "抗旱")) == ((), (entry.pk,))
    withdrawing.withdraw(entry_id=entry.pk, ground="依据", actor=SYSTEM, at=building.AT)
    indexing.catch_up(indexer)
    assert _found(tmp_path, "抗旱") == ()


def test_a_rebuilt_index_goes_on_from_where_the_feed_stood(indexer: contract.Indexer, tmp_path: Path) -> None:
    agency = building.agency()
    first = building.entry(agency.pk, title="关于防汛的通知")
    gone = building.entry(agency.pk, title="关于防汛的公告")
    withdrawing.withdraw(entry_id=gone.pk, ground="依据", actor=SYSTEM, at=building.AT)
    assert indexing.rebuild(indexer) == 1
    assert _found(tmp_path, "防汛") == (first.pk,)
    assert indexing.behind(indexer) == 0
    later = building.entry(agency.pk, title="关于防汛的决定", published_at=building.AT + datetime.timedelta(days=9))
    assert indexing.catch_up(indexer) == 1
    assert set(_found(tmp_path, "防汛")) == {first.pk, later.pk}
