"""Fills the database of ``benchmarks.records_worklists``: a city of 70 bodies and as many records as asked for.

Records are written in bulk past the services: this measures reading. Their spread is that of a city after eighteen
years: nearly all public, a few hundred in a thousand at the largest bodies, a handful in every hundred thousand open.
"""

import datetime
import itertools
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from tests import cast as casting
from tqdm import tqdm

from benchmarks import corpus
from gongkai.accounts.domain.posts import Post
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.groundwork import bulk
from gongkai.records.domain import stages, statutory_tree
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record, RecordChannel, ReviewScheme

BODIES, BATCH = 70, 5_000
# So many are made one by one; more are copies of them, made by the database, each a few minutes later.
MADE = 20_000
PEOPLE = {
    "drafter": {Post.DRAFTER},
    "section_head": {Post.SECTION_HEAD},
    "leader": {Post.LEADER},
    "officer": {Post.SECRECY_REVIEWER, Post.DISCLOSURE_OFFICER},
}
# In ten thousand: where records of a city stand.
_STATES = {
    State.PUBLISHED: 9_300,
    State.WITHDRAWN: 200,
    State.KEPT: 300,
    State.DISCARDED: 110,
    State.CORRECTING: 30,
    State.DRAFT: 25,
    State.IN_REVIEW: 20,
    State.RETURNED: 5,
    State.SIGNED: 10,
}
_PUBLIC = {State.PUBLISHED, State.WITHDRAWN, State.CORRECTING}
_OPEN = {State.DRAFT, State.IN_REVIEW, State.RETURNED, State.SIGNED}
_COLUMNS = [column.code for column in statutory_tree.COLUMNS if column.takes_records]


@dataclass(frozen=True)
class City:
    """The body above all, the largest body below it, and the people who look."""

    top: Agency
    largest: Agency
    people: dict[str, casting.Person]


def city(records: int, *, today: datetime.date) -> City:
    """Bodies, people and records; statistics of the tables are fresh afterwards."""
    top = casting.agency("city", "市政府", kind=AgencyKind.GOVERNMENT)
    bodies = [casting.agency(f"body-{number:02}", f"第{number}局", parent=top) for number in range(BODIES)]
    largest = bodies[0]
    people = {name: casting.Person(casting.person(name, post=posts, agency=largest), largest)
              for name, posts in PEOPLE.items()}  # fmt: skip
    people["supervisor"] = casting.Person(casting.person("supervisor", post=Post.SUPERVISOR, agency=top), top)
    schemes = bulk.insert(_scheme(body) for body in bodies)
    filling = _Filling({scheme.agency_id: scheme.pk for scheme in schemes}, people["drafter"].user.pk, today)
    made = min(records, MADE)
    samples = corpus.Corpus().samples(made)
    with tqdm(total=made, desc="Records", unit="", mininterval=5, file=sys.stderr) as bar:
        while batch := list(itertools.islice(samples, BATCH)):
            written = bulk.insert(filling.record(sample) for sample in batch)
            bulk.insert(filling.channels(written))
            bar.update(len(batch))
    _copy(records // made - 1)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return City(top, largest, people)


def _copy(times: int) -> None:
    """All records that were made one by one, so many times more."""
    fields = [field.column for field in Record._meta.local_concrete_fields if not field.primary_key]
    moments = ("drafted_at", "changed_at", "published_at", "withdrawn_at")
    changed = {name: f"{name} + turn * interval '1 minute'" for name in moments}
    changed["entry_id"] = f"entry_id + turn * {MADE}"
    values = ", ".join(changed.get(name, f'"{name}"') for name in fields)
    columns = ", ".join(f'"{name}"' for name in fields)
    table = Record._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, generate_series(1, {times}) AS turn"
        )


def _scheme(body: Agency) -> ReviewScheme:
    default = stages.DEFAULT
    return ReviewScheme(
        agency_id=body.pk,
        version=1,
        stages=default.as_rows(),
        distinct_persons=default.distinct_persons,
        valid_from=timezone.now(),
    )


class _Filling:
    """One record after the other, the same for the same number."""

    def __init__(self, schemes: dict[int, int], drafter_id: int, today: datetime.date) -> None:
        self.schemes, self.drafter_id, self.today = schemes, drafter_id, today
        self.bodies = list(schemes)
        self.weights = list(itertools.accumulate(1 / (place + 4) for place in range(len(self.bodies))))
        self.states = list(_STATES)
        self.shares = list(itertools.accumulate(_STATES.values()))

    def record(self, sample: corpus.Sample) -> Record:
        draw = random.Random(sample.key)
        body = draw.choices(self.bodies, cum_weights=self.weights)[0]
        state = draw.choices(self.states, cum_weights=self.shares)[0]
        day = sample.published_on
        if state in _OPEN:
            day = self.today - datetime.timedelta(days=draw.randrange(40))
        moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9 + draw.randrange(8))))
        is_public = state in _PUBLIC
        is_normative = draw.random() < 0.03
        return Record(
            agency_id=body,
            state=state,
            stage="section_head" if state == State.IN_REVIEW else "",
            stage_post="section_head" if state == State.IN_REVIEW else "",
            scheme_id=self.schemes[body] if state == State.IN_REVIEW else None,
            clearance="publish" if state == State.SIGNED else "",
            entry_id=sample.key + 1 if is_public else None,
            index_number=sample.index_number if is_public else "",
            title=sample.title,
            document_number=sample.document_number,
            created_on=day - datetime.timedelta(days=draw.randrange(20)),
            effective_on=day if is_normative else None,
            attribute="not_disclosed" if state == State.KEPT else "proactive",
            reevaluate_on=self.today + datetime.timedelta(days=draw.randrange(400)) if state == State.KEPT else None,
            column_code=draw.choice(_COLUMNS),
            genre="通知",
            is_normative=is_normative,
            validity="repealed" if is_normative and draw.random() < 0.3 else "valid",
            invalid_since=day + datetime.timedelta(days=900) if is_normative else None,
            body_html=f"<p>{sample.text}</p>",
            body_text=sample.text,
            drafter_id=self.drafter_id if draw.random() < 0.2 else 1_000_000 + draw.randrange(400),
            drafter_name="承办人",
            writers=[1_000_000],
            drafted_at=moment,
            changed_at=moment,
            published_at=moment if is_public else None,
            withdrawn_at=moment + datetime.timedelta(days=30) if state == State.WITHDRAWN else None,
            due_on=day + datetime.timedelta(days=28),
        )

    def channels(self, written: list[Record]) -> Iterator[RecordChannel]:
        """One public record in twenty also went out through an account."""
        for record in written:
            if record.entry_id is not None and record.pk % 20 == 0:
                yield RecordChannel(
                    agency_id=record.agency_id,
                    record_id=record.pk,
                    channel="wechat",
                    name="发布",
                    published_on=timezone.localdate(record.published_at),
                    entered_by="承办人",
                    entered_at=record.changed_at,
                )
