"""The chain is computed the same by both SM3 implementations and depends on everything it covers."""

from datetime import UTC, datetime

import pytest

from gongkai.groundwork.audit import chain

pytestmark = pytest.mark.pure

KEY = b"k" * 32
MOMENT = datetime(2026, 3, 3, 1, 2, 3, 4, tzinfo=UTC)
VALUES: tuple[object, ...] = (MOMENT, 7, "李", "drafter", "fgw", "draft", "record", "1", {"b": 1, "a": "甲"})


def test_sm3_gives_the_value_of_the_standard() -> None:
    # GB/T 32905-2016, example 1, taken through the HMAC construction of RFC 2104 by hand.
    from cryptography.hazmat.primitives import hashes

    def sm3(text: bytes) -> bytes:
        digest = hashes.Hash(hashes.SM3())
        digest.update(text)
        return digest.finalize()

    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    inner = sm3(bytes(byte ^ 0x36 for byte in KEY.ljust(64, b"\0")) + b"abc")
    by_hand = sm3(bytes(byte ^ 0x5C for byte in KEY.ljust(64, b"\0")) + inner).hex()
    assert chain.portable_authenticator(KEY)(b"abc") == by_hand
    assert chain.authenticator(KEY)(b"abc") == by_hand


@pytest.mark.parametrize("position", range(len(VALUES)))
def test_a_link_changes_with_every_field_it_covers(position: int) -> None:
    changed = (*VALUES[:position], "other", *VALUES[position + 1 :])
    assert _link(VALUES) != _link(changed)


def test_a_link_changes_with_its_number_its_event_and_the_link_before() -> None:
    links = {_link(VALUES), _link(VALUES, number=2), _link(VALUES, event_id=2), _link(VALUES, before="x")}
    assert len(links) == 4


def test_the_order_of_keys_in_the_detail_does_not_matter() -> None:
    assert _link(VALUES) == _link((*VALUES[:-1], {"a": "甲", "b": 1}))


def _link(values: tuple[object, ...], *, before: str = "gongkai", number: int = 1, event_id: int = 1) -> str:
    return chain.link(before, number, event_id, values, authenticate=chain.authenticator(KEY))
