"""What was purged is not left behind in the table it came in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.groundwork.files import store
from gongkai.imports.models import ImportFile
from gongkai.imports.services import clearance, receiving, running
from gongkai.records.domain.purging import Scope
from gongkai.records.models import ImportedRow
from gongkai.records.services import purging
from tests import cast as casting
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Purged = Callable[[int], None]


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return casting.assemble()


@pytest.fixture
def purged(cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Purged:
    """Asked for and confirmed, with what happens at the end of the transaction."""

    def purge(record_id: int) -> None:
        asker, decider = cast.chen.acting(Duty.ASK_FOR_PURGE), cast.zhao.acting(Duty.CONFIRM_PURGE)
        purging.ask(record_id=record_id, scope=Scope.EVERYTHING, ground="错", actor=asker, at=casting.later(3))
        with django_capture_on_commit_callbacks(execute=True):
            purging.confirm(record_id=record_id, actor=decider, at=casting.later(4))

    return purge


def test_a_table_goes_with_the_first_of_its_records_that_is_purged(cast: Cast, purged: Purged) -> None:
    table = SimpleUploadedFile("历史.csv", "编号,标题,发布日期\n1,关于防汛的通知,2024-03-05\n".encode())
    sent = receiving.Upload(stream=table, file_name="历史.csv", mapping="agency-documents")
    found = receiving.submit(upload=sent, actor=cast.wang.as_post(Post.DISCLOSURE_OFFICER), at=casting.AT)
    receiving.look_through(import_id=found.pk, at=casting.AT)
    decision = {"import_id": found.pk, "digest": found.digest, "at": casting.later()}
    clearance.clear(**decision, actor=cast.chen.as_post(Post.SECRECY_REVIEWER))
    clearance.confirm(**decision, actor=cast.zhao.as_post(Post.LEADER))
    running.bring_in(import_id=found.pk, at=casting.later(2), pause=lambda: None)
    with scoping.narrow_to([cast.agency.pk]):
        record_id = ImportedRow.objects.get().record_id
    purged(record_id)
    with scoping.narrow_to([cast.agency.pk]):
        after = ImportFile.objects.get(pk=found.pk)
    assert (after.file, after.preview["rows"]) == (None, [])
    assert not store.holds(found.digest)
