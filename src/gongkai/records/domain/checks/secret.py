"""Marks of state secrets: the door refuses them, but words read from a scan come later."""

from collections.abc import Iterator

from gongkai.law import secrecy_marks
from gongkai.law.findings import Severity
from gongkai.records.domain.checks.material import Material
from gongkai.records.domain.checks.rules import Dismissal, Rule, Says, Spot, at

MARK = Rule(
    code=secrecy_marks.CODE,
    label="国家秘密标志",
    severity=Severity.ERROR,
    advice="立即停止办理，按保密规定处理原件；不得带标志公开，也不能忽略。",
    basis=secrecy_marks.BASIS,
    dismissal=Dismissal.NOBODY,
)
RULES = (MARK,)


def check(material: Material) -> Iterator[Spot]:
    for text in material.texts():
        for mark in secrecy_marks.find(text.text):
            says = Says(message=f"{text.label}中有国家秘密标志“{mark.text}”。", actual=mark.text)
            yield at(MARK, text, (mark.start, mark.end), says)
