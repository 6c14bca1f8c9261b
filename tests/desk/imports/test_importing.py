"""A table is uploaded, looked through, cleared by one person, confirmed by another, and only then imported."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile
from gongkai.imports import selectors, tasks
from gongkai.imports.domain.lifecycle import State
from gongkai.imports.models import ImportFile
from gongkai.imports.services import clearance, receiving
from gongkai.published.models import Entry
from gongkai.records.models import ImportAct, Record
from tests import cast as casting
from tests.desk import screens

pytestmark = pytest.mark.django_db
HEADER = "编号,标题,发文字号,成文日期,发布日期\n"
GOOD = "1,关于第一件事的通知,甲发〔2024〕1号,2024-03-01,2024-03-05\n"
UNDATED = "2,关于第二件事的通知,甲发〔2024〕2号,2024-03-01,\n"


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> casting.Cast:
    return casting.assemble()


def as_person(client: Client, person: casting.Person) -> Client:
    client.logout()
    casting.sign_in(client, person)
    return client


def url(name: str, cast: casting.Cast, *arguments: int) -> str:
    return reverse(f"imports:{name}", args=[cast.agency.code, *arguments])


def upload(client: Client, cast: casting.Cast, content: str, *, name: str = "历史.csv") -> HttpResponse:
    file = SimpleUploadedFile(name, content.encode("gbk"))
    return client.post(url("upload", cast), {"mapping": "agency-documents", "file": file})  # type: ignore[return-value]


def work_off() -> None:
    """What the worker would do: every task that was enqueued, once, in order."""
    for result in DBTaskResult.objects.order_by("enqueued_at"):
        task = {"look_through": tasks.look_through, "bring_in": tasks.bring_in}[result.task_path.rpartition(".")[2]]
        task.func(*result.args_kwargs["args"])
        result.delete()


def the_import(cast: casting.Cast) -> ImportFile:
    with scoping.narrow_to([cast.agency.pk]):
        return ImportFile.objects.select_related("file", "rejects").get()


@pytest.fixture
def ready(client: Client, cast: casting.Cast) -> ImportFile:
    """陈 has uploaded two rows, one of them without a day; the worker has looked at them."""
    as_person(client, cast.chen)
    answer = upload(client, cast, HEADER + GOOD + UNDATED)
    assert answer.status_code == 302
    work_off()
    return the_import(cast)


@pytest.fixture
def reviewer(cast: casting.Cast) -> casting.Person:
    return casting.Person(casting.person("孙", post=casting.Post.SECRECY_REVIEWER, agency=cast.agency), cast.agency)


def decide(client: Client, cast: casting.Cast, found: ImportFile, act: str, **values: str) -> HttpResponse:
    data = {"digest": found.digest, **values}
    return client.post(url(act, cast, found.pk), data, follow=True)  # type: ignore[return-value]


class TestTheWay:
    def test_from_upload_to_the_public(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person
    ) -> None:
        assert ready.state == State.READY
        as_person(client, reviewer)
        assert "已记录保密审查结论" in screens.text(decide(client, cast, ready, "clear"))
        assert not Entry.objects.exists()
        as_person(client, cast.zhao)
        assert "已确认" in screens.text(decide(client, cast, ready, "confirm"))
        assert not Entry.objects.exists()
        work_off()
        entry = Entry.objects.get()
        assert (entry.title, entry.agency_id) == ("关于第一件事的通知", cast.agency.pk)
        act = ImportAct.objects.get()
        assert (act.cleared_by, act.confirmed_by, act.stated_by) == ("孙", "赵", "陈")
        assert not act.is_operator_statement
        assert act.file_digest == ready.digest
        done = the_import(cast)
        assert (done.state, done.counts["created"], done.counts["rejected"]) == (State.DONE, 1, 1)

    def test_the_preview_shows_figures_and_findings(
        self, client: Client, cast: casting.Cast, ready: ImportFile
    ) -> None:
        page = screens.text(client.get(url("case", cast, ready.pk)))
        assert "如果导入，将会" in page
        assert "关于第一件事的通知" in page
        assert "缺少发布日期" in page
        assert "请上传人陈以外的保密审查员审查" in page

    def test_rejected_rows_can_be_downloaded(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person
    ) -> None:
        decide(as_person(client, reviewer), cast, ready, "clear")
        decide(as_person(client, cast.zhao), cast, ready, "confirm")
        work_off()
        answer = client.get(url("rejects", cast, ready.pk))
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
        assert lines[0].startswith("行号,原因,编号,标题")
        assert lines[1].startswith("3,缺少发布日期。,2,关于第二件事的通知")
        assert "attachment" in answer.headers["Content-Disposition"]

    def test_run_twice_by_the_worker_it_happens_once(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person
    ) -> None:
        decide(as_person(client, reviewer), cast, ready, "clear")
        decide(as_person(client, cast.zhao), cast, ready, "confirm")
        tasks.bring_in.func(ready.pk)
        tasks.bring_in.func(ready.pk)
        assert Entry.objects.count() == 1

    def test_after_the_death_of_the_worker_it_goes_on(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person
    ) -> None:
        decide(as_person(client, reviewer), cast, ready, "clear")
        decide(as_person(client, cast.zhao), cast, ready, "confirm")
        with scoping.narrow_to([cast.agency.pk]):
            ImportFile.objects.update(state=State.RUNNING)
        work_off()
        assert the_import(cast).state == State.DONE

    def test_a_task_before_the_confirmation_does_nothing(self, cast: casting.Cast, ready: ImportFile) -> None:
        tasks.bring_in.func(ready.pk)
        assert not Entry.objects.exists()
        assert the_import(cast).state == State.READY

    def test_the_same_file_again_changes_nothing(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person
    ) -> None:
        decide(as_person(client, reviewer), cast, ready, "clear")
        decide(as_person(client, cast.zhao), cast, ready, "confirm")
        work_off()
        upload(as_person(client, cast.chen), cast, HEADER + GOOD + UNDATED)
        work_off()
        with scoping.narrow_to([cast.agency.pk]):
            again = ImportFile.objects.latest("pk")
        assert again.preview["counts"] == {"read": 2, "created": 0, "updated": 0, "unchanged": 1, "rejected": 1}


class TestWhoMayDecide:
    def test_the_uploader_clears_nothing_even_as_reviewer(
        self, client: Client, cast: casting.Cast, ready: ImportFile
    ) -> None:
        page = decide(as_person(client, cast.chen), cast, ready, "clear")
        assert "其他同志" in " ".join(screens.notices(page))
        assert the_import(cast).state == State.READY

    def test_one_person_does_not_do_both(self, client: Client, cast: casting.Cast, ready: ImportFile) -> None:
        both = casting.person("钱", post=[casting.Post.SECRECY_REVIEWER, casting.Post.LEADER], agency=cast.agency)
        as_person(client, casting.Person(both, cast.agency))
        decide(client, cast, ready, "clear")
        page = decide(client, cast, ready, "confirm")
        assert "两名不同的同志" in " ".join(screens.notices(page))
        assert the_import(cast).state == State.CLEARED

    def test_confirmation_does_not_go_before_clearance(
        self, client: Client, cast: casting.Cast, ready: ImportFile
    ) -> None:
        decide(as_person(client, cast.zhao), cast, ready, "confirm")
        assert the_import(cast).state == State.READY

    def test_a_decision_about_other_bytes_does_not_count(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person
    ) -> None:
        page = decide(as_person(client, reviewer), cast, ready, "clear", digest="0" * 64)
        assert "不一致" in " ".join(screens.notices(page))
        assert the_import(cast).state == State.READY

    def test_a_drafter_does_not_get_in(self, client: Client, cast: casting.Cast, ready: ImportFile) -> None:
        as_person(client, cast.li)
        assert client.get(url("list", cast)).status_code == 403
        assert client.get(url("case", cast, ready.pk)).status_code == 403

    def test_another_agency_finds_nothing(self, client: Client, cast: casting.Cast, ready: ImportFile) -> None:
        as_person(client, cast.zhou)
        assert client.get(url("case", cast, ready.pk)).status_code == 404
        elsewhere = reverse("imports:case", args=[cast.other_agency.code, ready.pk])
        assert client.get(elsewhere).status_code == 404
        for act in ("clear", "confirm", "discard", "refuse"):
            other = reverse(f"imports:{act}", args=[cast.other_agency.code, ready.pk])
            assert client.post(other, {"digest": ready.digest, "reason": "x"}).status_code == 404
        assert the_import(cast).state == State.READY

    def test_three_people_with_all_posts_can_do_it(self, client: Client) -> None:
        first, second, third = casting.town_of_three()
        town = casting.Cast(first.agency, first.agency, first, first, first, first, first)
        upload(as_person(client, first), town, HEADER + GOOD)
        work_off()
        found = the_import(town)
        decide(as_person(client, second), town, found, "clear")
        decide(as_person(client, third), town, found, "confirm")
        work_off()
        assert Entry.objects.count() == 1


class TestToday:
    """Everybody finds on the first screen what waits for them, and nobody else does."""

    @staticmethod
    def waiting(person: casting.Person) -> list[str]:
        found = selectors.work_waiting(person.viewer, today=casting.AT.date())
        assert len(found) == selectors.work_counts(person.viewer, today=casting.AT.date())[0]
        return [item.sentence for item in found]

    def test_the_reviewer_then_the_leader(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person
    ) -> None:
        assert self.waiting(reviewer) == ["请对批量导入的文件进行保密审查"]
        assert self.waiting(cast.chen) == self.waiting(cast.zhao) == self.waiting(cast.zhou) == []
        decide(as_person(client, reviewer), cast, ready, "clear")
        assert self.waiting(reviewer) == []
        assert self.waiting(cast.zhao) == ["请确认批量导入的文件"]
        assert "请确认批量导入的文件" in screens.text(as_person(client, cast.zhao).get(reverse("workbench:today")))

    def test_the_uploader_of_what_cannot_be_read(self, client: Client, cast: casting.Cast) -> None:
        upload(as_person(client, cast.chen), cast, "甲,乙\n1,2\n")
        work_off()
        assert self.waiting(cast.chen) == ["上传的文件无法读取，请重新整理后上传"]


class TestRefusing:
    def test_a_refused_file_is_erased_and_the_reason_stays(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person,
        django_capture_on_commit_callbacks: object,
    ) -> None:  # fmt: skip
        as_person(client, reviewer)
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            page = decide(client, cast, ready, "refuse", reason="含有不宜公开的内容")
        assert "含有不宜公开的内容" in screens.text(page)
        assert not store.holds(ready.digest)
        assert not StoredFile.objects.filter(digest=ready.digest).exists()
        assert the_import(cast).state == State.REFUSED
        assert "关于第一件事的通知" not in screens.text(page)

    def test_without_a_reason_it_asks(
        self, client: Client, cast: casting.Cast, ready: ImportFile, reviewer: casting.Person
    ) -> None:
        page = decide(as_person(client, reviewer), cast, ready, "refuse", reason=" ")
        assert screens.errors(page)
        assert the_import(cast).state == State.READY

    def test_the_uploader_may_give_it_up(self, client: Client, cast: casting.Cast, ready: ImportFile) -> None:
        decide(as_person(client, cast.chen), cast, ready, "discard")
        assert the_import(cast).state == State.DISCARDED


class TestUploads:
    @pytest.mark.parametrize(
        ("name", "content", "words", "status"),
        [
            ("历史.exe", HEADER, "不接收这种格式", 415),
            ("历史.xlsx", HEADER, "格式与扩展名不符", 415),
            ("历史.csv", HEADER + "1,机密★10年 通知,,,2024-01-01\n", "国家秘密标志", 422),
        ],
    )
    def test_what_may_not_come_in_is_said_and_not_kept(
        self, name: str, content: str, words: str, status: int, client: Client, cast: casting.Cast
    ) -> None:
        answer = upload(as_person(client, cast.chen), cast, content, name=name)
        assert answer.status_code == status
        assert words in screens.text(answer)
        assert not StoredFile.objects.exists()

    def test_a_huge_upload_is_answered_and_fills_nothing(
        self, client: Client, cast: casting.Cast, settings: Settings, tmp_path: Path
    ) -> None:
        settings.MAX_UPLOAD_BYTES = 3 * 1024 * 1024
        settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
        settings.FILE_UPLOAD_TEMP_DIR.mkdir()
        answer = upload(as_person(client, cast.chen), cast, HEADER + GOOD * 80_000)
        assert answer.status_code == 413
        assert "文件超过3MB" in screens.text(answer)
        assert not StoredFile.objects.exists()
        assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []

    def test_a_large_upload_below_the_limit_comes_in(
        self, client: Client, cast: casting.Cast, settings: Settings, tmp_path: Path
    ) -> None:
        settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
        settings.FILE_UPLOAD_TEMP_DIR.mkdir()
        assert upload(as_person(client, cast.chen), cast, HEADER + GOOD * 40_000).status_code == 302
        assert StoredFile.objects.get().size > 2 * 1024 * 1024

    def test_the_door_says_what_must_not_come_in(self, client: Client, cast: casting.Cast) -> None:
        assert "严禁上传涉密信息" in screens.text(as_person(client, cast.chen).get(url("upload", cast)))

    def test_a_table_with_other_columns_is_unreadable(self, client: Client, cast: casting.Cast) -> None:
        upload(as_person(client, cast.chen), cast, "甲,乙\n1,2\n")
        work_off()
        found = the_import(cast)
        assert found.state == State.UNREADABLE
        assert "缺少以下列" in screens.text(client.get(url("case", cast, found.pk)))

    def test_rows_with_personal_data_are_never_shown(self, client: Client, cast: casting.Cast) -> None:
        personal = "1,张三11010519491231002X获补贴的通知,,2024-03-01,2024-03-05\n"
        upload(as_person(client, cast.chen), cast, HEADER + personal)
        work_off()
        found = the_import(cast)
        page = screens.text(client.get(url("case", cast, found.pk)))
        assert "身份证号码" in page
        assert "张三" not in page
        assert "张三" not in str(found.preview)

    def test_rows_of_other_bodies_stay_out(self, client: Client, cast: casting.Cast) -> None:
        as_person(client, cast.chen)
        columns = "source,title,document_number,date_written,date_published,days_between,url\n"
        rows = "甲局,通知一,,2024-03-01,2024-03-05,4,u1\n乙局,通知二,,2024-03-01,2024-03-05,4,u2\n"
        file = SimpleUploadedFile("list.csv", (columns + rows).encode())
        client.post(url("upload", cast), {"mapping": "policy-list", "file": file})
        work_off()
        assert the_import(cast).preview["counts"]["rejected"] == 1


class TestScreens:
    def test_an_empty_list_says_what_to_do(self, client: Client, cast: casting.Cast) -> None:
        assert "上传文件" in screens.text(as_person(client, cast.chen).get(url("list", cast)))

    def test_the_list_says_who_is_awaited(self, client: Client, cast: casting.Cast, ready: ImportFile) -> None:
        (row,) = screens.rows(client.get(url("list", cast)))
        assert "历史.csv" in row
        assert "保密审查" in row

    def test_while_it_runs_the_page_asks_again_without_scripts(self, client: Client, cast: casting.Cast) -> None:
        upload(as_person(client, cast.chen), cast, HEADER + GOOD)
        found = the_import(cast)
        page = client.get(url("case", cast, found.pk)).content.decode()
        assert '<noscript><meta http-equiv="refresh"' in page
        fragment = client.get(url("progress", cast, found.pk))
        assert "HX-Refresh" not in fragment.headers
        work_off()
        assert client.get(url("progress", cast, found.pk)).headers["HX-Refresh"] == "true"

    def test_a_list_costs_the_same_for_one_and_for_many(
        self, client: Client, cast: casting.Cast, ready: ImportFile, django_assert_max_num_queries: object
    ) -> None:
        with scoping.narrow_to([cast.agency.pk]):
            for _ in range(20):
                ready.pk = None
                ready.save(force_insert=True)
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            client.get(url("list", cast))


class TestServices:
    def test_nothing_is_imported_into_another_agency(self, cast: casting.Cast, ready: ImportFile) -> None:
        with pytest.raises(clearance.NoSuchImport):
            clearance.clear(
                import_id=ready.pk,
                digest=ready.digest,
                actor=cast.zhou.acting(Duty.CLEAR_SECRECY),
                at=casting.later(),
            )

    def test_looking_through_twice_changes_nothing(self, cast: casting.Cast, ready: ImportFile) -> None:
        receiving.look_through(import_id=ready.pk, at=casting.later())
        assert the_import(cast).preview == ready.preview
        with scoping.narrow_to([cast.agency.pk]):
            assert not Record.objects.exists()
