"""A register comes in as a table: looked through, confirmed by a person, entered by the worker, once."""

from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.imports.domain.registers import State
from gongkai.imports.models import RegisterTable
from gongkai.imports.services import registers as services
from gongkai.records.models import IssuedDocument
from tests import cast as casting
from tests.cast import Cast
from tests.factories import registers

pytestmark = pytest.mark.django_db
GOOD = ("甲发〔2026〕1号", "关于一件事的通知", "2026-03-02", "主动公开", "办公室")
BARE = ("", "没有文号的", "", "", "")


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return casting.assemble()


def enter(cast: Cast, table: RegisterTable) -> RegisterTable:
    services.enter(table_id=table.pk, at=casting.later(), pause=lambda: None)
    return registers.fresh(cast, table)


def count(cast: Cast) -> int:
    with scoping.narrow_to([cast.agency.pk]):
        return IssuedDocument.objects.count()


def test_the_preview_says_what_would_happen_and_nothing_is_entered(cast: Cast) -> None:
    table = registers.looked_through(cast, GOOD, BARE)
    assert table.state == State.READY
    assert table.preview["counts"] == {"read": 2, "created": 1}
    assert table.preview["rejected"] == 1
    assert table.preview["rows"] == [{"line": 3, "messages": ["没有文号，不能登记。"], "is_out": True}]
    assert count(cast) == 0


def test_confirmed_rows_are_entered_and_a_second_run_enters_nothing(cast: Cast) -> None:
    table = registers.looked_through(cast, GOOD, BARE)
    services.confirm(table_id=table.pk, actor=cast.chen.acting(Duty.IMPORT_RECORDS), at=casting.later())
    names = list(DBTaskResult.objects.order_by("enqueued_at").values_list("task_path", flat=True))
    assert [name.rpartition(".")[2] for name in names] == ["look_through_register", "enter_register"]
    done = enter(cast, table)
    assert (done.state, done.counts) == (State.DONE, {"created": 1})
    enter(cast, table)
    assert count(cast) == 1


def test_a_killed_run_is_followed_by_one_that_finds_its_rows(cast: Cast) -> None:
    table = registers.looked_through(cast, GOOD)
    services.confirm(table_id=table.pk, actor=cast.chen.acting(Duty.IMPORT_RECORDS), at=casting.later())
    enter(cast, table)
    with scoping.narrow_to([cast.agency.pk]):
        RegisterTable.objects.filter(pk=table.pk).update(state=State.RUNNING)
    assert enter(cast, table).counts == {"unchanged": 1}


def test_a_table_without_the_columns_says_so(cast: Cast) -> None:
    table = registers.looked_through(cast, ("1", "2"), head=("甲", "乙"))
    assert table.state == State.UNREADABLE
    assert "文号" in table.problem


def test_a_marked_table_is_not_stored(cast: Cast) -> None:
    with pytest.raises(RefusedFile, match="国家秘密标志"):
        registers.uploaded(cast, ("甲发〔2026〕1号", "机密★10年 某事", "", "", ""))
    assert not StoredFile.objects.exists()


def test_what_was_given_up_is_not_entered(cast: Cast) -> None:
    table = registers.looked_through(cast, GOOD)
    actor = cast.chen.acting(Duty.IMPORT_RECORDS)
    services.discard(table_id=table.pk, actor=actor, at=casting.later())
    with pytest.raises(services.CannotRegister, match="已放弃"):
        services.confirm(table_id=table.pk, actor=actor, at=casting.later())


def test_another_agency_has_no_such_table(cast: Cast) -> None:
    table = registers.looked_through(cast, GOOD)
    with pytest.raises(services.NoSuchRegister):
        services.confirm(table_id=table.pk, actor=cast.zhou.acting(Duty.IMPORT_RECORDS), at=casting.later())
