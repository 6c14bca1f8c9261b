"""The publication certificate: posts and dates but no persons, and digests that anybody can compute."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.groundwork.digests import sm3
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


@pytest.fixture(autouse=True)
def _known_as(settings: Settings) -> None:
    settings.PUBLIC_BASE_URL = "https://www.example.gov.cn"


def _text(client: Client, pk: int) -> str:
    return client.get(f"{URL}{pk}/certificate/").content.decode()


def test_it_names_address_number_times_posts_and_digests(client: Client, cast: Cast) -> None:
    record = records.corrected(cast, title="更正后的标题")
    casting.sign_in(client, cast.li)
    text = _text(client, record.pk)
    for words in (
        "更正后的标题",
        f"https://www.example.gov.cn/entries/{record.entry_id}/",
        record.index_number,
        f"{record.index_number}-2-{record.digest[:8]}",
        record.digest,
        "2026-11-20 09:30:00",
        "单位负责人，2026-11-20",
        "保密审查员，2026-11-20",
        "第2版",
        "<svg",
    ):
        assert words in text
    main = text.partition("<main")[2]
    assert not any(f">{name}<" in main or f"{name}（" in main for name in ("王", "赵", "陈"))


def test_anybody_computes_the_same_digest_from_what_the_portal_gives(client: Client, cast: Cast) -> None:
    record = records.corrected(cast)
    casting.sign_in(client, cast.li)
    content = client.get(f"/entries/{record.entry_id}/content.json")
    assert content.status_code == 200
    digest = sm3(content.content)
    assert digest in _text(client, record.pk)
    assert digest in client.get(f"/entries/{record.entry_id}/").content.decode()
    assert record.digest in content.content.decode(), "it is bound to what was cleared"


def test_what_was_withdrawn_says_so_and_gives_no_content(client: Client, cast: Cast) -> None:
    record = records.withdrawn(cast)
    casting.sign_in(client, cast.li)
    text = _text(client, record.pk)
    assert "撤下时间" in text
    assert "内容有误，另行发布" in text
    assert client.get(f"/entries/{record.entry_id}/content.json").status_code == 410
    purged = records.purged(cast)
    assert "内容已清除" in _text(client, purged.pk)


def test_what_was_never_public_has_none(client: Client, cast: Cast) -> None:
    record = records.draft(cast)
    casting.sign_in(client, cast.li)
    assert client.get(f"{URL}{record.pk}/certificate/").status_code == 404
    assert f"{record.pk}/certificate/" not in client.get(f"{URL}{record.pk}/").content.decode()


def test_another_agency_gets_nothing(client: Client, cast: Cast) -> None:
    record = records.published(cast)
    casting.sign_in(client, cast.zhou)
    assert client.get(f"{URL}{record.pk}/certificate/").status_code == 404
