"""The public interface: list, search, changes, one entry."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.published.domain.content import ReleasedFile
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.services import releasing, validity, withdrawing
from tests.integration.published import building

pytestmark = building.COMMITTING

Index = Callable[[], None]
ENTRIES = "/api/public/v1/entries"
FILE = ReleasedFile(
    title="附件", file_name="a.pdf", media_type="application/pdf", size=7, digest="f" * 64, text="附件里的话"
)


def _json(client: Client, path: str, status: int = 200, **query: object) -> Any:
    response = client.get(path, query)
    assert response.status_code == status, response.content.decode()
    return response.json()


def _titles(answer: Any) -> list[str]:
    return [line["title"] for line in answer["results"]]


@pytest.fixture
def three(bureau: Agency, city: Agency) -> None:
    for days, (agency, title, values) in enumerate(
        (
            (bureau, "食品安全通知", {"topic": "教育", "genre": "通知", "document_number": "清教发〔2026〕3号"}),
            (bureau, "招生意见", {"topic": "教育", "genre": "意见", "validity": "repealed", "node_code": "plans.five"}),
            (city, "食品安全决定", {"topic": "卫生", "genre": "决定"}),
        )
    ):
        at = building.AT + datetime.timedelta(days=days)
        building.entry(agency.pk, title=title, published_at=at, **values)  # type: ignore[arg-type]


def test_a_line_has_the_agreed_shape(client: Client, three: None, index: Index) -> None:
    index()
    answer = _json(client, ENTRIES)
    assert answer["count"] == 3
    line = answer["results"][-1]
    assert (
        line.items()
        >= {
            "index_number": "014416330/2026-00001",
            "title": "食品安全通知",
            "document_number": "清教发〔2026〕3号",
            "agency": "清江市教育局",
            "published_at": "2026-03-02T10:00:00+08:00",
            "validity": "valid",
            "url": f"http://testserver/entries/{line['id']}/",
            "status": "published",
        }.items()
    )
    assert "食品安全通知" in client.get(ENTRIES).content.decode()
    assert answer["facets"]["topic"] == [
        {"value": "教育", "label": "教育", "count": 2},
        {"value": "卫生", "label": "卫生", "count": 1},
    ]
    assert {"value": "jyj", "label": "清江市教育局", "count": 2} in answer["facets"]["agency"]
    assert {"value": "repealed", "label": "废止", "count": 1} in answer["facets"]["validity"]


FILTERS = [
    ({"agency": "jyj"}, ["招生意见", "食品安全通知"]),
    ({"topic": "卫生"}, ["食品安全决定"]),
    ({"genre": "意见"}, ["招生意见"]),
    ({"year": 2026}, ["食品安全决定", "招生意见", "食品安全通知"]),
    ({"year": 2025}, []),
    ({"validity": "repealed"}, ["招生意见"]),
    ({"document_number": "清教发〔2026〕3号"}, ["食品安全通知"]),
    ({"column": "plans", "agency": "jyj"}, ["招生意见"]),
    ({"agency": "nobody"}, []),
]


@pytest.mark.parametrize(("query", "titles"), FILTERS)
def test_filters_narrow_the_list(
    client: Client, three: None, index: Index, query: dict[str, object], titles: list[str]
) -> None:
    index()
    assert _titles(_json(client, ENTRIES, **query)) == titles


@pytest.mark.parametrize(("query", "titles"), FILTERS)
def test_the_same_filters_work_without_an_index(
    client: Client, three: None, no_index: None, query: dict[str, object], titles: list[str]
) -> None:
    answer = _json(client, ENTRIES, **query)
    assert _titles(answer) == titles
    assert (answer["count"], answer["facets"]) == (len(titles), {})


def test_words_are_searched(client: Client, three: None, index: Index) -> None:
    index()
    answer = _json(client, ENTRIES, q="食品 安全")
    assert sorted(_titles(answer)) == ["食品安全决定", "食品安全通知"]


def test_words_without_an_index_are_told_in_chinese(client: Client, three: None, no_index: None) -> None:
    assert "搜索暂时不能使用" in _json(client, ENTRIES, status=503, q="食品")["detail"]


@pytest.mark.parametrize("has_index", [True, False])
def test_pages_follow_each_other_by_the_address_of_the_next(
    client: Client, three: None, index: Index, has_index: bool, request: pytest.FixtureRequest
) -> None:
    if has_index:
        index()
    else:
        request.getfixturevalue("no_index")
    first = _json(client, ENTRIES, page_size=2, year=2026)
    assert (_titles(first), first["count"]) == (["食品安全决定", "招生意见"], 3)
    assert first["next"].startswith("http://testserver/api/public/v1/entries?")
    second = _json(client, first["next"].removeprefix("http://testserver"))
    assert (_titles(second), second["next"]) == (["食品安全通知"], None)


@pytest.mark.parametrize(
    "query",
    [{"page": 0}, {"page": "x"}, {"page_size": 101}, {"year": "abc"}, {"updated_since": "yesterday"}, {"sort": "x"}],
)
def test_what_cannot_be_meant_is_refused_in_chinese(client: Client, bureau: Agency, query: dict[str, object]) -> None:
    detail = _json(client, ENTRIES, status=422, **query)["detail"]
    assert detail == f"参数不正确：{next(iter(query))}"


def test_nobody_pages_past_the_first_thousand_hits(client: Client, bureau: Agency) -> None:
    assert "updated_since" in _json(client, ENTRIES, status=400, page=11, page_size=100)["detail"]


class TestChanges:
    def test_what_changed_since_a_moment_comes_in_order_with_withdrawn_entries(
        self, client: Client, bureau: Agency
    ) -> None:
        def day(number: int) -> datetime.datetime:
            return building.AT + datetime.timedelta(days=number)

        old, gone, kept = (building.entry(bureau.pk, title=f"第{n}条", published_at=day(n)) for n in (0, 1, 2))
        withdrawing.withdraw(entry_id=gone.pk, ground="依据第十五条", actor=SYSTEM, at=day(5))
        answer = _json(client, ENTRIES, updated_since=day(2).isoformat())
        assert [(line["id"], line["status"], line["title"]) for line in answer["results"]] == [
            (kept.pk, "published", "第2条"),
            (gone.pk, "withdrawn", ""),
        ]
        assert answer["count"] == 2
        assert answer["results"][1]["updated_at"] == "2026-03-07T10:00:00+08:00"
        everything = _json(client, ENTRIES, updated_since="2008-05-01T00:00:00")
        assert {line["id"] for line in everything["results"]} == {old.pk, gone.pk, kept.pk}

    def test_an_offset_may_be_typed_into_the_address(self, client: Client, bureau: Agency) -> None:
        entry = building.entry(bureau.pk, published_at=building.AT)
        for text in ("2026-03-02T10:00:00+08:00", "2026-03-02T02:00:00Z", "2026-03-02T10:00:00", "2026-03-02"):
            found = client.get(f"{ENTRIES}?updated_since={text}").json()["results"]
            assert [line["id"] for line in found] == [entry.pk], text
        assert client.get(f"{ENTRIES}?updated_since=2026-03-02T10:00:01+08:00").json()["results"] == []

    def test_an_offset_that_only_iso_knows_is_understood(self, client: Client) -> None:
        assert client.get(ENTRIES, {"updated_since": "2000-01-01T00:00:00+16:00"}).status_code == 200

    def test_a_reader_goes_on_where_it_ended(self, client: Client, bureau: Agency) -> None:
        entries = [building.entry(bureau.pk) for _ in range(3)]
        first = _json(client, ENTRIES, updated_since="2026-01-01T00:00:00+08:00", page_size=2)
        second = _json(client, first["next"].removeprefix("http://testserver"))
        assert [line["id"] for line in first["results"] + second["results"]] == [entry.pk for entry in entries]
        assert second["next"] is None
        assert _json(client, ENTRIES, cursor=second["cursor"])["results"] == []
        later = building.entry(bureau.pk)
        assert [line["id"] for line in _json(client, ENTRIES, cursor=second["cursor"])["results"]] == [later.pk]

    def test_a_correction_is_a_change(self, client: Client, bureau: Agency) -> None:
        entry = building.entry(bureau.pk)
        cursor = _json(client, ENTRIES, updated_since="2026-01-01T00:00:00+08:00")["cursor"]
        releasing.release_correction(
            entry_id=entry.pk,
            content=building.content(bureau.pk, title="更正后的标题"),
            reason="笔误",
            actor=SYSTEM,
            at=building.AT,
        )
        assert _titles(_json(client, ENTRIES, cursor=cursor)) == ["更正后的标题"]

    @pytest.mark.parametrize("cursor", ["x", "1", "1:2:3", "a:b", "9" * 40 + ":1"])
    def test_a_strange_cursor_is_refused(self, client: Client, bureau: Agency, cursor: str) -> None:
        assert _json(client, ENTRIES, status=422, cursor=cursor)["detail"] == "参数不正确：cursor"

    def test_a_moment_after_everything_finds_nothing(self, client: Client, bureau: Agency) -> None:
        building.entry(bureau.pk)
        answer = _json(client, ENTRIES, updated_since="2100-01-01T00:00:00+08:00")
        assert (answer["count"], answer["results"], answer["next"]) == (0, [], None)


class TestOneEntry:
    def test_everything_public_is_told(self, client: Client, bureau: Agency) -> None:
        entry = building.entry(
            bureau.pk,
            title="五年规划",
            created_on=datetime.date(2026, 2, 1),
            node_code="plans",
            summary="未来五年",
            metadata={"mode": "主动公开"},
            files=(FILE,),
        )
        answer = _json(client, f"{ENTRIES}/{entry.pk}")
        assert answer["created_on"] == "2026-02-01"
        assert answer["body_html"] == "<p>各学校:请认真做好各项工作。</p>"
        assert answer["metadata"] == {"mode": "主动公开"}
        assert answer["files"] == [
            {
                "title": "附件",
                "file_name": "a.pdf",
                "media_type": "application/pdf",
                "size": 7,
                "sm3": "f" * 64,
                "url": f"http://testserver/entries/{entry.pk}/files/1/",
            }
        ]

    def test_a_repealed_document_names_its_successor(self, client: Client, bureau: Agency) -> None:
        old, new = building.entry(bureau.pk), building.entry(bureau.pk, title="新办法")
        change = validity.Change(validity=Validity.REPEALED, since=datetime.date(2026, 5, 1), successor_id=new.pk)
        validity.change_validity(entry_id=old.pk, change=change, actor=SYSTEM, at=building.AT)
        answer = _json(client, f"{ENTRIES}/{old.pk}")
        assert (answer["validity"], answer["invalid_since"]) == ("repealed", "2026-05-01")
        assert answer["successor"] == {"title": "新办法", "url": f"http://testserver/entries/{new.pk}/"}

    def test_a_withdrawn_entry_tells_its_ground_and_no_content(self, client: Client, bureau: Agency) -> None:
        entry = building.entry(
            bureau.pk, title="不该公开的标题", body_text="不该公开的正文", files=(FILE,), metadata={"mode": "不该公开"}
        )
        withdrawing.withdraw(entry_id=entry.pk, ground="依据第十五条", actor=SYSTEM, at=building.AT)
        response = client.get(f"{ENTRIES}/{entry.pk}")
        answer = response.json()
        assert (answer["status"], answer["withdrawal_ground"]) == ("withdrawn", "依据第十五条")
        assert "不该公开" not in response.content.decode()
        assert (answer["body_html"], answer["files"]) == ("", [])

    @pytest.mark.parametrize("entry_id", ["0", "-1", "404", "9" * 30])
    def test_an_unknown_entry_is_a_404_in_chinese(self, client: Client, bureau: Agency, entry_id: str) -> None:
        assert _json(client, f"{ENTRIES}/{entry_id}", status=404)["detail"] == "没有这个条目"


@pytest.mark.parametrize("path", ["nothing", "entries/", "entries/1/2", "docs"])
def test_an_unknown_address_is_told_in_the_same_form(client: Client, bureau: Agency, path: str) -> None:
    assert _json(client, f"/api/public/v1/{path}", status=404)["detail"] == "没有这个接口地址"
