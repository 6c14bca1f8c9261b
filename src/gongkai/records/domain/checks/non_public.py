"""Numbers of documents that are not public, quoted in one that will be."""

from collections.abc import Iterator

from gongkai.law.findings import Severity
from gongkai.records.domain.checks import quoting
from gongkai.records.domain.checks.material import Material
from gongkai.records.domain.checks.rules import Rule, Says, Spot, at

QUOTED = Rule(
    code="quoted.non_public",
    label="引用不公开文件的文号",
    severity=Severity.ERROR,
    advice="改为不写文号、标题的表述，或者先确认该文件可以公开。",
    basis="oigr-2019/13",
)
RULES = (QUOTED,)


def check(material: Material) -> Iterator[Spot]:
    numbers = material.known.non_public_numbers
    for quoted in quoting.quotations(material) if numbers else ():
        if number := quoted.among(numbers):
            says = Says(message=f"{quoted.text.label}引用了不公开文件的文号“{number}”。", actual=number)
            yield at(QUOTED, quoted.text, quoted.span(number), says)
