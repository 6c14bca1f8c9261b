"""What the document says about itself against the attribute that it was given."""

import re
from collections.abc import Iterator

from gongkai.law.findings import Severity
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.checks.material import Material, Text
from gongkai.records.domain.checks.rules import Rule, Says, Spot, at

CONTRADICTS = Rule(
    code="own_note.contradicts",
    label="文件自带标注与公开属性不一致",
    severity=Severity.ERROR,
    advice="核对文件的公开属性：标注为准的改正属性，属性为准的删去标注；由原发文机关确认后再办理。",
    basis="oigr-2019/13",
)
INTERNAL = Rule(
    code="own_note.internal",
    label="内部资料标注",
    severity=Severity.ERROR,
    advice="内部资料不公开；确已允许公开的，删去标注后再提交。",
    basis="oigr-2019/16",
)
RULES = (CONTRADICTS, INTERNAL)
_KINDS = r"(?P<kind>主动公开|公开发布|全文公开|依申请公开|不予公开|免予公开|免于公开|不公开)"
_NOTE = re.compile(
    rf"此件\s?{_KINDS}|(?:公开(?:属性|方式|类别|形式)|信息公开选项)\s?[:：]\s?{_KINDS.replace('kind', 'label')}"
    rf"|^[ \u3000]*(?P<open>[(（【\[]?)\s?{_KINDS.replace('kind', 'line')}[)）】\] \u3000。]*$",
    re.MULTILINE,
)
_INTERNAL = re.compile(
    r"内部(?:资料|文件|材料|刊物|情况|参考)[\s,，、。!！:：]{0,3}(?:请\s?)?(?:注意保存|严禁外传|不得外传|请勿外传|切勿外传|妥善保管|严禁翻印|不得翻印)"
    r"|^[\s(（【\[]*(?:内部(?:资料|文件|材料|使用|传阅)|仅供内部(?:使用|参阅|参考))[)）】\]\s。]*$|(?:不得|严禁|禁止)(?:上网|登报)",
    re.MULTILINE,
)
# The bare words on a line of their own are a note at the head or foot of a document, elsewhere a heading or menu.
_HEAD, _FOOT = 20, 60
_MEANS = {
    "依申请公开": Attribute.ON_REQUEST,
    "不予公开": Attribute.NOT_DISCLOSED,
    "免予公开": Attribute.NOT_DISCLOSED,
    "免于公开": Attribute.NOT_DISCLOSED,
    "不公开": Attribute.NOT_DISCLOSED,
}


def check(material: Material) -> Iterator[Spot]:
    attribute = Attribute(material.content.attribute)
    for text in material.documents():
        yield from _notes(text, attribute)
        if attribute is Attribute.PROACTIVE:
            for match in _INTERNAL.finditer(text.text):
                words = match[0].strip()
                yield at(INTERNAL, text, match.span(), Says(message=f"{text.label}中标有“{words}”。", actual=words))


def _notes(text: Text, attribute: Attribute) -> Iterator[Spot]:
    for match in _NOTE.finditer(text.text):
        words = match["kind"] or match["label"] or match["line"]
        if match["line"] and not match["open"] and _HEAD < match.start() < len(text.text) - _FOOT:
            continue
        meant = _MEANS.get(words, Attribute.PROACTIVE)
        if meant is attribute or attribute is Attribute.NOT_GOV_INFO:
            continue
        # A stricter attribute than the note may be right; a laxer one needs the office that wrote the note.
        severity = CONTRADICTS.severity if attribute is Attribute.PROACTIVE else Severity.WARNING
        message = f"{text.label}自带标注“{words}”，与公开属性“{attribute.label}”不一致。"
        says = Says(message=message, expected=meant.label, actual=attribute.label, severity=severity)
        yield at(CONTRADICTS, text, match.span(), says)
