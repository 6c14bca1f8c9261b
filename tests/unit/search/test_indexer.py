import pathlib
import subprocess
import sys
import threading

import pytest

from gongkai.groundwork.search import contract, engine, folder
from gongkai.groundwork.search.contract import SearchQuery
from tests.unit.search.sheets import FACETS, document, filled

pytestmark = pytest.mark.pure


def total(reader: contract.Reader, text: str = "") -> int:
    return reader.search(SearchQuery(text=text)).total


def test_an_upsert_replaces_and_a_deletion_removes(indexer: contract.Indexer, reader: contract.Reader) -> None:
    indexer.apply([document(1, "住房"), document(2, "住房"), document(1, "交通")], (), "1")
    assert (total(reader, "住房"), total(reader, "交通"), total(reader)) == (1, 1, 2)
    indexer.apply([document(2, "卫生")], (), "2")
    indexer.apply((), [1, 77], "3")
    assert (total(reader, "住房"), total(reader, "卫生"), total(reader)) == (0, 1, 1)


def test_the_cursor_is_kept_with_the_batch(indexer: contract.Indexer, tmp_path: pathlib.Path) -> None:
    assert indexer.cursor() is None
    indexer.apply([document(1)], (), "feed:7")
    assert indexer.cursor() == "feed:7"
    indexer.close()
    again = engine.open_indexer(tmp_path, FACETS)
    assert again.cursor() == "feed:7"
    again.close()


def test_a_batch_that_breaks_leaves_no_trace(indexer: contract.Indexer, reader: contract.Reader) -> None:
    indexer.apply([document(1)], (), "1")

    def breaking() -> object:
        yield document(2)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        indexer.apply(breaking(), [1], "2")  # type: ignore[arg-type]
    assert (total(reader), indexer.cursor()) == (1, "1")
    indexer.apply([document(3)], (), "3")
    assert (total(reader), indexer.cursor()) == (2, "3")


def test_a_second_indexer_of_the_folder_is_refused(indexer: contract.Indexer, tmp_path: pathlib.Path) -> None:
    with pytest.raises(contract.IndexerBusy, match="another indexer"):
        engine.open_indexer(tmp_path, FACETS)
    indexer.close()
    engine.open_indexer(tmp_path, FACETS).close()


KILLED = """
import os, pathlib, sys
from gongkai.groundwork.search import engine
from tests.unit.search.sheets import FACETS, document
indexer = engine.open_indexer(pathlib.Path(sys.argv[1]), FACETS)
indexer.apply([document(1)], (), "1")
def endless():
    yield document(2)
    os.kill(os.getpid(), 9)
indexer.apply(endless(), [1], "2")
"""


def test_a_killed_indexer_leaves_its_last_commit_and_no_lock(tmp_path: pathlib.Path, reader: contract.Reader) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env={"PYTHONPATH": ":".join(sys.path)})
    assert ended.returncode == -9
    assert (total(reader), reader.status().cursor) == (1, "1")
    indexer = engine.open_indexer(tmp_path, FACETS)
    indexer.apply([document(3)], (), "3")
    indexer.close()
    assert (total(reader), reader.status().cursor) == (2, "3")


def test_a_reader_sees_every_commit_with_its_next_query(indexer: contract.Indexer, reader: contract.Reader) -> None:
    for turn in range(1, 6):
        indexer.apply([document(turn)], (), str(turn))
        assert (total(reader), reader.status().cursor) == (turn, str(turn))


def test_without_an_index_search_says_so(reader: contract.Reader, tmp_path: pathlib.Path) -> None:
    with pytest.raises(contract.IndexUnavailable):
        reader.search(SearchQuery(text="上海"))
    with pytest.raises(contract.IndexUnavailable):
        reader.status()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("spoiled", ["meta.json", folder.CURRENT])
def test_a_damaged_index_is_unavailable_until_it_is_rebuilt(
    indexer: contract.Indexer, reader: contract.Reader, tmp_path: pathlib.Path, spoiled: str
) -> None:
    filled(indexer, document(1))
    assert total(reader) == 1
    indexer.close()
    (found,) = tmp_path.rglob(spoiled)
    found.write_text("{broken")
    for _ in range(2):
        with pytest.raises(contract.IndexUnavailable):
            total(reader)
    again = engine.open_indexer(tmp_path, FACETS)
    assert again.needs_rebuild()
    with again.rebuild() as build:
        build.add([document(1), document(2)])
        build.finish("9")
    assert not again.needs_rebuild()
    assert (total(reader), again.cursor()) == (2, "9")
    again.close()


