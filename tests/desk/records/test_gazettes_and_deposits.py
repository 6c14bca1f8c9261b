"""The screens of the gazette and of deposit batches."""

import io
import zipfile

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db
GAZETTE, DEPOSITS = "/desk/jia-ju/records/gazette/", "/desk/jia-ju/records/deposits/"
ISSUE = {"name": "某市人民政府公报", "year": "2026", "number": "11", "published_on": "2026-11-20", "address": ""}


def test_an_issue_is_entered_corrected_and_read_by_the_public(client: Client, cast: Cast) -> None:
    one, two = records.published(cast), records.published(cast, title="另一份通知")
    casting.sign_in(client, cast.chen)
    answer = client.post(f"{GAZETTE}new/", ISSUE | {"index_numbers": one.index_number}, follow=True)
    assert one.title in screens.rows(answer)[0]
    assert "已登记" in screens.rows(answer)[0]
    (change,) = screens.tree(answer).xpath('//a[contains(@href, "/change/")]/@href')
    client.post(change, ISSUE | {"index_numbers": f"{one.index_number}\r\n{two.index_number}"})
    assert "某市人民政府公报" in screens.rows(client.get(GAZETTE))[0]
    assert "政府公报 某市人民政府公报" in screens.text(client.get(f"/desk/jia-ju/records/{two.pk}/"))
    public = screens.tree(client.get("/gazette/"))
    (link,) = public.xpath('//ul[@class="lines"]//a/@href')
    assert "另一份通知" in client.get(link).content.decode()
    assert client.get("/gazette/999/").status_code == 404


def test_what_cannot_be_entered_says_why(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.chen)
    answer = client.post(f"{GAZETTE}new/", ISSUE | {"index_numbers": "没有/1"})
    assert "没有索引号为“没有/1”的公开信息，请核对。" in screens.errors(answer)


def test_a_batch_is_made_downloaded_handed_over_and_receipted(client: Client, cast: Cast) -> None:
    records.published(cast, at=timezone.now())
    casting.sign_in(client, cast.chen)
    today = timezone.localdate().isoformat()
    data = {"kind": "archive", "recipient": "市档案馆", "first_on": today, "last_on": today}
    answer = client.post(f"{DEPOSITS}new/", data, follow=True)
    place = answer.redirect_chain[-1][0]
    assert "共1条" in screens.text(answer)
    archive = client.get(f"{place}bundle.zip")
    assert "目录.csv" in zipfile.ZipFile(io.BytesIO(archive.getvalue())).namelist()
    client.post(f"{place}hand-over/", {"by": "陈", "on": today})
    assert "待回执" in screens.text(client.get(place))
    client.post(f"{place}receipt/", {"by": "馆员", "on": today, "note": ""})
    assert "已接收" in screens.rows(client.get(DEPOSITS))[0]
    assert "没有新公开" in "".join(screens.errors(client.post(f"{DEPOSITS}new/", data)))


def test_only_the_keeper_enters(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.li)
    assert client.get(GAZETTE).status_code == client.get(DEPOSITS).status_code == 403
