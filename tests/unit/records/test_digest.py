"""The digest to which decisions are bound changes with everything public, and with nothing else."""

import pytest

from gongkai.groundwork import digests
from gongkai.records.domain import digest
from gongkai.records.domain.digest import PublicFile

pytestmark = pytest.mark.pure
FILE = PublicFile("附件", "a.pdf", "f" * 64)


def _of(
    metadata: dict[str, object] | None = None, *, body: str = "<p>文</p>", files: tuple[PublicFile, ...] = ()
) -> str:
    return digest.of_content({"title": "题"} if metadata is None else metadata, body_html=body, files=files)


def test_it_is_sm3_over_canonical_json() -> None:
    assert digest.of_canonical({"b": ["文"], "a": None}) == digests.sm3('{"a":null,"b":["文"]}')
    assert digests.sm3("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905


def test_the_order_of_keys_does_not_matter() -> None:
    assert _of({"a": 1, "b": 2}) == _of({"b": 2, "a": 1})


@pytest.mark.parametrize(
    "other",
    [
        _of({"title": "题 "}),
        _of({"title": "题", "genre": "通知"}),
        _of(body="<p>文。</p>"),
        _of(files=(FILE,)),
    ],
)
def test_any_public_change_changes_it(other: str) -> None:
    assert other != _of()


@pytest.mark.parametrize(
    "files",
    [
        (FILE._replace(title="另一附件"),),
        (FILE._replace(file_name="b.pdf"),),
        (FILE._replace(digest="e" * 64),),
        (FILE, FILE),
    ],
)
def test_a_change_of_a_file_changes_it(files: tuple[PublicFile, ...]) -> None:
    assert _of(files=files) != _of(files=(FILE,))


def test_the_order_of_files_matters() -> None:
    second = PublicFile("二", "b.pdf", "e" * 64)
    assert _of(files=(FILE, second)) != _of(files=(second, FILE))


def test_words_cannot_wander_between_fields() -> None:
    assert _of({"title": "甲", "source": "乙"}) != _of({"title": "甲乙"})
    assert _of({"title": "x"}, body="") != _of({}, body="x")
