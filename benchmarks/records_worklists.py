"""The desk with many records: first screens, lists with every filter, search, and the figures of a year.

Run beside a private PostgreSQL:

    python -m tools.testing.postgres python -m benchmarks.records_worklists --records 200000 [--plans 20]

Every page is asked through Django with all of its middleware, by the people whose page it is, at the largest body or
above all bodies. ``cpu`` is what an answer cost in this process and in its database process together, however busy the
machine is. ``--plans`` explains each statement that took as many milliseconds. The table goes to standard
error, one line of JSON to standard output.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

TODAY, WORKLIST, FIGURES = "first screen", 60.0, 300.0
YEAR = 2025
# Who asks, what the row is called, and the address below the agency's desk.
PAGES = (
    *((person, f"{TODAY}: {person}", "/desk/") for person in ("drafter", "section_head", "leader", "officer")),
    ("officer", "list", "records/"),
    ("officer", "list: drafts", "records/?state=draft"),
    ("officer", "list: in review", "records/?state=in_review"),
    ("officer", "list: published", "records/?state=published"),
    ("officer", "list: not disclosed", "records/?attribute=not_disclosed"),
    ("officer", "list: column", "records/?column=art20_07_budget"),
    ("officer", "list: common word", "records/?q=通知"),
    ("officer", "list: rare words", "records/?q=殡葬+海关+仓储"),
    ("officer", "list: number", "records/?q=市政发〔2019〕17号"),
    ("officer", "channels", "records/channels/?channel=wechat&year=2025"),
    ("officer", "figures of a body", f"records/figures/?year={YEAR}&form=G2014"),
    ("supervisor", "figures of the city, 2014 form", f"records/figures/?year={YEAR}&form=G2014"),
    ("supervisor", "figures of the city, 2021 form", f"records/figures/?year={YEAR}&form=G2021"),
    ("supervisor", "rows behind a figure", f"records/figures/published/?year={YEAR}"),
    ("supervisor", "rows of documents in force", f"records/figures/normative-in-force/?year={YEAR}"),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--plans", type=float, default=0.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"GONGKAI_HOME": home, "GONGKAI_ALLOWED_HOSTS": "testserver", "GONGKAI_SECURE_COOKIES": "false"}
        os.environ |= {"GONGKAI_HASHED_STATIC": "false", "GONGKAI_LOG_LEVEL": "ERROR"}
        facts = _measure(arguments.records, arguments.rounds, arguments.plans)
    print(json.dumps(facts, ensure_ascii=False))


def _measure(records: int, rounds: int, plans: float) -> dict[str, object]:
    from gongkai.config.cli import load_django

    load_django()
    from django.core.management import call_command
    from django.utils import timezone

    from benchmarks import records_fill

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    began = time.perf_counter()
    city = records_fill.city(records, today=timezone.localdate())
    filled = round(time.perf_counter() - began, 1)
    pages = {name: _page(city, who, place, rounds, plans) for who, name, place in PAGES}
    pages["figures of the city alone"] = _timed(_figures(city), rounds)
    over = [name for name, times in pages.items() if times["p95"] > _limit(name)]
    _table(pages)
    return {
        "records": records,
        "fill_seconds": filled,
        "milliseconds": pages,
        "over_the_limit": over,
        "load_average": [round(value, 1) for value in os.getloadavg()],
    }


def _limit(name: str) -> float:
    return FIGURES if name.startswith(("figures", "rows")) else WORKLIST


def _page(city: object, who: str, place: str, rounds: int, plans: float) -> dict[str, float]:
    from django.test import Client
    from tests import cast as casting

    from benchmarks.records_fill import City

    assert isinstance(city, City)
    client, person = Client(), city.people[who]
    casting.sign_in(client, person)
    url = place if place.startswith("/") else f"/desk/{person.agency.code}/{place}"

    def ask() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)

    if plans:
        _explain(ask, url, plans)
    return _timed(ask, rounds)


def _figures(city: object) -> Callable[[], None]:
    """The figures of a year over all bodies, without a page around them."""
    from benchmarks.records_fill import City
    from gongkai.records.domain.figures import Period
    from gongkai.records.selectors import annual_figures
    from gongkai.records.selectors.annual_figures import Bodies

    assert isinstance(city, City)
    viewer, asked = city.people["supervisor"].viewer, Bodies(agency_id=city.top.pk, below=True)

    def count() -> None:
        seen = annual_figures.sight(viewer, asked)
        annual_figures.figures(seen, edition="G2014", period=Period.of_year(YEAR))

    return count


def _timed(ask: Callable[[], None], rounds: int) -> dict[str, float]:
    for _ in range(2):
        ask()
    times, cpu = [], _cpu()
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    spent = (_cpu() - cpu) * 1000 / rounds
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    return {"p50": round(statistics.median(times), 1), "p95": round(p95, 1), "cpu": round(spent, 1)}


def _cpu() -> float:
    """Seconds of processor time of this process and, on Linux, of the database process that serves it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = pathlib.Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return time.process_time()
    ticks = stat.read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _explain(ask: Callable[[], None], url: str, plans: float) -> None:
    """Says which statements of the page are slow, and how the database goes about them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    for query in captured.captured_queries:
        took = float(query["time"]) * 1000
        if took >= plans and query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"])
                plan = "\n".join(row[0] for row in cursor.fetchall())
            print(f"\n== {url}: {took:.0f} ms\n{query['sql'][:1500]}\n{plan}", file=sys.stderr)


def _table(pages: dict[str, dict[str, float]]) -> None:
    for name, times in pages.items():
        print(
            f"{name:34} p50 {times['p50']:8.1f} ms   p95 {times['p95']:8.1f} ms   cpu {times['cpu']:8.1f} ms",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
