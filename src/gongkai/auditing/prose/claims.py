"""What the text says about figures that stand in the tables (TXT-02 to TXT-05, G14-22).

A sentence that speaks of a part of the scope (own office, one channel, another year) is no contradiction.
"""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose import scope, targets
from gongkai.auditing.prose.sentences import Quantity, Sentence
from gongkai.law.findings import Finding, Severity, Status

_CASES = frozenset({"件", "份", "宗", "例", "件次"})
_UNITS = frozenset({"件", "份", "条", "宗", "起", "例", "次", "人次", "件次", "个", "处", "人", "篇"})
_PART = re.compile(
    r"网络|网上|网站|在线|信函|当面|传真|邮件|邮寄|平台|自然人|法人|企业|组织|个人|公民|涉及|关于|类(?!似)|微信|微博|其中|转办|部门|单位|乡镇|"
    r"转来|转交|移送|移交|重复|补正|撤回|撤销|咨询|投诉|热线|信箱|许可|审批"
)
_DENIAL = re.compile(
    r"未发生|没有发生|没有|未出现|未产生|未收到|未有|未被|无(?!法|正当|效|偿|障碍|论)|零(?=行政|复议|诉讼)|不存在"
)
_QUALIFIED = re.compile(
    r"纠错|纠正|败诉|撤销|变更|责令|不当|维持|责任|违法|收费|处理费|费用|满意|舆情|逾期|超期|超时|结转|按期|理由|依据|明确|及时|问题"
)
_NOT_A_REFUSAL = re.compile(r"复议|诉讼|应公开|应当公开|该公开|引发|引起|随意|擅自|无故|不当")
_NONE_CAME = re.compile(
    r"(?:未收到|没有收到|未接到|未受理|没有受理|无人提出)(?!.*(?:复议|诉讼|信函|网络|当面|邮件|传真|来信|企业|法人)).{0,24}申请"
)
_ALL_UPHELD = re.compile(r"(?:均|全部|都)(?:被|为|予以|是|以)?(?:结果)?维持")
_ALL_CLOSED = re.compile(r"(?:均|全部|都)已?(?:经)?(?:审结|结案)")


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
        yield from _denials(report, sentence)
        yield from _all_the_same(report, sentence)


def _numbers(report: FilledReport, sentence: Sentence, thread: Thread) -> Iterator[Finding]:
    topic = ""
    last = 0
    for quantity in sentence.quantities:
        words = scope.clause(sentence, quantity.start)[-(quantity.start - last) :]
        last = quantity.end
        topic = _topic(words, "") or _topic(_behind(sentence, quantity), "") or _topic(words, topic)
        if quantity.vague or quantity.unit not in _UNITS or scope.other_time(report, sentence, quantity.start):
            continue
        if topic in ("review", "suit", "both"):
            finding = _dispute(report, sentence, quantity, topic)
        elif report.edition in ("G2019", "G2021"):
            finding = _request(report, sentence, quantity, thread)
        else:
            finding = _listed(report, sentence, quantity)
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


def _request(report: FilledReport, sentence: Sentence, quantity: Quantity, thread: Thread) -> Finding | None:
    """Requests against table 3."""
    label, tail = quantity.label, scope.tail(sentence, quantity)
    if targets.is_new(label, tail) and not _PART.search(label):
        bare = "公开" not in label + tail and not re.search(r"信息公开|依申请", sentence.text)
        return None if bare or thread.sentence == sentence.text else _received(report, sentence, quantity, thread)
    if thread.narrowed or quantity.unit not in _CASES:
        return None
    for target in targets.RESULTS:
        hit = target.label.search(label) or (target.after and target.after.search(tail))
        if hit and (thread.agreed or "申请" in label) and not _PART.search(label):
            value = target.value(report)
            if target.name == targets.CLOSED and _without_carried(report, quantity.value):
                return None
            return _compared(report, sentence, quantity, target.name, target.cells, value, known_scope=thread.agreed)
    cells = _rows(report, label)
    if not cells:
        return None
    value = targets.total(report, cells)
    return _compared(report, sentence, quantity, label[-12:], cells, value, known_scope=thread.agreed)


