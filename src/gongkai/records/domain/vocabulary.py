"""Words for the desk that the public vocabulary does not have: 组配分类."""

from collections.abc import Mapping
from types import MappingProxyType

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "institution": "机构职能",
        "policy": "政策法规",
        "planning": "规划计划",
        "administration": "行政事务",
        "personnel": "人事人才",
        "finance": "财务审计",
        "state_assets": "国资管理",
        "statistics": "统计信息",
        "services": "便民信息",
        "other": "其他",
    }
)
