"""Publishing what was public before: rows of an import act, cleared as one batch, at most 500 in one transaction.

The act is the clearance: two named people answer for the file with its digest. What the services look at row by row
is what a batch cannot answer for: secret marks, missing titles, words the vocabulary does not know.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk, events, scoping
from gongkai.groundwork.audit import trail
from gongkai.published.domain import vocabulary as public_words
from gongkai.published.services import releasing
from gongkai.records.domain import content as contents
from gongkai.records.domain import digest
from gongkai.records.domain.content import Content
from gongkai.records.domain.lifecycle import State
from gongkai.records.events import RecordPublished
from gongkai.records.models import ImportAct, ImportedRow, Record, RecordVersion
from gongkai.records.services import acting, catalogue, public_content

BLOCK = releasing.BLOCK


class CannotPublishHistory(acting.Refused):
    """Too many rows at once, an act that has ended, or one person in both roles of the clearance."""


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclasses.dataclass(frozen=True, kw_only=True)
class HistoryRow:
    """One row that was public before. ``key_digest`` tells it apart for ever, ``content_digest`` is what it says.

    ``content.body_html`` must come from `rich_text.clean` or `rich_text.from_plain`.
    """

    agency_id: int
    content: Content
    published_at: datetime
    key_digest: str
    content_digest: str
    validity: str = public_words.Validity.VALID
    in_library: bool = False


@dataclasses.dataclass(frozen=True)
class RowOutcome:
    """What became of a row; a rejected one has the reason, in words that do not repeat its content."""

    outcome: Outcome
    record_id: int | None = None
    reason: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Statement:
    """Who cleared the file with this digest, and who says so."""

    file_digest: str
    file_name: str
    mapping: str
    cleared_by: str
    confirmed_by: str
    stated_by: str
    is_operator_statement: bool = True


def open_act(*, statement: Statement, actor: Actor, at: datetime) -> ImportAct:
    """Begins the act, or goes on with one about the same file that was broken off.

    Raises:
        CannotPublishHistory: the two people are one, or a name is missing.
    """
    if not statement.cleared_by.strip() or not statement.confirmed_by.strip():
        raise CannotPublishHistory("批量审查要写明审查人和复核人。")
    if statement.cleared_by.strip() == statement.confirmed_by.strip():
        raise CannotPublishHistory("批量审查的审查人和复核人不能是同一人。")
    values = dataclasses.asdict(statement)
    with transaction.atomic():
        unfinished = ImportAct.objects.filter(**values, finished_at__isnull=True).order_by("-id").first()
        if unfinished is not None:
            return unfinished
        act = ImportAct.objects.create(**values, started_at=at)
        entry = trail.Entry(action="import.open", subject_type="import_act", subject_id=act.pk, detail=values)
        trail.write(entry, actor=actor, at=at)
    return act


def close_act(*, act: ImportAct, counts: Mapping[str, int], actor: Actor, at: datetime) -> ImportAct:
    """Ends the act with its figures."""
    with transaction.atomic():
        act.finished_at, act.counts = at, dict(counts)
        act.save(update_fields=["finished_at", "counts"])
        entry = trail.Entry(action="import.close", subject_type="import_act", subject_id=act.pk, detail=act.counts)
        trail.write(entry, actor=actor, at=at)
    return act


def publish_history(rows: Sequence[HistoryRow], *, act: ImportAct, actor: Actor, at: datetime) -> list[RowOutcome]:
    """Publishes new rows, corrects changed ones, leaves the others; outcomes come in the order of the rows.

    Everything happens in one transaction, with one line in the trail for each record: after a kill the block is
    either there or not, and a second run finds what is.

    Raises:
        CannotPublishHistory: more than `BLOCK` rows, or the act has ended.
    """
    if len(rows) > BLOCK:
        raise CannotPublishHistory(f"一次最多导入{BLOCK}行。")
    if act.finished_at is not None:
        raise CannotPublishHistory("这次导入已经结束。")
    if not rows:
        return []
    with scoping.narrow_to({row.agency_id for row in rows}), transaction.atomic():
        block = _Block(act=act, actor=actor, at=at)
        return block.run(rows)


@dataclasses.dataclass
class _Block:
    """One transaction's worth of rows under way."""

    act: ImportAct
    actor: Actor
    at: datetime

    def run(self, rows: Sequence[HistoryRow]) -> list[RowOutcome]:
        known = self._known(rows)
        outcomes: list[RowOutcome | None] = [self._objection(row) for row in rows]
        fresh: dict[str, int] = {}
        for place, row in enumerate(rows):
            if outcomes[place] is None and row.key_digest not in known:
                fresh.setdefault(row.key_digest, place)
        self._create([rows[place] for place in fresh.values()], known)
        for place, row in enumerate(rows):
            if outcomes[place] is None and fresh.get(row.key_digest) == place:
                outcomes[place] = RowOutcome(Outcome.CREATED, known[row.key_digest].record_id)
            elif outcomes[place] is None:
                outcomes[place] = self._meet_again(row, known[row.key_digest])
        return [outcome for outcome in outcomes if outcome is not None]

    def _known(self, rows: Iterable[HistoryRow]) -> dict[str, ImportedRow]:
        keys = {row.key_digest for row in rows}
        with scoping.everywhere(because="a key belongs to one agency, whichever the row names now"):
            found = ImportedRow.objects.filter(mapping=self.act.mapping, key_digest__in=keys)
            return {row.key_digest: row for row in found}

    def _objection(self, row: HistoryRow) -> RowOutcome | None:
        if next(contents.marks(row.content), None) is not None:
            return RowOutcome(Outcome.REJECTED, reason="内容带有国家秘密标志")
        if not row.content.title.strip():
            return RowOutcome(Outcome.REJECTED, reason="没有标题")
        if row.validity not in public_words.VALIDITIES:
            return RowOutcome(Outcome.REJECTED, reason="有效性不在词表中")
        return None

    def _create(self, rows: Sequence[HistoryRow], known: dict[str, ImportedRow]) -> None:
        if not rows:
            return
        for agency_id in sorted({row.agency_id for row in rows}):
            catalogue.ensure_shown(agency_id, actor=self.actor, at=self.at)
        metadata = [contents.public_metadata(row.content) for row in rows]
        released = [_released(row, data) for row, data in zip(rows, metadata, strict=True)]
        entries = releasing.release_many(released, actor=self.actor, at=self.at)
        records = bulk.insert(
            self._record(row, content.digest, entry.pk, entry.index_number)
            for row, content, entry in zip(rows, released, entries, strict=True)
        )
        bulk.insert(self._version(record, row, data) for record, row, data in zip(records, rows, metadata, strict=True))
        for imported in bulk.insert(self._imported(row, record) for row, record in zip(rows, records, strict=True)):
            known[imported.key_digest] = imported
        self._note("import", records)

    def _meet_again(self, row: HistoryRow, imported: ImportedRow) -> RowOutcome:
        """A row whose key is known: the same again, or a correction of what it said before."""
        if imported.agency_id != row.agency_id:
            return RowOutcome(Outcome.REJECTED, reason="同一条信息已由其他机构导入")
        if imported.content_digest == row.content_digest:
            return RowOutcome(Outcome.UNCHANGED, imported.record_id)
        record = Record.objects.select_for_update().get(pk=imported.record_id)
        if record.state != State.PUBLISHED or record.entry_id is None:
            return RowOutcome(Outcome.REJECTED, record.pk, "这条信息正在更正或者已经撤下，不能由导入覆盖")
        self._correct(record, row)
        imported.content_digest, imported.act = row.content_digest, self.act
        imported.save(update_fields=["content_digest", "act"])
        return RowOutcome(Outcome.UPDATED, record.pk)

    def _correct(self, record: Record, row: HistoryRow) -> None:
        assert record.entry_id is not None
        data = contents.public_metadata(row.content)
        released = _released(row, data)
        reason = "历史信息再次导入"
        releasing.release_correction(
            entry_id=record.entry_id, content=released, reason=reason, actor=self.actor, at=self.at
        )
        for name, value in contents.stored(row.content).items():
            setattr(record, name, value)
        record.version_count += 1
        record.released_number = record.version_count
        record.digest, record.changed_at = released.digest, self.at
        record.lock_version += 1
        record.save()
        self._version(record, row, data).save(force_insert=True)
        self._note("import_again", [record])

    def _record(self, row: HistoryRow, digest_: str, entry_id: int, index_number: str) -> Record:
        return Record(
            **contents.stored(row.content),
            agency_id=row.agency_id,
            state=State.PUBLISHED,
            digest=digest_,
            entry_id=entry_id,
            index_number=index_number,
            version_count=1,
            released_number=1,
            validity=row.validity,
            drafter_id=self.actor.user_id,
            drafter_name=self.act.stated_by,
            drafted_at=self.at,
            changed_at=self.at,
            published_at=row.published_at,
        )

    def _version(self, record: Record, row: HistoryRow, metadata: dict[str, object]) -> RecordVersion:
        return RecordVersion(
            agency_id=row.agency_id,
            record_id=record.pk,
            number=record.released_number,
            content={"metadata": metadata, "files": [], "import_act": self.act.pk},
            body_html=row.content.body_html,
            body_text=row.content.body_text,
            digest=record.digest,
            author_id=self.actor.user_id,
            author_name=self.act.stated_by,
            frozen_at=self.at,
        )

    def _imported(self, row: HistoryRow, record: Record) -> ImportedRow:
        return ImportedRow(
            agency_id=row.agency_id,
            act=self.act,
            mapping=self.act.mapping,
            key_digest=row.key_digest,
            content_digest=row.content_digest,
            record_id=record.pk,
        )

    def _note(self, action: str, records: Sequence[Record]) -> None:
        trail.write_many(
            [acting.entry_for(record, action, {"act": self.act.pk, "digest": record.digest}) for record in records],
            actor=self.actor,
            at=self.at,
        )
        for record in records:
            assert record.entry_id is not None
            events.emit(
                RecordPublished(
                    record_id=record.pk,
                    agency_id=record.agency_id,
                    entry_id=record.entry_id,
                    is_correction=action != "import",
                    at=self.at,
                )
            )


def _digest(row: HistoryRow, metadata: Mapping[str, object]) -> str:
    return digest.of_content(metadata, body_html=row.content.body_html, files=())


def _released(row: HistoryRow, metadata: Mapping[str, object]) -> releasing.ReleasedContent:
    return dataclasses.replace(
        public_content.of_metadata(row.agency_id, metadata, published_at=row.published_at),
        digest=_digest(row, metadata),
        validity=row.validity,
        in_library=row.in_library,
        body_html=row.content.body_html,
        body_text=row.content.body_text,
    )