def _without_carried(report: FilledReport, value: Decimal) -> bool:
    """The number closed leaves out what was carried in: a difference of carry-over."""
    closed, carried = report.value("t3.result_total.total"), report.value("t3.carried_over_in.total")
    return closed is not None and bool(carried) and value + (carried or 0) == closed


def _received(report: FilledReport, sentence: Sentence, quantity: Quantity, thread: Thread) -> Finding | None:
    fresh, carried = report.value("t3.new_requests.total"), report.value("t3.carried_over_in.total")
    if fresh is None:
        return None
    with_carried = bool(carried) and quantity.value == fresh + (carried or 0)
    if quantity.value == fresh or with_carried:
        thread.agreed, thread.narrowed, thread.sentence = True, False, sentence.text
    if quantity.value == fresh or (with_carried and re.search("结转|含", sentence.text)):
        return None
    cells = targets.NEW.cells
    if with_carried:
        parts = f"表三本年新收{characters.printed(fresh)}加上年结转{characters.printed(carried or Decimal(0))}"
        message = f"正文“{_quote(quantity)}”等于{parts},建议写明含上年结转"
        return _finding("TXT-02", Severity.WARNING, Status.UNCERTAIN, sentence, quantity, message, cells, fresh)
    finding = _compared(report, sentence, quantity, targets.NEW.name, cells, fresh, known_scope=False, code="TXT-02")
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
    if re.search(r"信息|文件|主动|政策|会议", rest.replace("信息公开申请", "").replace("政府信息公开", "")):
        return ()
    return tuple(cells) if len(rest) <= 10 and not _PART.search(rest.replace("其中", "").replace("类", "")) else ()


def _dispute(report: FilledReport, sentence: Sentence, quantity: Quantity, topic: str) -> Finding | None:
    label, tail = quantity.label, scope.tail(sentence, quantity)
    outcome = next((name for pattern, name in targets.OUTCOMES if pattern.search(label)), "")
    outcome = outcome or next((name for pattern, name in targets.OUTCOMES if pattern.search(tail[:8])), "total")
    if outcome == "total" and not re.search(r"复议|诉讼|起诉", label + tail[:20]):
        return None
    which = "direct" if re.search(r"未经复议|直接起诉", label) else "after_review" if "复议后" in label else ""
    kinds = ("review", "suit") if topic == "both" else (topic,)
    cells = tuple(cell for kind in kinds for cell in targets.disputes(report, kind, outcome, which))
    if any(targets.local_value(report, cell) is None for cell in cells):
        return None
    code = "TXT-05" if report.edition in ("G2019", "G2021") else "G14-22"
    name = {"review": "行政复议", "suit": "行政诉讼", "both": "行政复议和行政诉讼"}[topic]
    about = "信息公开" in sentence.text or "依申请" in sentence.text
    finding = _compared(
        report, sentence, quantity, name, cells, targets.total(report, cells), known_scope=about, code=code
    )
    if finding and not about:
        return None
    return finding


def _listed(report: FilledReport, sentence: Sentence, quantity: Quantity) -> Finding | None:
    """Numbers under the names of the G2014 list (or of a local table)."""
    for target in targets.LIST:
        if not target.label.search(quantity.label):
            continue
        part = _PART.search(re.sub(r"网络申请|网上申请|信函申请|当面申请|传真申请", "", quantity.label))
        value = target.value(report)
        if part or value is None:
            return None
        return _compared(
            report, sentence, quantity, target.name, target.cells, value, known_scope=True, code=target.code
        )
    return None


def _compared(
    report: FilledReport,
    sentence: Sentence,
    quantity: Quantity,
    name: str,
    cells: tuple[str, ...],
    value: Decimal | None,
    *,
    known_scope: bool,
    code: str = "TXT-03",
) -> Finding | None:
    """None if equal. Certain only if the sentence speaks of the scope of the table."""
    if value is None or value == quantity.value:
        return None
    grave = code.startswith("TXT-0") and code != "TXT-05"
    narrow = scope.narrower(report, sentence, quantity.start)
    smaller = grave and quantity.value < value and scope.is_government(report)
    doubtful = narrow or (smaller and not known_scope and not scope.says_whole(sentence, quantity.start))
    status = Status.UNCERTAIN if doubtful else Status.FAIL
    severity = Severity.ERROR if grave and not doubtful else Severity.WARNING
    rest = _behind(sentence, quantity)[:20]
    message = f"正文“{_quote(quantity)}{rest}”与表中{name}{targets.figure(report, cells)}不一致"
    if doubtful:
        message += "(可能只统计了部分单位)"
    return _finding(code, severity, status, sentence, quantity, message, cells, value)


