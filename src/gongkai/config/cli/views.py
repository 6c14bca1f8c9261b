"""``gongkai views read``: counts what the logs of a front server tell, as often as one likes."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongkai.published.services import counting


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    read = acts.add_parser("read", help="count readings in logs of nginx or of gongkai serve, packed ones too")
    read.add_argument("logs", type=Path, nargs="+", help="access logs, the rotated ones as well")


def run(arguments: argparse.Namespace) -> int:
    if settings.VIEWS_FROM != "log":
        print("gongkai views: set GONGKAI_VIEWS_FROM=log first, or readings would be counted twice.", file=sys.stderr)
        return 1
    for path in arguments.logs:
        try:
            lines, counted = counting.read_log(path, at=timezone.now())
        except OSError as error:
            print(f"gongkai views: {path}: {error.strerror or error}", file=sys.stderr)
            return 1
        print(f"{path}: {lines} new lines, {counted} readings")
    return 0
