"""索引号: the number that a published record keeps for good, built from a template that each site chooses.

A template is literal text with tokens in braces: `{org9}/{yyyy}-{seq:5}` gives 014416330/2026-00001. A width after a
code (`{dept:3}`) pads it with zeros; `{org9:-}` keeps the hyphen of the organisation code. Allocation itself is for
the caller, inside the transaction that publishes: `Numbering.counter` names the sequence to draw from.
"""

import dataclasses
import datetime
import enum
import functools
import itertools
import re
from collections.abc import Mapping
from typing import Self

from gongkai.law import datafiles
from gongkai.law.identifiers import spelling
from gongkai.law.identifiers.invalid import Invalid, Reason, holds

MAX_LENGTH = 64

_TOKEN = re.compile(r"\{([a-z0-9_]+)(?::([0-9]+|-))?\}")
_LITERAL = re.compile(r"[0-9A-Za-z\-/_.]*")
_CODES = {
    "org9": "[0-9A-Z]{9}",
    "uscc": "[0-9A-Z]{15,18}",
    "site_code": "[0-9A-Za-z]{10}",
    "region": "[0-9]{2,12}",
    "dept": "[0-9A-Z]{1,12}",
    "topic": "[0-9A-Z]{1,12}",
    "genre": "[0-9A-Z]{1,12}",
    "group": "[0-9A-Z]{1,12}",
    "source": "[0-9A-Z]",
}
_DATES = {"yyyy": "%Y", "yyyymm": "%Y%m", "yyyymmdd": "%Y%m%d"}
_FIXED = {"org9", "site_code", "source", *_DATES}  # always of one length
_AGENCY = {"org9", "uscc", "site_code", "region", "dept"}


class Reset(enum.StrEnum):
    """When a sequence begins at 1 again."""

    NEVER = "never"
    YEARLY = "yearly"
    MONTHLY = "monthly"
    DAILY = "daily"


