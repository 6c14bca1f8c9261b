"""Words of public metadata: how far a document still holds, its genre, its topic; each code with its label.

Source: platform-standards on the policy-document library (states of validity) and on metadata (genres).
A code that is not listed shows as itself, because imported history brings words of its own.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Validity(StrEnum):
    VALID = "valid"
    AMENDED = "amended"
    NOT_YET_EFFECTIVE = "not_yet_effective"
    PARTLY_INVALID = "partly_invalid"
    EXPIRED = "expired"
    REPEALED = "repealed"

    @property
    def label(self) -> str:
        return VALIDITIES[self]

    @property
    def has_ended(self) -> bool:
        """Whether the document no longer binds anyone as a whole."""
        return self in {Validity.EXPIRED, Validity.REPEALED}


VALIDITIES: Mapping[str, str] = MappingProxyType(
    {
        Validity.VALID: "有效",
        Validity.AMENDED: "已修改",
        Validity.NOT_YET_EFFECTIVE: "尚未生效",
        Validity.PARTLY_INVALID: "部分失效",
        Validity.EXPIRED: "失效",
        Validity.REPEALED: "废止",
    }
)

GENRES: Mapping[str, str] = MappingProxyType(
    {
        "order": "命令",
        "decision": "决定",
        "proclamation": "公告",
        "public_notice": "通告",
        "notice": "通知",
        "circular": "通报",
        "motion": "议案",
        "report": "报告",
        "petition": "请示",
        "reply": "批复",
        "opinion": "意见",
        "letter": "函",
        "minutes": "会议纪要",
        "other": "其他",
    }
)

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "institution": "国务院组织机构",
        "general_affairs": "综合政务",
        "national_economy": "国民经济管理、国有资产监管",
        "finance": "财政、金融、审计",
        "land_energy": "国土资源、能源",
        "agriculture": "农业、林业、水利",
        "industry_transport": "工业、交通",
        "commerce": "商贸、海关、旅游",
        "market_supervision": "市场监管、安全生产监管",
        "construction_environment": "城乡建设、环境保护",
        "science_education": "科技、教育",
        "culture_media": "文化、广电、新闻出版",
        "health_sport": "卫生、体育",
        "population": "人口与计划生育、妇女儿童工作",
        "labour_personnel": "劳动、人事、监察",
        "public_security": "公安、安全、司法",
        "civil_affairs": "民政、扶贫、救灾",
        "ethnic_religion": "民族、宗教",
        "foreign_affairs": "对外事务",
        "regional": "港澳台侨工作",
        "defence": "国防",
        "other": "其他",
    }
)


def label(vocabulary: Mapping[str, str], code: str) -> str:
    """The label of a code, or the code itself where the vocabulary does not know it."""
    return vocabulary.get(code, code)
