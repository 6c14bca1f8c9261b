"""The search engine alone: builds an index of made-up documents, asks it, and prints a table and JSON.

    python -m benchmarks.search_engine --documents 1000000

The table goes to stderr, one JSON object to stdout. Queries run in a process of their own, so that its memory
is that of a process that only reads. Nothing is cached but what the operating system keeps of the files.
"""

import argparse
import concurrent.futures
import dataclasses
import datetime
import json
import multiprocessing
import pathlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from benchmarks import corpus
from gongkai.groundwork.search import contract, engine, highlight

PRESENT = int(datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC).timestamp())
COUNTED = corpus.FACETS[:5]
BANDS = ("rare", "medium", "common")
LIMIT_MS, LIMIT_MB = 30, 300

Ask = Callable[[str], contract.SearchQuery]


@dataclasses.dataclass(frozen=True, slots=True)
class Timing:
    name: str
    queries: int
    median_ms: float
    p95_ms: float
    worst_ms: float
    p95_cpu_ms: float
    """Processor time, for reading the other figures on a machine that does more than this."""
    median_hits: int


def as_document(sample: corpus.Sample) -> contract.SearchDocument:
    days = (sample.published_on - datetime.date(1970, 1, 1)).days
    return contract.SearchDocument(
        key=sample.key,
        title=sample.title,
        number=sample.document_number,
        index_number=sample.index_number,
        body=sample.text,
        facets=sample.facets,
        published_at=days * 86_400,
    )


def build(folder: pathlib.Path, documents: int) -> float | None:
    """Seconds taken; None where the folder holds such an index already."""
    indexer = engine.open_indexer(folder, corpus.FACETS)
    wanted = f"{corpus.SEED}:{documents}"
    try:
        if not indexer.needs_rebuild() and indexer.cursor() == wanted:
            return None
        start = time.perf_counter()
        with indexer.rebuild() as builder:
            builder.add(map(as_document, corpus.Corpus().samples(documents)))
            builder.finish(wanted)
        return time.perf_counter() - start
    finally:
        indexer.close()


def by_relevance(text: str) -> contract.SearchQuery:
    return contract.SearchQuery(text=text, facets=COUNTED, limit=20, at=PRESENT)


def by_date(text: str) -> contract.SearchQuery:
    return dataclasses.replace(by_relevance(text), sort=contract.Sort.DATE)


def of_one_agency(text: str) -> contract.SearchQuery:
    return dataclasses.replace(by_relevance(text), filters={"agency": (corpus.AGENCIES[3],)})


def last_page(text: str) -> contract.SearchQuery:
    return dataclasses.replace(by_relevance(text), offset=contract.PAGED_HITS - 20)


def cases(made: corpus.Corpus, count: int) -> Iterator[tuple[str, list[str], Ask]]:
    words = {band: made.queries(count, band) for band in BANDS}
    mixed = [text for turn in zip(*words.values(), strict=True) for text in turn]
    yield "mixed, one third of each", mixed, by_relevance
    for band in BANDS:
        yield band, words[band], by_relevance
    yield "common, two words", [text for text in words["common"] if " " in text], by_relevance
    yield "common, by date", words["common"], by_date
    yield "common, one agency", words["common"], of_one_agency
    yield "common, last page", words["common"], last_page
    yield "common, quoted", [f"“{text.replace(' ', '')}”" for text in words["common"]], by_relevance
    yield "numbers", [made.sample(key).document_number for key in range(1, count + 1)], by_relevance
    yield "no text, by date", [""] * 20, by_relevance


def measure(folder: pathlib.Path, count: int) -> tuple[list[Timing], dict[str, float]]:
    made, reader = corpus.Corpus(), engine.open_reader(folder, corpus.FACETS)
    reader.search(by_relevance("政府"))
    timings = [timed(name, texts, ask, reader) for name, texts, ask in cases(made, count)]
    return timings, resident() | {"highlight_ms": highlighting(made)}


def timed(name: str, texts: list[str], ask: Ask, reader: contract.Reader) -> Timing:
    taken, worked, hits = list[float](), list[float](), list[int]()
    for text in texts:
        start, begun = time.perf_counter(), time.thread_time()
        result = reader.search(ask(text))
        taken.append((time.perf_counter() - start) * 1_000)
        worked.append((time.thread_time() - begun) * 1_000)
        hits.append(result.total)
    middle = statistics.median(taken)
    return Timing(name, len(taken), middle, p95(taken), max(taken), p95(worked), int(statistics.median(hits)))


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * 95 // 100)]


def highlighting(made: corpus.Corpus) -> float:
    """Milliseconds for the titles and snippets of one page of twenty hits."""
    page = list(made.samples(20))
    start = time.perf_counter()
    for sample in page:
        highlight.marked(sample.title, ("政府", "管理"))
        highlight.snippet(sample.text, ("政府", "管理"))
    return (time.perf_counter() - start) * 1_000


def resident() -> dict[str, float]:
    """Megabytes now: all, and those of them that belong to files and are shared with other processes."""
    lines = pathlib.Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1_024 for line in lines if line.startswith(("Rss", "VmRSS"))}
    return {"rss_mb": sizes["VmRSS"], "rss_files_mb": sizes["RssFile"]}


def report(timings: list[Timing], facts: dict[str, float | int | None]) -> None:
    print(f"{'case':<28}{'queries':>8}{'median':>9}{'p95':>9}{'worst':>9}{'p95 CPU':>9}{'hits':>10}", file=sys.stderr)
    for one in timings:
        row = f"{one.name:<28}{one.queries:>8}{one.median_ms:>9.1f}{one.p95_ms:>9.1f}{one.worst_ms:>9.1f}"
        print(f"{row}{one.p95_cpu_ms:>9.1f}{one.median_hits:>10}", file=sys.stderr)
    for name, value in facts.items():
        print(f"{name:<28}{value if value is not None else '—':>8}", file=sys.stderr)
    print(json.dumps({"cases": [dataclasses.asdict(one) for one in timings], **facts}, ensure_ascii=False))


def run(folder: pathlib.Path, documents: int, queries: int) -> bool:
    seconds = build(folder, documents)
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as process:
        timings, measured = process.submit(measure, folder, queries).result()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    held = timings[0].p95_ms <= LIMIT_MS and measured["rss_mb"] < LIMIT_MB
    facts = {name: round(value, 1) for name, value in measured.items()}
    built = None if seconds is None else round(seconds, 1)
    report(timings, {"documents": documents, "index_mb": size >> 20, "build_s": built, **facts, "within_limits": held})
    return held


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=20_000)
    arguments.add_argument("--queries", type=int, default=100, help="per frequency band")
    arguments.add_argument("--folder", type=pathlib.Path, help="keeps the index for the next run")
    given = arguments.parse_args()
    if given.folder:
        return 0 if run(given.folder, given.documents, given.queries) else 1
    with tempfile.TemporaryDirectory() as place:
        return 0 if run(pathlib.Path(place), given.documents, given.queries) else 1


if __name__ == "__main__":
    sys.exit(main())
