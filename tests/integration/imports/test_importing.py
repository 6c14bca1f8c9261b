"""An import publishes what is clean, tells what is not, and can be run again at any time."""

import csv
import dataclasses
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.feed.models import FeedChange
from gongkai.imports.reading.tables import UnreadableTable
from gongkai.imports.services import importing, mapping_files
from gongkai.imports.services.importing import Order, Tally
from gongkai.imports.services.rejecting import RejectsFile
from gongkai.published.models import Entry, EntryVersion
from gongkai.records.models import ImportAct, ImportedRow, Record
from gongkai.records.services import history
from gongkai.records.services.history import CannotPublishHistory, Statement
from tests.integration.imports import tables

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.get_default_timezone())
OPERATOR = Actor(user_id=None, name="root", agency_id=None, agency_code="", post="operator")


class Killed(Exception):
    """Stands for the process being killed at this moment."""


@contextmanager
def order_for(
    path: Path, *, own: Agency | None = None, is_rehearsal: bool = False, cleared_by: str = "王"
) -> Iterator[Order]:
    with path.open("rb") as file:
        statement = Statement(
            file_digest=importing.digest_of(file),
            file_name=path.name,
            mapping="policy-list",
            cleared_by=cleared_by,
            confirmed_by="赵",
            stated_by="root",
        )
        text = mapping_files.text_of("policy-list")
        yield Order(
            file=file, file_name=path.name, mapping_text=text, statement=statement, own=own, is_rehearsal=is_rehearsal
        )


def run(path: Path, *, own: Agency | None = None, is_rehearsal: bool = False, **seams: object) -> dict[str, int]:
    with ExitStack() as stack:
        order = stack.enter_context(order_for(path, own=own, is_rehearsal=is_rehearsal))
        rejects = stack.enter_context(RejectsFile(rejects_of(path)))
        return importing.run(order, rejects=rejects, actor=OPERATOR, at=NOW, **seams).as_counts()  # type: ignore[arg-type]


def rejects_of(path: Path) -> Path:
    return path.with_suffix(".rejects.csv")


def counts(read: int, created: int = 0, updated: int = 0, unchanged: int = 0, rejected: int = 0) -> dict[str, int]:
    return {"read": read, "created": created, "updated": updated, "unchanged": unchanged, "rejected": rejected}


def everything() -> tuple[int, ...]:
    with scoping.everywhere(because="the test counts all rows"):
        models = (Agency, Entry, EntryVersion, Record, ImportedRow, ImportAct, FeedChange, AuditEvent)
        return tuple(model._default_manager.count() for model in models)


class TestAFirstRun:
    def test_what_is_clean_is_public_under_its_own_day(self, tmp_path: Path) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(2)])
        assert run(path) == counts(2, created=2)
        entry = Entry.objects.get(title="关于第1件事的通知")
        assert timezone.localtime(entry.published_at).date() == date(2024, 3, 5)
        assert entry.created_on == date(2024, 3, 1)
        assert (entry.document_number, entry.genre, entry.validity) == ("青政发〔2024〕1号", "通知", "valid")
        assert (entry.node_code, entry.in_library) == ("art20_01_normative.other_documents", True)
        assert entry.index_number

    def test_a_mapping_may_name_every_field_of_the_standard(self, tmp_path: Path) -> None:
        more = "constants:\n  publication_forms: 网站、公报\n  joint_issuers: 乙局；丙局\n  is_party_mixed: true\n"
        path = tables.write(tmp_path / "list.tsv", [tables.row(1)])
        with order_for(path) as order, RejectsFile(rejects_of(path)) as rejects:
            full = dataclasses.replace(order, mapping_text=order.mapping_text.replace("constants:\n", more))
            importing.run(full, rejects=rejects, actor=OPERATOR, at=NOW)
        with scoping.everywhere(because="the rows brought their own bodies"):
            record = Record.objects.get()
        assert (record.publication_forms, record.joint_issuers) == (["网站", "公报"], ["乙局", "丙局"])
        assert record.is_party_mixed

    def test_the_body_that_rows_name_is_entered_once(self, tmp_path: Path) -> None:
        rows = [tables.row(1), tables.row(2), tables.row(3, source="国务院")]
        run(tables.write(tmp_path / "list.tsv", rows))
        assert {(agency.name, agency.kind) for agency in Agency.objects.all()} == {
            ("青川市人民政府", "government"),
            ("国务院", "government"),
        }
        council = Agency.objects.get(name="国务院")
        assert (council.code, council.in_city_sum) == ("state-council", False)

    def test_a_body_that_exists_is_used(self, tmp_path: Path) -> None:
        known = Agency.objects.create(
            code="city", name="青川市人民政府", short_name="市政府", kind="government", valid_from=date(2000, 1, 1)
        )
        run(tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(2, source="市政府")]))
        assert set(Entry.objects.values_list("agency_id", flat=True)) == {known.pk}

    def test_the_act_names_two_people_as_the_operator_stated(self, tmp_path: Path) -> None:
        run(tables.write(tmp_path / "list.tsv", [tables.row(1)]))
        act = ImportAct.objects.get()
        assert (act.cleared_by, act.confirmed_by, act.stated_by) == ("王", "赵", "root")
        assert act.is_operator_statement
        assert act.finished_at == NOW
        assert act.counts == counts(1, created=1)

    def test_one_person_in_both_roles_is_refused(self, tmp_path: Path) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1)])
        with (
            order_for(path, cleared_by="赵") as order,
            RejectsFile(rejects_of(path)) as rejects,
            pytest.raises(CannotPublishHistory),
        ):
            importing.run(order, rejects=rejects, actor=OPERATOR, at=NOW)
        assert not Entry.objects.exists()

    @pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
    def test_the_encoding_makes_no_difference(self, encoding: str, tmp_path: Path) -> None:
        run(tables.write(tmp_path / "list.tsv", [tables.row(1)], encoding=encoding))
        assert Entry.objects.get().title == "关于第1件事的通知"


