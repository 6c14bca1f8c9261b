"""Search and the policy library."""

import datetime
import html as markup
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.groundwork.search import contract
from gongkai.portal.pages import finding
from gongkai.published.domain.content import ReleasedFile
from gongkai.published.services import releasing, withdrawing
from tests.integration.published import building

pytestmark = building.COMMITTING

Index = Callable[[], None]


def _html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def _titles(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", title) for title in re.findall(r"<h2><a[^>]*>(.*?)</a>", html)]


def _links(html: str) -> dict[str, str]:
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {re.sub(r"<[^>]+>", "", label).strip(): markup.unescape(address) for address, label in found}


@pytest.fixture
def library(bureau: Agency, city: Agency, index: Index) -> None:
    for agency, title, values in (
        (bureau, "关于校园食品安全的通知", {"topic": "教育", "genre": "通知", "document_number": "清教发〔2026〕3号"}),
        (bureau, "关于招生的意见", {"topic": "教育", "genre": "意见", "validity": "repealed"}),
        (city, "关于食品安全的决定", {"topic": "卫生", "genre": "决定"}),
    ):
        building.entry(agency.pk, title=title, in_library=True, **values)  # type: ignore[arg-type]
    building.entry(bureau.pk, title="食堂采购公示", in_library=False)
    index()


def test_two_characters_are_enough_and_hits_are_marked(client: Client, library: None) -> None:
    html = _html(client, "/search/?q=食品")
    assert "共找到 2 条" in html
    assert "校园<mark>食品</mark>安全" in html


def test_the_text_of_attachments_is_found_and_shown(client: Client, bureau: Agency, index: Index) -> None:
    file = ReleasedFile(
        title="附件", file_name="a.docx", media_type="application/msword", size=1, digest="d" * 64, text="每生每餐五元"
    )
    building.entry(bureau.pk, title="营养餐通知", files=(file,))
    index()
    html = _html(client, "/search/?q=每餐五元")
    assert _titles(html) == ["营养餐通知"]
    assert "<mark>每餐五元</mark>" in html.replace("</mark><mark>", "")


def test_a_document_number_is_found_in_whatever_way_it_is_typed(client: Client, library: None) -> None:
    for text in ("清教发〔2026〕3号", "清教发[2026]3号", "清教发 2026 3"):
        assert _titles(_html(client, f"/search/?q={text}"))[0] == "关于校园食品安全的通知", text
    assert _titles(_html(client, "/library/?number=清教发〔2026〕3号")) == ["关于校园食品安全的通知"]


def test_the_library_holds_policy_documents_only_newest_first(client: Client, library: None) -> None:
    html = _html(client, "/library/")
    assert _titles(html) == ["关于食品安全的决定", "关于招生的意见", "关于校园食品安全的通知"]
    assert "食堂采购公示" not in html


def test_facets_count_and_lead_to_what_they_count(client: Client, library: None) -> None:
    html = _html(client, "/library/")
    links = _links(html)
    assert "教育2" in links
    assert "废止1" in links
    assert "2026年3" in links
    filtered = _html(client, links["教育2"])
    assert sorted(_titles(filtered)) == ["关于招生的意见", "关于校园食品安全的通知"]
    narrowed = _html(client, _links(filtered)["通知1"])
    assert _titles(narrowed) == ["关于校园食品安全的通知"]
    without_topic = next(address for label, address in _links(narrowed).items() if label.startswith("主题：教育"))
    assert _titles(_html(client, without_topic)) == ["关于校园食品安全的通知"]
    assert "topic" not in without_topic


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("agency=city", ["关于食品安全的决定"]),
        ("validity=repealed", ["关于招生的意见"]),
        ("genre=通知", ["关于校园食品安全的通知"]),
        ("year=2025", []),
        ("q=食品&within=title&agency=jyj", ["关于校园食品安全的通知"]),
    ],
)
def test_filters_stand_in_the_address(client: Client, library: None, query: str, titles: list[str]) -> None:
    assert _titles(_html(client, f"/library/?{query}")) == titles


def test_results_can_be_put_in_order_of_time(client: Client, bureau: Agency, index: Index) -> None:
    for days, title in ((0, "防汛防汛防汛"), (9, "关于印发防汛预案及其他有关事项的通知")):
        building.entry(bureau.pk, title=title, published_at=building.AT + datetime.timedelta(days=days))
    index()
    assert _titles(_html(client, "/search/?q=防汛&sort=date"))[0] == "关于印发防汛预案及其他有关事项的通知"


