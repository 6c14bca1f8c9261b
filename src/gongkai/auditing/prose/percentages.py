"""Percentages in sentences, recomputed (TXT-06). Certain only where the sentence itself names whole and part."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.prose.sentences import Quantity, Sentence
from gongkai.law.findings import Finding, Severity, Status

_PERCENT = re.compile(r"(?P<about>约|近|超过?|逾)?(?P<number>\d{1,3}(?:\.\d+)?)%(?P<more>以上|左右)?")
_SHARE = re.compile(r"[,;(]?(?:约|分别)?占(?:比)?[^,;。\d]{0,14}$")
_RATE = re.compile(r"(?P<name>[^,;。、:\d]{1,16}?)(?:率|比例|比率|比重)(?:均|都)?(?:达到?|为|是|约|约为|在)?$")
_RATE_VERBS = ("回复", "办结", "答复", "反馈", "办理", "办复", "公开", "采纳", "受理")


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Shares and rates that cannot be. Cut-off decimals are tolerated, other possible bases make it doubtful."""
    for i, sentence in enumerate(sentences):
        if "%" not in sentence.text:
            continue
        paragraph = [s for s in sentences[max(0, i - 6) : i + 1] if s.passage.block == sentence.passage.block]
        for match in _PERCENT.finditer(sentence.text):
            if match["about"] or match["more"]:
                continue
            head = sentence.text[: match.start()]
            rate = _RATE.search(head)
            if share := _SHARE.search(head):
                finding = _share(sentence, paragraph, match, share.start())
            elif rate:
                finding = _rate(sentence, paragraph, match, rate["name"])
            else:
                finding = None
            if finding:
                yield finding


def fits(part: Decimal, whole: Decimal, stated: str) -> bool:
    """True if part/whole is the stated percentage, rounded or cut off at the decimals shown."""
    if whole <= 0 or part < 0:
        return False
    step = Decimal(1).scaleb(-len(stated.partition(".")[2]))
    return abs(part / whole * 100 - Decimal(stated)) < step


def _share(sentence: Sentence, paragraph: Sequence[Sentence], match: re.Match[str], at: int) -> Finding | None:
    """“A n件,占…p%”: the part is the number just before, the whole the total it belongs to."""
    before = [q for q in sentence.quantities if q.end <= at]
    if not before or before[-1].vague or before[-1].end != at:
        return None
    part = before[-1]
    others = _others(paragraph, part, sentence)
    if not others or any(fits(part.value, base.value, match["number"]) for base in others):
        return None
    if _together(before, others, match["number"]):
        return None
    total = _own_total(sentence, part)
    certain = total is not None and not total.vague and not _explained(part, others, match["number"])
    return _finding(sentence, match, part, total or others[0], certain=certain)


def _together(before: Sequence[Quantity], others: Sequence[Quantity], stated: str) -> bool:
    """The percentage is that of the last numbers taken together: “A 30项、B 40项,占58.3%”."""
    same = [q for q in before if q.unit == before[-1].unit]
    sums = [sum((q.value for q in same[-n:]), Decimal(0)) for n in range(2, len(same) + 1)]
    return any(fits(value, base.value, stated) for value in sums for base in others)


def _rate(sentence: Sentence, paragraph: Sequence[Sentence], match: re.Match[str], name: str) -> Finding | None:
    """“X比例p%” where a number was given for X just before, or “回复率p%” after “回复n件”."""
    part, home = _numerator(sentence, paragraph, match, name)
    if part is None or home is None or part.vague:
        return None
    others = [q for q in _others(paragraph, part, sentence) if q.value != part.value or match["number"] == "100"]
    if not others or any(fits(part.value, base.value, match["number"]) for base in others):
        return None
    total = _own_total(home, part) or _earlier(home, part)
    if total is None or total.vague or total.value < part.value:
        return None
    certain = not _explained(part, others, match["number"]) and Decimal(match["number"]) < 100
    return _finding(sentence, match, part, total, certain=certain)


def _numerator(
    sentence: Sentence, paragraph: Sequence[Sentence], match: re.Match[str], name: str
) -> tuple[Quantity | None, Sentence | None]:
    words = re.sub(r"^(?:其中|实现|的|了)", "", name).strip('“”"')
    for home in reversed(paragraph):
        for quantity in reversed(home.quantities):
            if home is sentence and quantity.end > match.start():
                continue
            label = quantity.label.strip('“”"')
            if len(words) >= 4 and characters.key(words) and characters.key(label).endswith(characters.key(words)):
                return quantity, home
            if home is sentence and words in _RATE_VERBS and label == words:
                return quantity, home
    return None, None


def _others(paragraph: Sequence[Sentence], part: Quantity, sentence: Sentence) -> list[Quantity]:
    """Every number of the same unit said so far in the paragraph that could be the whole."""
    return [
        quantity
        for home in paragraph
        for quantity in home.quantities
        if quantity.unit == part.unit
        and quantity is not part
        and quantity.value >= part.value
        and (home is not sentence or quantity.start < part.start or "总" in quantity.label)
    ]


def _own_total(sentence: Sentence, part: Quantity) -> Quantity | None:
    """The number before the “其中” that the part stands behind."""
    mark = sentence.text.rfind("其中", 0, part.start)
    before = [q for q in sentence.quantities if q.end <= mark and q.unit == part.unit]
    return before[-1] if mark >= 0 and before else None


def _earlier(sentence: Sentence, part: Quantity) -> Quantity | None:
    before = [q for q in sentence.quantities if q.end <= part.start and q.unit == part.unit]
    return before[0] if len(before) == 1 else None


def _explained(part: Quantity, others: Sequence[Quantity], stated: str) -> bool:
    """Another whole is thinkable: the difference of two numbers in the paragraph."""
    values = sorted({q.value for q in others}, reverse=True)[:12]
    return any(a > b and fits(part.value, a - b, stated) for a in values for b in values)


def _finding(sentence: Sentence, match: re.Match[str], part: Quantity, total: Quantity, *, certain: bool) -> Finding:
    real = (part.value / total.value * 100).quantize(Decimal("0.01"))
    a, b = characters.printed(part.value), characters.printed(total.value)
    return Finding(
        code="TXT-06",
        severity=Severity.WARNING,
        status=Status.FAIL if certain else Status.UNCERTAIN,
        where=(sentence.where(match.start(), match.end()), sentence.whole),
        message=f"正文百分比{match['number']}%与数字不符:{a}÷{b}={real}%" + ("" if certain else "(可能另有口径)"),
        expected=float(real),
        actual=float(match["number"]),
    )
