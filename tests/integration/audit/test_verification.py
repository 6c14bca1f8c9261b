"""Whatever is done to the trail behind its back is found and named."""

import pytest

from gongkai.groundwork.audit.models import AuditEvent, AuditSeal
from tests.integration.audit.trails import NOW, Clerk, Trail, tamper, write

# On PostgreSQL only what is committed can be sealed, so every test commits.
pytestmark = pytest.mark.django_db(transaction=True)

EVENTS, SEALS = "groundwork_auditevent", "groundwork_auditseal"


@pytest.fixture
def sealed(audit_trail: Trail) -> Trail:
    write(3)
    audit_trail.seal()
    write(4)
    assert audit_trail.seal() == 4
    assert audit_trail.verify().intact
    return audit_trail


def test_an_honest_trail_is_intact_and_tells_its_length(sealed: Trail) -> None:
    report = sealed.verify()
    assert (report.links, report.unsealed, report.flaws) == (7, 0, ())


def test_a_changed_event_is_named(sealed: Trail) -> None:
    third = AuditSeal.objects.get(number=3).event_id
    tamper(EVENTS, f"UPDATE {EVENTS} SET actor_name = '王' WHERE id = {third}")
    (flaw,) = sealed.verify().flaws
    assert (flaw.kind, flaw.number, flaw.event_id) == ("broken link", 3, third)


def test_a_changed_detail_is_named(sealed: Trail) -> None:
    fifth = AuditSeal.objects.get(number=5).event_id
    tamper(EVENTS, f'UPDATE {EVENTS} SET detail = \'{{"标题": "命令"}}\' WHERE id = {fifth}')
    assert [(flaw.kind, flaw.number) for flaw in sealed.verify().flaws] == [("broken link", 5)]


def test_an_event_deleted_with_its_link_leaves_a_gap(sealed: Trail) -> None:
    second = AuditSeal.objects.get(number=2).event_id
    tamper(SEALS, f"DELETE FROM {SEALS} WHERE number = 2")
    tamper(EVENTS, f"DELETE FROM {EVENTS} WHERE id = {second}")
    (flaw,) = sealed.verify().flaws
    assert (flaw.kind, flaw.number) == ("gap", 2)


def test_a_link_deleted_alone_leaves_a_gap_and_an_event_without_link(sealed: Trail) -> None:
    tamper(SEALS, f"DELETE FROM {SEALS} WHERE number = 2")
    assert sealed.kinds_of_flaws() == ["gap", "unsealed"]


def test_a_cut_off_tail_is_found_by_the_exported_head(sealed: Trail) -> None:
    last = AuditSeal.objects.filter(number__gt=5).values_list("event_id", flat=True)
    ids = ",".join(map(str, last))
    tamper(SEALS, f"DELETE FROM {SEALS} WHERE number > 5")
    tamper(EVENTS, f"DELETE FROM {EVENTS} WHERE id IN ({ids})")
    (flaw,) = sealed.verify().flaws
    assert (flaw.kind, flaw.number) == ("missing tail", 6)


def test_a_tail_that_was_cut_off_and_regrown_contradicts_the_exported_head(sealed: Trail) -> None:
    last = AuditSeal.objects.filter(number__gt=5).values_list("event_id", flat=True)
    ids = ",".join(map(str, last))
    tamper(SEALS, f"DELETE FROM {SEALS} WHERE number > 5")
    tamper(EVENTS, f"DELETE FROM {EVENTS} WHERE id IN ({ids})")
    write(2, action="harmless")
    sealed.seal()
    assert "rewritten" in sealed.kinds_of_flaws()


def test_an_event_slipped_in_before_the_head_is_found(audit_trail: Trail) -> None:
    write(3)
    gap = AuditEvent.objects.order_by("id").values_list("id", flat=True)[1]
    tamper(EVENTS, f"DELETE FROM {EVENTS} WHERE id = {gap}")
    audit_trail.seal()
    first = AuditEvent.objects.order_by("id").values_list("transaction_id", flat=True)[0]
    AuditEvent.objects.create(id=gap, at=NOW, actor_name="王", action="x", subject_type="record")
    tamper(EVENTS, f"UPDATE {EVENTS} SET transaction_id = {first} WHERE id = {gap}")
    assert audit_trail.seal() == 0
    (flaw,) = audit_trail.verify().flaws
    assert (flaw.kind, flaw.event_id) == ("unsealed", gap)


def test_a_chain_made_anew_without_the_key_does_not_hold(sealed: Trail) -> None:
    tamper(SEALS, f"UPDATE {SEALS} SET link = '{'0' * 64}' WHERE number = 1")
    assert [(flaw.kind, flaw.number) for flaw in sealed.verify().flaws] == [("broken link", 1)]


def test_a_vanished_head_file_is_a_flaw(sealed: Trail) -> None:
    sealed.heads.unlink()
    assert sealed.kinds_of_flaws() == ["head file"]


def test_a_head_file_full_of_rubbish_is_a_flaw(sealed: Trail) -> None:
    sealed.heads.write_text("not a head\n")
    assert "head file" in sealed.kinds_of_flaws()


def test_a_half_written_last_line_is_no_flaw(sealed: Trail) -> None:
    with sealed.heads.open("a") as stream:
        stream.write("8 abc")
    assert sealed.verify().intact


def test_heads_that_two_sealers_wrote_in_turned_order_are_no_flaw(sealed: Trail) -> None:
    write(1)
    sealed.seal()
    lines = sealed.heads.read_text().splitlines(keepends=True)
    assert len(lines) == 3
    sealed.heads.write_text("".join(reversed(lines)))
    assert sealed.verify().intact


def test_a_link_that_differs_from_its_exported_head_is_named(sealed: Trail) -> None:
    sealed.heads.write_text(f"3 {'0' * 64} 2026-11-22T01:00:00+00:00\n" + sealed.heads.read_text())
    (flaw,) = sealed.verify().flaws
    assert (flaw.kind, flaw.number) == ("rewritten", 3)


def test_events_written_after_the_sealing_are_counted_but_no_flaw(sealed: Trail) -> None:
    write(2)
    report = sealed.verify()
    assert (report.intact, report.unsealed) == (True, 2)


def test_sealing_goes_on_when_the_last_sealed_event_was_deleted(sealed: Trail) -> None:
    last = AuditSeal.objects.get(number=7).event_id
    tamper(EVENTS, f"DELETE FROM {EVENTS} WHERE id = {last}")
    write(1)
    assert sealed.seal() == 1
    assert [(flaw.kind, flaw.number) for flaw in sealed.verify().flaws] == [("missing event", 7)]
    tamper(SEALS, f"DELETE FROM {SEALS} WHERE number = 7")


def test_the_performer_and_the_time_are_part_of_the_link(sealed: Trail) -> None:
    event = AuditEvent.objects.filter(actor_name=Clerk().name).order_by("id").first()
    assert event is not None
    tamper(EVENTS, f"UPDATE {EVENTS} SET at = '2020-01-01 00:00:00+00:00' WHERE id = {event.pk}")
    assert sealed.kinds_of_flaws() == ["broken link"]
