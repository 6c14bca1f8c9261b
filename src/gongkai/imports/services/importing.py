"""The import of one file: rows in chunks, each chunk whole or not at all, so that any run can go on after any other.

Nothing is remembered between runs but what was imported. A killed run is simply run again: rows that are there count
as unchanged, the others come in. A run that finds nothing to do writes nothing.
"""

import dataclasses
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import BinaryIO

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import digests, scoping
from gongkai.imports.domain import mapping as mappings
from gongkai.imports.domain import values as cells
from gongkai.imports.domain.rows import CheckedRow, Value
from gongkai.imports.reading import stream
from gongkai.imports.reading.preparing import OwnAgency
from gongkai.imports.services.agencies import Directory
from gongkai.imports.services.rejecting import RejectsFile
from gongkai.records.domain import rich_text
from gongkai.records.domain.content import Content
from gongkai.records.models import ImportAct, ImportedRow
from gongkai.records.services import history
from gongkai.records.services.history import HistoryRow, Outcome, RowOutcome

CHUNK = history.BLOCK
_FIRST_ROWS, _SAMPLE_ROWS = 5, 50
_CONTENT_FIELDS = frozenset(Content.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to import, under which mapping, for whom. ``own``: the one agency for which the file speaks."""

    file: BinaryIO
    file_name: str
    mapping_text: str
    statement: history.Statement
    own: Agency | None = None
    is_rehearsal: bool = False
    """Counts what would happen and writes nothing."""
    told: Callable[[CheckedRow], object] = lambda row: None
    """Is told every row as it was read and judged, for a list of findings."""

    @property
    def ending(self) -> str:
        return self.file_name.rpartition(".")[2].lower()


@dataclass
class Tally:
    """How far a run has come. ``findings`` counts by code and severity over all rows, rejected ones included."""

    read: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    messages: dict[str, str] = field(default_factory=dict)
    expected: int | None = None
    sample: list[CheckedRow] = field(default_factory=list)
    """The first rows, and after them the first with findings, for the preview."""

    def as_counts(self) -> dict[str, int]:
        """The five figures of the result, in their order."""
        return {"read": self.read} | {outcome.value: self.outcomes[outcome] for outcome in Outcome}

    def note(self, row: CheckedRow) -> None:
        self.read += 1
        if self.read <= _FIRST_ROWS or (row.findings and len(self.sample) < _SAMPLE_ROWS):
            self.sample.append(row)
        for finding in row.findings:
            self.findings[finding.code, finding.severity.value] += 1
            self.messages.setdefault(finding.code, finding.message)


def digest_of(file: BinaryIO) -> str:
    """SM3 of the file, which is left at its beginning: what the clearance is bound to."""
    file.seek(0)
    digest = digests.running()
    for piece in iter(lambda: file.read(1 << 20), b""):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def run(
    order: Order,
    *,
    rejects: RejectsFile,
    actor: Actor,
    at: datetime,
    after_chunk: Callable[[Tally], object] = lambda tally: None,
) -> Tally:
    """Imports the file and returns the figures. ``after_chunk`` is called between transactions.

    Raises:
        UnreadableTable: the file cannot be read (on); what was imported before the broken place stays.
        CannotPublishHistory: the statement names no two different people.
    """
    tally = Tally()
    own = OwnAgency(order.own.name, order.own.short_name) if order.own else None
    today = at.astimezone(timezone.get_default_timezone()).date()
    with stream.read(order.file, ending=order.ending, mapping_text=order.mapping_text, own=own, today=today) as reading:
        tally.expected = reading.expected_rows
        rejects.begin(reading.header)
        importer = _Importer(order, tally, rejects, actor=actor, at=at)
        for chunk in _chunks(reading.rows):
            importer.take(chunk)
            after_chunk(tally)
    importer.finish()
    return tally


class _Importer:
    """One run under way."""

    def __init__(self, order: Order, tally: Tally, rejects: RejectsFile, *, actor: Actor, at: datetime) -> None:
        self._order = order
        self._tally = tally
        self._rejects = rejects
        self._actor = actor
        self._at = at
        self._mapping = mappings.parse(order.mapping_text)
        self._directory = Directory(self._mapping.agency, actor=actor, at=at)
        self._act: ImportAct | None = None

    def take(self, chunk: Sequence[CheckedRow]) -> None:
        """Imports at most `CHUNK` rows in one transaction."""
        wanted: list[CheckedRow] = []
        for row in chunk:
            self._tally.note(row)
            self._order.told(row)
            if row.is_rejected:
                self._reject(row, [finding.message for finding in row.findings if finding.is_error])
            elif row.repeats is not None:
                self._tally.outcomes[Outcome.UNCHANGED] += 1
            else:
                wanted.append(row)
        self._publish(self._unless_known(wanted))

    def finish(self) -> None:
        """Closes the act, also one that an earlier run left open."""
        if self._order.is_rehearsal:
            return
        stated = dataclasses.asdict(self._order.statement)
        act = self._act or ImportAct.objects.filter(**stated, finished_at__isnull=True).order_by("-id").first()
        if act is not None:
            history.close_act(act=act, counts=self._tally.as_counts(), actor=self._actor, at=self._at)

    def _unless_known(self, rows: list[CheckedRow]) -> list[tuple[CheckedRow, str]]:
        """The rows that say something new, with their keys; the others are counted."""
        keyed = [(row, self._key(row)) for row in rows]
        with scoping.everywhere(because="a key tells a row apart whichever agency it belongs to"):
            known = dict(
                ImportedRow.objects.filter(
                    mapping=self._order.statement.mapping, key_digest__in=[key for _, key in keyed]
                ).values_list("key_digest", "content_digest")
            )
        fresh = [(row, key) for row, key in keyed if known.get(key) != row.content]
        self._tally.outcomes[Outcome.UNCHANGED] += len(keyed) - len(fresh)
        if self._order.is_rehearsal:
            self._tally.outcomes[Outcome.UPDATED] += sum(key in known for _, key in fresh)
            return [(row, key) for row, key in fresh if key not in known]
        return fresh

    def _publish(self, rows: list[tuple[CheckedRow, str]]) -> None:
        history_rows: list[HistoryRow] = []
        sources: list[CheckedRow] = []
        for row, key in rows:
            agency_id = self._agency(row)
            if agency_id is None:
                self._reject(row, [f"没有登记名为“{row.agency}”的机构。"])
                continue
            history_rows.append(_history_row(row, key, agency_id))
            sources.append(row)
        if self._order.is_rehearsal:
            self._tally.outcomes[Outcome.CREATED] += len(history_rows)
            return
        if not history_rows:
            return
        if self._act is None:
            self._act = history.open_act(statement=self._order.statement, actor=self._actor, at=self._at)
        outcomes = history.publish_history(history_rows, act=self._act, actor=self._actor, at=self._at)
        for row, outcome in zip(sources, outcomes, strict=True):
            self._count(row, outcome)

    def _count(self, row: CheckedRow, outcome: RowOutcome) -> None:
        if outcome.outcome is Outcome.REJECTED:
            self._reject(row, [f"{outcome.reason}。"])
        else:
            self._tally.outcomes[outcome.outcome] += 1

    def _reject(self, row: CheckedRow, reasons: list[str]) -> None:
        self._tally.outcomes[Outcome.REJECTED] += 1
        self._rejects.add(row.line, reasons, row.raw)

    def _agency(self, row: CheckedRow) -> int | None:
        if self._order.own is not None:
            return self._order.own.pk
        if self._order.is_rehearsal:
            # A body that does not exist yet needs no id to be counted.
            return self._directory.find(row.agency) or (0 if self._directory.may_create() else None)
        return self._directory.find_or_create(row.agency)

    def _key(self, row: CheckedRow) -> str:
        """Numbers that an agency gives its own papers are its own, addresses are everybody's."""
        return digests.sm3(f"{self._order.own.code}\n{row.key}") if self._order.own else row.key


def _history_row(row: CheckedRow, key: str, agency_id: int) -> HistoryRow:
    values: dict[str, Value | tuple[str, ...]] = {
        name: cells.several(str(value)) if name in mappings.LISTS else value
        for name, value in row.fields.items()
        if name in _CONTENT_FIELDS
    }
    body_html = rich_text.from_plain(str(row.fields.get("body_text", "")))
    published_on = row.fields["published_on"]
    assert isinstance(published_on, date)
    return HistoryRow(
        agency_id=agency_id,
        content=Content(**values | {"body_html": body_html}),  # type: ignore[arg-type]  # the mapping names the fields
        published_at=datetime.combine(published_on, time(), tzinfo=timezone.get_default_timezone()),
        key_digest=key,
        content_digest=row.content,
        validity=str(row.fields.get("validity", "valid")),
        in_library=row.fields.get("in_library") is True,
    )


def _chunks(rows: Iterator[CheckedRow]) -> Iterator[list[CheckedRow]]:
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk
