"""Totals in sentences against the parts that are listed after them (TXT-06)."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.prose.sentences import Quantity, Sentence
from gongkai.law.findings import Finding, Severity, Status

_REST = re.compile(r"^(?:其他|其它|其余|剩余|余下)")
_SPLITS = (
    (("当面",), ("传真",), ("网络", "网上", "邮件"), ("信函", "邮寄", "信件")),
    (("自然人", "个人"), ("法人", "企业", "组织", "单位")),
    (("维持",), ("纠正", "纠错"), ("其他",)),
    (("县",), ("市直", "市本级")),
)
_WITHOUT_TOTAL = re.compile(r"(?:主要)?(?:类别|分类|内容|种类)(?:有|为|包括)?[::]")
_BARE = re.compile(r"(?<![\d.%])\d+(?:\.\d+)?(?=[,;、)])")
FEWEST = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """A total and the parts that follow it. `explicit` if “其中” or a bracket says that they are parts."""

    total: Quantity
    parts: tuple[Quantity, ...]
    sentence: Sentence
    ending: Sentence
    explicit: bool = True
    others: tuple[Decimal, ...] = ()
    open_total: bool = False


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Sums that do not add up. Open lists, overlapping parts and round figures stay silent or doubtful."""
    for i, sentence in enumerate(sentences):
        if not sentence.quantities:
            continue
        following = sentences[i + 1] if i + 1 < len(sentences) else None
        for listing in listings(sentence, following):
            finding = _judge(listing)
            if finding:
                yield finding
    yield from _categories(sentences)


def listings(sentence: Sentence, following: Sentence | None) -> Iterator[Listing]:
    """Every total with parts in a sentence; “其中” may open the next sentence."""
    bracketed: list[tuple[int, int]] = []
    for match in re.finditer(r"\(([^()]*)\)", sentence.text):
        inside = [q for q in sentence.quantities if match.start() < q.start < match.end()]
        before = [q for q in sentence.quantities if q.end <= match.start() and match.start() - q.end <= 1]
        bracketed.append(match.span())
        parts = [q for q in inside if before and q.unit == before[-1].unit]
        if before and len(parts) >= FEWEST and not re.match(r"含|包括|包含|不含", match[1]):
            yield Listing(before[-1], tuple(parts), sentence, sentence)
    free = [q for q in sentence.quantities if not any(a < q.start < b for a, b in bracketed)]
    yield from _named(sentence, following, free)
    if "其中" not in sentence.text and len(free) > FEWEST:
        same = [q for q in free if q.unit == free[0].unit]
        for first in range(len(free) - FEWEST):
            same = [q for q in free[first:] if q.unit == free[first].unit]
            if len(same) > FEWEST and not any(q.unit == free[first].unit for q in free[:first]):
                yield Listing(same[0], tuple(same[1:]), sentence, sentence, explicit=False)


def _named(sentence: Sentence, following: Sentence | None, free: list[Quantity]) -> Iterator[Listing]:
    marks = [match.start() for match in re.finditer("其中", sentence.text)]
    for n, mark in enumerate(marks):
        before = [q for q in free if q.end <= mark]
        stop = marks[n + 1] if n + 1 < len(marks) else len(sentence.text)
        if not before:
            continue
        total = before[-1]
        parts = tuple(q for q in free if mark < q.start < stop and q.unit == total.unit)
        others = tuple(q.value for q in before[:-1] if q.unit == total.unit)
        if len(parts) >= FEWEST:
            yield Listing(total, parts, sentence, sentence, others=others)
    if following is None or following.passage.block != sentence.passage.block or not free:
        return
    if following.text.startswith("其中") and "其中" not in following.text[2:]:
        total = free[-1]
        parts = tuple(q for q in following.quantities if q.unit == total.unit)
        others = tuple(q.value for q in free[:-1] if q.unit == total.unit)
        if len(parts) >= FEWEST:
            yield Listing(total, parts, sentence, following, others=others, open_total=bool(others))


