"""“未发生行政复议”, “无不予公开”, “均维持”: sentences that deny, or speak of all, against the tables."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose import scope, targets
from gongkai.auditing.prose.sentences import Sentence
from gongkai.law.findings import Finding, Severity, Status

_DENIAL = re.compile(
    r"未发生|没有发生|没有|未出现|未产生|未收到|未有|未被|无(?!法|正当|效|偿|障碍|论)|零(?=行政|复议|诉讼)|不存在"
)
_QUALIFIED = re.compile(
    r"纠错|纠正|败诉|撤销|变更|责令|不当|维持|责任|违法|收费|处理费|费用|满意|舆情|逾期|超期|超时|结转|按期|理由|依据|明确|及时|问题"
)
_NOT_A_REFUSAL = re.compile(r"复议|诉讼|应公开|应当公开|该公开|引发|引起|随意|擅自|无故|不当")
_NONE_CAME = re.compile(
    r"(?:未收到|没有收到|未接到|无人提出)(?!.*(?:复议|诉讼|信函|网络|当面|邮件|传真|来信|企业|法人|重复|投诉)).{0,24}"
    r"(?:申请|依申请公开)(?:政府信息)?(?:公开)?(?:的?(?:情况|事项|件))?$"
)
_ALL_UPHELD = re.compile(r"(?:均|全部|都)(?:被|为|予以|是|以)?(?:结果)?维持")
_ALL_CLOSED = re.compile(r"(?:均|全部|都)已?(?:经)?(?:审结|结案)")


def check(report: FilledReport, sentence: Sentence) -> Iterator[Finding]:
    """What a sentence denies or says of all cases, against the tables."""
    yield from _denials(report, sentence)
    yield from _all_the_same(report, sentence)


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
            if (targets.total(report, cells) or 0) > 0:
                yield _contradicted(report, sentence, match.span(), name, cells)


def _denied_cells(report: FilledReport, kind: str) -> tuple[str, ...]:
    if kind == "requests":
        return targets.NEW.cells if report.edition in ("G2019", "G2021") else ("requests_received",)
    if kind != "refused":
        return targets.disputes(report, kind)
    return targets.group(report, "refused") if report.edition in ("G2019", "G2021") else ("reply_refused",)


def _contradicted(
    report: FilledReport, sentence: Sentence, span: tuple[int, int], name: str, cells: tuple[str, ...]
) -> Finding:
    value = targets.total(report, cells) or Decimal(0)
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
