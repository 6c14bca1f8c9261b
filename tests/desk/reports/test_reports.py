"""A report is uploaded, its faults are shown where they stand, and doubtful cells are confirmed beside their source."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.groundwork.files import store
from gongkai.imports.services import clearance, receiving
from gongkai.reports.domain.states import State
from gongkai.reports.models import CellConfirmation, Comparison, ReportCheck
from tests import cast as casting
from tests.desk import screens
from tests.factories import reports
from tests.factories.reports import RECEIVED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> casting.Cast:
    return casting.assemble()


@pytest.fixture
def li(client: Client, cast: casting.Cast) -> Client:
    casting.sign_in(client, cast.li)
    return client


def url(name: str, cast: casting.Cast, *arguments: int) -> str:
    return reverse(f"reports:{name}", args=[cast.agency.code, *arguments])


def post_files(client: Client, cast: casting.Cast, *files: SimpleUploadedFile, **more: object) -> HttpResponse:
    return client.post(url("upload", cast), {"reports": list(files), **more}, follow=True)  # type: ignore[return-value]


def html_file(name: str = "年报.html", **options: object) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, reports.content(**options))  # type: ignore[arg-type]


@pytest.fixture
def faulty(cast: casting.Cast) -> ReportCheck:
    return reports.checked(cast, reports.upload(reports.content(changes={RECEIVED: "9999"})))


@pytest.fixture
def doubtful(cast: casting.Cast) -> ReportCheck:
    """One box of table 3 holds something that is no number."""
    text = reports.content("pipes").decode()
    return reports.checked(cast, reports.upload(spoilt(text).encode(), "年报.txt"))


def spoilt(text: str) -> str:
    """The first number of the first row of table 3 becomes illegible."""
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if "本年新收政府信息公开申请数量" in line and "|" in line)
    value = str(reports.number(RECEIVED))
    label, rest = lines[at].split("数量", 1)
    lines[at] = label + "数量" + rest.replace(value, f"{value}?{value}", 1)
    return "\n".join(lines)


class TestTheUpload:
    def test_one_report_leads_to_its_page_which_waits_for_the_check(self, li: Client, cast: casting.Cast) -> None:
        page = post_files(li, cast, html_file())
        assert "正在检查" in screens.text(page)
        with scoping.narrow_to([cast.agency.pk]):
            found = ReportCheck.objects.get()
        answer = li.get(url("progress", cast, found.pk))
        assert "HX-Refresh" not in answer.headers
        reports.run(cast, found.pk)
        assert li.get(url("progress", cast, found.pk)).headers["HX-Refresh"] == "true"

    def test_several_lead_to_the_list_and_a_refused_one_is_named(self, li: Client, cast: casting.Cast) -> None:
        page = post_files(
            li, cast, html_file("一.html"), html_file("二.html", seed=2), SimpleUploadedFile("三.exe", b"MZ")
        )
        words = " ".join(screens.notices(page))
        assert "已收到 2 份报告" in words
        assert "“三.exe”" in words
        assert len(screens.rows(page)) == 2

    def test_nothing_chosen_is_said_beside_the_field(self, li: Client, cast: casting.Cast) -> None:
        assert "请选择要检查的年度报告。" in " ".join(screens.errors(li.post(url("upload", cast), {})))

    def test_a_marked_file_is_refused_with_the_words_of_the_law(self, li: Client, cast: casting.Cast) -> None:
        page = post_files(li, cast, SimpleUploadedFile("报告.html", "<p>机密<b>★</b>10年</p>".encode()))
        assert page.status_code == 422
        assert "国家秘密标志" in " ".join(screens.errors(page))
        with scoping.narrow_to([cast.agency.pk]):
            assert ReportCheck.objects.count() == 0

    def test_the_year_before_comes_along(self, li: Client, cast: casting.Cast) -> None:
        page = post_files(li, cast, html_file(), previous=html_file("去年.html", year=2022, seed=2))
        assert "去年.html" in screens.text(page)
        with scoping.narrow_to([cast.agency.pk]):
            assert Comparison.objects.count() == 1


class TestTheResult:
    def test_it_says_whose_report_and_what_is_wrong_and_where(
        self, li: Client, cast: casting.Cast, faulty: ReportCheck
    ) -> None:
        page = li.get(url("case", cast, faulty.pk))
        words = screens.text(page)
        assert "云川县农业农村局2023年度报告" in words
        assert "2021年格式" in words
        assert "表三 第1行“本年新收政府信息公开申请数量”自然人列" in words
        for part in ("错误", "应为", "实为", "9999", "依据"):
            assert part in words
        tree = screens.tree(page)
        assert tree.xpath('//*[@id="place-1"]')
        assert tree.xpath('//a[@href="#place-1"]')
        assert tree.xpath('//div[@class="report-document"]//td[@class="error"][contains(., "9999")]')

    def test_the_list_shows_what_was_found(self, li: Client, cast: casting.Cast, faulty: ReportCheck) -> None:
        (row,) = screens.rows(li.get(url("list", cast)))
        assert "云川县农业农村局2023年度报告" in row
        assert f"{faulty.error_count} 处错误" in row

    def test_a_sound_report_has_no_errors(self, li: Client, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        page = li.get(url("case", cast, found.pk))
        assert screens.tree(page).xpath('//dl[@class="report-counts"]/div[1]/dd/text()') == ["0"]

    def test_an_unreadable_file_says_why_and_can_be_fetched(self, li: Client, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(b"<p></p>", "空.html"))
        assert found.state == State.UNREADABLE
        assert "无法检查" in screens.text(li.get(url("case", cast, found.pk)))
        answer = li.get(url("original", cast, found.pk))
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert b"".join(answer.streaming_content) == b"<p></p>"  # type: ignore[attr-defined]
        assert li.get(url("as_json", cast, found.pk)).status_code == 404

    def test_the_findings_leave_as_json(self, li: Client, cast: casting.Cast, faulty: ReportCheck) -> None:
        (report,) = json.loads(li.get(url("as_json", cast, faulty.pk)).content)["reports"]
        assert (report["path"], report["agency"], report["year"]) == ("年报.html", reports.AGENCY, 2023)
        assert report["cells"][RECEIVED] == 9999
        assert any(found["severity"] == "error" and RECEIVED in found["where"] for found in report["findings"])

    def test_the_findings_leave_as_a_workbook(self, li: Client, cast: casting.Cast, faulty: ReportCheck) -> None:
        answer = li.get(url("as_workbook", cast, faulty.pk))
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
        values = [row[6] for row in book["问题"].iter_rows(min_row=2, values_only=True)]
        assert any("9999" in str(value) for value in values)

    def test_the_same_check_can_be_run_once_more(self, li: Client, cast: casting.Cast, faulty: ReportCheck) -> None:
        page = li.post(url("repeat", cast, faulty.pk), follow=True)
        assert "正在检查" in screens.text(page)
        assert "9999" in screens.text(page)
        again = reports.run(cast, faulty.pk)
        assert (again.state, again.error_count) == (State.DONE, faulty.error_count)

    def test_a_file_with_several_reports_shows_each(self, li: Client, cast: casting.Cast) -> None:
        two = reports.content("pipes") + b"\n\n" + reports.content("pipes", year=2022, seed=2)
        found = reports.checked(cast, reports.upload(two, "两年.txt"))
        page = li.get(url("case", cast, found.pk))
        assert "文件中有 2 份报告" in screens.text(page)
        (second,) = screens.tree(page).xpath('//nav[@class="report-choice"]//a[contains(., "2022")]/@href')
        words = screens.text(li.get(url("case", cast, found.pk) + second))
        assert "2022年" in words


class TestTheCells:
    def test_a_doubtful_cell_stands_beside_its_source(
        self, li: Client, cast: casting.Cast, doubtful: ReportCheck
    ) -> None:
        assert doubtful.doubtful_count == 1
        assert "核对读不准的 1 格" in screens.text(li.get(url("case", cast, doubtful.pk)))
        (row,) = screens.rows(li.get(url("cells", cast, doubtful.pk, 1)))
        assert "表三 第1行“本年新收政府信息公开申请数量”自然人列" in row
        value = reports.number(RECEIVED)
        assert f"{value}?{value}" in row

    def test_the_confirmed_value_ends_the_doubt(self, li: Client, cast: casting.Cast, doubtful: ReportCheck) -> None:
        value = str(reports.number(RECEIVED))
        page = li.post(url("cells", cast, doubtful.pk, 1), {RECEIVED: value}, follow=True)
        assert "已保存 1 格" in " ".join(screens.notices(page))
        again = reports.run(cast, doubtful.pk)
        assert (again.doubtful_count, again.error_count) == (0, 0)
        words = screens.text(li.get(url("case", cast, doubtful.pk)))
        assert "确认 1 格数值" in words
        assert "人工确认" in words

    def test_a_wrong_number_stands_beside_its_field_and_the_rest_is_kept(
        self, li: Client, cast: casting.Cast, doubtful: ReportCheck
    ) -> None:
        total = "t3.new_requests.total"
        page = li.post(f"{url('cells', cast, doubtful.pk, 1)}?show=all", {RECEIVED: "三十", total: "45"})
        assert page.status_code == 422
        assert any("请填写一个数" in error for error in screens.errors(page))
        assert screens.tree(page).get_element_by_id(f"id_{total}").value == "45"
        with scoping.narrow_to([cast.agency.pk]):
            assert CellConfirmation.objects.count() == 0

    def test_any_cell_can_be_corrected(self, li: Client, cast: casting.Cast, faulty: ReportCheck) -> None:
        page = li.get(f"{url('cells', cast, faulty.pk, 1)}?show=all")
        assert len(screens.rows(page)) == 200
        value = str(reports.number(RECEIVED))
        li.post(f"{url('cells', cast, faulty.pk, 1)}?show=all", {RECEIVED: value})
        assert reports.run(cast, faulty.pk).error_count == 0

    def test_a_report_that_the_file_does_not_have_is_not_found(
        self, li: Client, cast: casting.Cast, faulty: ReportCheck
    ) -> None:
        assert li.get(url("cells", cast, faulty.pk, 2)).status_code == 404


class TestTheComparison:
    def test_another_report_of_the_agency_is_chosen(self, li: Client, cast: casting.Cast, faulty: ReportCheck) -> None:
        last = reports.checked(cast, reports.upload(reports.content(year=2022, seed=2), "去年.html"))
        assert "2022年度" in screens.text(li.get(url("compare", cast, faulty.pk)))
        page = li.post(url("compare", cast, faulty.pk), {"previous": last.pk}, follow=True)
        assert "云川县农业农村局2022年度报告" in screens.text(page)

    def test_one_report_in_both_places_is_refused(self, li: Client, cast: casting.Cast, faulty: ReportCheck) -> None:
        last = reports.checked(cast, reports.upload(reports.content(year=2022, seed=2), "去年.html"))
        page = li.post(url("compare", cast, faulty.pk), {"previous": last.pk, "children": [last.pk]})
        assert "同一份报告只能选一次" in " ".join(screens.errors(page))


class TestWhoMayEnter:
    def test_those_without_the_duty_see_neither_line_nor_page(
        self, client: Client, cast: casting.Cast, faulty: ReportCheck
    ) -> None:
        casting.sign_in(client, cast.zhao)
        assert client.get(url("list", cast)).status_code == 403
        assert client.get(url("case", cast, faulty.pk)).status_code == 403
        assert "报告检查" not in screens.menu(client.get(reverse("workbench:today")))

    def test_a_supervisor_checks_reports(self, client: Client, cast: casting.Cast) -> None:
        casting.sign_in(client, casting.person("严", post=Post.SUPERVISOR, agency=cast.agency))
        page = client.get(url("list", cast))
        assert "报告检查" in screens.menu(page)
        assert "还没有检查过年度报告" in screens.text(page)

    def test_another_agency_finds_nothing(self, client: Client, cast: casting.Cast, faulty: ReportCheck) -> None:
        casting.sign_in(client, cast.zhou)
        assert client.get(url("case", cast, faulty.pk)).status_code == 404
        own = reverse("reports:case", args=[cast.other_agency.code, faulty.pk])
        assert client.get(own).status_code == 404


class TestTheFile:
    def test_a_given_up_import_of_the_same_bytes_leaves_the_report_its_file(
        self, client: Client, cast: casting.Cast
    ) -> None:
        content = "编号,标题,发布日期\n1,某局2023年政府信息公开工作年度报告,2024-01-05\n".encode()
        table = receiving.Upload(stream=io.BytesIO(content), file_name="历史.csv", mapping="agency-documents")
        imported = receiving.submit(upload=table, actor=cast.chen.acting(Duty.IMPORT_RECORDS), at=casting.later())
        (made,) = reports.submit(cast, reports.upload(content, "年报.txt")).checks
        assert made.digest == imported.digest
        receiving.look_through(import_id=imported.pk, at=casting.later())
        clearance.discard(import_id=imported.pk, actor=cast.chen.acting(Duty.IMPORT_RECORDS), at=casting.later())
        assert store.holds(made.digest)
        casting.sign_in(client, cast.li)
        assert client.get(url("original", cast, made.pk)).status_code == 200
