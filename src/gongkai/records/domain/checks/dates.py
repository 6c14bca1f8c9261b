"""Days that do not exist, and the day under the text against the day that was registered."""

import re
from collections.abc import Iterator
from datetime import date

from gongkai.law.findings import Severity
from gongkai.records.domain.checks.material import Material, Text
from gongkai.records.domain.checks.rules import Rule, Says, Spot, about, at

IMPOSSIBLE = Rule(
    code="dates.impossible",
    label="日期不存在",
    severity=Severity.WARNING,
    advice="核对原件后改正日期。",
)
SIGNATURE = Rule(
    code="dates.signature",
    label="成文日期与落款不一致",
    severity=Severity.WARNING,
    advice="成文日期应与落款日期一致，请核对。",
    basis="gb-9704-2012",
)
BEFORE_WRITTEN = Rule(
    code="dates.before_written",
    label="公开早于成文",
    severity=Severity.ERROR,
    advice="核对成文日期；尚未成文的，成文后再公开。",
    basis="oigr-2019/26",
)
EFFECT = Rule(
    code="dates.effect_before_written",
    label="生效早于成文",
    severity=Severity.WARNING,
    advice="核对生效日期和成文日期；确有溯及规定的，说明理由。",
)
RULES = (IMPOSSIBLE, SIGNATURE, BEFORE_WRITTEN, EFFECT)
_DAY = re.compile(
    r"(?<![\d.\-/])(?P<year>(?:19|20)\d{2})\s?(?P<sign>年|[-/.])\s?(?P<month>\d{1,2})\s?(?:月|(?P=sign))\s?(?P<day>\d{1,2})(?P<end>\s?日)?"
    r"(?![\d.\-/号])"
)
_SIGNED = re.compile(r"\s*(?P<year>(?:19|20)\d{2})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日\s*")
_LAST_LINES = 4


def check(material: Material) -> Iterator[Spot]:
    for text in material.texts():
        yield from _impossible(text)
    content = material.content
    written = content.created_on
    if written is None:
        return
    if material.on < written:
        says = Says(message=f"成文日期{_words(written)}晚于今天，还不能公开。", actual=_words(written))
        yield about(BEFORE_WRITTEN, "created_on", says)
    if content.effective_on and content.effective_on < written:
        message = f"生效日期{_words(content.effective_on)}早于成文日期{_words(written)}。"
        yield about(EFFECT, "effective_on", Says(message=message, actual=_words(content.effective_on)))
    yield from _signature(Text("body_text", "正文", content.body_text), written)


def _impossible(text: Text) -> Iterator[Spot]:
    for match in _DAY.finditer(text.text):
        if match["sign"] == "年" and not match["end"]:
            continue
        if _day(match) is None:
            says = Says(message=f"{text.label}中的日期“{match[0]}”不存在。", actual=match[0])
            yield at(IMPOSSIBLE, text, match.span(), says)


def _signature(text: Text, written: date) -> Iterator[Spot]:
    """Only a day that stands alone on one of the last lines is a signature's."""
    end = len(text.text)
    for line in reversed(text.text.split("\n")[-_LAST_LINES:]):
        match = _SIGNED.fullmatch(line)
        signed = _day(match) if match else None
        if signed is not None:
            if signed != written:
                message = f"正文落款日期是{_words(signed)}，登记的成文日期是{_words(written)}。"
                says = Says(message=message, expected=_words(signed), actual=_words(written))
                yield at(SIGNATURE, text, (end - len(line), end), says)
            return
        end -= len(line) + 1


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
