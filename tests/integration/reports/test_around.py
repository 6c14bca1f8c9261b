"""What the desk knows besides: copied text from the agency's other checks, its own published normative documents."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.law.findings import Finding, Status
from gongkai.published.selectors import normative
from gongkai.reports.models import ReportCheck
from gongkai.reports.services import checking
from tests import cast as casting
from tests.auditing import base, copying, synthetic
from tests.desk import screens
from tests.factories import reports
from tests.integration.published import building

pytestmark = pytest.mark.django_db
FLAG = {"metadata": {"is_normative": "是"}}


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> casting.Cast:
    return casting.assemble()


def check(cast: casting.Cast, each: synthetic.Report, name: str = "年报.html") -> ReportCheck:
    return reports.checked(cast, reports.upload(synthetic.written(each, "page"), name))


def found(check: ReportCheck, code: str) -> list[Finding]:
    (report,) = checking.reports_of(check)
    return [finding for finding in report.findings if finding.code == code]


class TestCopiedText:
    def test_it_is_found_among_the_other_checks_of_the_agency_though_files_have_one_name(
        self, cast: casting.Cast
    ) -> None:
        text = copying.words("a")
        check(cast, copying.report("云川县白沙镇人民政府", text))
        copy = check(cast, copying.report("云川县青石镇人民政府", text))
        (finding,) = found(copy, "TXT-08")
        assert finding.status is Status.FAIL
        assert "云川县白沙镇人民政府2023年度报告(年报.html)" in finding.message

    def test_another_year_and_another_agencys_checks_stay_out_of_it(self, cast: casting.Cast) -> None:
        text = copying.words("a")
        check(cast, copying.report("云川县白沙镇人民政府", text, year=2022))
        with scoping.narrow_to([cast.agency.pk, cast.other_agency.pk]):
            theirs = check(cast, copying.report("云川县红岩镇人民政府", text))
            ReportCheck.objects.filter(pk=theirs.pk).update(agency=cast.other_agency)
        assert found(check(cast, copying.report("云川县青石镇人民政府", text)), "TXT-08") == []

    def test_a_corrected_report_is_no_copy_of_its_first_version(self, cast: casting.Cast) -> None:
        each = copying.report("云川县白沙镇人民政府", copying.words("a"))
        check(cast, each)
        assert found(check(cast, base.changed(each, {"t2_licence_decisions": 7})), "TXT-08") == []


class TestTheLibrary:
    @pytest.fixture
    def documents(self, cast: casting.Cast) -> None:
        for number in range(3):
            building.entry(cast.agency.pk, title=f"甲办法{number}", created_on=date(2020, 1, 1), **FLAG)
        building.entry(cast.agency.pk, title="后来的办法", created_on=date(2024, 1, 1), **FLAG)
        building.entry(cast.agency.pk, title="普通通知", created_on=date(2020, 1, 1))
        building.entry(cast.other_agency.pk, title="乙办法", created_on=date(2020, 1, 1), node_code=normative.COLUMN)

    def report(self, agency: Agency, count: int) -> synthetic.Report:
        return base.changed(base.base("G2021", agency=agency.name), {"t2_normative_in_force": count})

    def test_a_figure_that_is_not_that_of_the_library_is_found(self, cast: casting.Cast, documents: None) -> None:
        (finding,) = found(check(cast, self.report(cast.agency, 8)), "G21-T2-04")
        assert (finding.status, finding.expected, finding.actual) == (Status.FAIL, 3, 8)
        assert found(check(cast, self.report(cast.agency, 3)), "G21-T2-04") == []

    def test_a_report_of_another_body_is_not_held_against_it(self, cast: casting.Cast, documents: None) -> None:
        done = check(cast, self.report(cast.other_agency, 8))
        assert found(done, "G21-T2-04") == []
        assert checking.reports_of(done)[0].counted is None

    def test_an_empty_library_leaves_a_question(self, cast: casting.Cast) -> None:
        (finding,) = found(check(cast, self.report(cast.agency, 8)), "G21-T2-04")
        assert finding.status is Status.UNCERTAIN

    def test_the_page_lists_what_was_counted(self, client: Client, cast: casting.Cast, documents: None) -> None:
        done = check(cast, self.report(cast.agency, 8))
        casting.sign_in(client, cast.li)
        page = client.get(reverse("reports:case", args=[cast.agency.code, done.pk]))
        words = screens.text(page)  # type: ignore[arg-type]
        assert "到2023年12月31日现行有效" in words
        assert [f"甲办法{number}" in words for number in range(3)] == [True] * 3
        assert "后来的办法" not in words
        assert 'href="#counted"' in page.content.decode()

    def test_the_page_says_how_much_was_copied_in_percent(self, client: Client, cast: casting.Cast) -> None:
        text = copying.words("a")
        check(cast, copying.report("云川县白沙镇人民政府", text))
        copy = check(cast, copying.report("云川县青石镇人民政府", text))
        casting.sign_in(client, cast.li)
        words = screens.text(client.get(reverse("reports:case", args=[cast.agency.code, copy.pk])))  # type: ignore[arg-type]
        assert "%与云川县白沙镇人民政府2023年度报告" in words
        assert "实为 0." not in words
