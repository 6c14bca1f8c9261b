"""The register of issued documents: entered once, changed by a newer table, held against what is public."""

from datetime import date

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.models import Record
from gongkai.records.selectors import checks, scope
from gongkai.records.selectors import issued as selector
from gongkai.records.selectors.issued import Share, Wanted
from gongkai.records.services import drafting, registering
from gongkai.records.services.registering import Outcome
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records, registers
from tests.factories.registers import issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return casting.assemble()


def again(cast: Cast, *rows: registers.Issued) -> dict[Outcome, int]:
    actor = cast.chen.acting(Duty.IMPORT_RECORDS)
    return dict(registering.register(rows, actor=actor, at=casting.later()))


class TestEntering:
    def test_the_same_table_again_changes_nothing(self, cast: Cast) -> None:
        registers.registered(cast, issued(1), issued(2))
        before = AuditEvent.objects.count()
        assert again(cast, issued(1), issued(2)) == {Outcome.UNCHANGED: 2}
        assert AuditEvent.objects.count() == before

    def test_a_newer_table_changes_and_adds_and_takes_nothing_away(self, cast: Cast) -> None:
        registers.registered(cast, issued(1), issued(2))
        assert again(cast, issued(2, attribute="on_request"), issued(3)) == {Outcome.UPDATED: 1, Outcome.CREATED: 1}
        with scoping.narrow_to([cast.agency.pk]):
            found = registers.IssuedDocument.objects.order_by("serial").values_list("serial", "attribute")
            assert list(found) == [(1, "proactive"), (2, "on_request"), (3, "proactive")]
        assert AuditEvent.objects.filter(action="issued.reregister").count() == 1

    def test_two_documents_under_one_number_are_both_there(self, cast: Cast) -> None:
        found = registers.registered(cast, issued(1), issued(1, title="另一件", copy=2))
        assert [document.title for document in found] == ["关于第1件事的通知", "另一件"]

    def test_the_same_number_of_another_agency_is_another_document(self, cast: Cast) -> None:
        registers.registered(cast, issued(1))
        actor = cast.zhou.acting(Duty.IMPORT_RECORDS)
        assert dict(registering.register([issued(1)], actor=actor, at=casting.AT)) == {Outcome.CREATED: 1}

    def test_many_rows_go_in_blocks(self, cast: Cast) -> None:
        pauses: list[int] = []
        rows = [issued(number) for number in range(1, 1002)]
        actor = cast.chen.acting(Duty.IMPORT_RECORDS)
        counts = registering.register(rows, actor=actor, at=casting.AT, pause=lambda: pauses.append(1))
        assert counts[Outcome.CREATED] == 1001
        assert len(pauses) == 3