class TestRejectedRows:
    def test_they_are_listed_with_line_reason_and_content(self, tmp_path: Path) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(2, date_published="", title="=1+1")])
        assert run(path) == counts(2, created=1, rejected=1)
        with rejects_of(path).open(encoding="utf-8-sig", newline="") as file:
            header, rejected = csv.reader(file)
        assert header[:4] == ["行号", "原因", "source", "title"]
        assert rejected[:2] == ["3", "缺少发布日期。"]
        # A spreadsheet must not run what a stranger wrote.
        assert rejected[3] == "'=1+1"

    @pytest.mark.parametrize("title", ["机密★10年 关于某事的通知", "拟录用人员11010519491231002X的通知"])
    def test_of_marked_and_personal_ones_only_line_and_reason_are_kept(self, title: str, tmp_path: Path) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(2, title=title)])
        assert run(path) == counts(2, created=1, rejected=1)
        with rejects_of(path).open(encoding="utf-8-sig", newline="") as file:
            _, rejected = csv.reader(file)
        assert rejected[0] == "3"
        assert len(rejected) == 2
        assert "★" not in rejected[1]
        assert "1101" not in rejected[1]
        assert not AuditEvent.objects.filter(detail__icontains="11010519491231002X").exists()

    def test_without_any_there_is_no_file(self, tmp_path: Path) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1)])
        rejects_of(path).write_text("of an earlier run", "utf-8")
        run(path)
        assert sorted(file.name for file in tmp_path.iterdir()) == ["list.tsv"]

    def test_a_file_broken_further_on_keeps_what_came_before(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "CHUNK", 2)
        path = tables.write(tmp_path / "list.tsv", [tables.row(number) for number in range(1, 5)])
        path.write_bytes(path.read_bytes() + '"没有结束\n'.encode())
        with pytest.raises(UnreadableTable):
            run(path)
        assert Entry.objects.count() == 4
        assert ImportAct.objects.get().finished_at is None


