"""The first screen: what I have to do, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import PostHolding
from gongkai.groundwork import scoping, worklist
from gongkai.records.models import Record
from tests import cast
from tests.cast import Cast
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast.assemble()


def _today(who: Any) -> tuple[Client, Any]:
    client = Client()
    cast.sign_in(client, who)
    return client, client.get("/desk/")


def _marked(page: Any) -> list[str]:
    return [str(url) for url in screens.tree(page).xpath('//nav[@class="menu"]//a[@aria-current="page"]/@href')]


def _due(record: Record, days: int) -> None:
    with scoping.everywhere(because="test"):
        Record.objects.filter(pk=record.pk).update(due_on=timezone.localdate() + timedelta(days=days))


class TestWork:
    def test_a_review_that_waits_for_me_is_one_sentence_with_agency_title_and_person(self, people: Cast) -> None:
        records.submitted(people, title="关于供暖的通知")
        shown = screens.text(_today(people.wang)[1])
        assert "等我审核" in shown
        assert "请审核李提交的信息 ： 关于供暖的通知 甲局 李" in shown.replace("：", " ： ").replace("  ", " ")

    def test_the_line_opens_the_place_where_it_is_done(self, people: Cast) -> None:
        record = records.submitted(people)
        (link,) = screens.tree(_today(people.wang)[1]).xpath('//ul[@class="work-list"]//a/@href')
        assert link == f"/desk/jia-ju/records/{record.pk}/review/"

    def test_what_is_late_comes_first_with_the_days_inwords(self, people: Cast) -> None:
        _due(records.submitted(people, title="不急的通知"), 30)
        _due(records.submitted(people, title="今天的通知"), 0)
        _due(records.submitted(people, title="迟了的通知"), -2)
        page = screens.tree(_today(people.wang)[1])
        titles = page.xpath('//ul[@class="work-list"]//a/text()')
        assert titles == ["迟了的通知", "今天的通知", "不急的通知"]
        today = timezone.localdate()
        assert [screens.words(each) for each in page.xpath('//span[@class="work-left"]')] == [
            worklist.time_left(today + timedelta(days=days), today=today) for days in (-2, 0, 30)
        ]
        assert "其中1件已经超期" in screens.text(_today(people.wang)[1])

    def test_every_heading_has_an_anchor_of_its_own(self, people: Cast) -> None:
        _due(records.cleared(people), 30)
        _due(records.cleared(people), 1)
        anchors = screens.tree(_today(people.chen)[1]).xpath("//h2/@id")
        assert anchors == ["pressing", "due"]

    def test_what_came_back_to_me_is_under_its_own_heading(self, people: Cast) -> None:
        records.returned(people, title="退回的通知")
        headings = screens.tree(_today(people.li)[1]).xpath("//h2/@id")
        assert headings == ["returned"]

    def test_nothing_of_another_agency_is_shown(self, people: Cast) -> None:
        records.submitted(people, title="只属于甲局的标题")
        assert "只属于甲局的标题" not in _today(people.zhou)[1].content.decode()

    def test_when_all_is_done_it_says_so_and_offers_a_beginning(self, people: Cast) -> None:
        page = _today(people.li)[1]
        assert "手头的事都办完了" in screens.text(page)
        assert screens.tree(page).xpath('//div[@class="empty"]//a/@href') == ["/desk/jia-ju/records/new/"]
        assert "起草" not in screens.text(_today(people.wang)[1])


class TestMenu:
    def test_the_menu_counts_what_waits_and_marks_what_is_late(self, people: Cast) -> None:
        _due(records.submitted(people), -1)
        records.submitted(people)
        page = _today(people.wang)[1]
        assert screens.menu(page)[0] == "今天 2 件"
        assert screens.tree(page).xpath('//span[contains(@class, "is-pressing")]')

    def test_everybody_sees_what_the_own_posts_open_and_nothing_else(self, people: Cast) -> None:
        assert screens.menu(_today(people.wang)[1]) == ["今天", "提醒", "信息", "发文登记"]
        assert {"公开目录", "审核流程"} < set(screens.menu(_today(people.chen)[1]))

    @pytest.mark.parametrize(
        ("post", "lines"),
        [
            (Post.SYSTEM_ADMIN, ["今天", "提醒", "人员与岗位", "机构", "运行状况", "邮件设置"]),
            (Post.SECURITY_ADMIN, ["今天", "提醒", "人员与岗位", "代办", "运行状况"]),
            (Post.AUDIT_ADMIN, ["今天", "提醒", "审计记录", "运行状况"]),
        ],
    )
    def test_administrators_find_the_links_to_their_duties(self, people: Cast, post: Post, lines: list[str]) -> None:
        client, page = _today(cast.person("管", post=post, agency=people.agency))
        assert screens.menu(page) == lines
        targets = screens.tree(page).xpath('//nav[@class="menu"]//a/@href | //ul[@class="work-list"]//a/@href')
        assert {client.get(url).status_code for url in targets} == {200}

    def test_the_line_of_the_present_page_is_marked(self, people: Cast) -> None:
        client, page = _today(cast.person("管", post=Post.SYSTEM_ADMIN, agency=people.agency))
        assert _marked(page) == ["/desk/"]
        assert _marked(client.get("/desk/system/people/new/")) == ["/desk/system/people/"]
        assert _marked(client.get("/desk/account/")) == []

    def test_the_frame_costs_few_queries_however_much_waits(
        self, people: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(5):
            records.submitted(people)
        client, _page = _today(people.chen)
        with django_assert_max_num_queries(22):
            client.get("/desk/account/")

    def test_the_first_screen_asks_once_for_what_waits(self, people: Cast) -> None:
        client, _page = _today(people.chen)
        with CaptureQueriesContext(connection) as captured:
            client.get("/desk/")
        asked = [query["sql"] for query in captured if 'FROM "records_emergencyremoval"' in query["sql"]]
        assert len(asked) == 1


class TestAgencies:
    def test_who_works_for_two_agencies_changes_between_them(self, people: Cast) -> None:
        PostHolding.objects.create(
            user=people.li.user, agency=people.other_agency, post=Post.DRAFTER, valid_from=cast.AT.date()
        )
        client, page = _today(people.li)
        assert [screens.words(each) for each in screens.tree(page).xpath('//ul[@class="drop-list"]//a')] == [
            "甲局",
            "乙局",
        ]
        assert "/desk/jia-ju/records/" in page.content.decode()
        page = client.get("/desk/yi-ju/", follow=True)
        assert page.request["PATH_INFO"] == "/desk/"
        assert "/desk/yi-ju/records/" in page.content.decode()

    def test_the_list_can_be_narrowed_to_one_agency(self, people: Cast) -> None:
        PostHolding.objects.create(
            user=people.wang.user, agency=people.other_agency, post=Post.SECTION_HEAD, valid_from=cast.AT.date()
        )
        records.submitted(people)
        client, page = _today(people.wang)
        assert screens.tree(page).xpath('//a[@class="chip"]')
        assert "等我审核" in screens.text(client.get("/desk/?agency=甲局"))
        assert "等我审核" not in screens.text(client.get("/desk/?agency=乙局"))

    def test_a_foreign_agency_does_not_exist(self, people: Cast) -> None:
        client, _page = _today(people.li)
        answer = client.get("/desk/yi-ju/")
        assert answer.status_code == 404
        assert "没有找到这个页面" in screens.text(answer)
        assert screens.menu(answer)[0].startswith("今天")


class TestErrors:
    def test_a_missing_duty_is_explained_inside_the_frame(self, people: Cast) -> None:
        client, _page = _today(people.li)
        answer = client.get("/desk/system/status/")
        assert answer.status_code == 403
        assert "您的岗位不能进行这项操作" in screens.text(answer)
        assert "系统管理员、安全管理员、审计管理员" in screens.text(answer)

    def test_a_form_that_has_grown_stale_is_refused_in_words(self, people: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        cast.sign_in(client, people.li)
        answer = client.post("/desk/account/password/", {"old": "x"})
        assert answer.status_code == 403
        assert "页面已过期" in screens.text(answer)

    def test_an_unknown_address_of_the_desk_is_answered_by_the_desk(self, people: Cast) -> None:
        client, _page = _today(people.li)
        answer = client.get("/desk/no/such/page/")
        assert answer.status_code == 404
        assert "回到工作台" in screens.text(answer)

    def test_a_broken_page_stands_alone_and_keeps_quiet(self, people: Cast, monkeypatch: Any) -> None:
        client = Client(raise_request_exception=False)
        cast.sign_in(client, people.li)
        monkeypatch.setattr("gongkai.workbench.waiting.items", lambda *args, **kwargs: 1 // 0)
        answer = client.get("/desk/")
        assert answer.status_code == 500
        assert "系统暂时出错" in screens.text(answer)
        assert "告知编号" in screens.text(answer)
        assert "ZeroDivision" not in answer.content.decode()
