"""What the text says about figures that stand in the tables (TXT-02 to TXT-05, G14-22).

A sentence that speaks of a part of the scope (own office, one channel, another year) is no contradiction.
"""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose import denials, scope, targets
from gongkai.auditing.prose.sentences import Quantity, Sentence
from gongkai.law.findings import Finding, Severity, Status

_OF_PAPERS = re.compile(r"信息|文件|主动|政策|会议")
_DOUBT = Status.UNCERTAIN
_CASES = frozenset({"件", "份", "宗", "例", "件次"})
_UNITS = frozenset({"件", "份", "条", "宗", "起", "例", "次", "人次", "件次", "个", "处", "人", "篇"})
_PART = re.compile(
    r"网络|网上|网站|在线|信函|当面|传真|邮件|邮寄|平台|自然人|法人|企业|组织|个人|公民|涉及|关于|类(?!似)|微信|微博|其中|转办|部门|单位|乡镇|"
    r"转来|转交|移送|移交|重复|补正|撤回|撤销|咨询|投诉|热线|信箱|许可|审批"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """A number in a sentence of a report."""

    report: FilledReport
    sentence: Sentence
    quantity: Quantity

    @property
    def tail(self) -> str:
        return scope.tail(self.sentence, self.quantity)


@dataclasses.dataclass
class Thread:
    """What the paragraph has shown of its scope: its number of requests agrees with the table, or is a part of it."""

    block: int = -1
    agreed: bool = False
    narrowed: bool = False
    sentence: str = ""


def check(report: FilledReport, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Contradictions between sentences and tables."""
    if not any(reading.value is not None for reading in report.cells.values()) and not report.local:
        return
    before = ""
    thread = Thread()
    for sentence in sentences:
        disclosure = bool(re.search(r"公开|依申请", before + sentence.text))
        before = sentence.text
        if report.edition in ("G2019", "G2021") and sentence.passage.section == 5:
            continue
        if sentence.passage.block != thread.block:
            thread = Thread(sentence.passage.block)
        if disclosure:
            yield from _numbers(report, sentence, thread)
        yield from denials.check(report, sentence)


def _numbers(report: FilledReport, sentence: Sentence, thread: Thread) -> Iterator[Finding]:
    topic = ""
    last = 0
    for quantity in sentence.quantities:
        words = scope.clause(sentence, quantity.start)[-(quantity.start - last) :]
        last = quantity.end
        topic = _topic(words, "") or _topic(_behind(sentence, quantity), "") or _topic(words, topic)
        if quantity.vague or quantity.unit not in _UNITS or scope.other_time(report, sentence, quantity.start):
            continue
        claim = Claim(report, sentence, quantity)
        if topic in ("review", "suit", "both"):
            finding = _dispute(claim, topic)
        elif report.edition in ("G2019", "G2021"):
            finding = _request(claim, thread)
        else:
            finding = _listed(claim)
        if finding:
            yield finding


def _behind(sentence: Sentence, quantity: Quantity) -> str:
    """The words after a number that has none of its own before it: “收到1份……行政复议申请”."""
    taken = re.search(rf"(?:{targets.TOOK.pattern})|^(?:有|发生|共|共有)?$", quantity.label)
    return re.split(r"\d", scope.tail(sentence, quantity))[0][:20] if taken else ""


def _topic(words: str, before: str) -> str:
    """What the clause is about; a clause without a subject continues the one before."""
    review, suit = bool(re.search(r"复议(?!后)", words)), "诉讼" in words or "起诉" in words
    if review and suit:
        return "both"
    if review or suit:
        return "review" if review else "suit"
    return "" if re.search(r"申请|答复|信息|投诉|信访|培训|会议", words) else before


def _request(claim: Claim, thread: Thread) -> Finding | None:
    """Requests against table 3."""
    label, tail = claim.quantity.label, claim.tail
    if targets.is_new(label, tail) and not _PART.search(label):
        bare = "公开" not in label + tail and not re.search(r"信息公开|依申请", claim.sentence.text)
        return None if bare or thread.sentence == claim.sentence.text else _received(claim, thread)
    if thread.narrowed or claim.quantity.unit not in _CASES:
        return None
    for target in targets.RESULTS:
        hit = target.label.search(label) or (target.after and target.after.search(tail))
        if hit and (thread.agreed or "申请" in label) and not _PART.search(label):
            if target.name == targets.CLOSED and _without_carried(claim):
                return None
            return _compared(claim, target.name, target.cells, known_scope=thread.agreed)
    cells = _rows(claim.report, label)
    return _compared(claim, label[-12:], cells, known_scope=thread.agreed) if cells else None


def _without_carried(claim: Claim) -> bool:
    """The number closed leaves out what was carried in: a difference of carry-over."""
    closed = claim.report.value("t3.result_total.total")
    carried = claim.report.value("t3.carried_over_in.total")
    return closed is not None and bool(carried) and claim.quantity.value + (carried or 0) == closed


def _received(claim: Claim, thread: Thread) -> Finding | None:
    report, value = claim.report, claim.quantity.value
    fresh, carried = report.value("t3.new_requests.total"), report.value("t3.carried_over_in.total")
    if fresh is None:
        return None
    with_carried = bool(carried) and value == fresh + (carried or 0)
    if value == fresh or with_carried:
        thread.agreed, thread.narrowed, thread.sentence = True, False, claim.sentence.text
    if value == fresh or (with_carried and re.search("结转|含", claim.sentence.text)):
        return None
    cells = targets.NEW.cells
    if with_carried:
        parts = f"表三本年新收{characters.printed(fresh)}加上年结转{characters.printed(carried or Decimal(0))}"
        message = f"正文“{_quote(claim)}”等于{parts},建议写明含上年结转"
        return _finding(claim, "TXT-02", (Severity.WARNING, Status.UNCERTAIN), message, cells)
    finding = _compared(claim, targets.NEW.name, cells, known_scope=False, code="TXT-02")
    thread.narrowed = finding is not None and finding.status is Status.UNCERTAIN
    return finding


def _rows(report: FilledReport, label: str) -> tuple[str, ...]:
    """Outcome rows that the label names; two names joined by 和 or 、 are added."""
    rest = label
    cells: list[str] = []
    for words, names in targets.ROWS:
        if words in rest:
            rest = rest.replace(words, "")
            for name in names:
                cells.extend(targets.group(report, name))
    if _OF_PAPERS.search(rest.replace("信息公开申请", "").replace("政府信息公开", "")):
        return ()
    return tuple(cells) if len(rest) <= 10 and not _PART.search(rest.replace("其中", "").replace("类", "")) else ()


def _dispute(claim: Claim, topic: str) -> Finding | None:
    """Reviews and suits against table 4. Without a word of disclosure a sentence may mean all cases of an office."""
    report, label, tail = claim.report, claim.quantity.label, claim.tail
    if "信息公开" not in claim.sentence.text and "依申请" not in claim.sentence.text:
        return None
    outcome = next((name for pattern, name in targets.OUTCOMES if pattern.search(label)), "")
    outcome = outcome or next((name for pattern, name in targets.OUTCOMES if pattern.search(tail[:8])), "total")
    if outcome == "total" and not re.search(r"复议|诉讼|起诉", label + tail[:20]):
        return None
    which = "direct" if re.search(r"未经复议|直接起诉", label) else "after_review" if "复议后" in label else ""
    kinds = ("review", "suit") if topic == "both" else (topic,)
    cells = tuple(cell for kind in kinds for cell in targets.disputes(report, kind, outcome, which))
    code = "TXT-05" if report.edition in ("G2019", "G2021") else "G14-22"
    name = {"review": "行政复议", "suit": "行政诉讼", "both": "行政复议和行政诉讼"}[topic]
    return _compared(claim, name, cells, known_scope=True, code=code)


def _listed(claim: Claim) -> Finding | None:
    """Numbers under the names of the G2014 list (or of a local table)."""
    label = claim.quantity.label
    for target in targets.LIST:
        if target.label.search(label):
            part = _PART.search(re.sub(r"网络申请|网上申请|信函申请|当面申请|传真申请", "", label))
            return None if part else _compared(claim, target.name, target.cells, known_scope=True, code=target.code)
    return None


def _compared(
    claim: Claim, name: str, cells: tuple[str, ...], *, known_scope: bool, code: str = "TXT-03"
) -> Finding | None:
    """None if equal or unknown. Certain only if the sentence speaks of the scope of the table."""
    report, sentence, quantity = claim.report, claim.sentence, claim.quantity
    value = targets.total(report, cells)
    if value is None or value == quantity.value:
        return None
    grave = code.startswith("TXT-0") and code != "TXT-05"
    narrow = scope.narrower(report, sentence, quantity.start)
    smaller = grave and quantity.value < value and scope.is_government(report)
    doubtful = narrow or (smaller and not known_scope and not scope.says_whole(sentence, quantity.start))
    grade = (Severity.ERROR if grave and not doubtful else Severity.WARNING, _DOUBT if doubtful else Status.FAIL)
    rest = _behind(sentence, quantity)[:20]
    message = f"正文“{_quote(claim)}{rest}”与表中{name}{targets.figure(report, cells)}不一致"
    return _finding(claim, code, grade, message + ("(可能只统计了部分单位)" if doubtful else ""), cells)


def _quote(claim: Claim) -> str:
    quantity = claim.quantity
    return f"{quantity.label[-20:]}{characters.printed(quantity.value)}{quantity.unit}"


def _finding(claim: Claim, code: str, grade: tuple[Severity, Status], message: str, cells: tuple[str, ...]) -> Finding:
    quantity = claim.quantity
    value = targets.total(claim.report, cells)
    return Finding(
        code=code,
        severity=grade[0],
        status=grade[1],
        where=(*cells, claim.sentence.where(max(quantity.start - len(quantity.label), 0), quantity.end)),
        message=message,
        expected=None if value is None else characters.json_number(value),
        actual=characters.json_number(quantity.value),
    )
