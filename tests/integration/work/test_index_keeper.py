"""The worker's hold on the index: it builds where it must, follows the feed, and knows when the feed is another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.config import duties
from gongkai.groundwork.feed import reading as feed
from gongkai.published import indexing
from tests.integration.audit.trails import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keeper(settings: Settings, tmp_path: Path) -> Iterator[duties.IndexKeeper]:
    settings.INDEX_ROOT = tmp_path / "index"
    keeper = duties.IndexKeeper()
    yield keeper
    keeper.close()


def test_an_absent_index_is_built_and_then_the_feed_is_followed(keeper: duties.IndexKeeper) -> None:
    keeper.keep()
    assert indexing.reader().status().documents == 0
    feed.append("entries", [7], at=NOW)
    assert keeper.keep() == 1
    assert keeper.keep() == 0


def test_a_wish_for_a_new_index_is_granted_once(keeper: duties.IndexKeeper) -> None:
    keeper.keep()
    before = indexing.reader().status().generation
    indexing.ask_for_rebuild()
    keeper.keep()
    assert indexing.reader().status().generation != before
    assert not indexing.rebuild_mark().exists()


def test_an_index_that_is_ahead_of_the_feed_is_built_anew(keeper: duties.IndexKeeper) -> None:
    keeper.keep()
    indexer = keeper._indexer
    assert indexer is not None
    indexer.apply([], [], "0:999999")
    before = indexing.reader().status().generation
    keeper.keep()
    assert indexing.reader().status().generation != before
    feed.append("entries", [7], at=NOW)
    assert keeper.keep() == 1


def test_while_another_process_holds_the_index_it_waits(keeper: duties.IndexKeeper) -> None:
    other = indexing.open_indexer()
    assert keeper.keep() == 0
    other.close()
    keeper.keep()
    assert indexing.reader().status().documents == 0


def test_a_cursor_of_another_database_is_refused() -> None:
    feed.append("entries", [1], at=NOW)
    mine = feed.read_after("entries", feed.Cursor(), limit=9).cursor
    assert feed.read_after("entries", mine, limit=9).subject_ids == ()
    with pytest.raises(feed.ForeignCursor):
        feed.read_after("entries", feed.Cursor(mine.transaction_id + 5_000_000, mine.row_id), limit=9)
    with pytest.raises(feed.ForeignCursor):
        feed.read_after("entries", feed.Cursor(mine.transaction_id, mine.row_id + 1), limit=9)


def test_a_reader_of_the_api_with_such_a_cursor_is_told_to_start_again(client: Client) -> None:
    response = client.get("/api/public/v1/entries", {"cursor": "5000000:12"})
    assert response.status_code == 400
    assert "updated_since" in response.json()["detail"]