class TestAgainstWhatIsPublic:
    def test_the_share_counts_what_is_public_of_all_that_was_issued(self, cast: Cast) -> None:
        registers.registered(
            cast,
            issued(1),
            issued(2, unit="法规科", created_on=date(2026, 4, 1)),
            issued(3, attribute="on_request"),
            issued(4, attribute=""),
        )
        records.published(cast, document_number="甲政办发〔2026〕1号")
        records.draft(cast, document_number="甲政办发〔2026〕2号")
        whole, by_unit, by_month = selector.shares(cast.li.viewer, cast.agency.pk, 2026)
        assert (whole.issued, whole.proactive, whole.public, whole.percent) == (4, 2, 1, 25.0)
        assert by_unit == [Share("办公室", 3, 1, 1), Share("法规科", 1, 1, 0)]
        assert [(share.label, share.issued) for share in by_month] == [("3", 3), ("4", 1)]

    def test_every_figure_opens_to_as_many_rows(self, cast: Cast) -> None:
        registers.registered(cast, issued(1), issued(2), issued(3, attribute="not_disclosed"))
        records.published(cast, document_number="甲政办发〔2026〕1号")
        viewer, home = cast.li.viewer, cast.agency.pk
        whole, _, _ = selector.shares(viewer, home, 2026)
        with scoping.narrow_to([home]):
            assert selector.documents(viewer, home, Wanted(year=2026)).count() == whole.issued
            proactive = Wanted(year=2026, attribute="proactive")
            assert selector.documents(viewer, home, proactive).count() == whole.proactive
            public = Wanted(year=2026, attribute="proactive", is_public=True)
            assert selector.documents(viewer, home, public).count() == whole.public

    def test_what_waits_is_named_with_the_oldest_first(self, cast: Cast) -> None:
        registers.registered(
            cast, issued(1, created_on=date(2026, 5, 1)), issued(2, created_on=date(2026, 2, 1)), issued(3)
        )
        records.published(cast, document_number="甲政办发〔2026〕3号")
        with scoping.narrow_to([cast.agency.pk]):
            waiting = selector.not_yet_public(cast.li.viewer, cast.agency.pk, 2026)
            assert [document.serial for document in waiting] == [2, 1]

    def test_a_withdrawn_record_is_not_public(self, cast: Cast) -> None:
        registers.registered(cast, issued(1))
        records.withdrawn(cast, document_number="甲政办发〔2026〕1号")
        whole, _, _ = selector.shares(cast.li.viewer, cast.agency.pk, 2026)
        assert whole.public == 0

    def test_who_quotes_a_number_that_the_register_keeps_from_the_public_is_told(self, cast: Cast) -> None:
        registers.registered(cast, issued(1), issued(2, attribute="on_request"), issued(3, attribute="not_disclosed"))
        records.published(cast, document_number="甲政办发〔2026〕3号")
        body = "<p>按照甲政办发〔2026〕1号、甲政办发〔2026〕2号和甲政办发〔2026〕3号要求办理。</p>"
        record = records.draft(cast, body_html=body, document_number="")
        with scoping.narrow_to([cast.agency.pk]):
            found = checks.checked(record, drafting.content_of(record), [], on=casting.AT.date())
        assert [spot.finding.actual for spot in found.spots if spot.finding.code == "quoted.non_public"] == [
            "甲政办发〔2026〕2号"
        ]

    def test_the_register_of_another_agency_is_not_asked(self, cast: Cast) -> None:
        registers.registered(cast, issued(2, attribute="on_request"))
        numbers = {"甲政办发〔2026〕2号"}
        assert selector.non_public_numbers(cast.agency.pk, among=numbers) == numbers
        assert selector.non_public_numbers(cast.other_agency.pk, among=numbers) == frozenset()

    def test_nobody_of_another_agency_sees_any_of_it(self, cast: Cast) -> None:
        registers.registered(cast, issued(1))
        with pytest.raises(scope.NothingToSee):
            selector.shares(cast.zhou.viewer, cast.agency.pk, 2026)


class TestADraftFromARow:
    def test_it_has_what_the_register_knows(self, cast: Cast) -> None:
        (document,) = registers.registered(cast, issued(1, unit="法规科"))
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        record = registering.draft_of(document_id=document.pk, actor=actor, at=casting.later())
        assert (record.title, record.document_number, record.created_on, record.responsible_unit) == (
            "关于第1件事的通知",
            "甲政办发〔2026〕1号",
            date(2026, 3, 2),
            "法规科",
        )

    def test_asking_twice_makes_one_draft(self, cast: Cast) -> None:
        (document,) = registers.registered(cast, issued(1))
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        first = registering.draft_of(document_id=document.pk, actor=actor, at=casting.later())
        assert registering.draft_of(document_id=document.pk, actor=actor, at=casting.later()).pk == first.pk
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.count() == 1

    def test_another_agency_has_no_such_row(self, cast: Cast) -> None:
        (document,) = registers.registered(cast, issued(1))
        actor = cast.zhou.acting(Duty.DRAFT_RECORDS)
        with pytest.raises(registering.NoSuchDocument):
            registering.draft_of(document_id=document.pk, actor=actor, at=casting.later())
