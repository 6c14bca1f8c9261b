"""Days as documents write them: 2026年11月16日, also with blanks, and 二〇二六年十一月十六日."""

import re
from datetime import date

_DIGITS: dict[str, int] = dict(zip("〇零○ＯO0一二三四五六七八九", (0, 0, 0, 0, 0, 0, *range(1, 10)), strict=True))
_GAP = r"[ \u3000\xa0]*"
_FIGURES = rf"(?P<year>(?:19|20)\d\d){_GAP}年{_GAP}(?P<month>\d{{1,2}}){_GAP}月{_GAP}(?P<day>\d{{1,2}}){_GAP}日"
_WORDS = (
    rf"(?P<yearw>[一二][{''.join(_DIGITS)}]{{3}}){_GAP}年{_GAP}(?P<monthw>十?[一二三四五六七八九]|十){_GAP}月"
    rf"{_GAP}(?P<dayw>[一二三四五六七八九十廿卅]{{1,3}}){_GAP}日"
)
DAY = re.compile(rf"(?:{_FIGURES}|{_WORDS})")


def of_match(match: re.Match[str]) -> date | None:
    """The day of a match of `DAY`; None where the calendar has no such day."""
    try:
        if match["year"]:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        year = int("".join(str(_DIGITS[digit]) for digit in match["yearw"]))
        return date(year, _small(match["monthw"]), _small(match["dayw"]))
    except ValueError:
        return None


def alone(text: str) -> date | None:
    """The day, where the line says nothing else (brackets around it do not count)."""
    match = DAY.fullmatch(text.strip(" \u3000\xa0()（）"))
    return of_match(match) if match else None


def _small(words: str) -> int:
    """一 to 三十一."""
    words = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
