"""Figures of a period: every number is the count of its rows, and nobody counts beyond their rights."""

from datetime import date, datetime, timedelta

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.law import forms
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.services import validity
from gongkai.published.tasks import apply_calendar
from gongkai.records.domain import figures as domain
from gongkai.records.domain.figures import Counted, Period
from gongkai.records.models import Record
from gongkai.records.selectors import annual_figures
from gongkai.records.selectors.annual_figures import Bodies, FigureSet
from gongkai.records.selectors.scope import NothingToSee
from gongkai.records.services import publishing
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2026)


def _own(cast: Cast, *, edition: str = "G2021", period: Period = YEAR) -> FigureSet:
    asked = Bodies(agency_id=cast.agency.pk)
    return annual_figures.figures(annual_figures.sight(cast.chen.viewer, asked), edition=edition, period=period)


def _titles(cast: Cast, counted: Counted, period: Period = YEAR) -> set[str]:
    found = annual_figures.rows(
        annual_figures.sight(cast.chen.viewer, Bodies(agency_id=cast.agency.pk)), counted, period
    )
    return {record.title for record in found}


def _normative(cast: Cast, title: str, *, at: datetime = AT, **values: object) -> Record:
    return records.published(cast, at=at, title=title, is_normative=True, **values)


def _repeal(cast: Cast, record: Record, *, since: date, as_: Validity = Validity.REPEALED) -> None:
    change = validity.Change(validity=as_, since=since, basis="清理结果")
    publishing.set_validity(
        record_id=record.pk, change=change, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later()
    )


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """甲局 with something for every figure."""
    records.published(cast, title="普通通知")
    records.withdrawn(cast, title="撤下的通知")
    records.on_wechat(cast, records.published(cast, title="微信也发的通知"))
    _normative(cast, "有效的办法")
    _repeal(cast, _normative(cast, "废止的办法"), since=date(2026, 11, 25))
    _repeal(cast, _normative(cast, "失效的办法"), since=date(2026, 11, 26), as_=Validity.EXPIRED)
    _normative(cast, "明年生效的办法", effective_on=date(2027, 1, 1))
    _normative(cast, "去年制发的办法", created_on=date(2025, 12, 30))
    records.draft(cast, title="没公开的办法", is_normative=True)
    return cast


@pytest.mark.parametrize("edition", forms.EDITIONS)
def test_every_number_is_the_count_of_its_rows(filled: Cast, edition: str) -> None:
    opened = 0
    for figure in _own(filled, edition=edition).figures:
        if figure.rule.counted is not None:
            opened += 1
            assert figure.number == len(_titles(filled, figure.rule.counted)), figure.rule.cell.id
            if beside := domain.BESIDE.get(figure.rule.counted):
                assert figure.beside == len(_titles(filled, beside)), beside
    assert opened == {"G2014": 8, "G2019": 3, "G2021": 3}[edition]


def test_the_form_of_2021_says_what_was_issued_ended_and_holds(filled: Cast) -> None:
    found = _own(filled)
    assert found.of("t2_normative_issued").number == 4
    assert found.of("t2_normative_issued").beside == 1
    assert _titles(filled, Counted.NORMATIVE_ENDED) == {"废止的办法", "失效的办法"}
    assert found.of("t2_normative_repealed").beside == 1
    assert _titles(filled, Counted.NORMATIVE_IN_FORCE) == {"有效的办法", "去年制发的办法"}


def test_what_was_withdrawn_later_still_counts_and_is_shown_beside(filled: Cast) -> None:
    total = _own(filled, edition="G2014").of("proactive_total")
    assert (total.number, total.beside) == (8, 1)
    assert _titles(filled, Counted.WITHDRAWN) == {"撤下的通知"}


def test_a_piece_on_two_channels_counts_once_in_the_whole_and_once_for_each(filled: Cast) -> None:
    found = _own(filled, edition="G2014")
    assert [found.of(f"channel_{name}").number for name in ("website", "wechat", "weibo", "total")] == [8, 1, 0, 9]


