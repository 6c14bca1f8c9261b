"""Acts on many records at once: which there are, and how many at most.

Secrecy clearance is not among them: it is given item by item (一事一审).
"""

from enum import StrEnum

from gongkai.accounts.domain.duties import Duty
from gongkai.records.domain.lifecycle import DUTIES_OF_ACTS, TABLE, Act, State

MOST = 500
AT_ONCE = 20
"""Up to so many are done while the person waits; more are the worker's."""


class BatchAct(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def duties(self) -> tuple[Duty, ...]:
        return DUTIES_OF_ACTS[_ACTS[self]]

    @property
    def sources(self) -> tuple[State, ...]:
        """The states in which a record can be meant."""
        return tuple(state for state in State if TABLE.find(_ACTS[self], state) is not None)

    @property
    def needs_opinion(self) -> bool:
        return self in {BatchAct.APPROVE, BatchAct.RETURN}


_ACTS = {
    BatchAct.SUBMIT: Act.SUBMIT,
    BatchAct.APPROVE: Act.APPROVE,
    BatchAct.RETURN: Act.RETURN,
    BatchAct.PUBLISH: Act.PUBLISH,
}
_LABELS = {
    BatchAct.SUBMIT: "提交审核",
    BatchAct.APPROVE: "审核通过（签发）",
    BatchAct.RETURN: "退回修改",
    BatchAct.PUBLISH: "公开发布",
}
DUTIES = tuple(dict.fromkeys(duty for act in BatchAct for duty in act.duties))
