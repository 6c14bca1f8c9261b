"""Fills the database of ``benchmarks.portal_pages``: agencies, their catalogue, and as many entries as asked for."""

import datetime
import itertools
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from django.db import transaction  # noqa: E402  # Django must be ready before its models are imported
from django.utils import timezone  # noqa: E402
from tqdm import tqdm  # noqa: E402

from benchmarks import corpus  # noqa: E402
from gongkai.agencies.domain.kinds import AgencyKind  # noqa: E402
from gongkai.agencies.models import Agency  # noqa: E402
from gongkai.published.models import CatalogueNode, Entry, EntryVersion  # noqa: E402

BATCH = 5_000
VALIDITIES = {"in-force": "valid", "amended": "amended", "repealed": "repealed"}


def main(entries: int) -> None:
    """Entries get the keys 1 … ``entries``, the same as their samples."""
    agencies = _agencies()
    samples = corpus.Corpus().samples(entries)
    with tqdm(total=entries, desc="Entries", unit="", mininterval=2, file=sys.stderr) as bar:
        while batch := list(itertools.islice(samples, BATCH)):
            with transaction.atomic():
                Entry.objects.bulk_create(_entry(sample, agencies) for sample in batch)
                EntryVersion.objects.bulk_create(_version(sample) for sample in batch)
            bar.update(len(batch))


def _agencies() -> dict[str, int]:
    since = datetime.date(2008, 5, 1)
    root = Agency.objects.create(
        code="root", name="测试市人民政府", short_name="市政府", kind=AgencyKind.GOVERNMENT, valid_from=since
    )
    Agency.objects.filter(pk=root.pk).update(path=f"/{root.pk}/")
    made: dict[str, int] = {}
    for code in corpus.AGENCIES:
        agency = Agency.objects.create(
            code=code, name=f"测试{code}局", short_name=code, kind=AgencyKind.DEPARTMENT, parent=root, valid_from=since
        )
        Agency.objects.filter(pk=agency.pk).update(path=f"/{root.pk}/{agency.pk}/")
        made[code] = agency.pk
    CatalogueNode.objects.bulk_create(
        CatalogueNode(agency_id=pk, code=_code(node), title=node, parent_code="statutory", position=position)
        for pk in made.values()
        for position, node in enumerate(corpus.NODES)
    )
    return made


def _code(node: str) -> str:
    return node.replace("/", ".")


def _entry(sample: corpus.Sample, agencies: dict[str, int]) -> Entry:
    published = timezone.make_aware(datetime.datetime.combine(sample.published_on, datetime.time(9)))
    return Entry(
        pk=sample.key,
        agency_id=agencies[sample.facets["agency"][0]],
        index_number=sample.index_number,
        title=sample.title,
        document_number=sample.document_number,
        document_number_key=sample.document_number,
        issuer="测试市人民政府",
        created_on=sample.published_on,
        published_at=published,
        updated_at=published,
        year=sample.published_on.year,
        node_code=_code(sample.facets["node"][1]),
        genre=sample.facets["genre"][0],
        topic=sample.facets["topic"][0],
        in_library=sample.key % 3 == 0,
        validity=VALIDITIES[sample.facets["validity"][0]],
    )


def _version(sample: corpus.Sample) -> EntryVersion:
    return EntryVersion(
        entry_id=sample.key,
        number=1,
        title=sample.title,
        metadata={"responsible_unit": "办公室", "group": "行政事务"},
        body_html=f"<p>{sample.text}</p>",
        body_text=sample.text,
        digest=f"{sample.key:064x}",
        released_at=timezone.make_aware(datetime.datetime.combine(sample.published_on, datetime.time(9))),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
