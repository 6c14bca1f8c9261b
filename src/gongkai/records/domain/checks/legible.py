"""Files of which no text is known: somebody must read them, or they do not go out."""

from collections.abc import Iterator

from gongkai.law.findings import Severity, Status
from gongkai.records.domain.checks.material import Material
from gongkai.records.domain.checks.rules import Dismissal, Rule, Says, Spot, about

UNREAD = Rule(
    code="files.not_assessable",
    label="附件没有文字层",
    severity=Severity.ERROR,
    advice="上传带文字的版本，等待文字识别，或者由审核人逐页阅看后确认“已人工阅看”。",
    basis="secrecy-law-2024/35",
    dismissal=Dismissal.NOBODY,
    status=Status.NOT_ASSESSABLE,
)
RULES = (UNREAD,)


def check(material: Material) -> Iterator[Spot]:
    for file in material.files:
        if not file.is_read:
            state = "正在识别文字" if file.is_waiting else "没有文字层，系统读不出内容"
            yield about(UNREAD, file.place, Says(message=f"附件“{file.title}”{state}，不能自动检查。"))
