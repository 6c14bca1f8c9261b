"""The disclosure attribute (公开属性), decided at the source: when a record is drafted, with its ground."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gongkai.law import vocabulary
from gongkai.law.findings import Finding, Severity, Status


class Attribute(StrEnum):
    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    NOT_DISCLOSED = "not_disclosed"
    NOT_GOV_INFO = "not_gov_info"

    @property
    def label(self) -> str:
        return vocabulary.attributes()[self].label


class Ground(NamedTuple):
    """A reason for not publishing: its article and, where it says too little by itself, that words are needed."""

    code: str
    label: str
    basis: str
    needs_words: bool = False


def _of_law(code: str) -> Ground:
    term = vocabulary.grounds()[code]
    return Ground(code, term.label, term.bases[-1][1], term.needs_words)


# State secrets are no ground here: what is one, or may be one, does not enter this system at all. Matters with a
# procedure of their own for inspection are a reply to a request, not an attribute of a document.
_ELSEWHERE = frozenset({"state_secret", "special_inquiry"})
GROUNDS: dict[Attribute, tuple[Ground, ...]] = {
    Attribute.PROACTIVE: (),
    Attribute.ON_REQUEST: (
        Ground("beyond_art19", "不涉及公众利益调整，不需要公众广泛知晓或者参与决策", "oigr-2019/19"),
        Ground("particular_party", "仅涉及特定公民、法人或者其他组织", "oigr-2019/27"),
        Ground("other_on_request", "其他理由", "oigr-2019/13", needs_words=True),
    ),
    Attribute.NOT_DISCLOSED: tuple(_of_law(code) for code in vocabulary.grounds() if code not in _ELSEWHERE),
    Attribute.NOT_GOV_INFO: (
        Ground("outside_functions", "不是在履行行政管理职能过程中制作或者获取的", "oigr-2019/2"),
        Ground("party_affairs", "党务信息", "oigr-2019/2"),
        Ground("other_not_gov_info", "其他理由", "oigr-2019/2", needs_words=True),
    ),
}


def ground(code: str) -> Ground | None:
    return next((found for grounds in GROUNDS.values() for found in grounds if found.code == code), None)


def check(attribute: Attribute, *, code: str, words: str, reevaluate_on: date | None, on: date) -> Iterator[Finding]:
    """What is missing or does not fit, each as an error at its field."""
    chosen = ground(code)
    if attribute is Attribute.PROACTIVE:
        if code:
            yield _error("ground", "主动公开的信息不需要填写不公开理由，请清空。", "oigr-2019/13")
        return
    if chosen is None or chosen not in GROUNDS[attribute]:
        yield _error("ground", f"公开属性为“{attribute.label}”的，要选择理由。", "oigr-2019/13")
    elif chosen.needs_words and not words.strip():
        yield _error("ground_note", f"理由为“{chosen.label}”的，要写明具体依据或者情况。", chosen.basis)
    if attribute is Attribute.NOT_DISCLOSED:
        if reevaluate_on is None:
            yield _error("reevaluate_on", "不予公开的信息要定期评估，请填写下次评估日期。", "oigr-2019/18")
        elif reevaluate_on <= on:
            yield _error("reevaluate_on", "下次评估日期应在今天之后。", "oigr-2019/18")


def _error(field: str, message: str, basis: str) -> Finding:
    return Finding("records.attribute", Severity.ERROR, Status.FAIL, where=(field,), message=message, basis=basis)
