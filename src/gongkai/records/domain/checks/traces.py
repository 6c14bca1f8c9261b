"""What the public copy of a file still carries of its making."""

from collections.abc import Iterator

from gongkai.law.findings import Severity
from gongkai.records.domain.checks.material import Material
from gongkai.records.domain.checks.rules import Dismissal, Rule, Says, Spot, about

REVISIONS = Rule(
    code="files.revisions",
    label="附件带有修订痕迹",
    severity=Severity.ERROR,
    advice="在文字处理软件中接受或者拒绝全部修订，另存后重新上传。",
    basis="secrecy-law-2024/35",
    dismissal=Dismissal.NOBODY,
)
COMMENTS = Rule(
    code="files.comments",
    label="附件带有批注",
    severity=Severity.ERROR,
    advice="删除全部批注，另存后重新上传。",
    basis="secrecy-law-2024/35",
    dismissal=Dismissal.NOBODY,
)
HIDDEN = Rule(
    code="files.hidden",
    label="附件带有隐藏内容",
    severity=Severity.WARNING,
    advice="取消隐藏，核对这些内容可以公开，或者删去后重新上传。",
)
UNCLEANED = Rule(
    code="files.uncleaned",
    label="附件格式较旧，作者等信息不能清除",
    severity=Severity.WARNING,
    advice="另存为DOCX、XLSX、PPTX、PDF或者OFD后重新上传，系统会清除作者、单位等信息。",
)
SIGNED = Rule(
    code="files.signed",
    label="附件带有电子签章",
    severity=Severity.INFO,
    advice="为使签章有效，文件保持原样，其中的作者、单位等信息没有清除，请确认可以公开。",
)
RULES = (REVISIONS, COMMENTS, HIDDEN, UNCLEANED, SIGNED)
_BY_TRACE = {"revisions": REVISIONS, "comments": COMMENTS, "hidden": HIDDEN, "uncleaned": UNCLEANED, "signed": SIGNED}


def check(material: Material) -> Iterator[Spot]:
    for file in material.files:
        for trace in file.traces:
            rule = _BY_TRACE[trace]
            yield about(rule, file.place, Says(message=f"附件“{file.title}”：{rule.label.removeprefix('附件')}。"))
