"""The sealer loses no event, however late it commits, and never seals one twice."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection, connections, transaction

from gongkai.groundwork.audit import head_file, sealing
from gongkai.groundwork.audit.models import AuditEvent, AuditSeal
from tests.integration.audit.trails import KEY, NOW, Trail, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_links_are_numbered_without_gaps_and_the_head_is_exported(audit_trail: Trail) -> None:
    write(5)
    assert audit_trail.seal() == 5
    seals = list(AuditSeal.objects.order_by("number"))
    assert [seal.number for seal in seals] == [1, 2, 3, 4, 5]
    (head,) = head_file.read(audit_trail.heads)
    assert (head.number, head.link) == (5, seals[-1].link)


def test_nothing_new_writes_nothing(audit_trail: Trail) -> None:
    write(1)
    audit_trail.seal()
    before = audit_trail.heads.read_bytes()
    assert audit_trail.seal() == 0
    assert audit_trail.heads.read_bytes() == before


class _BusySite(sealing.Sealer):
    """A site on which somebody acts between any two batches."""

    def _seal_batch(self, *, at: datetime) -> int:
        write(1)
        return super()._seal_batch(at=at)


def test_sealing_ends_on_a_site_that_never_rests(audit_trail: Trail) -> None:
    write(3)
    busy = _BusySite(key=KEY, head_file=audit_trail.heads)
    assert busy.seal(at=NOW) == 4, "what waited, and what came before the one batch; not all that ever comes"


def test_an_act_that_is_undone_leaves_no_event(audit_trail: Trail) -> None:
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    write(1)
    assert audit_trail.seal() == 1
    assert audit_trail.verify().intact


def test_an_event_that_commits_after_a_later_one_is_sealed_too(audit_trail: Trail) -> None:
    if connection.vendor == "sqlite":
        # One writer at a time: a second transaction cannot commit inside the first, so order cannot turn.
        write(1, action="early")
        write(1, action="late")
        assert audit_trail.seal() == 2
        return
    with _open_transaction() as slow:
        slow.write("slow")
        write(1, action="quick")
        assert audit_trail.seal() == 0, "nothing behind an open transaction is settled"
        slow.commit()
    assert audit_trail.seal() == 2
    assert list(AuditEvent.objects.order_by("seal__number").values_list("action", flat=True)) == ["slow", "quick"]
    assert audit_trail.verify().intact


def test_several_sealers_at_once_make_one_chain(audit_trail: Trail) -> None:
    write(500)
    sealed: list[int] = []

    def seal() -> None:
        try:
            for _ in range(5):
                sealed.append(audit_trail.seal())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        write(20)
    for thread in threads:
        thread.join()
    sealed.append(audit_trail.seal())
    assert sum(sealed) == 600 == AuditSeal.objects.count()
    assert audit_trail.verify().intact


def test_ten_thousand_events_are_sealed_in_about_a_second(audit_trail: Trail) -> None:
    write(10_000)
    began = time.perf_counter()
    assert audit_trail.seal() == 10_000
    # One second is the aim on an idle machine; a busy one with two cores gets five.
    assert time.perf_counter() - began < 5


class _Slow:
    """A transaction on a connection of its own, which stays open until it is told to commit."""

    def __init__(self) -> None:
        self._steps = threading.Event()
        self._written = threading.Event()
        self._thread: threading.Thread | None = None

    def write(self, action: str) -> None:
        self._thread = threading.Thread(target=self._run, args=(action,))
        self._thread.start()
        assert self._written.wait(10)

    def commit(self) -> None:
        self._steps.set()
        if self._thread:
            self._thread.join(10)

    def _run(self, action: str) -> None:
        try:
            with transaction.atomic():
                write(1, action=action)
                self._written.set()
                self._steps.wait(10)
        finally:
            connections.close_all()


@contextmanager
def _open_transaction() -> Iterator[_Slow]:
    slow = _Slow()
    try:
        yield slow
    finally:
        slow.commit()
