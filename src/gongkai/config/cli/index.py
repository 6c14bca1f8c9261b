"""``gongkai index``: how the search index stands, and building it anew."""

import argparse
import json
import sys

from django.conf import settings

from gongkai.config import duties
from gongkai.groundwork.feed import reading as feed
from gongkai.groundwork.search import contract
from gongkai.published import indexing
from gongkai.published.services import releasing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    status = acts.add_parser("status", help="documents, segments, and how far the index is behind")
    status.add_argument("--json", action="store_true", help="one JSON object on one line")
    acts.add_parser("rebuild", help="build the index anew; the old one answers until then")


def run(arguments: argparse.Namespace) -> int:
    return _status(as_json=arguments.json) if arguments.act == "status" else _rebuild()


def _status(*, as_json: bool) -> int:
    try:
        found = indexing.reader().status()
    except contract.IndexUnavailable as error:
        said: dict[str, object] = {"available": False, "reason": str(error)}
    else:
        cursor = feed.Cursor.parse(found.cursor) if found.cursor else feed.Cursor()
        said = {
            "available": True,
            "documents": found.documents,
            "segments": found.segments,
            "generation": found.generation,
            "changes_behind": feed.behind(releasing.STREAM, cursor),
        }
    if as_json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        print("\n".join(f"{name}: {value}" for name, value in said.items()))
    return 0 if said["available"] else 1


def _rebuild() -> int:
    try:
        indexer = indexing.open_indexer()
    except contract.IndexerBusy:
        indexing.ask_for_rebuild()
        print(f"The worker of {settings.HOME} holds the index and builds it anew now; see `gongkai index status`.")
        return 0
    try:
        total = duties.rebuild(indexer, progress=lambda count: print(f"{count} entries", file=sys.stderr))
    finally:
        indexer.close()
    print(f"{total} entries are in the new index.")
    return 0