class TestASecondRun:
    def test_it_changes_nothing_at_all(self, tmp_path: Path) -> None:
        path = tables.write(
            tmp_path / "list.tsv", [tables.row(1), tables.row(2), tables.row(2), tables.row(3, title="")]
        )
        assert run(path) == counts(4, created=2, unchanged=1, rejected=1)
        before = everything()
        assert run(path) == counts(4, unchanged=3, rejected=1)
        assert everything() == before

    def test_a_changed_row_becomes_a_correction(self, tmp_path: Path) -> None:
        run(tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(2)]))
        changed = tables.write(tmp_path / "new.tsv", [tables.row(1, title="关于第一件事的公告"), tables.row(2)])
        assert run(changed) == counts(2, updated=1, unchanged=1)
        entry = Entry.objects.get(title="关于第一件事的公告")
        assert entry.versions.count() == 2
        assert entry.genre == "公告"
        assert run(changed) == counts(2, unchanged=2)

    def test_two_contents_under_one_key_stay_at_the_first(self, tmp_path: Path) -> None:
        twice = [tables.row(1), tables.row(1, title="另一个标题的通知")]
        path = tables.write(tmp_path / "list.tsv", twice)
        assert run(path) == counts(2, created=1, rejected=1)
        assert run(path) == counts(2, unchanged=1, rejected=1)
        assert Entry.objects.get().title == "关于第1件事的通知"

    def test_an_address_stays_with_its_body(self, tmp_path: Path) -> None:
        run(tables.write(tmp_path / "list.tsv", [tables.row(1)]))
        assert run(tables.write(tmp_path / "new.tsv", [tables.row(1, source="国务院")])) == counts(1, rejected=1)


class TestARehearsal:
    def test_it_says_what_would_happen_and_changes_nothing(self, tmp_path: Path) -> None:
        run(tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(2)]))
        before = everything()
        rows = [tables.row(1), tables.row(2, title="改过的通知"), tables.row(3, source="某省"), tables.row(4, title="")]
        path = tables.write(tmp_path / "new.tsv", rows)
        expected = counts(4, created=1, updated=1, unchanged=1, rejected=1)
        assert run(path, is_rehearsal=True) == expected
        assert everything() == before
        assert run(path) == expected


class TestForOneAgency:
    @pytest.fixture
    def finance(self) -> Agency:
        return Agency.objects.create(
            code="finance", name="青川市财政局", short_name="市财政局", kind="department", valid_from=date(2000, 1, 1)
        )

    def test_rows_of_others_stay_out(self, finance: Agency, tmp_path: Path) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1, source="市财政局"), tables.row(2)])
        assert run(path, own=finance) == counts(2, created=1, rejected=1)
        assert Agency.objects.count() == 1

    def test_its_keys_are_its_own(self, finance: Agency, tmp_path: Path) -> None:
        run(tables.write(tmp_path / "list.tsv", [tables.row(1)]))
        mine = tables.write(tmp_path / "mine.tsv", [tables.row(1, source="市财政局")])
        assert run(mine, own=finance) == counts(1, created=1)
        assert run(mine, own=finance) == counts(1, unchanged=1)


class TestInterruption:
    """Killed between any two statements, a run can be done again: no row is lost, none is doubled."""

    @pytest.fixture
    def path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(importing, "CHUNK", 3)
        return tables.write(tmp_path / "list.tsv", [tables.row(number) for number in range(1, 11)])

    def test_between_two_chunks(self, path: Path) -> None:
        def kill(tally: Tally) -> None:
            if tally.read >= 6:
                raise Killed

        with pytest.raises(Killed):
            run(path, after_chunk=kill)
        assert Entry.objects.count() == 6
        assert run(path) == counts(10, created=4, unchanged=6)
        self._assert_whole()

    @pytest.mark.parametrize("step", ["RecordVersion", "ImportedRow", "Entry", "AuditEvent", "FeedChange"])
    def test_in_the_middle_of_a_chunk(self, step: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._kill_at(step, monkeypatch)
        with pytest.raises(Killed), transaction.atomic():
            run(path)
        monkeypatch.undo()
        assert run(path) == counts(10, created=10)
        self._assert_whole()

    def test_before_the_act_is_closed(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def kill(**_: object) -> None:
            raise Killed

        monkeypatch.setattr(history, "close_act", kill)
        with pytest.raises(Killed):
            run(path)
        monkeypatch.undo()
        assert run(path) == counts(10, unchanged=10)
        assert ImportAct.objects.get().finished_at == NOW
        self._assert_whole()

    def _kill_at(self, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
        from gongkai.groundwork import bulk

        insert = bulk.insert

        def dying(rows: object) -> object:
            objects = list(rows)  # type: ignore[call-overload]
            if objects and type(objects[0]).__name__ == step:
                raise Killed
            return insert(objects)

        monkeypatch.setattr(bulk, "insert", dying)

    def _assert_whole(self) -> None:
        with scoping.everywhere(because="the test counts all rows"):
            assert Record.objects.count() == ImportedRow.objects.count() == 10
        assert Entry.objects.count() == EntryVersion.objects.count() == FeedChange.objects.count() == 10
        assert Entry.objects.values("index_number").distinct().count() == 10
