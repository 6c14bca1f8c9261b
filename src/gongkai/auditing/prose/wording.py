"""Slips of writing, citations, placeholders and personal data (TXT-11, TXT-12, TXT-13)."""

import re
from collections.abc import Iterator, Sequence

from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose.sentences import Sentence
from gongkai.law.findings import Finding, Severity, Status

LONGEST_WORD = 50
IDENTITY_LENGTH = 18
_HANZI = re.compile(r"[\u4e00-\u9fff]{2}[\u4e00-\u9fff0-9]*")
_PARTICLE = re.compile(r"的的(?!确)|了了(?!解)|在在|和和(?!气)|,,|。。|、、")
_HONEST = re.compile(r"研究|讨论|考虑|学习|介绍|商量|一[个件项]|打听|比较|休息|了解|(?P<one>.)(?P=one)")
_BREADCRUMBS = re.compile(r"首页|当前位置|您所在|网站地图")
_NUMBERING = re.compile(r"(?P<text>[\u4e00-\u9fff]{1,8}[发函字通办规]\s*(?:20\d{2}\]\d{0,5}号|\[20\d{3,7}号))")
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[Xx×*]{2,}(?![A-Za-z])|某某|□{2,}|_{3,}|(?<!\d)0{4}年")
_NO_NUMBER = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{2,8}(?<![头词链面法信便线款白第每各这该逐教一二三四五六七八九十几]))"
    r"条、[\u4e00-\u9fff]{2,12}\d+条"
)
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_APPLICANT_PHONE = re.compile(
    r"(?:申请人|信访人|举报人|投诉人|来访人)(?:(?!拨打|电话|联系|咨询|热线)[^。]){0,20}?(?<!\d)(?P<number>1[3-9]\d{9})(?!\d)"
)
_REGULATION = re.compile(r"《中华人民共和国(?P<name>[^》《<>]{0,8}信息公开[^》《<>]{0,8}条例)[^》]{0,12}》")
_OLD_FORMAT = re.compile(r"国办公开办函\[?2019\]?60号")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check(report: FilledReport, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Everything that a proof-reader marks without knowing the figures."""
    for sentence in sentences:
        yield from _slips(sentence)
        if "条例" in sentence.text or "号" in sentence.text:
            yield from _citations(report, sentence)
        for match in _APPLICANT_PHONE.finditer(sentence.text):
            yield _finding(
                "TXT-12", sentence, match.span("number"), "疑似公开了申请人的手机号码", status=Status.UNCERTAIN
            )
        for match in _IDENTITY.finditer(sentence.text) if len(sentence.text) >= IDENTITY_LENGTH else ():
            if _is_identity_number(match.group()):
                yield _finding("TXT-12", sentence, match.span(), "正文出现公民身份号码,不得公开")


def _slips(sentence: Sentence) -> Iterator[Finding]:
    if not _BREADCRUMBS.search(sentence.text):
        for start, end in _doubled(sentence.text):
            word = sentence.text[start:end]
            if not _HONEST.match(word):
                yield _finding("TXT-11", sentence, (start, 2 * end - start), f"“{word}”重复")
    for match in _PARTICLE.finditer(sentence.text):
        yield _finding("TXT-11", sentence, match.span(), f"“{match.group()}”重复")
    text = sentence.text
    for match in _NUMBERING.finditer(text) if "号" in text else ():
        yield _finding("TXT-11", sentence, match.span(), f"文号“{match['text']}”缺括号")
    for match in _PLACEHOLDER.finditer(sentence.text):
        yield _finding(
            "TXT-11", sentence, match.span(), f"疑有未填写的占位符“{match.group()}”", status=Status.UNCERTAIN
        )
    for match in _NO_NUMBER.finditer(text) if "条、" in text else ():
        message = f"“{match['label']}条”前缺少数字"
        yield _finding("TXT-11", sentence, match.span(), message, status=Status.UNCERTAIN)


def _doubled(text: str) -> Iterator[tuple[int, int]]:
    """Words of two characters or more that stand twice in a row: where the first one begins and ends."""
    last: dict[str, int] = {}
    done = 0
    for i in range(len(text) - 1):
        pair = text[i : i + 2]
        before = last.get(pair)
        last[pair] = i
        if before is None or before < done or not 2 <= i - before <= LONGEST_WORD:
            continue
        if text[before:i] == text[i : 2 * i - before] and _HANZI.fullmatch(text, before, i):
            yield before, i
            done = i


def _citations(report: FilledReport, sentence: Sentence) -> Iterator[Finding]:
    for match in _REGULATION.finditer(sentence.text):
        if match["name"] != "政府信息公开条例":
            yield _finding("TXT-13", sentence, match.span(), f"条例名称有误:“{match['name']}”应为“政府信息公开条例”")
    if report.year and report.year >= 2019:
        for match in re.finditer(r"第?492号", sentence.text):
            if "条例" in sentence.text:
                yield _finding("TXT-13", sentence, match.span(), "引用了修订前的条例(国务院令第492号),应为第711号")
    if report.year and report.year >= 2021:
        for match in _OLD_FORMAT.finditer(sentence.text):
            yield _finding(
                "TXT-13", sentence, match.span(), "引用了2019年试行格式,2021年度起应按国办公开办函〔2021〕30号"
            )


def _is_identity_number(text: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:17], strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


def _finding(
    code: str, sentence: Sentence, span: tuple[int, int], message: str, *, status: Status = Status.FAIL
) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        status=status,
        where=(sentence.where(*span),),
        message=message,
        actual=sentence.text[span[0] : span[1]],
    )
