"""Metadata that the catalogue needs and that is not there."""

from collections.abc import Iterator

from gongkai.law.findings import Severity
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.checks.material import Material
from gongkai.records.domain.checks.rules import Rule, Says, Spot, about
from gongkai.records.domain.content import FIELD_LABELS

MISSING = Rule(
    code="metadata.missing",
    label="元数据缺项",
    severity=Severity.WARNING,
    advice="补填这一项，公众才能按它找到信息。",
    basis="oigr-2019/12",
)
RULES = (MISSING,)


def check(material: Material) -> Iterator[Spot]:
    content = material.content
    if content.attribute != Attribute.PROACTIVE:
        return
    if not content.issuer:
        yield _missing("issuer", Severity.WARNING)
    if content.is_normative and not content.document_number:
        yield _missing("document_number", Severity.WARNING)
    if content.document_number and not content.genre:
        yield _missing("genre", Severity.INFO)
    if not content.summary and not content.body_text:
        yield _missing("summary", Severity.INFO)


def _missing(name: str, severity: Severity) -> Spot:
    return about(MISSING, name, Says(message=f"没有填写{FIELD_LABELS[name]}。", severity=severity))
