"""``gongkai audit``: seal and verify the audit trail."""

import argparse
import json
from dataclasses import asdict

from django.conf import settings
from django.utils import timezone

from gongkai.config import duties, keys
from gongkai.groundwork.audit import sealing, verification


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("seal", help="chain the events that are not sealed yet")
    verify = acts.add_parser("verify", help="seal, then check every link; exit status 1 when something is wrong")
    verify.add_argument("--json", action="store_true", help="one JSON object on one line")


def run(arguments: argparse.Namespace) -> int:
    sealed = duties.sealer().seal(at=timezone.now())
    if arguments.act == "seal":
        print(f"{sealed} events sealed, {sealing.unsealed()} still open")
        return 0
    report = verify()
    print(
        json.dumps(asdict(report) | {"intact": report.intact}, ensure_ascii=False)
        if arguments.json
        else in_words(report)
    )
    return 0 if report.intact else 1


def verify() -> verification.Report:
    """Verifies the trail of this site."""
    return verification.verify(
        key=keys.secret(settings.HOME, settings.AUDIT_KEY_NAME), head_file=settings.AUDIT_HEAD_FILE
    )


def in_words(report: verification.Report) -> str:
    """The report for a person at a terminal."""
    if report.intact:
        return f"The audit trail is intact: {report.links} links, head {report.head[:16]}."
    return "\n".join(["The audit trail is NOT intact.", *(f"{flaw.kind}: {flaw.message}" for flaw in report.flaws)])
