"""From a draft to the public through every service, with decisions, versions, audit and feed: records a second.

Each record is drafted, submitted, reviewed, signed, cleared and published by five people, one transaction an act.
Measured for one writer and for several processes at one agency, where index numbers stand in one line.
Run beside a private PostgreSQL: ``python -m tools.testing.postgres python -m benchmarks.records_services``.
The table goes to standard error, one line of JSON to standard output.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event

WRITERS = 4


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["GONGKAI_HOME"] = home
        _prepare()
        way = _way()
        way(0)
        statements = _statements(way)
        began = time.process_time()
        alone = _for(way, arguments.seconds)
        facts = {
            "statements_per_record": statements,
            "records_per_second_one_writer": round(alone / arguments.seconds, 1),
            "cpu_milliseconds_per_record_in_python": round((time.process_time() - began) / alone * 1000, 1),
            "writers": WRITERS,
            "records_per_second_all_writers": round(_together(arguments.seconds), 1),
            "fsync": "off",
        }
    for name, value in facts.items():
        print(f"{name:40} {value}", file=sys.stderr)
    print(json.dumps(facts))


def _prepare() -> None:
    from gongkai.config.cli import load_django

    load_django()
    from django.core.management import call_command
    from tests import cast

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    cast.assemble()


def _way() -> Callable[[int], None]:
    """What five people do to one record."""
    from tests import cast
    from tests.factories import records

    from gongkai.accounts.models import User
    from gongkai.agencies.models import Agency
    from gongkai.records.services import clearance, drafting, publishing, review
    from gongkai.records.services.clearance import Conclusion, Verdict

    home = Agency.objects.get(code="jia-ju")
    li, wang, zhao, chen = (cast.Person(User.objects.get(username=f"jia-ju-{name}"), home) for name in "李王赵陈")
    duty = cast.Duty
    drafter, head = li.acting(duty.DRAFT_RECORDS), wang.acting(duty.REVIEW_AS_SECTION_HEAD)
    leader, clearer = zhao.acting(duty.SIGN_RECORDS), chen.acting(duty.CLEAR_SECRECY)
    office = chen.acting(duty.PUBLISH_RECORDS)

    def way(number: int) -> None:
        content = records.content(title=f"第{number}件", document_number=f"甲政办发〔2026〕{number + 1}号")
        record = drafting.draft(content=content, actor=drafter, at=cast.AT)
        record = review.submit(record_id=record.pk, actor=drafter, at=cast.AT)
        review.approve(record_id=record.pk, digest=record.digest, actor=head, at=cast.AT)
        review.approve(record_id=record.pk, digest=record.digest, opinion="同意", actor=leader, at=cast.AT)
        conclusion = Conclusion(record.digest, Verdict.PUBLISH)
        clearance.clear(record_id=record.pk, conclusion=conclusion, actor=clearer, at=cast.AT)
        publishing.publish(record_id=record.pk, actor=office, at=cast.AT)

    return way


def _statements(way: Callable[[int], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        way(1)
    return len(captured.captured_queries)


def _for(way: Callable[[int], None], seconds: float) -> int:
    """How many went all the way in the time."""
    end, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        way(done)
        done += 1
    return done


def _together(seconds: float) -> float:
    context = multiprocessing.get_context("spawn")
    begin, counts = context.Event(), context.Queue()
    writers = [context.Process(target=_write, args=(begin, counts, seconds)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in writers:
        counts.get()  # every writer is ready
    begin.set()
    done = sum(counts.get() for _ in writers)
    for writer in writers:
        writer.join()
    return float(done) / seconds


def _write(begin: Event, counts: "multiprocessing.Queue[int]", seconds: float) -> None:
    from gongkai.config.cli import load_django

    load_django()
    way = _way()
    way(0)
    counts.put(0)
    begin.wait()
    counts.put(_for(way, seconds))


if __name__ == "__main__":
    main()
