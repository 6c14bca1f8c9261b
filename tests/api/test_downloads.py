"""The whole catalogue in one file."""

import csv
import datetime
import io
import json
from pathlib import Path
from typing import cast

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.api.public import downloads
from gongkai.auditing import library
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.selectors import normative
from gongkai.published.services import validity, withdrawing
from tests.integration.published import building


def _body(client: Client, name: str) -> bytes:
    response = client.get(f"/api/public/v1/catalogue.{name}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="catalogue.{name}"'
    return b"".join(cast("StreamingHttpResponse", response))  # type: ignore[arg-type]


def test_the_table_opens_in_a_spreadsheet_and_holds_every_listed_entry(
    client: Client, bureau: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "PIECE", 2)
    entries = [building.entry(bureau.pk) for _ in range(5)]
    withdrawing.withdraw(entry_id=entries[2].pk, ground="依据", actor=SYSTEM, at=building.AT)
    content = _body(client, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["索引号"] for row in rows] == [entries[place].index_number for place in (4, 3, 1, 0)]
    assert rows[0].items() >= {"机关": "清江市教育局", "有效性": "有效"}.items()
    assert rows[0]["网址"] == f"http://testserver/entries/{entries[4].pk}/"


@pytest.mark.parametrize("title", ["=1+1", "+HYPERLINK()", "-2", "@SUM(A1)", "\t=1", "＝1+1"])
def test_a_title_cannot_become_a_formula(client: Client, bureau: Agency, title: str) -> None:
    building.entry(bureau.pk, title=title)
    rows = list(csv.DictReader(io.StringIO(_body(client, "csv").decode("utf-8-sig"))))
    assert rows[0]["标题"] == f"'{title}"


def test_the_same_lines_come_as_json(client: Client, bureau: Agency) -> None:
    building.entry(bureau.pk, title='带"引号"的通知')
    building.entry(bureau.pk)
    lines = json.loads(_body(client, "json"))
    assert [line["title"] for line in lines][1] == '带"引号"的通知'
    assert lines[0]["published_at"].endswith("+08:00")


def test_it_tells_which_normative_documents_were_in_force_on_a_day(
    client: Client, bureau: Agency, tmp_path: Path
) -> None:
    day = datetime.date
    building.entry(bureau.pk, title="甲办法", created_on=day(2019, 3, 1), metadata={"is_normative": "是"})
    building.entry(bureau.pk, title="乙办法", created_on=day(2024, 1, 1), node_code=normative.COLUMN)
    old = building.entry(bureau.pk, title="丙办法", created_on=day(2018, 1, 1), node_code=normative.COLUMN)
    change = validity.Change(validity=Validity.REPEALED, since=day(2024, 2, 1))
    validity.change_validity(entry_id=old.pk, change=change, actor=SYSTEM, at=building.AT)
    building.entry(bureau.pk, title="丁通知", created_on=day(2018, 1, 1))
    for name in ("csv", "json"):
        path = tmp_path / f"catalogue.{name}"
        path.write_bytes(_body(client, name))
        shelf = library.read(path)
        counts = [library.in_force(shelf.entries, day(year, 12, 31)) for year in (2018, 2023, 2024)]
        assert [sorted(entry.title for entry in count.sure) for count in counts] == [
            ["丙办法"],
            ["丙办法", "甲办法"],
            ["乙办法", "甲办法"],
        ]
        assert [count.open for count in counts] == [(), (), ()]
        assert {entry.agency for entry in shelf.entries} == {"清江市教育局"}


def test_an_empty_catalogue_is_still_a_file(client: Client, bureau: Agency) -> None:
    assert json.loads(_body(client, "json")) == []
    assert _body(client, "csv").decode("utf-8-sig").startswith("索引号,")
