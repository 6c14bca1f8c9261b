"""A mapping that cannot be meant is refused with the place that is wrong."""

from pathlib import Path

import pytest

import gongkai.imports
from gongkai.imports.domain import mapping

pytestmark = pytest.mark.pure
BUILT_IN = sorted((Path(gongkai.imports.__file__).parent / "mappings").glob("*.yaml"))
MINIMAL = "name: own\nkey: 编号\nfields: {title: 标题, published_on: 日期, column_code: 栏目}\n"


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_a_built_in_mapping_is_readable_and_named_like_its_file(path: Path) -> None:
    assert mapping.parse(path.read_text("utf-8")).name == path.stem


def test_the_policy_list_is_told_apart_by_its_address() -> None:
    policy_list = mapping.parse(next(path for path in BUILT_IN if path.stem == "policy-list").read_text("utf-8"))
    assert policy_list.key == ("url",)
    assert policy_list.columns == {"source", "title", "document_number", "date_written", "date_published", "url"}
    assert policy_list.agency.create


def test_the_short_form_is_enough() -> None:
    own = mapping.parse(MINIMAL)
    assert own.columns == {"编号", "标题", "日期", "栏目"}
    assert own.fields["title"].required
    assert own.agency.column == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name: [", "YAML"),
        ("- a", "映射文件"),
        ("name: own\nkey: a\nfields: {title: 标题}", "published_on"),
        ("name: own\nkey: a\nfields: {published_on: 日期}", "title"),
        (MINIMAL.replace(", column_code: 栏目", ""), "column_code"),
        (MINIMAL.replace("key: 编号\n", ""), "key"),
        (MINIMAL.replace("own", "'../x'"), "name"),
        (MINIMAL + "colour: red", "colour"),
        (MINIMAL + "constants: {in_library: 3}", "in_library"),
        (MINIMAL + "constants: {created_on: '2026-01-01'}", "created_on"),
        (MINIMAL.replace("title: 标题", "title: 标题, owner: x"), "owner"),
        (MINIMAL.replace("标题", "{required: true}"), "column"),
        (MINIMAL + "agency: {valid_from: soon}", "valid_from"),
        (MINIMAL + "agency: {codes: {a: 1}}", "codes"),
        (MINIMAL + "x: !!python/object/apply:os.system ['true']", "YAML"),
    ],
)
def test_nonsense_is_refused(text: str, place: str) -> None:
    with pytest.raises(mapping.UnreadableMapping, match=place):
        mapping.parse(text)
