"""Bringing a register in at the desk."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.imports.domain.registers import State
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import registers
from tests.integration.files import material

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/imports/register/"
GOOD = ("甲发〔2026〕1号", "关于一件事的通知", "2026-03-02", "主动公开", "办公室")


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return casting.assemble()


def test_a_table_comes_in_and_is_looked_at_before_it_counts(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.chen)
    file = SimpleUploadedFile("登记.xlsx", material.xlsx(registers.HEAD, GOOD))
    text = screens.text(client.post(URL, {"file": file}, follow=True))
    assert "检查中，请稍候" in text


@pytest.mark.parametrize(
    ("name", "words", "status"), [("", "请选择发文登记表", 200), ("登记.pdf", "不接收这种格式", 415)]
)
def test_what_cannot_come_in_is_said(client: Client, cast: Cast, name: str, words: str, status: int) -> None:
    casting.sign_in(client, cast.chen)
    answer = client.post(URL, {"file": SimpleUploadedFile(name, b"%PDF-")} if name else {})
    assert answer.status_code == status
    assert words in screens.text(answer)


def test_preview_confirmation_and_giving_up(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.chen)
    table = registers.looked_through(cast, GOOD, ("", "没有文号的", "", "", ""))
    text = screens.text(client.get(f"{URL}{table.pk}/"))
    assert "如果登记，将会" in text
    assert "没有文号，不能登记" in text
    client.post(f"{URL}{table.pk}/confirm/")
    assert registers.fresh(cast, table).state == State.RUNNING
    assert "不能办理" in screens.text(client.post(f"{URL}{table.pk}/discard/", follow=True))


def test_only_the_disclosure_office_brings_it_in(client: Client, cast: Cast) -> None:
    table = registers.looked_through(cast, GOOD)
    casting.sign_in(client, cast.li)
    assert client.get(URL).status_code == 403
    casting.sign_in(client, cast.zhou)
    assert client.get(f"/desk/yi-ju/imports/register/{table.pk}/").status_code == 404
    assert client.post(f"/desk/yi-ju/imports/register/{table.pk}/confirm/").status_code == 404
