"""``gongkai purge finish``: what confirmed purges still wait for, as the owner of the database."""

import argparse
import json

from django.utils import timezone

from gongkai.records.services import cleaning


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    finish = acts.add_parser("finish", help="erase files, have the index built anew, rewrite the database's pages")
    finish.add_argument("--json", action="store_true", help="one JSON object on one line")


def run(arguments: argparse.Namespace) -> int:
    at = timezone.now()
    said = {"files_erased": cleaning.erase_files(at=at), "database_swept": cleaning.sweep(at=at, as_owner=True)}
    if arguments.json:
        print(json.dumps(said))
    else:
        print("\n".join(f"{name}: {count}" for name, count in said.items()))
    return 0
