import pytest
from tools.docs import markdown, pages

from gongkai.law import instruments, parameters

pytestmark = pytest.mark.pure


def test_the_generated_pages_are_those_in_the_repository() -> None:
    assert list(pages.outdated()) == [], "run `make docs` and commit the pages"


def test_no_page_of_a_generated_folder_is_left_over() -> None:
    wanted = pages.everything()
    folders = {path.rpartition("/")[0] for path in wanted}
    found = {
        file.relative_to(pages.ROOT).as_posix() for folder in folders for file in (pages.ROOT / folder).glob("*.md")
    }
    assert found == set(wanted)


def test_every_parameter_and_every_source_stands_on_its_page() -> None:
    texts = pages.everything()
    for name in parameters.book().parameters:
        assert f"`{name}`" in texts["docs/law/parameters.md"]
    for key in instruments.everything():
        assert f"| `{key}` |" in texts["docs/law/sources.md"]


def test_a_cell_cannot_break_its_table() -> None:
    assert markdown.table(("a",), [("x|y\nz",)]) == "| a |\n| --- |\n| x\\|y z |\n"
