"""Catalogue and review schemes of an agency."""

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.agencies.events import AgencyCreated
from gongkai.groundwork import events, scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.models import CatalogueNode
from gongkai.records.domain.stages import DEFAULT, SIGN_OFF, Scheme, Stage
from gongkai.records.models import AgencyColumn, ReviewScheme
from gongkai.records.services import acting, catalogue, schemes
from gongkai.records.services.catalogue import CannotChangeCatalogue, Wish
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _arrange(cast: Cast, code: str, **wish: object) -> None:
    catalogue.arrange(code=code, wish=Wish(**wish), actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)  # type: ignore[arg-type]


def _public(cast: Cast) -> dict[str, CatalogueNode]:
    return {node.code: node for node in CatalogueNode.objects.filter(agency=cast.agency)}


class TestCatalogue:
    def test_a_body_that_is_entered_shows_its_catalogue_at_once(self, cast: Cast) -> None:
        events.emit(AgencyCreated(agency_id=cast.agency.pk, at=AT))
        nodes = _public(cast)
        assert {"guide", "rules", "statutory", "annual_reports", "request_entry"} <= set(nodes)
        assert "art20_15_other" in nodes
        assert "art21_town" not in nodes
        assert nodes["art20_07_budget.budget"].parent_code == "art20_07_budget"

    def test_a_new_name_reaches_the_public_and_the_trail(self, cast: Cast) -> None:
        _arrange(cast, "art20_04_statistics", title="统计 数据", keeper="综合科", update_period_days=90)
        assert _public(cast)["art20_04_statistics"].title == "统计 数据"
        assert AuditEvent.objects.filter(action="catalogue.arranged", actor_name="陈").count() == 1

    def test_a_hidden_column_and_what_is_below_it_leave_the_public(self, cast: Cast) -> None:
        _arrange(cast, "art20_07_budget", is_hidden=True, reason="预算由主管部门统一公开")
        assert not {"art20_07_budget", "art20_07_budget.budget"} & set(_public(cast))
        _arrange(cast, "art20_07_budget")
        assert {"art20_07_budget", "art20_07_budget.budget"} <= set(_public(cast))

    def test_a_column_with_public_records_cannot_be_hidden(self, cast: Cast) -> None:
        record = records.published(cast)
        with pytest.raises(CannotChangeCatalogue, match="已经公开的信息"):
            _arrange(cast, "art20_01_normative", is_hidden=True, reason="无此职权")
        from gongkai.records.services import publishing

        leader = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        publishing.withdraw(record_id=record.pk, ground="有误", actor=leader, at=casting.later())
        _arrange(cast, "art20_01_normative", is_hidden=True, reason="无此职权")

    @pytest.mark.parametrize(
        ("code", "wish", "reason"),
        [
            ("guide", {"is_hidden": True, "reason": "不要"}, "固定栏目"),
            ("art20_08_charges", {"is_hidden": True}, "写明理由"),
            ("art20_08_charges", {"title": "机密★10年"}, "国家秘密标志"),
            ("art20_08_charges", {"title": "长" * 121}, "120个字"),
            ("nowhere", {}, "没有这个栏目"),
            ("art21_town_homesteads", {}, "没有这个栏目"),
        ],
    )
    def test_what_is_refused_changes_nothing(self, cast: Cast, code: str, wish: dict[str, object], reason: str) -> None:
        with pytest.raises(CannotChangeCatalogue, match=reason):
            _arrange(cast, code, **wish)
        with scoping.narrow_to([cast.agency.pk]):
            assert not AgencyColumn.objects.exists()

    def test_an_own_column_stands_below_its_parent(self, cast: Cast) -> None:
        keeper = cast.chen.acting(Duty.KEEP_CATALOGUE)
        code = catalogue.add_column(parent_code="art20_07_budget", title=" 三公经费 ", actor=keeper, at=AT)
        node = _public(cast)[code]
        assert (node.title, node.parent_code) == ("三公经费", "art20_07_budget")
        for parent, title, reason in (
            ("art20_07_budget", "三公经费", "同名"),
            ("art20_07_budget", " ", "名称"),
            ("request_entry", "x", "不能再设"),
            ("nowhere", "x", "没有这个栏目"),
        ):
            with pytest.raises(CannotChangeCatalogue, match=reason):
                catalogue.add_column(parent_code=parent, title=title, actor=keeper, at=AT)
        assert records.published(cast, column_code=code).state == "published"

    def test_another_agency_keeps_its_own_tree(self, cast: Cast) -> None:
        _arrange(cast, "art20_04_statistics", title="甲局统计")
        keeper = cast.zhou.acting(Duty.KEEP_CATALOGUE)
        catalogue.arrange(code="art20_05_licensing", wish=Wish(title="乙局许可"), actor=keeper, at=AT)
        other = dict(CatalogueNode.objects.filter(agency=cast.other_agency).values_list("code", "title"))
        assert (other["art20_04_statistics"], other["art20_05_licensing"]) == ("统计信息", "乙局许可")


class TestSchemes:
    def test_the_default_is_written_down_when_it_is_first_needed(self, cast: Cast) -> None:
        records.submitted(cast)
        records.submitted(cast)
        with scoping.narrow_to([cast.agency.pk]):
            row = ReviewScheme.objects.get()
        assert (row.version, schemes.read(row)) == (1, DEFAULT)

    def test_a_choice_makes_a_new_version_and_leaves_the_old_one(self, cast: Cast) -> None:
        actor = cast.chen.acting(Duty.CHOOSE_REVIEW_SCHEME)
        single = Scheme((Stage(SIGN_OFF, "leader", "单位负责人签发"),), 2)
        assert schemes.choose(scheme=single, actor=actor, at=AT).version == 2
        with pytest.raises(schemes.CannotChooseScheme, match="没有变化"):
            schemes.choose(scheme=single, actor=actor, at=AT)
        with scoping.narrow_to([cast.agency.pk]):
            assert list(ReviewScheme.objects.order_by("version").values_list("version", flat=True)) == [1, 2]

    def test_nobody_chooses_without_an_agency(self) -> None:
        from gongkai.accounts.viewer import SYSTEM

        with pytest.raises(acting.NoSuchRecord):
            schemes.choose(scheme=DEFAULT, actor=SYSTEM, at=AT)
