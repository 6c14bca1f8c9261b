"""Typed readers for settings: the environment first, then ``gongkai.toml`` in the data folder, secrets as files.

A value that does not fit its type stops the start with a sentence that names the variable, because a setting
that is silently misread is worse than a server that does not start.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path


class InvalidSetting(Exception):
    """A setting has a value that cannot be read as its type."""


def home() -> Path:
    """The data folder: database, files, index, keys. ``GONGKAI_HOME`` chooses it."""
    return Path(os.environ.get("GONGKAI_HOME", "./var")).resolve()


class Environment:
    """Reads ``GONGKAI_<NAME>`` from the environment or ``name`` from the settings file."""

    def __init__(self, variables: Mapping[str, str], file_values: Mapping[str, object]) -> None:
        self._variables = variables
        self._file_values = file_values
        self._known: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        found = self._find(name)
        return default if found is None else found

    def secret(self, name: str) -> str:
        """As `text`, or the content of the file that ``GONGKAI_<NAME>_FILE`` names."""
        path = self._find(f"{name}_file")
        if path is None:
            return self.text(name)
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError as error:
            raise InvalidSetting(f"GONGKAI_{name.upper()}_FILE cannot be read: {error.strerror}") from error

    def flag(self, name: str, *, default: bool) -> bool:
        found = self._find(name)
        if found is None:
            return default
        if found.lower() in {"true", "1", "yes"}:
            return True
        if found.lower() in {"false", "0", "no"}:
            return False
        raise InvalidSetting(f"GONGKAI_{name.upper()} must be true or false, not {found!r}")

    def number(self, name: str, default: int) -> int:
        found = self._find(name)
        if found is None:
            return default
        try:
            return int(found)
        except ValueError as error:
            raise InvalidSetting(f"GONGKAI_{name.upper()} must be a whole number, not {found!r}") from error

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        found = self._find(name)
        if found is None:
            return list(default)
        return [word.strip() for word in found.split(",") if word.strip()]

    def unknown(self) -> list[str]:
        """Names that somebody set and nobody asked for: most likely misspelt."""
        variables = {name.removeprefix("GONGKAI_").lower() for name in self._variables if name.startswith("GONGKAI_")}
        return sorted((variables | set(self._file_values)) - self._known - {"home", "test_home"})

    def _find(self, name: str) -> str | None:
        self._known.add(name)
        variable = self._variables.get(f"GONGKAI_{name.upper()}")
        if variable is not None:
            return variable
        value = self._file_values.get(name.lower())
        if value is None:
            return None
        return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def load() -> Environment:
    """The environment of this process together with ``gongkai.toml`` of the data folder, if there is one."""
    path = home() / "gongkai.toml"
    values: dict[str, object] = {}
    if path.exists():
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise InvalidSetting(f"{path} is not valid TOML: {error}") from error
    return Environment(os.environ, values)