@pytest.mark.parametrize("cell", ["t2_rules_issued", "t2_licence_decisions", "t2_charges_amount_wan"])
def test_what_records_cannot_know_is_absent_with_the_reason_and_not_zero(cast: Cast, cell: str) -> None:
    figure = _own(cast).of(cell)
    assert figure.number is None
    assert figure.rule.absent


def test_every_cell_of_table_two_is_counted_summed_or_absent_with_a_reason() -> None:
    for edition in forms.EDITIONS:
        for rule in domain.cells(edition, expired_count=True):
            assert bool(rule.counted) + bool(rule.parts) + bool(rule.absent) == 1


def test_a_document_holds_through_the_last_day_of_its_validity(cast: Cast) -> None:
    _normative(cast, "年底到期的办法", expires_on=date(2026, 12, 31))
    assert _titles(cast, Counted.NORMATIVE_IN_FORCE) == {"年底到期的办法"}
    assert _titles(cast, Counted.NORMATIVE_ENDED) == set()
    apply_calendar.call("2027-01-01T00:10:00+08:00")
    assert _titles(cast, Counted.NORMATIVE_IN_FORCE) == {"年底到期的办法"}
    assert _titles(cast, Counted.NORMATIVE_ENDED, Period.of_year(2027)) == {"年底到期的办法"}
    assert _titles(cast, Counted.NORMATIVE_IN_FORCE, Period.of_year(2027)) == set()


def test_the_calendar_reaches_the_record_and_its_trail_once(cast: Cast) -> None:
    record = _normative(cast, "到期的办法", expires_on=AT.date())
    for _ in range(2):
        apply_calendar.call(f"{AT.date() + timedelta(days=1)}T00:10:00+08:00")
    with scoping.narrow_to([cast.agency.pk]):
        record = Record.objects.get(pk=record.pk)
    assert (record.validity, record.invalid_since) == ("expired", AT.date() + timedelta(days=1))
    assert AuditEvent.objects.filter(action="record.calendar", subject_id=str(record.pk)).count() == 1


def test_months_add_up_to_what_was_published(filled: Cast) -> None:
    found = annual_figures.months(annual_figures.sight(filled.chen.viewer, Bodies(agency_id=filled.agency.pk)), YEAR)
    assert found == {date(2026, 11, 1): 8}


def test_the_day_is_that_of_the_office_and_not_of_greenwich(cast: Cast) -> None:
    at = AT.replace(month=12, day=31, hour=23, minute=30)
    records.published(cast, at=at, title="除夕的通知")
    assert _titles(cast, Counted.PUBLISHED) == {"除夕的通知"}
    assert _titles(cast, Counted.PUBLISHED, Period.of_year(2027)) == set()


class TestRights:
    def test_a_drafter_and_a_stranger_see_no_figures(self, filled: Cast) -> None:
        asked = Bodies(agency_id=filled.agency.pk)
        for person in (filled.li, filled.zhou):
            with pytest.raises(NothingToSee):
                annual_figures.sight(person.viewer, asked)

    def test_an_officer_does_not_look_below(self, filled: Cast) -> None:
        asked = Bodies(agency_id=filled.agency.pk, below=True)
        with pytest.raises(NothingToSee):
            annual_figures.sight(filled.chen.viewer, asked)


