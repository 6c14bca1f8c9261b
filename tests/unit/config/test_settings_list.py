"""docs/operations/settings.md lists every setting, with its type and default, and no other."""

import ast
import re
from pathlib import Path

import pytest

from gongkai.config import checks, environment

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "operations" / "settings.md").read_text("utf-8")
KINDS = {"flag", "number", "text", "words", "secret"}


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _read_by_the_program() -> dict[str, tuple[str, set[str]]]:
    """Kind and literal defaults of every setting that settings.py asks for."""
    tree = ast.parse((ROOT / "src" / "gongkai" / "config" / "settings.py").read_text("utf-8"))
    found: dict[str, tuple[str, set[str]]] = {}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_environment.")):
            continue
        assert isinstance(node.func, ast.Attribute)
        if node.func.attr not in KINDS:
            continue
        name = f"GONGKAI_{ast.literal_eval(node.args[0]).upper()}"
        given = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
        defaults = {_shown(ast.literal_eval(value)) for value in given if _is_literal(value)}
        found[name] = (node.func.attr, found.get(name, ("", set()))[1] | defaults)
    return found


def _listed() -> dict[str, tuple[str, str]]:
    rows = re.findall(r"^\| `(GONGKAI_\w+)` \| (\w+) \|([^|]*)\|", PAGE, re.MULTILINE)
    return {name: (kind, default.strip()) for name, kind, default in rows}


def test_every_setting_is_listed_with_its_type_and_no_other() -> None:
    assert {name: kind for name, (kind, _) in _listed().items()} == {
        name: kind for name, (kind, _) in _read_by_the_program().items()
    }


@pytest.mark.parametrize("name", sorted(_read_by_the_program()))
def test_the_default_is_as_listed(name: str) -> None:
    defaults = _read_by_the_program()[name][1]
    assert not defaults or _listed()[name][1] in defaults


def test_the_list_is_in_order() -> None:
    assert list(_listed()) == sorted(_listed())


def test_every_check_is_explained() -> None:
    source = Path(checks.__file__).read_text("utf-8")
    used = {f"gongkai.{code}" for code in re.findall(r'"(?:gongkai\.)?([EW]\d{3})"', source)}
    assert used == set(re.findall(r"gongkai\.[EW]\d{3}", PAGE))


class TestEnvironment:
    def test_the_variable_goes_before_the_file(self) -> None:
        found = environment.Environment({"GONGKAI_MAIL_PORT": "2525"}, {"mail_port": 26})
        assert found.number("mail_port", 25) == 2525
        assert environment.Environment({}, {"mail_port": 26}).number("mail_port", 25) == 26
        assert environment.Environment({}, {}).number("mail_port", 25) == 25

    @pytest.mark.parametrize(("value", "read"), [("true", True), ("1", True), ("No", False), ("false", False)])
    def test_a_flag_knows_its_words(self, value: str, read: bool) -> None:
        assert environment.Environment({"GONGKAI_DEBUG": value}, {}).flag("debug", default=not read) is read

    @pytest.mark.parametrize(("kind", "value"), [("flag", "maybe"), ("number", "ten")])
    def test_a_value_that_does_not_fit_is_named(self, kind: str, value: str) -> None:
        found = environment.Environment({"GONGKAI_THING": value}, {})
        with pytest.raises(environment.InvalidSetting, match="GONGKAI_THING"):
            found.flag("thing", default=False) if kind == "flag" else found.number("thing", 1)

    def test_lists_come_from_commas_and_from_toml(self) -> None:
        assert environment.Environment({"GONGKAI_SIDES": "portal, desk"}, {}).words("sides") == ["portal", "desk"]
        assert environment.Environment({}, {"sides": ["portal"]}).words("sides") == ["portal"]

    def test_a_secret_may_lie_in_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "password").write_text("geheim\n")
        found = environment.Environment({"GONGKAI_MAIL_PASSWORD_FILE": str(tmp_path / "password")}, {})
        assert found.secret("mail_password") == "geheim"
        assert environment.Environment({"GONGKAI_MAIL_PASSWORD": "x"}, {}).secret("mail_password") == "x"
        missing = environment.Environment({"GONGKAI_MAIL_PASSWORD_FILE": str(tmp_path / "absent")}, {})
        with pytest.raises(environment.InvalidSetting, match="GONGKAI_MAIL_PASSWORD_FILE"):
            missing.secret("mail_password")

    def test_a_name_nobody_asked_for_is_reported(self) -> None:
        found = environment.Environment({"GONGKAI_DEGUB": "true", "GONGKAI_HOME": "/x"}, {"mail_prot": 1})
        found.flag("debug", default=False)
        assert found.unknown() == ["degub", "mail_prot"]
