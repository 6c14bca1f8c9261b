"""Documents that no longer hold, quoted as if they did."""

import re
from collections.abc import Iterator

from gongkai.law.findings import Severity
from gongkai.records.domain.checks import quoting
from gongkai.records.domain.checks.material import Ended, Material
from gongkai.records.domain.checks.rules import Rule, Says, Spot, at

QUOTED = Rule(
    code="quoted.ended",
    label="引用已失效文件",
    severity=Severity.WARNING,
    advice="改引现行有效的文件；确需提到旧文件的，写明其已经废止或者失效。",
    basis="gosc-2017-47",
)
RULES = (QUOTED,)
# A text that ends a document, or says that it has ended, quotes it rightly.
_SAID = re.compile(r"废止|失效|停止执行|不再执行|同时作废|修改|修订|清理|原")
_NEAR = 60


def check(material: Material) -> Iterator[Spot]:
    numbers = material.known.ended_numbers
    for quoted in quoting.quotations(material) if numbers else ():
        number = quoted.among(numbers)
        around = quoted.text.text[max(0, quoted.start - _NEAR) : quoted.end + _NEAR]
        if number and not _SAID.search(around):
            yield at(QUOTED, quoted.text, quoted.span(number), _says(number, numbers[number]))


def _says(number: str, ended: Ended) -> Says:
    instead = f"，现行文件为“{ended.successor}”" if ended.successor else ""
    return Says(
        message=f"所引“{number}”（索引号{ended.index_number}）已标注为“{ended.validity}”{instead}。",
        expected=ended.successor or None,
        actual=number,
    )