class TestSubtree:
    """区政府 stands over 甲局; 乙局 stands elsewhere."""

    @pytest.fixture
    def district(self, filled: Cast) -> Agency:
        city = casting.agency("qu", "区政府", kind=AgencyKind.GOVERNMENT)
        filled.agency.parent, filled.agency.path = city, f"{city.path}{filled.agency.pk}/"
        filled.agency.save(update_fields=["parent", "path"])
        self._elsewhere(filled)
        return city

    def _elsewhere(self, cast: Cast) -> None:
        everything = dict.fromkeys(("li", "wang", "zhao", "chen"), cast.zhou)
        people = [casting.person(name, post=set(cast.zhou.viewer.seats[cast.other_agency.pk].posts),
                                 agency=cast.other_agency) for name in "孔孟荀庄"]  # fmt: skip
        seated = dict(zip(everything, (Person(user, cast.other_agency) for user in people), strict=True))
        staff = casting.Cast(agency=cast.other_agency, other_agency=cast.agency, zhou=cast.zhou, **seated)
        records.published(staff, title="乙局的办法", is_normative=True)

    def _supervisor(self, agency: Agency) -> Person:
        return Person(casting.person("秦", post=Post.SUPERVISOR, agency=agency), agency)

    def test_the_supervisor_counts_the_subtree_and_nothing_beside_it(self, filled: Cast, district: Agency) -> None:
        viewer = self._supervisor(district).viewer
        asked = Bodies(agency_id=district.pk, below=True)
        found = annual_figures.figures(annual_figures.sight(viewer, asked), edition="G2014", period=YEAR)
        assert found.of("proactive_total").by_body == {filled.agency.pk: 8}
        titles = {
            row.title for row in annual_figures.rows(annual_figures.sight(viewer, asked), Counted.PUBLISHED, YEAR)
        }
        assert len(titles) == 8
        assert "乙局的办法" not in titles
        for foreign in (filled.agency.pk, filled.other_agency.pk):
            for below in (False, True):
                with pytest.raises(NothingToSee):
                    annual_figures.sight(viewer, Bodies(agency_id=foreign, below=below))
        stolen = Bodies(agency_id=district.pk, below=True, only=frozenset({filled.other_agency.pk}))
        assert annual_figures.sight(viewer, stolen).bodies == ()
        assert not annual_figures.rows(annual_figures.sight(viewer, stolen), Counted.PUBLISHED, YEAR).exists()

    @pytest.mark.parametrize(
        ("narrowed", "number"),
        [
            ({"kinds": frozenset({AgencyKind.DEPARTMENT})}, 8),
            ({"kinds": frozenset({AgencyKind.TOWN})}, 0),
            ({"levels": frozenset({0})}, 0),
            ({"levels": frozenset({1})}, 8),
            ({"in_city_sum_only": True}, 8),
        ],
    )
    def test_kind_level_and_sum_narrow_it(
        self, filled: Cast, district: Agency, narrowed: dict[str, frozenset[str]], number: int
    ) -> None:
        asked = Bodies(agency_id=district.pk, below=True, **narrowed)  # type: ignore[arg-type]
        found = annual_figures.figures(
            annual_figures.sight(self._supervisor(district).viewer, asked), edition="G2014", period=YEAR
        )
        assert found.of("proactive_total").number == number

    def test_bodies_outside_the_city_sum_are_left_out_of_it(self, filled: Cast, district: Agency) -> None:
        Agency.objects.filter(pk=filled.agency.pk).update(in_city_sum=False)
        asked = Bodies(agency_id=district.pk, below=True, in_city_sum_only=True)
        found = annual_figures.figures(
            annual_figures.sight(self._supervisor(district).viewer, asked), edition="G2014", period=YEAR
        )
        assert found.of("proactive_total").number == 0

    def test_a_body_that_has_gone_into_another_keeps_its_figures_in_the_sum(
        self, filled: Cast, district: Agency
    ) -> None:
        heir = casting.agency("heir", "新局", parent=district)
        Agency.objects.filter(pk=filled.agency.pk).update(valid_until=AT.date(), successor=heir)
        asked = Bodies(agency_id=district.pk, below=True)
        found = annual_figures.figures(
            annual_figures.sight(self._supervisor(district).viewer, asked), edition="G2014", period=YEAR
        )
        assert found.of("proactive_total").by_body == {filled.agency.pk: 8}
        assert {body.agency.short_name for body in found.bodies} == {"区政府", "甲局", "新局"}


def test_a_year_of_figures_takes_five_queries(filled: Cast, django_assert_num_queries: object) -> None:
    viewer, asked = filled.chen.viewer, Bodies(agency_id=filled.agency.pk)
    with django_assert_num_queries(5):  # type: ignore[operator]
        annual_figures.figures(annual_figures.sight(viewer, asked), edition="G2014", period=YEAR)
