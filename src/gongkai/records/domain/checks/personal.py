"""Numbers of persons in what would go out."""

from collections.abc import Iterator

from gongkai.law import personal_data
from gongkai.law.findings import Severity
from gongkai.law.personal_data import Kind
from gongkai.records.domain.checks.material import Material
from gongkai.records.domain.checks.rules import Dismissal, Rule, Says, Spot, at

_BY_KIND = {
    kind: Rule(
        code=f"personal_data.{kind}",
        label=kind.label,
        severity=Severity.WARNING if kind is Kind.MOBILE_NUMBER else Severity.ERROR,
        advice=advice,
        basis=personal_data.BASIS,
        dismissal=Dismissal.OTHERS,
    )
    for kind, advice in (
        (Kind.CITIZEN_ID, "删去或者遮盖号码，例如只留前三位和后两位。"),
        (Kind.BANK_CARD, "删去或者遮盖账号；确需公开对公账户的，由审核人说明理由。"),
        (Kind.MOBILE_NUMBER, "改用办公电话；确为对外公布的工作手机的，由审核人说明理由。"),
    )
}
RULES = tuple(_BY_KIND.values())


def check(material: Material) -> Iterator[Spot]:
    for text in material.texts():
        for hit in personal_data.find(text.text):
            says = Says(message=f"{text.label}中有{hit.kind.label}“{hit.masked}”。", actual=hit.masked)
            yield at(_BY_KIND[hit.kind], text, (hit.start, hit.end), says)