def _judge(listing: Listing) -> Finding | None:
    total, parts = listing.total, listing.parts
    values = [part.value for part in parts]
    if total.vague or any(part.vague for part in parts):
        return None
    whole = sum(values, Decimal(0))
    totals = {total.value, *listing.others}
    if any(sum(values[:n], Decimal(0)) in totals for n in range(FEWEST, len(values) + 1)):
        return None
    if _BARE.search(listing.ending.text, listing.parts[0].start, listing.parts[-1].end):
        return None
    if total.value in values and whole - total.value == total.value:
        return None
    typing_error = _one_digit(total.value, whole)
    complete = listing.explicit and _complete(parts)
    if typing_error or complete:
        return _finding(listing, whole, Status.UNCERTAIN if listing.open_total else Status.FAIL)
    if listing.explicit and whole > total.value and max(values) <= total.value and len(values) > FEWEST:
        return _finding(listing, whole, Status.UNCERTAIN)
    return None


def _complete(parts: Sequence[Quantity]) -> bool:
    """The list says that it leaves nothing out: it ends in 其他…, or names every branch of a known division."""
    if _REST.match(_bare(parts[-1].label)) and len(parts) > FEWEST:
        return True
    labels = [part.label for part in parts]
    return (
        any(
            all(any(word in label for label in labels for word in branch) for branch in branches)
            for branches in _SPLITS
        )
        and len(parts) >= FEWEST
    )


def _bare(label: str) -> str:
    return re.sub(r"^(?:以及|及|和|其中|公开|发布)", "", label)


def _one_digit(left: Decimal, right: Decimal) -> bool:
    """Equal but for one digit, or for two neighbours exchanged: a slip of the pen. Only for numbers of weight."""
    a, b = str(left), str(right)
    if len(a) != len(b) or left < 1000:
        return False
    differing = [i for i in range(len(a)) if a[i] != b[i]]
    if len(differing) == 1:
        return differing[0] > 0
    swapped = len(differing) == 2 and differing[1] == differing[0] + 1
    return swapped and a[differing[0]] == b[differing[1]] and a[differing[1]] == b[differing[0]]


def _finding(listing: Listing, whole: Decimal, status: Status) -> Finding:
    total = listing.total
    unit = total.unit
    terms = "+".join(characters.printed(part.value) for part in listing.parts)
    difference = characters.printed(abs(whole - total.value))
    name = total.label[-16:]
    where = [listing.sentence.where(total.start, total.end)]
    first, last = listing.parts[0], listing.parts[-1]
    where.append(listing.ending.where(first.start - len(first.label), last.end))
    sums = f"{terms}={characters.printed(whole)}{unit}"
    return Finding(
        code="TXT-06",
        severity=Severity.WARNING,
        status=status,
        where=tuple(where),
        message=f"正文“{name}{characters.printed(total.value)}{unit}”与分项之和不符:{sums},相差{difference}{unit}",
        expected=characters.json_number(whole),
        actual=characters.json_number(total.value),
    )


def _categories(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """A full list of kinds (ending in 其他…) without a total: the total stands in an earlier sentence."""
    total: tuple[Quantity, Sentence] | None = None
    for sentence in sentences:
        opening = _WITHOUT_TOTAL.search(sentence.text)
        if opening and "主动公开" in sentence.text and total:
            parts = tuple(q for q in sentence.quantities if q.start > opening.end() and q.unit == total[0].unit)
            if len(parts) > FEWEST and _complete(parts) and "其中" not in sentence.text:
                listing = Listing(total[0], parts, total[1], sentence)
                finding = _judge(listing)
                if finding:
                    yield finding
        for quantity in sentence.quantities:
            stated = re.search(r"主动公开(?:各类)?政府信息$|公开政府信息$", quantity.label)
            scope = re.search(r"区直|市直|县直|部门|单位|乡镇|街道|其中|网站", quantity.label)
            if total is None and stated and not scope:
                total = (quantity, sentence)