def _quote(quantity: Quantity) -> str:
    return f"{quantity.label[-20:]}{characters.printed(quantity.value)}{quantity.unit}"


def _finding(
    code: str,
    severity: Severity,
    status: Status,
    sentence: Sentence,
    quantity: Quantity,
    message: str,
    cells: tuple[str, ...],
    value: Decimal,
) -> Finding:
    start = max(quantity.start - len(quantity.label), 0)
    return Finding(
        code=code,
        severity=severity,
        status=status,
        where=(*cells, sentence.where(start, quantity.end)),
        message=message,
        expected=characters.json_number(value),
        actual=characters.json_number(quantity.value),
    )


def _denials(report: FilledReport, sentence: Sentence) -> Iterator[Finding]:
    """“未发生行政复议”, “无不予公开” against tables that count some (TXT-04)."""
    for match in re.finditer(r"[^,;。]+", sentence.text):
        words = match.group()
        denial = _DENIAL.search(words)
        if denial is None or scope.other_time(report, sentence, match.end()):
            continue
        after = words[denial.end() :]
        for pattern, name, kind in targets.NOTHING:
            if not pattern.search(after) or _QUALIFIED.search(after):
                continue
            if kind == "refused" and _NOT_A_REFUSAL.search(after):
                continue
            if kind == "requests" and not _NONE_CAME.search(words):
                continue
            cells = _denied_cells(report, kind)
            value = targets.total(report, cells)
            if value is None or value <= 0:
                continue
            yield _contradicted(report, sentence, match.span(), name, cells, value)


def _denied_cells(report: FilledReport, kind: str) -> tuple[str, ...]:
    if kind == "requests":
        return targets.NEW.cells if report.edition in ("G2019", "G2021") else ("requests_received",)
    if kind != "refused":
        return targets.disputes(report, kind)
    return targets.group(report, "refused") if report.edition in ("G2019", "G2021") else ("reply_refused",)


def _contradicted(
    report: FilledReport, sentence: Sentence, span: tuple[int, int], name: str, cells: tuple[str, ...], value: Decimal
) -> Finding:
    narrow = scope.narrower(report, sentence, span[1]) and not re.search(r"因[市区县]?政府信息", sentence.text)
    new_form = report.edition in ("G2019", "G2021")
    status = Status.UNCERTAIN if narrow else Status.FAIL
    severity = Severity.ERROR if new_form and not narrow else Severity.WARNING
    return Finding(
        code="TXT-04" if new_form else "G14-22",
        severity=severity,
        status=status,
        where=(*cells, sentence.where(*span)),
        message=f"正文称“{sentence.text[span[0] : span[1]]}”,表中{name}为{characters.printed(value)}",
        expected=characters.json_number(value),
        actual=0,
    )


def _all_the_same(report: FilledReport, sentence: Sentence) -> Iterator[Finding]:
    """“均维持” and “均已审结” against the other outcomes of table 4 (TXT-05)."""
    for pattern, outcomes, words in (
        (_ALL_UPHELD, ("corrected", "other", "pending"), "均维持"),
        (_ALL_CLOSED, ("pending",), "均已审结"),
    ):
        match = pattern.search(sentence.text)
        if match is None or scope.other_time(report, sentence, match.start()):
            continue
        head = sentence.text[: match.start()]
        kinds = [kind for kind, name in (("review", "复议"), ("suit", "诉讼")) if name in head]
        for kind in kinds:
            cells = tuple(
                c for outcome in outcomes for c in targets.disputes(report, kind, outcome) if c in report.cells
            )
            value = targets.total(report, cells)
            if value:
                name = "行政复议" if kind == "review" else "行政诉讼"
                yield Finding(
                    code="TXT-05" if report.edition in ("G2019", "G2021") else "G14-22",
                    severity=Severity.WARNING,
                    status=Status.FAIL,
                    where=(*cells, sentence.whole),
                    message=f"正文称{name}“{words}”,表中另有{targets.figure(report, cells)}件不是这样",
                    expected=0,
                    actual=characters.json_number(value),
                )