def test_pages_follow_each_other_and_an_impossible_one_says_so(client: Client, bureau: Agency, index: Index) -> None:
    for number in range(finding.HITS + 1):
        building.entry(bureau.pk, title=f"防汛第{number}号")
    index()
    first = _html(client, "/search/?q=防汛")
    second = _html(client, _links(first)["下一页"])
    assert len(_titles(first)) == finding.HITS
    assert len(set(_titles(first)) | set(_titles(second))) == finding.HITS + 1
    assert "这一页没有结果" in _html(client, "/search/?q=防汛&page=9")
    assert client.get("/search/?q=防汛&page=1001").status_code == 400


def test_more_hits_than_can_be_paged_are_counted_and_the_page_says_so(
    client: Client, bureau: Agency, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "PAGED_HITS", 2)
    for number in range(3):
        building.entry(bureau.pk, title=f"防汛第{number}号")
    index()
    html = _html(client, "/search/?q=防汛")
    assert "共找到 3 条，可翻看前 2 条" in html


def test_an_empty_result_offers_what_to_do_next(client: Client, library: None) -> None:
    html = _html(client, "/search/?q=不存在的词&year=2026")
    assert "没有找到含“不存在的词”的信息" in html
    assert "去掉全部条件" in html
    assert 'href="/requests/"' in html


def test_without_words_the_search_page_explains_itself(client: Client, bureau: Agency) -> None:
    assert "请输入要找的词" in _html(client, "/search/")


@pytest.mark.parametrize("path", ["/search/?q=食品", "/library/?topic=教育", "/library/"])
def test_without_an_index_the_page_says_so_and_leads_on(
    client: Client, bureau: Agency, no_index: None, path: str
) -> None:
    building.entry(bureau.pk, title="关于食品的通知", in_library=True)
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert "搜索暂时不能使用" in html
    assert 'href="/latest/"' in html
    assert "关于食品的通知" in html
    assert response.headers["Cache-Control"] == "no-store"


def test_without_an_index_every_other_page_serves(client: Client, bureau: Agency, no_index: None) -> None:
    entry = building.entry(bureau.pk, node_code="plans")
    for path in ("/", "/latest/", "/agencies/jyj/", "/agencies/jyj/columns/plans/", f"/entries/{entry.pk}/"):
        assert client.get(path).status_code == 200, path


def test_a_damaged_index_is_no_error_of_the_page(client: Client, bureau: Agency, settings: Settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.INDEX_ROOT = tmp_path
    (tmp_path / "CURRENT").write_text("nonsense")
    assert "搜索暂时不能使用" in _html(client, "/search/?q=食品")


def test_an_entry_withdrawn_a_moment_ago_is_not_shown_though_the_index_still_knows_it(
    client: Client, bureau: Agency, index: Index
) -> None:
    entry = building.entry(bureau.pk, title="将要撤下的防汛通知")
    index()
    withdrawing.withdraw(entry_id=entry.pk, ground="依据", actor=SYSTEM, at=building.AT)
    assert "将要撤下的" not in _html(client, "/search/?q=防汛")


def test_hostile_text_is_marked_as_text(client: Client, bureau: Agency, index: Index) -> None:
    building.entry(bureau.pk, title="<img src=x onerror=alert(1)>防汛", body_text="<script>alert(2)</script>防汛")
    index()
    html = _html(client, '/search/?q=防汛"><script>alert(3)</script>')
    assert "<script>alert" not in html
    html = _html(client, "/search/?q=防汛")
    assert "<img src=x" not in html
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE x;--", "../../etc/passwd", "\x00防汛", "a" * 200, "((((", '"未闭合', "AND OR NOT", "*:*", "％"],
)
def test_strange_words_are_only_words(client: Client, library: None, text: str) -> None:
    assert client.get("/search/", {"q": text}).status_code == 200


def test_words_that_nobody_would_type_are_refused(client: Client, library: None) -> None:
    assert client.get("/search/", {"q": "长" * 201}).status_code == 400


def test_a_corrected_entry_is_found_by_its_new_words(client: Client, bureau: Agency, index: Index) -> None:
    entry = building.entry(bureau.pk, title="旧的防汛通知")
    index()
    releasing.release_correction(
        entry_id=entry.pk,
        content=building.content(bureau.pk, title="新的抗旱通知"),
        reason="笔误",
        actor=SYSTEM,
        at=building.AT,
    )
    index()
    assert _titles(_html(client, "/search/?q=抗旱")) == ["新的抗旱通知"]
    assert _titles(_html(client, "/search/?q=防汛")) == []
