"""Finds state-secret marks in marking form. The platform holds no state secrets: a hit is refused at the door.

A mark is a level (绝密, 机密, 秘密) in one of the forms that offices put on paper:

- with a star: 机密★, 秘密★10年, 绝密★启用前, also spaced (机 密 ★ 10 年) and with lookalikes (☆, ⭐; an asterisk only
  before a term, since it is also a footnote sign);
- with a term standing alone: 秘密 10年, 机密(保密期限:长期);
- after the label: 密级:机密, 密级 ☑秘密.

The bare word is none: 保守国家秘密法, 商业秘密, 机密文件的管理; nor is a list of levels (密级:绝密、机密、秘密),
nor a slogan between stars (★严守国家秘密★). Examination papers (绝密★启用前) do count: the paper may have been
used since, but the mark still says otherwise, and lifting it is for the body that set it, not for us.

Nothing here quotes more than the mark. Every repetition in the pattern is bounded, so time grows with the length only.
"""

import dataclasses
import itertools
import re

from gongkai.law.findings import Finding, Severity, Status
from gongkai.law.positions import Lines, Position

CODE = "secrecy.mark"
BASIS = "secrecy-law-2024/35"

_GAP = r"[ \t　\xa0\u00ad\u2000-\u200f\u202f\u205f\u2060\ufeff]"
_LEVEL = rf"(?:[绝絕]|[机機]|秘){_GAP}{{0,4}}密"
# The last three are the stars of the Wingdings font, as PDF readers hand them out.
_STAR = "[★☆✩-✰⋆⭐⭑⭒\uf0ab\uf0b5\uf0b6]\ufe0f?"
_ASTERISK = "[*＊﹡∗⁎✱]"
_NUMBER = rf"(?:[0-9０-９]{_GAP}?){{1,3}}|[一二三四五六七八九十两]{{1,3}}"
_DURATION = rf"(?:(?:{_NUMBER}){_GAP}{{0,4}}(?:年|个{_GAP}?月|天|日)(?!级)|长{_GAP}?期|永{_GAP}?久)"
_EVENT = r"(?:启用|使用|公布|发布|考试|解密|开启|结束)[前后]"
_DATE = r"(?:至)?[0-9]{4}[年.\-/][0-9]{1,2}(?:[月.\-/](?:[0-9]{1,2}日?)?)?"
_TERM = rf"(?:{_DATE}|{_DURATION}|{_EVENT})"

# After these words the level is part of a sentence; a star that follows is decoration unless a term comes after it.
_IN_PROSE = "".join(
    f"(?<!{word})" for word in ("国家", "商业", "工作", "军事", "个人", "技术", "保守", "严守", "泄露", "的")
)
# Business, personal and technical secrets are no state secrets, whatever follows.
_OTHER_SECRETS = "".join(f"(?<!{word})" for word in ("商业", "个人", "技术"))
_CLOSING = r"[】\])）]?"
_STARRED = (
    rf"{_IN_PROSE}{_LEVEL}{_CLOSING}{_GAP}{{0,8}}{_STAR}(?:{_GAP}{{0,8}}{_TERM})?"
    rf"|{_OTHER_SECRETS}{_LEVEL}{_CLOSING}{_GAP}{{0,8}}(?:{_STAR}|{_ASTERISK}){_GAP}{{0,8}}{_TERM}"
    rf"|(?<!\w){_LEVEL}{_GAP}{{0,8}}\r?\n{_GAP}{{0,8}}{_STAR}{_GAP}{{0,8}}\r?\n?{_GAP}{{0,8}}{_TERM}"
)
_WITH_TERM = (
    rf"(?<!\w){_LEVEL}{_GAP}{{0,8}}[(（·,，:：\-—]?{_GAP}{{0,4}}"
    rf"(?:保密期限{_GAP}{{0,2}}[为:：]?{_GAP}{{0,4}})?{_DURATION}(?!\w)"
)
_NOT_A_LIST = rf"(?!{_GAP}{{0,4}}(?:[、,，/|或和与及□☐]|\r?\n)?{_GAP}{{0,4}}[□☐]?{_LEVEL})"
_LABEL = rf"(?:密{_GAP}{{0,4}}[级級]|[保涉秘]{_GAP}?密{_GAP}?(?:等{_GAP}?级|级{_GAP}?别))"
_LABELLED = (
    rf"{_LABEL}(?:[和及与]保密期限)?{_GAP}{{0,8}}(?:[:：|｜]{_GAP}{{0,8}}|(?<={_GAP})|\r?\n{_GAP}{{0,8}})"
    rf"(?:(?P<ticked>[^\n]{{0,30}}?[☑☒√✓✔■●]{_GAP}{{0,2}}{_LEVEL}级?(?!\w))"
    rf"|(?:[\[【(（“\"《]{_GAP}{{0,2}})?{_LEVEL}级?(?!\w){_NOT_A_LIST})"
    rf"(?:{_GAP}{{0,8}}(?:{_STAR}|{_ASTERISK})?{_GAP}{{0,8}}{_TERM}|{_GAP}{{0,8}}{_STAR})?"
)
_MARK = re.compile(rf"(?:{_LABELLED}|{_STARRED}|{_WITH_TERM})")
_LEVEL_IN_MARK = re.compile(_LEVEL)
_BLANK = re.compile(rf"(?:{_GAP}|[\r\n])+")
_LEVELS = {"绝": "绝密", "絕": "绝密", "机": "机密", "機": "机密", "秘": "秘密"}


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """One mark: half-open character range, position, the level, and the mark itself without blanks."""

    start: int
    end: int
    position: Position
    level: str
    text: str

    def finding(self, place: str = "") -> Finding:
        """The error to show; `place` names the field or file."""
        return Finding(
            code=CODE,
            severity=Severity.ERROR,
            status=Status.FAIL,
            where=(*([place] if place else []), str(self.position)),
            message=f"第{self.position.line}行有国家秘密标志“{self.text}”。本系统为非涉密系统，不得存储、处理涉密信息。",
            actual=self.text,
            basis=BASIS,
        )


def find(text: str, *, limit: int = 20) -> tuple[Mark, ...]:
    """The first `limit` marks in their order."""
    if "密" not in text:
        return ()
    lines = Lines(text)
    matches = itertools.islice(_MARK.finditer(text), limit)
    return tuple(_mark(match, lines) for match in matches)


def is_marked(text: str) -> bool:
    """Whether the text carries any mark."""
    return "密" in text and _MARK.search(text) is not None


def findings(text: str, *, place: str = "") -> tuple[Finding, ...]:
    """One error for each mark."""
    return tuple(mark.finding(place) for mark in find(text))


def _mark(match: re.Match[str], lines: Lines) -> Mark:
    start = match.end() - len(match[0].lstrip())
    # A ticked box stands last of several levels, and what lies between label and tick is not ours to quote.
    levels = _LEVEL_IN_MARK.findall(match[0])
    level = _LEVELS[(levels[-1] if match["ticked"] else levels[0])[0]]
    text = f"密级:☑{level}" if match["ticked"] else _BLANK.sub("", match[0])
    return Mark(start, match.end(), lines.at(start), level, text)
