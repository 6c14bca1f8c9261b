"""Withdrawing leaves a tombstone."""

import pytest

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.feed.models import FeedChange
from gongkai.published.models import Entry
from gongkai.published.services import withdrawing
from tests.integration.published import building

pytestmark = pytest.mark.django_db


def test_a_tombstone_keeps_number_ground_and_time_but_not_the_title() -> None:
    entry = building.entry(building.agency().pk, document_number="清教发〔2026〕3号")
    withdrawing.withdraw(entry_id=entry.pk, ground="依据第十五条撤下", actor=SYSTEM, at=building.AT)
    stone = Entry.objects.get(pk=entry.pk)
    assert (stone.index_number, stone.withdrawal_ground, stone.withdrawn_at) == (
        entry.index_number,
        "依据第十五条撤下",
        building.AT,
    )
    assert (stone.title, stone.document_number, stone.document_number_key) == ("", "", "")


def test_a_withdrawal_is_told_to_feed_and_audit() -> None:
    entry = building.entry(building.agency().pk)
    withdrawing.withdraw(entry_id=entry.pk, ground="依据第十五条撤下", actor=SYSTEM, at=building.AT)
    assert FeedChange.objects.filter(subject_id=entry.pk).count() == 2
    assert AuditEvent.objects.get(action="entry.withdrawn").detail["ground"] == "依据第十五条撤下"


@pytest.mark.parametrize("ground", ["", "  "])
def test_a_withdrawal_without_ground_is_refused(ground: str) -> None:
    entry = building.entry(building.agency().pk)
    with pytest.raises(withdrawing.CannotWithdraw, match="依据"):
        withdrawing.withdraw(entry_id=entry.pk, ground=ground, actor=SYSTEM, at=building.AT)


def test_an_entry_is_withdrawn_once() -> None:
    entry = building.entry(building.agency().pk)
    withdrawing.withdraw(entry_id=entry.pk, ground="依据", actor=SYSTEM, at=building.AT)
    with pytest.raises(withdrawing.CannotWithdraw, match="已经撤下"):
        withdrawing.withdraw(entry_id=entry.pk, ground="依据", actor=SYSTEM, at=building.AT)


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(withdrawing.CannotWithdraw, match="不存在"):
        withdrawing.withdraw(entry_id=404, ground="依据", actor=SYSTEM, at=building.AT)
