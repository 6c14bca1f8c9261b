"""The page of an entry, its files, its history, and the stone after it."""

import datetime
import io

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.groundwork.files import store
from gongkai.published.domain.content import ReleasedFile
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.models import Entry
from gongkai.published.services import releasing, validity, withdrawing
from tests.integration.published import building


def _html(client: Client, entry: Entry) -> str:
    response = client.get(f"/entries/{entry.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def _stored(content: bytes, **values: str) -> ReleasedFile:
    with store.receive(io.BytesIO(content)) as draft:
        draft.keep()
        digest = draft.digest
    return ReleasedFile(
        **{"title": "附件", "file_name": "附件.pdf", "media_type": "application/pdf", **values},
        size=len(content),
        digest=digest,
    )


def test_the_table_shows_what_is_known_and_leaves_out_the_rest(client: Client, bureau: Agency) -> None:
    entry = building.entry(
        bureau.pk,
        document_number="清教发〔2026〕3号",
        created_on=datetime.date(2026, 2, 1),
        topic="教育",
        genre="通知",
        node_code="plans",
        metadata={"mode": "主动公开", "joint_issuers": ["市财政局", "市民政局"]},
    )
    html = _html(client, entry)
    for name, value in (
        ("索引号", entry.index_number),
        ("发文字号", "清教发〔2026〕3号"),
        ("成文日期", "2026-02-01"),
        ("有效性", "有效"),
        ("主题分类", "教育"),
        ("公开方式", "主动公开"),
        ("联合发文机关", "市财政局、市民政局"),
    ):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in html
    assert "失效日期" not in html
    assert "各学校:请认真做好各项工作。" in html


def test_a_replaced_document_leads_to_what_holds_today(client: Client, bureau: Agency) -> None:
    first, second, third = (building.entry(bureau.pk, title=f"办法第{number}版") for number in (1, 2, 3))
    for old, new in ((first, second), (second, third)):
        change = validity.Change(
            validity=Validity.REPEALED, since=datetime.date(2026, 5, 1), successor_id=new.pk, basis="清政发〔2026〕9号"
        )
        validity.change_validity(entry_id=old.pk, change=change, actor=SYSTEM, at=building.AT)
    html = _html(client, first)
    assert "【已废止】" in html
    assert "自2026年5月1日起已废止" in html
    assert f'替代文件：<a href="/entries/{second.pk}/">办法第2版</a>' in html
    assert f'现行文件：<a href="/entries/{third.pk}/">办法第3版</a>' in html
    assert "清政发〔2026〕9号" in html
    assert "办法第1版" in _html(client, second).partition("被本文件替代")[2]
    assert "【已" not in _html(client, third)


def test_a_correction_stands_in_the_history(client: Client, bureau: Agency) -> None:
    entry = building.entry(bureau.pk)
    releasing.release_correction(
        entry_id=entry.pk,
        content=building.content(bureau.pk, body_html="<p>更正后的正文</p>"),
        reason="附件遗漏",
        actor=SYSTEM,
        at=building.AT + datetime.timedelta(days=3),
    )
    html = _html(client, entry)
    assert "更正后的正文" in html
    history = html.partition("历史沿革")[2]
    assert "更正" in history
    assert "附件遗漏" in history


def test_neighbours_lead_on_in_the_same_column(client: Client, bureau: Agency) -> None:
    entries = [
        building.entry(
            bureau.pk,
            node_code="plans",
            title=f"规划{number}",
            published_at=building.AT + datetime.timedelta(days=number),
        )
        for number in range(3)
    ]
    html = _html(client, entries[1])
    assert f'上一篇：<a href="/entries/{entries[2].pk}/" rel="prev">规划2</a>' in html
    assert f'下一篇：<a href="/entries/{entries[0].pk}/" rel="next">规划0</a>' in html


def test_the_stone_of_a_withdrawn_entry_tells_ground_and_number_but_nothing_else(
    client: Client, bureau: Agency
) -> None:
    entry = building.entry(bureau.pk, title="不该公开的标题", body_html="<p>不该公开的正文</p>")
    withdrawing.withdraw(entry_id=entry.pk, ground="依据第十五条撤下", actor=SYSTEM, at=building.AT)
    response = client.get(f"/entries/{entry.pk}/")
    html = response.content.decode()
    assert response.status_code == 410
    assert "依据第十五条撤下" in html
    assert entry.index_number in html
    assert "不该公开" not in html
    assert 'content="noindex"' in html


class TestFiles:
    def test_a_file_comes_with_its_name_type_and_bytes(
        self, client: Client, bureau: Agency, settings: Settings, tmp_path: object
    ) -> None:
        settings.FILES_ROOT = tmp_path
        entry = building.entry(bureau.pk, files=(_stored(b"%PDF-1.4 content"),))
        assert f'href="/entries/{entry.pk}/files/1/"' in _html(client, entry)
        response = client.get(f"/entries/{entry.pk}/files/1/")
        assert b"".join(response.streaming_content) == b"%PDF-1.4 content"  # type: ignore[attr-defined]
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("inline")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Length"] == "16"
        again = client.get(f"/entries/{entry.pk}/files/1/", HTTP_IF_NONE_MATCH=response.headers["ETag"])
        assert again.status_code == 304

    @pytest.mark.parametrize(
        ("name", "media_type"),
        [
            ("a.html", "text/html"),
            ("a.svg", "image/svg+xml"),
            ("a.xhtml", "application/xhtml+xml"),
            ("a.xml", "text/xml"),
        ],
    )
    def test_what_could_run_in_a_browser_is_only_ever_saved(
        self,
        client: Client,
        bureau: Agency,
        settings: Settings,
        tmp_path: object,
        name: str,
        media_type: str,
    ) -> None:
        settings.FILES_ROOT = tmp_path
        file = _stored(b"<script>alert(1)</script>", file_name=name, media_type=media_type)
        entry = building.entry(bureau.pk, files=(file,))
        response = client.get(f"/entries/{entry.pk}/files/1/")
        response.close()
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response.headers["Content-Security-Policy"]

    def test_files_of_withdrawn_entries_and_old_versions_are_gone(
        self, client: Client, bureau: Agency, settings: Settings, tmp_path: object
    ) -> None:
        settings.FILES_ROOT = tmp_path
        entry = building.entry(bureau.pk, files=(_stored(b"old"),))
        other = building.entry(bureau.pk, files=(_stored(b"other"),))
        releasing.release_correction(
            entry_id=entry.pk, content=building.content(bureau.pk), reason="去掉附件", actor=SYSTEM, at=building.AT
        )
        withdrawing.withdraw(entry_id=other.pk, ground="依据", actor=SYSTEM, at=building.AT)
        assert client.get(f"/entries/{entry.pk}/files/1/").status_code == 404
        assert client.get(f"/entries/{other.pk}/files/1/").status_code == 404
        assert client.get(f"/entries/{entry.pk}/files/2/").status_code == 404

    def test_a_file_whose_bytes_are_missing_is_a_404(
        self, client: Client, bureau: Agency, settings: Settings, tmp_path: object
    ) -> None:
        settings.FILES_ROOT = tmp_path
        file = ReleasedFile(title="", file_name="a.pdf", media_type="application/pdf", size=1, digest="c" * 64)
        entry = building.entry(bureau.pk, files=(file,))
        assert client.get(f"/entries/{entry.pk}/files/1/").status_code == 404


def test_the_square_code_holds_the_plain_address(client: Client, bureau: Agency) -> None:
    entry = building.entry(bureau.pk)
    assert f'src="/entries/{entry.pk}/qr.svg"' in _html(client, entry)
    response = client.get(f"/entries/{entry.pk}/qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert response.content == client.get(f"/elder/entries/{entry.pk}/qr.svg").content
