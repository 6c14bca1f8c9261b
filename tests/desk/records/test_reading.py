"""What is read: on the case and as a list with its plot, for the own agency only; and the command that reads logs."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.config import cli
from gongkai.published.domain.readings import Reading
from gongkai.published.models import DailyCount
from gongkai.published.services import counting
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _read(entry_id: int | None, *, times: int, position: int = 0, days_ago: int = 0) -> None:
    assert entry_id is not None
    day = timezone.localdate() - timedelta(days=days_ago)
    counting.add([Reading(entry_id, position, day)] * times)


def test_the_case_says_how_often(client: Client, cast: Cast) -> None:
    record = records.published(cast)
    _read(record.entry_id, times=3)
    _read(record.entry_id, times=2, position=1)
    casting.sign_in(client, cast.li)
    assert "浏览3次，下载附件2次" in client.get(f"{URL}{record.pk}/").content.decode()


def test_the_list_goes_by_period_and_shows_the_days(client: Client, cast: Cast) -> None:
    often, long_ago = records.published(cast, title="常看的"), records.published(cast, title="以前看的")
    _read(often.entry_id, times=5)
    _read(long_ago.entry_id, times=9, days_ago=60)
    casting.sign_in(client, cast.chen)
    text = client.get(f"{URL}reading/").content.decode()
    assert "共浏览5次" in text
    assert "常看的" in text
    assert "以前看的" not in text
    assert text.count("<rect") == 30
    text = client.get(f"{URL}reading/?days=365").content.decode()
    assert text.index("以前看的") < text.index("常看的")
    assert text.count("<rect") <= 53


def test_nothing_read_is_said(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.chen)
    assert "没有阅读记录" in client.get(f"{URL}reading/").content.decode()


def test_another_agency_sees_its_own_only(client: Client, cast: Cast) -> None:
    record = records.published(cast, title="甲局的")
    _read(record.entry_id, times=1)
    casting.sign_in(client, cast.zhou)
    assert client.get(f"{URL}reading/").status_code == 404
    assert "甲局的" not in client.get("/desk/yi-ju/records/reading/").content.decode()


def test_the_command_counts_logs_unless_pages_tell(
    cast: Cast, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = records.published(cast)
    log = tmp_path / "access.log"
    day = f"{timezone.now():%d/%b/%Y:%H:%M:%S} +0000"
    log.write_text(f'::1 - - [{day}] "GET /entries/{record.entry_id}/ HTTP/2.0" 200 1 "-" "Mozilla/5.0 Chrome/86"\n')
    assert cli.main(["views", "read", str(log)]) == 1
    assert "counted twice" in capsys.readouterr().err
    settings.VIEWS_FROM = "log"
    assert cli.main(["views", "read", str(log)]) == 0
    assert "1 readings" in capsys.readouterr().out
    assert DailyCount.objects.get().number == 1
    assert cli.main(["views", "read", str(tmp_path / "missing.log")]) == 1
