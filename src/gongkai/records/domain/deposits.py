"""Where public information is deposited for reading, and how a batch stands."""

from enum import StrEnum


class Kind(StrEnum):
    """The reading places of article 25."""

    ARCHIVE = "archive"
    LIBRARY = "library"
    HALL = "hall"

    @property
    def label(self) -> str:
        return {"archive": "国家档案馆", "library": "公共图书馆", "hall": "政务服务场所"}[self.value]


class Stage(StrEnum):
    """How far a batch has come."""

    MADE = "made"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"

    @property
    def label(self) -> str:
        return {"made": "待移送", "handed_over": "已移送，待回执", "received": "已接收"}[self.value]
