"""The blocks on the first level of every agency's page, by fixed code (国办公开办函〔2019〕61号)."""

from collections.abc import Mapping
from types import MappingProxyType

GUIDE = "guide"
RULES = "rules"
STATUTORY = "statutory"
ANNUAL_REPORTS = "annual_reports"
REQUESTS = "request_entry"

BLOCKS: Mapping[str, str] = MappingProxyType(
    {
        GUIDE: "政府信息公开指南",
        RULES: "政府信息公开制度",
        STATUTORY: "法定主动公开内容",
        ANNUAL_REPORTS: "政府信息公开年报",
        REQUESTS: "依申请公开",
    }
)