def everything_of(reader: contract.Reader) -> tuple[contract.SearchResult, contract.IndexStatus]:
    return reader.search(SearchQuery(text="通知", facets=("agency",))), reader.status()


def outcome(reader: contract.Reader, text: str) -> str:
    try:
        reader.search(SearchQuery(text=text, facets=("agency",)))
    except contract.IndexUnavailable:
        return "unavailable"
    return "answered"


SPOILED = {
    "gone": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "cut in half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
}


@pytest.mark.parametrize("harm", SPOILED)
@pytest.mark.parametrize("part", ["idx", "term", "fast", "store"])
def test_a_damaged_segment_makes_the_index_unavailable_and_wants_a_rebuild(
    indexer: contract.Indexer, reader: contract.Reader, tmp_path: pathlib.Path, harm: str, part: str
) -> None:
    filled(indexer, document(1))
    indexer.close()
    for file in tmp_path.glob(f"g*/*.{part}"):
        SPOILED[harm](file)
    with pytest.raises(contract.IndexUnavailable):
        everything_of(reader)
    again = engine.open_indexer(tmp_path, FACETS)
    assert again.needs_rebuild()
    again.close()


@pytest.mark.parametrize("part", ["idx", "term", "fast", "pos", "fieldnorm"])
def test_a_segment_full_of_noise_never_ends_the_process(
    indexer: contract.Indexer, reader: contract.Reader, tmp_path: pathlib.Path, part: str
) -> None:
    filled(indexer, *(document(key, f"通知{key}", body="住房补贴" * key) for key in range(1, 200)))
    indexer.close()
    for file in tmp_path.glob(f"g*/*.{part}"):
        whole = bytearray(file.read_bytes())
        whole[: len(whole) - 200] = bytes((place * 197 + 31) % 256 for place in range(len(whole) - 200))
        file.write_bytes(whole)
    outcomes = {outcome(reader, text) for text in ("通知", "“住房补贴”", "补贴 住房", "")}
    assert outcomes <= {"answered", "unavailable"}


def test_an_index_of_another_format_or_with_other_facets_wants_a_rebuild(
    indexer: contract.Indexer, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert indexer.needs_rebuild()
    filled(indexer, document(1))
    assert not indexer.needs_rebuild()
    indexer.close()
    other = engine.open_indexer(tmp_path, (*FACETS, "topic"))
    assert other.needs_rebuild()
    with pytest.raises(contract.IndexUnavailable):
        other.apply([document(1)], (), "2")
    other.close()
    with pytest.raises(contract.IndexUnavailable):
        engine.open_reader(tmp_path, (*FACETS, "topic")).search(SearchQuery())


def test_the_old_index_answers_until_the_new_one_is_finished(
    indexer: contract.Indexer, reader: contract.Reader, tmp_path: pathlib.Path
) -> None:
    filled(indexer, document(1))
    with indexer.rebuild() as build:
        build.add(document(key) for key in range(10, 15))
        assert total(reader) == 1
        build.finish("7")
        assert total(reader) == 5
    assert indexer.cursor() == "7"
    indexer.apply([document(20)], [10], "8")
    assert (total(reader), reader.status().cursor) == (5, "8")
    assert len(list(tmp_path.glob("g*"))) == 1


def test_a_rebuild_that_is_not_finished_changes_nothing(
    indexer: contract.Indexer, reader: contract.Reader, tmp_path: pathlib.Path
) -> None:
    filled(indexer, document(1))
    with indexer.rebuild() as build:
        build.add([document(5)])
    assert (total(reader), indexer.cursor()) == (1, "1")
    assert len(list(tmp_path.glob("g*"))) == 1


def test_readers_are_answered_all_the_while(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(indexer, document(1))
    over, totals, failures = threading.Event(), list[int](), list[Exception]()

    def ask() -> None:
        while not over.is_set():
            try:
                totals.append(total(reader, "通知"))
            except Exception as error:  # noqa: BLE001 -- whatever it is fails the test
                failures.append(error)

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    for turn in range(2, 14):
        if turn % 3:
            indexer.apply([document(turn)], (), str(turn))
        else:
            with indexer.rebuild() as build:
                build.add(document(key) for key in range(1, turn + 1))
                build.finish(str(turn))
    over.set()
    for asker in askers:
        asker.join()
    assert failures == []
    assert min(totals) >= 1
    assert total(reader) == 13
