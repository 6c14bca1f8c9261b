"""Entering, changing, ending and merging bodies."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies import selectors
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.events import AgencyMerged
from gongkai.agencies.models import Agency
from gongkai.agencies.services import keeping
from gongkai.groundwork import events
from gongkai.groundwork.audit.models import AuditEvent
from tests.integration.agencies.building import NOW, agency, details

pytestmark = pytest.mark.django_db


class TestCreate:
    def test_a_body_knows_its_path_and_leaves_a_line_in_the_trail(self) -> None:
        city = agency("city", kind=AgencyKind.GOVERNMENT)
        office = agency("office", parent_id=city.pk)
        assert office.path == f"/{city.pk}/{office.pk}/"
        row = AuditEvent.objects.get(action="agency.create", subject_id=str(office.pk))
        assert row.detail == {"code": "office", "name": "office局"}

    def test_the_organisation_code_is_read_from_the_credit_code(self) -> None:
        made = agency("office", credit_code="11100000MB1234567B".replace("MB1234567B", "000013338W"))
        assert made.organisation_code.replace("-", "") == "000013338"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("code", "Office"),
            ("code", "system"),
            ("name", "  "),
            ("credit_code", "111000000000133380"),
            ("site_code", "12"),
            ("region_code", "3201"),
            ("index_number_template", "{org9}/{yyyy}"),
        ],
    )
    def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_stored(self, field: str, value: str) -> None:
        wrong = replace(details("office"), **{field: value})
        with pytest.raises(keeping.CannotKeepAgency) as refused:
            keeping.create(details=wrong, actor=SYSTEM, at=NOW)
        assert list(refused.value.reasons) == [field]
        assert not Agency.objects.exists()
        assert not AuditEvent.objects.exists()

    def test_a_code_that_is_taken_is_refused(self) -> None:
        agency("office")
        with pytest.raises(keeping.CannotKeepAgency, match="已被使用"):
            agency("office")

    def test_what_is_usual_for_the_kind_enters_the_city_sum(self) -> None:
        assert agency("a").in_city_sum
        assert not agency("b", kind=AgencyKind.VERTICAL).in_city_sum
        assert agency("c", kind=AgencyKind.VERTICAL, in_city_sum=True).in_city_sum


class TestChange:
    def test_a_new_name_is_written_down_with_the_old_one(self) -> None:
        office = agency("office")
        wish = replace(details("office"), name="大数据局", short_name="office局")
        keeping.change(agency_id=office.pk, details=wish, actor=SYSTEM, at=NOW)
        row = AuditEvent.objects.get(action="agency.change")
        assert row.detail == {"before": {"name": "office局"}, "after": {"name": "大数据局"}}

    def test_saving_without_a_change_leaves_no_trace(self) -> None:
        office = agency("office")
        keeping.change(agency_id=office.pk, details=details("office"), actor=SYSTEM, at=NOW)
        assert not AuditEvent.objects.filter(action="agency.change").exists()

    def test_moving_a_body_takes_everything_below_along(self) -> None:
        first, second = agency("first"), agency("second")
        middle = agency("middle", parent_id=first.pk)
        leaf = agency("leaf", parent_id=middle.pk)
        wish = details("middle", parent_id=second.pk)
        keeping.change(agency_id=middle.pk, details=wish, actor=SYSTEM, at=NOW)
        leaf.refresh_from_db()
        assert leaf.path == f"/{second.pk}/{middle.pk}/{leaf.pk}/"
        assert selectors.subtree_ids(Agency.objects.get(code="second")) == [second.pk, middle.pk, leaf.pk]

    def test_a_body_cannot_stand_below_itself(self) -> None:
        top = agency("top")
        leaf = agency("leaf", parent_id=top.pk)
        with pytest.raises(keeping.CannotKeepAgency, match="下级机构"):
            keeping.change(agency_id=top.pk, details=details("top", parent_id=leaf.pk), actor=SYSTEM, at=NOW)

    def test_the_code_never_changes(self) -> None:
        office = agency("office")
        with pytest.raises(keeping.CannotKeepAgency, match="不能更改"):
            keeping.change(agency_id=office.pk, details=details("bureau"), actor=SYSTEM, at=NOW)

    def test_a_nameplate_hangs_at_a_body_with_staff_only(self) -> None:
        staff = agency("staff")
        plate = agency("plate", staffed_by_id=staff.pk)
        with pytest.raises(keeping.CannotKeepAgency, match="另一块牌子"):
            agency("third", staffed_by_id=plate.pk)
        other = agency("other")
        with pytest.raises(keeping.CannotKeepAgency, match="已有其他牌子"):
            keeping.change(agency_id=staff.pk, details=details("staff", staffed_by_id=other.pk), actor=SYSTEM, at=NOW)


class TestEnd:
    def test_an_ended_body_is_valid_through_its_last_day(self) -> None:
        office = agency("office")
        keeping.end(agency_id=office.pk, last_day=date(2026, 6, 30), actor=SYSTEM, at=NOW)
        assert office in selectors.valid(on=date(2026, 6, 30))
        assert office not in selectors.valid(on=date(2026, 7, 1))

    def test_a_body_with_others_below_it_cannot_end(self) -> None:
        top = agency("top")
        agency("leaf", parent_id=top.pk)
        with pytest.raises(keeping.CannotEndAgency, match="下级机构"):
            keeping.end(agency_id=top.pk, last_day=date(2026, 6, 30), actor=SYSTEM, at=NOW)

    def test_a_body_ends_once_and_not_before_it_began(self) -> None:
        office = agency("office")
        with pytest.raises(keeping.CannotEndAgency, match="早于设立"):
            keeping.end(agency_id=office.pk, last_day=date(2018, 12, 31), actor=SYSTEM, at=NOW)
        keeping.end(agency_id=office.pk, last_day=date(2026, 6, 30), actor=SYSTEM, at=NOW)
        with pytest.raises(keeping.CannotEndAgency, match="已经终止"):
            keeping.end(agency_id=office.pk, last_day=date(2026, 7, 30), actor=SYSTEM, at=NOW)


class TestMerge:
    def test_the_successor_takes_over_children_and_nameplates_and_others_are_told(self) -> None:
        old, new = agency("old"), agency("new")
        child = agency("child", parent_id=old.pk)
        plate = agency("plate", staffed_by_id=old.pk)
        told: list[AgencyMerged] = []
        events.subscribe(AgencyMerged, told.append)
        merged = keeping.merge(agency_id=old.pk, into_id=new.pk, on=date(2026, 4, 1), actor=SYSTEM, at=NOW)
        child.refresh_from_db()
        plate.refresh_from_db()
        assert (merged.successor, merged.valid_until) == (new, date(2026, 3, 31))
        assert child.path == f"/{new.pk}/{child.pk}/"
        assert plate.staffed_by == new
        assert selectors.last_successor(Agency.objects.get(code="old")) == new
        assert told == [AgencyMerged(agency_id=old.pk, into_id=new.pk, on=date(2026, 4, 1), at=NOW)]

    @pytest.mark.parametrize("into", ["old", "child", "ended"])
    def test_an_unfit_successor_is_refused(self, into: str) -> None:
        old = agency("old")
        agency("child", parent_id=old.pk)
        ended = agency("ended")
        keeping.end(agency_id=ended.pk, last_day=date(2026, 3, 1), actor=SYSTEM, at=NOW)
        target = Agency.objects.get(code=into)
        with pytest.raises(keeping.CannotEndAgency):
            keeping.merge(agency_id=old.pk, into_id=target.pk, on=date(2026, 4, 1), actor=SYSTEM, at=NOW)
        old.refresh_from_db()
        assert old.valid_until is None


class TestSelectors:
    def test_the_tree_shows_parents_before_children_in_one_query(self, django_assert_num_queries: object) -> None:
        city = agency("city", kind=AgencyKind.GOVERNMENT)
        agency("b", parent_id=city.pk, sort_order=2)
        a = agency("a", parent_id=city.pk, sort_order=1)
        agency("a-sub", parent_id=a.pk)
        with django_assert_num_queries(1):  # type: ignore[operator]
            lines = [(line.agency.code, line.depth) for line in selectors.tree()]
        assert lines == [("city", 0), ("a", 1), ("a-sub", 2), ("b", 1)]

    def test_a_body_whose_parent_has_ended_still_appears(self) -> None:
        agency("gone", valid_from=date(2027, 1, 1))
        top = Agency.objects.get(code="gone")
        agency("leaf", parent_id=top.pk)
        assert [line.agency.code for line in selectors.tree(on=date(2026, 1, 1))] == ["leaf"]

    def test_a_second_nameplate_does_not_count_twice(self) -> None:
        staff = agency("staff")
        agency("plate", staffed_by_id=staff.pk)
        agency("vertical", kind=AgencyKind.VERTICAL)
        assert list(selectors.in_city_sum(on=date(2026, 1, 1))) == [staff]

    def test_bodies_of_a_kind_come_in_their_order(self) -> None:
        agency("a", sort_order=2)
        agency("b", sort_order=1)
        agency("town", kind=AgencyKind.TOWN)
        found = selectors.of_kind(AgencyKind.DEPARTMENT, on=date(2026, 1, 1))
        assert [body.code for body in found] == ["b", "a"]
