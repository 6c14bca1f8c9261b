"""Whether a sentence speaks of the same bodies and the same year as the tables."""

import re

from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose.sentences import Quantity, Sentence

_GOVERNMENT = re.compile(r"(?:人民政府|管委会|管理委员会|[省市县区州旗乡镇]|街道)$")
_OFFICE = re.compile(
    r"政府办|办公[室厅]|代表[市区县州省旗]?政府|本级|[市区县州省]直|本机关|本单位|各部门|各单位|乡镇|[市区县]级(?!政府信息)|"
    r"[市区县州省旗]政府(?!信息|网站|门户|工作|部门|令|公报|各|及|系统|和)|管委会(?!.*(?:全区|我区))"
)
_BRANCH = re.compile(r"[局委厅院]机关|机关本|下属|直属|分局|所属|本级|系统|县[(区]?局|各区")
_WHOLE = re.compile(r"全[省市县区州旗镇乡局委厅]|我[省市县区州旗镇乡局委厅]|本[省市县区州旗镇乡局委厅]|全系统")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_OTHER_TIME = re.compile(r"去年|上年(?!度?结转)|上一年(?!度?结转)|季度|上半年|下半年|\d月|前年|历年|以来|累计")
_COMPARED = re.compile(r"[比较]|同比|增[加长幅]|减少|下降|上升|提高")


def is_government(report: FilledReport) -> bool:
    """True if the report sums up several bodies (a government), false for a department."""
    return bool(_GOVERNMENT.search(report.agency))


def clause(sentence: Sentence, at: int) -> str:
    """The words from the last mark to `at`."""
    begin = max(sentence.text.rfind(mark, 0, at) for mark in ",;。:")
    return sentence.text[begin + 1 : at]


def other_time(report: FilledReport, sentence: Sentence, at: int) -> bool:
    """Another year or a part of the year, or a comparison with one."""
    words = clause(sentence, at)
    if _OTHER_TIME.search(words) or _COMPARED.search(words):
        return True
    years = _YEAR.findall(sentence.text[:at])
    return bool(years) and report.year is not None and int(years[-1]) != report.year


def narrower(report: FilledReport, sentence: Sentence, at: int) -> bool:
    """True if the clause names one office or branch, so that its figure may be a part of the table's."""
    words = clause(sentence, at)
    if is_government(report):
        return bool(_OFFICE.search(words)) and not _WHOLE.search(words)
    return bool(_BRANCH.search(words))


def says_whole(sentence: Sentence, at: int) -> bool:
    """True if the sentence says 全市, 我区 and the like before `at`."""
    return bool(_WHOLE.search(sentence.text[:at]))


def tail(sentence: Sentence, quantity: Quantity) -> str:
    """The words after a quantity up to the next mark."""
    match = re.match(r"[^,;。)(]*", sentence.text[quantity.end :])
    return match.group() if match else ""