class Scope(enum.StrEnum):
    """What has a sequence of its own. All numbers of a site share one where none is named."""

    AGENCY = "agency"
    TOPIC = "topic"
    GENRE = "genre"
    GROUP = "group"


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A literal (`token` empty) or a token with its width; width 0 is as long as it comes."""

    token: str
    text: str = ""
    width: int = 0
    hyphen: bool = False

    @property
    def is_fixed(self) -> bool:
        if self.hyphen or self.token == "seq":
            return False
        return not self.token or self.width > 0 or self.token in _FIXED

    @property
    def pattern(self) -> str:
        if not self.token:
            return re.escape(self.text)
        if self.token == "seq":
            return f"(?P<seq>[0-9]{{{self.width},9}})"
        if self.token in _DATES:
            return f"(?P<{self.token}>[0-9]{{{len(self.token)}}})"
        if self.hyphen:
            return f"(?P<{self.token}>[0-9A-Z]{{7,8}}-[0-9A-Z])"
        return f"(?P<{self.token}>{f'[0-9A-Z]{{{self.width}}}' if self.width else _CODES[self.token]})"


@dataclasses.dataclass(frozen=True)
class Template:
    """A parsed template; `str()` gives its text again."""

    text: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return self.text

    @functools.cached_property
    def tokens(self) -> frozenset[str]:
        return frozenset(part.token for part in self.parts if part.token)

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("".join(part.pattern for part in self.parts))

    def render(self, codes: Mapping[str, str], *, on: datetime.date, sequence: int) -> str:
        """The number for these codes (by token name). Raises `Invalid` for a missing or malformed code.

        A sequence that outgrows its width is written in full: numbers get longer, never equal.
        """
        if sequence < 1:
            raise ValueError("sequences begin at 1")
        number = "".join(_rendered(part, codes, on, sequence) for part in self.parts)
        if len(number) > MAX_LENGTH:
            raise Invalid(Reason.LENGTH, f"索引号不超过{MAX_LENGTH}个字符。")
        return number

    def read(self, number: str) -> Mapping[str, str]:
        """The values of the tokens in a number of this template. Raises `Invalid`."""
        match = self._pattern.fullmatch(compact(number))
        if match is None:
            raise Invalid(Reason.FORMAT, f"索引号不符合规则“{self.text}”。")
        return match.groupdict()


@dataclasses.dataclass(frozen=True)
class Numbering:
    """A template with the rule of its sequences. Raises `Invalid` if two records could get the same number."""

    template: Template
    scope: frozenset[Scope] = frozenset({Scope.AGENCY})
    reset: Reset = Reset.YEARLY

    def __post_init__(self) -> None:
        tokens = self.template.tokens
        dated = {Reset.YEARLY: set(_DATES), Reset.MONTHLY: {"yyyymm", "yyyymmdd"}, Reset.DAILY: {"yyyymmdd"}}
        if self.reset in dated and not tokens & dated[self.reset]:
            raise Invalid(Reason.COMPONENT, "流水号定期重新编号时，索引号须含有相应的年、年月或年月日。")
        for scope in self.scope:
            if not tokens & (_AGENCY if scope is Scope.AGENCY else {scope.value}):
                raise Invalid(
                    Reason.COMPONENT, f"流水号按{_SCOPE_LABELS[scope]}编制时，索引号须含有{_SCOPE_LABELS[scope]}代码。"
                )

    @classmethod
    def read(cls, data: Mapping[str, object]) -> Self:
        """From data: `template`, `scope` (list), `reset`. Raises `Invalid`, `KeyError` or `ValueError`."""
        scope = data.get("scope", ["agency"])
        if not isinstance(scope, list):
            raise Invalid(Reason.FORMAT, "流水号的编制范围应为列表。")
        names = frozenset(Scope(name) for name in scope)
        return cls(parse_template(str(data["template"])), names, Reset(str(data.get("reset", "yearly"))))

    def counter(self, codes: Mapping[str, str], *, on: datetime.date) -> str:
        """The name of the sequence to draw from.

        It consists of values that stand in the number. Records with different counters therefore differ in their
        numbers, and those that share one differ by the sequence; agencies behind one site code share its sequence.
        """
        kept = {scope.value for scope in self.scope} | (_AGENCY if Scope.AGENCY in self.scope else set())
        parts = [part for part in self.template.parts if part.token in kept]
        values = [f"{part.token}={_rendered(part, codes, on, 0)}" for part in parts]
        period = {Reset.YEARLY: "%Y", Reset.MONTHLY: "%Y%m", Reset.DAILY: "%Y%m%d"}.get(self.reset)
        return ";".join([*values, *([on.strftime(period)] if period else [])]) or "all"

    def render(self, codes: Mapping[str, str], *, on: datetime.date, sequence: int) -> str:
        return self.template.render(codes, on=on, sequence=sequence)


_SCOPE_LABELS = {Scope.AGENCY: "机关", Scope.TOPIC: "主题", Scope.GENRE: "体裁", Scope.GROUP: "组配"}


def parse_template(text: str) -> Template:
    """Raises `Invalid`, with the reason in Chinese, for what could not give clear and lasting numbers."""
    parts, place = [], 0
    for match in _TOKEN.finditer(text):
        parts += _literal(text[place : match.start()])
        parts.append(_part(match[1], match[2]))
        place = match.end()
    parts += _literal(text[place:])
    names = [part.token for part in parts if part.token]
    if names.count("seq") != 1:
        raise Invalid(Reason.COMPONENT, "索引号规则须含有且只含有一个流水号{seq:位数}。")
    if len(names) != len(set(names)):
        raise Invalid(Reason.COMPONENT, "索引号规则中每种代码只能出现一次。")
    for left, right in itertools.pairwise(parts):
        if not left.is_fixed and not (right.is_fixed and not right.token and not right.text[0].isalnum()):
            raise Invalid(Reason.COMPONENT, "不定长的代码之后须有分隔符（如“-”“/”）。")
    return Template(text, tuple(parts))


@functools.cache
def examples() -> Mapping[str, Mapping[str, object]]:
    """Templates in use across the country, by name, as `Numbering.read` takes them, each with label and example."""
    return datafiles.read_mapping("index_templates.yaml")


def compact(text: str) -> str:
    """Half-width characters without blanks; case and hyphens stay, since they belong to the number."""
    return spelling.closed_up(text)


def validate(text: str) -> str:
    """The compact number, of whatever template: 6 to 64 letters, digits and separators. Raises `Invalid`."""
    number = compact(text)
    if not 6 <= len(number) <= MAX_LENGTH:
        raise Invalid(Reason.LENGTH, f"索引号应为6至{MAX_LENGTH}个字符。")
    if not re.fullmatch(r"[0-9A-Za-z\-/_.]*[0-9][0-9A-Za-z\-/_.]*", number):
        raise Invalid(Reason.FORMAT, "索引号只能由字母、数字和分隔符组成。")
    return number


def is_valid(text: str) -> bool:
    return holds(validate, text)


def rear_segment(number: str) -> str:
    """The part after the last slash, which pages may show alone."""
    return number.rpartition("/")[2]


def _literal(text: str) -> list[Part]:
    if not _LITERAL.fullmatch(text):
        raise Invalid(
            Reason.FORMAT, f"索引号规则中“{text}”不可用：代码写在花括号内，其余只能是字母、数字和“-”“/”“_”“.”。"
        )
    return [Part("", text)] if text else []


def _part(token: str, option: str | None) -> Part:
    if token == "seq":
        width = int(option) if option and option != "-" else 0
        if not 1 <= width <= 9:
            raise Invalid(Reason.COMPONENT, "流水号须写明1至9位，例如{seq:5}。")
        return Part("seq", width=width)
    if token not in _CODES and token not in _DATES:
        raise Invalid(Reason.COMPONENT, f"索引号规则中没有{{{token}}}这种代码。")
    if option == "-" and token == "org9":
        return Part(token, hyphen=True)
    if option and (option == "-" or token in _FIXED or not 1 <= int(option) <= 18):
        raise Invalid(Reason.COMPONENT, f"{{{token}:{option}}}的位数不可用。")
    return Part(token, width=int(option or 0))


def _rendered(part: Part, codes: Mapping[str, str], on: datetime.date, sequence: int) -> str:
    if not part.token:
        return part.text
    if part.token == "seq":
        return f"{sequence:0{part.width}d}"
    if part.token in _DATES:
        return on.strftime(_DATES[part.token])
    code = _code(codes, part.token).rjust(part.width, "0")
    if part.hyphen:
        code = f"{code[:-1]}-{code[-1]}"
    if not re.fullmatch(part.pattern, code):
        raise Invalid(Reason.COMPONENT, f"索引号中的{{{part.token}}}不能是“{code}”。")
    return code


def _code(codes: Mapping[str, str], token: str) -> str:
    code = codes.get(token, "")
    code = spelling.closed_up(code) if token == "site_code" else spelling.plain(code)
    if not code:
        raise Invalid(Reason.COMPONENT, f"缺少生成索引号所需的代码{{{token}}}。")
    return code
