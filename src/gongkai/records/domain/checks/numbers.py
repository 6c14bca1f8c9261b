"""The record's own 文号: its form, its year, the one in the text, and that nobody else has it."""

from collections.abc import Iterator

from gongkai.law.findings import Severity
from gongkai.law.identifiers import document_number
from gongkai.records.domain.checks.material import Material, Text
from gongkai.records.domain.checks.rules import Rule, Says, Spot, about, at

_ADVICE = "按“机关代字〔年份〕序号号”核对并改正。"
_OF_LAW = {
    f"document_number.{code}": Rule(
        code=f"document_number.{code}", label=label, severity=severity, advice=_ADVICE, basis=document_number.BASIS
    )
    for code, label, severity in (
        ("form", "文号格式", Severity.WARNING),
        ("spelling", "文号写法", Severity.INFO),
        ("year", "文号年份", Severity.WARNING),
    )
}
IN_TEXT = Rule(
    code="document_number.differs",
    label="文号前后不一致",
    severity=Severity.WARNING,
    advice="核对文件原件，使登记的文号与正文一致。",
    basis=document_number.BASIS,
)
REPEATED = Rule(
    code="document_number.repeated",
    label="文号重复",
    severity=Severity.WARNING,
    advice="核对是否重复录入，或者文号有误。",
    basis=document_number.BASIS,
)
RULES = (*_OF_LAW.values(), IN_TEXT, REPEATED)
_HEAD_LINES = 6


def check(material: Material) -> Iterator[Spot]:
    content = material.content
    if not content.document_number:
        return
    for found in document_number.check(content.document_number, written_on=content.created_on):
        says = Says(message=found.message, expected=found.expected, actual=found.actual)
        yield about(_OF_LAW[found.code], "document_number", says)
    if content.body_text:
        yield from _in_text(Text("body_text", "正文", content.body_text), content.document_number)
    for other in material.known.same_number:
        says = Says(message=f"本机关{other}已经使用这个文号。", actual=content.document_number)
        yield about(REPEATED, "document_number", says)


def _in_text(text: Text, number: str) -> Iterator[Spot]:
    """A line at the head of the text that is nothing but a number should be this one."""
    begin = 0
    for line in text.text.split("\n")[:_HEAD_LINES]:
        words = line.strip()
        if document_number.is_valid(words) and document_number.validate(words) != document_number.compact(number):
            says = Says(message=f"正文开头的文号是“{words}”，登记的是“{number}”。", expected=number, actual=words)
            yield at(IN_TEXT, text, (begin, begin + len(line)), says)
        begin += len(line) + 1
