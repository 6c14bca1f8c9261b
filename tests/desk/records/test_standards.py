"""Standard tables on the desk, from the workbook to the public page and the report."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.groundwork import scoping
from gongkai.published.selectors import remembered
from gongkai.records.models import StandardTable
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import records, standards
from tests.integration.imports import standard_books as books

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/standards/"
UPLOAD = "/desk/jia-ju/imports/standard/"
CHARGES = "art20_08_charges"


def _book(*rows: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile(
        "目录.xlsx", books.book(rows or [books.row(1, "低保", "政策"), books.row(2, "低保", "标准")])
    )


def _table(cast: Cast) -> StandardTable:
    with scoping.narrow_to([cast.agency.pk]):
        return StandardTable.objects.get()


def test_a_workbook_becomes_a_table_on_the_public_pages(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.chen)
    answer = client.post(UPLOAD, {"field": standards.FIELD, "file": _book(), "title": ""}, follow=True)
    assert "已读取2个公开事项，请核对。" in screens.notices(answer)
    assert "青川市社会救助领域基层政务公开标准目录" in screens.text(answer)
    table = _table(cast)
    casting.sign_in(client, standards.reviewer(cast))
    answer = client.post(f"{URL}{table.pk}/clear/", {"digest": table.digest}, follow=True)
    assert "已记录保密审查结论：可以公开。" in screens.notices(answer)
    casting.sign_in(client, cast.zhao)
    data = {"approved_by": "领导小组", "approval_number": "", "approved_on": "2026-11-01", "digest": table.digest}
    answer = client.post(f"{URL}{table.pk}/approve/", data, follow=True)
    assert "现行" in screens.text(answer)
    remembered.forget_everything()
    assert "社会救助" in client.get("/agencies/jia-ju/").content.decode()
    assert "第1版" in client.get("/agencies/jia-ju/standards/").content.decode()
    public = client.get(f"/agencies/jia-ju/standards/{standards.FIELD}/")
    assert "申报条件、申报材料" in public.content.decode()
    lines = client.get(f"/agencies/jia-ju/standards/{standards.FIELD}/table.csv").getvalue().decode("utf-8-sig")
    assert lines.splitlines()[0].startswith("序号,一级事项,二级事项")
    assert client.get("/agencies/jia-ju/standards/employment/").status_code == 404


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (SimpleUploadedFile("目录.xlsx", books.plain([["标题"], ["通知"]])), "没有找到表头"),
        (SimpleUploadedFile("目录.csv", b"a,b\n"), "xlsx"),
        (SimpleUploadedFile("目录.xlsx", books.plain([["绝密★启用前"]])), "国家秘密"),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_kept(
    client: Client, cast: Cast, file: SimpleUploadedFile, reason: str
) -> None:
    casting.sign_in(client, cast.chen)
    file.seek(0)
    answer = client.post(UPLOAD, {"field": standards.FIELD, "file": file, "title": ""})
    assert reason in "".join(screens.errors(answer))
    with scoping.narrow_to([cast.agency.pk]):
        assert not StandardTable.objects.exists()


def test_a_faulty_table_shows_what_to_put_right(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.chen)
    file = _book(books.row(1, "低保", "政策", content=""))
    answer = client.post(UPLOAD, {"field": standards.FIELD, "file": file, "title": ""}, follow=True)
    assert "第4行：没有填写公开内容（要素）。" in screens.text(answer)
    assert "有错误，须改正" in screens.text(answer)


def test_a_new_version_is_compared_with_the_last(client: Client, cast: Cast) -> None:
    standards.in_force(cast)
    table = standards.brought(cast, standards.matter(time_limit="7个工作日内"), standards.matter(l2="新事项"))
    casting.sign_in(client, cast.chen)
    text = screens.text(client.get(f"{URL}{table.pk}/"))
    assert "与第1版相比" in text
    assert "改为“7个工作日内”" in text
    assert "新增" in text
    assert "删去" in text


def test_suggestions_are_saved_only_by_the_keeper(client: Client, cast: Cast) -> None:
    table = standards.in_force(cast)
    casting.sign_in(client, cast.chen)
    page = screens.tree(client.get(f"{URL}{table.pk}/links/"))
    key = standards.MATTERS[2].key
    assert page.xpath(f'//select[@name="column-{key}"]/option[@selected]/@value') == [CHARGES]
    answer = client.post(f"{URL}{table.pk}/links/", {f"column-{key}": CHARGES}, follow=True)
    assert "关联已保存。" in screens.notices(answer)
    assert not screens.tree(answer).xpath(f'//select[@name="column-{key}"]')
    assert "2项待关联" in screens.text(client.get(URL))
    answer = client.post(
        f"{URL}{table.pk}/links/{standards.MATTERS[0].key}/column/", {"parent_code": "art20_11_livelihood"}, follow=True
    )
    assert "栏目已增设并关联。" in screens.notices(answer)
    assert client.get(f"{URL}{table.pk}/links/nothing/column/").status_code == 404


def test_the_report_names_what_is_missing(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    table = standards.in_force(cast)
    records.published(cast, column_code=CHARGES)
    casting.sign_in(client, cast.chen)
    client.post(f"{URL}{table.pk}/links/", {f"column-{standards.MATTERS[2].key}": CHARGES})
    with django_assert_max_num_queries(26):
        answer = client.get(f"{URL}{table.pk}/report/")
    assert len(screens.rows(answer)) == 2
    assert "没有关联栏目" in screens.text(answer)
    assert len(screens.rows(client.get(f"{URL}{table.pk}/report/?only=all"))) == 3


def test_a_drafter_has_nothing_to_do_with_standard_tables(client: Client, cast: Cast) -> None:
    table = standards.in_force(cast)
    casting.sign_in(client, cast.li)
    for place in (URL, f"{URL}{table.pk}/", UPLOAD):
        assert client.get(place).status_code == 403
    casting.sign_in(client, cast.zhou)
    assert client.get(f"/desk/yi-ju/records/standards/{table.pk}/").status_code == 404
