"""How far a document still holds. Genre and topic are plain words and need no table.

Source: platform-standards, states of normative documents in the policy-document library.
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


def label(code: str) -> str:
    """The label of a validity, or the code itself where it is not known: imported history has words of its own."""
    return VALIDITIES.get(code, code)
