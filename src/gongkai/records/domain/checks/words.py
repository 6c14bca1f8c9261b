"""Wrong, outdated and unfit words from the lists of product, platform and agency."""

from collections.abc import Iterator

from gongkai.law.findings import Severity
from gongkai.law.wrong_words import Kind
from gongkai.records.domain.checks.material import Material
from gongkai.records.domain.checks.rules import Rule, Says, Spot, at

_ADVICE = {
    Kind.TYPO: "核对后改正。",
    Kind.USAGE: "建议改为规范写法；引用原文的可以保留。",
    Kind.OUTDATED_NAME: "改为现在的名称；指改革以前的机构时，前面加“原”字。",
    Kind.OUTDATED_LAW: "改引现行规定；引用历史文件的，说明理由。",
    Kind.WORDING: "改为规范用语。",
    Kind.OWN: "按本单位词表的要求核对。",
}
_SEVERITY = {Kind.USAGE: Severity.INFO, Kind.OUTDATED_NAME: Severity.INFO}
_BY_KIND = {
    kind: Rule(
        code=f"words.{kind}",
        label=kind.label,
        severity=_SEVERITY.get(kind, Severity.WARNING),
        advice=_ADVICE[kind],
    )
    for kind in Kind
}
RULES = tuple(_BY_KIND.values())


def check(material: Material) -> Iterator[Spot]:
    written_on = material.content.created_on or material.on
    for text in material.texts():
        for hit in material.known.words.find(text.text, written_on=written_on):
            word = hit.word
            says = Says(
                message=f"“{word.wrong}”：{word.kind.label}。",
                expected=word.right or None,
                actual=word.wrong,
                severity=word.severity,
                basis=word.basis,
            )
            yield at(_BY_KIND[word.kind], text, (hit.start, hit.end), says)
