"""Reports come in, are read and checked behind limits, and once more when a person has read a cell."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.files.models import StoredFile
from gongkai.reports import tasks
from gongkai.reports.domain.states import Relation, State
from gongkai.reports.models import CellConfirmation, Comparison, ReportCheck
from gongkai.reports.services import checking, comparing, confirming
from gongkai.reports.services.comparing import CannotCompare
from gongkai.reports.services.confirming import CannotConfirm, NoSuchReport
from tests import cast as casting
from tests.factories import reports
from tests.factories.reports import RECEIVED

pytestmark = pytest.mark.django_db
WRONG = {RECEIVED: "9999"}


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> casting.Cast:
    return casting.assemble()


def codes(found: ReportCheck) -> set[str]:
    return {finding.code for report in checking.reports_of(found) for finding in report.findings}


def confirm(
    cast: casting.Cast, found: ReportCheck, written: dict[str, str], *, number: int = 1, person: str = "li"
) -> int:
    actor = getattr(cast, person).acting(Duty.CHECK_REPORTS)
    return confirming.confirm(
        check_id=found.pk, report_number=number, written=written, actor=actor, at=casting.later(3)
    )


class TestUploading:
    @pytest.mark.parametrize(
        ("layout", "name"),
        [
            ("page", "年报.html"),
            ("docx", "年报.docx"),
            ("pdf", "年报.pdf"),
            ("pipes", "年报.txt"),
            ("markdown", "年报.md"),
        ],
    )
    def test_every_format_is_read_to_the_same_cells(self, layout: str, name: str, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content(layout), name))
        assert (found.state, found.report_agency, found.report_year) == (State.DONE, reports.AGENCY, 2023)
        (report,) = checking.reports_of(found)
        assert report.edition == "G2021"
        assert report.cells[RECEIVED].value == str(reports.number(RECEIVED))
        assert found.error_count == 0

    def test_a_fault_is_found_and_marked_where_it_stands(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content(changes=WRONG)))
        assert found.error_count >= 1
        (report,) = checking.reports_of(found)
        first = report.findings[0]
        assert first.is_error
        assert RECEIVED in first.where
        assert 'id="place-1"' in report.marked
        assert 'href="#finding-1"' in report.marked
        assert "9999" in report.marked

    def test_the_check_is_a_task_of_the_worker(self, cast: casting.Cast) -> None:
        (made,) = reports.submit(cast, reports.upload(reports.content())).checks
        (task,) = DBTaskResult.objects.all()
        tasks.check.func(*task.args_kwargs["args"])
        assert reports.found(cast, made.pk).state == State.DONE

    def test_the_upload_stands_in_the_audit_trail(self, cast: casting.Cast) -> None:
        (made,) = reports.submit(cast, reports.upload(reports.content())).checks
        event = AuditEvent.objects.get(action="report.submit")
        assert (event.actor_name, event.subject_id, event.detail["digest"]) == ("李", str(made.pk), made.digest)

    def test_a_refused_file_leaves_nothing_and_keeps_nobody_out(self, cast: casting.Cast) -> None:
        marked = reports.upload("机密★10年\n年度报告".encode(), "涉密.txt")
        program = reports.upload(b"MZ\x90", "程序.exe")
        received = reports.submit(cast, marked, reports.upload(reports.content()), program)
        assert [made.file_name for made in received.checks] == ["年报.html"]
        assert [refusal.file_name for refusal in received.refusals] == ["涉密.txt", "程序.exe"]
        assert "国家秘密标志" in received.refusals[0].message
        assert StoredFile.objects.count() == 1

    def test_what_is_no_report_ends_in_a_sentence(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(b"<html><body></body></html>", "空.html"))
        assert found.state == State.UNREADABLE
        assert found.problem

    def test_markup_of_the_source_never_reaches_the_page(self, cast: casting.Cast) -> None:
        hostile = "<h1>云川县2023年政府信息公开工作年度报告</h1><p>收到&lt;img src=x onerror=alert(1)&gt;申请</p>"
        hostile += "<script>alert(2)</script><p onclick='x'>正文<a href='javascript:alert(3)'>链接</a></p>"
        found = reports.checked(cast, reports.upload(hostile.encode(), "坏.html"))
        (report,) = checking.reports_of(found)
        assert "收到&lt;img" in report.marked
        for forbidden in ("<img", "<script", "onclick", "javascript:"):
            assert forbidden not in report.marked


class TestConfirming:
    def test_a_confirmed_value_is_kept_and_the_rules_run_again(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content(changes=WRONG)))
        right = str(reports.number(RECEIVED))
        assert confirm(cast, found, {RECEIVED: right}) == 1
        again = reports.run(cast, found.pk)
        assert (again.state, again.error_count) == (State.DONE, 0)
        with scoping.narrow_to([cast.agency.pk]):
            row = CellConfirmation.objects.get()
        assert (row.cell, row.value, row.read_as) == (RECEIVED, Decimal(right), "9999")
        assert (row.confirmed_by_name, row.confirmed_by_post) == ("李", "drafter")
        assert row.confirmed_at == casting.later(3)
        assert AuditEvent.objects.get(action="report.confirm").detail["values"] == {RECEIVED: right}

    def test_the_last_confirmation_of_a_cell_counts(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        confirm(cast, found, {RECEIVED: "9999"})
        assert reports.run(cast, found.pk).error_count >= 1
        confirm(cast, found, {RECEIVED: str(reports.number(RECEIVED))}, person="chen")
        assert reports.run(cast, found.pk).error_count == 0

    def test_a_stroke_says_that_the_box_is_empty_and_that_is_no_zero(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        confirm(cast, found, {RECEIVED: "/"})
        (report,) = checking.reports_of(reports.run(cast, found.pk))
        assert (report.cells[RECEIVED].state, report.cells[RECEIVED].value) == ("blank", None)

    @pytest.mark.parametrize(
        ("text", "reason"), [("三十", "请填写一个数"), ("-3", "负数"), ("1.5", "整数"), ("9" * 30, "请填写一个数")]
    )
    def test_what_is_no_number_for_the_cell_is_named_and_nothing_is_kept(
        self, text: str, reason: str, cast: casting.Cast
    ) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        with pytest.raises(CannotConfirm) as caught:
            confirm(cast, found, {RECEIVED: text, "t3.new_requests.total": "7"})
        assert reason in caught.value.cells[RECEIVED]
        with scoping.narrow_to([cast.agency.pk]):
            assert CellConfirmation.objects.count() == 0
        assert reports.found(cast, found.pk).revision == found.revision

    def test_nothing_new_is_said_to_be_nothing_new(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        with pytest.raises(CannotConfirm, match="没有需要保存"):
            confirm(cast, found, {RECEIVED: str(reports.number(RECEIVED)), "t3.new_requests.total": " "})

    def test_another_agency_finds_no_report_to_confirm(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        with pytest.raises(NoSuchReport):
            confirm(cast, found, {RECEIVED: "1"}, person="zhou")
        with pytest.raises(NoSuchReport):
            confirm(cast, found, {RECEIVED: "1"}, number=2)

    def test_a_confirmation_is_never_changed_or_deleted(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        confirm(cast, found, {RECEIVED: "9999"})
        with scoping.narrow_to([cast.agency.pk]):
            with pytest.raises(DatabaseError), transaction.atomic():
                CellConfirmation.objects.update(value=1)
            with pytest.raises(DatabaseError), transaction.atomic():
                CellConfirmation.objects.all().delete()

    def test_a_run_under_an_older_revision_changes_nothing(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        confirm(cast, found, {RECEIVED: "9999"})
        checking.check(check_id=found.pk, revision=found.revision, at=casting.later(4))
        waiting = reports.found(cast, found.pk)
        assert (waiting.state, waiting.error_count) == (State.CHECKING, 0)


class TestComparing:
    def compare(self, cast: casting.Cast, found: ReportCheck, previous: int | None, *children: int) -> None:
        actor = cast.li.acting(Duty.CHECK_REPORTS)
        comparing.compare(check_id=found.pk, previous_id=previous, child_ids=children, actor=actor, at=casting.later(5))

    def test_the_year_before_is_compared_from_the_upload_on(self, cast: casting.Cast) -> None:
        carried = {"t3.carried_over_out.natural_person": "77"}
        last = reports.upload(reports.content(year=2022, seed=2, changes=carried), "去年.html")
        found = reports.checked(cast, reports.upload(reports.content()), previous=last)
        alone = reports.checked(cast, reports.upload(reports.content()))
        assert codes(found) - codes(alone)
        with scoping.narrow_to([cast.agency.pk]):
            row = Comparison.objects.select_related("other").get()
        assert (row.relation, row.other.file_name) == (Relation.PREVIOUS, "去年.html")

    def test_a_confirmed_value_of_the_other_report_counts(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        last = reports.checked(cast, reports.upload(reports.content(year=2022, seed=2), "去年.html"))
        self.compare(cast, found, last.pk)
        before = codes(reports.run(cast, found.pk))
        for row, column in (("carried_over_out", each) for each in ("natural_person", "business_corp", "research_org")):
            cell = f"t3.{row}.{column}"
            wanted = str(reports.number(f"t3.carried_over_in.{column}"))
            if wanted != str(reports.number(cell, seed=2)):
                confirm(cast, last, {cell: wanted})
        assert before
        self.compare(cast, found, last.pk)
        texts = [each.message for each in checking.reports_of(reports.run(cast, found.pk))[0].findings]
        assert not any("自然人" in text and "结转" in text for text in texts)

    def test_children_are_summed_up(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        child = reports.checked(
            cast, reports.upload(reports.content(seed=3).replace(b"\xe5\xb1\x80", b"\xe7\xab\x99"), "站.html")
        )
        self.compare(cast, found, None, child.pk)
        assert reports.run(cast, found.pk).state == State.DONE
        with scoping.narrow_to([cast.agency.pk]):
            assert Comparison.objects.get().relation == Relation.CHILD

    def test_an_unreadable_report_beside_it_is_named(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()), previous=reports.upload(b"<p></p>", "空.html"))
        assert found.state == State.DONE
        assert "空.html" in found.problem

    def test_a_report_does_not_stand_beside_itself(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        with pytest.raises(CannotCompare):
            self.compare(cast, found, found.pk)

    def test_a_report_of_another_agency_cannot_be_chosen(self, cast: casting.Cast) -> None:
        found = reports.checked(cast, reports.upload(reports.content()))
        with scoping.narrow_to([cast.other_agency.pk]):
            foreign = ReportCheck.objects.create(
                agency=cast.other_agency, file=found.file, digest=found.digest, file_name="x", uploaded_by_id=1,
                uploaded_by_name="周", uploaded_by_post="drafter", uploaded_at=casting.AT,
            )  # fmt: skip
        with pytest.raises(NoSuchReport):
            self.compare(cast, found, foreign.pk)
