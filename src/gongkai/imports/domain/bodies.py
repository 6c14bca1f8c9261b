"""What kind of body a name tells of, and a code for it that never changes."""

import re

from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.groundwork import digests

# The first that fits decides, so narrow signs stand before wide ones.
_SIGNS: tuple[tuple[str, AgencyKind], ...] = (
    (r"总工会|共青团|共产主义青年团|妇女联合会|妇联|残疾人联合会|残联|红十字会|工商业联合会|科学技术协会|文学艺术界联合会",
     AgencyKind.MASS_ORGANISATION),
    (r"税务局|海关|气象局|消防救援|烟草专卖局|邮政管理局|调查队|中国人民银行|金融监督管理|地震局|海事局",
     AgencyKind.VERTICAL),
    (r"管理委员会|管委会|开发区$|高新区$|新区$", AgencyKind.COMMITTEE),
    (r"街道办事处$|街道$|[镇乡](?:人民政府)?$", AgencyKind.TOWN),
    (r"人民政府$|^国务院$|(?:省|自治区|特别行政区|市|州|盟|县|区|旗)$", AgencyKind.GOVERNMENT),
    (r"学校$|大学$|学院$|医院$|中心$|图书馆$|博物馆$|档案馆$|研究院$|研究所$|公园$", AgencyKind.PUBLIC_INSTITUTION),
)  # fmt: skip


def kind_of(name: str) -> AgencyKind:
    """A guess by name; whatever has no sign is a department."""
    return next((kind for pattern, kind in _SIGNS if re.search(pattern, name)), AgencyKind.DEPARTMENT)


def code_of(name: str) -> str:
    """The same code for the same name, always and everywhere."""
    return f"body-{digests.sm3(name)[:12]}"
