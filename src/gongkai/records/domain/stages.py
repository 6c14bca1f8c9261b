"""Stages of review (三审) as an agency chooses them, and who may decide at the next one.

The floor that no scheme can lower: nobody who wrote in a record reviews, signs or clears it. A scheme says how many
different persons must have had their hands in it, the drafter included. A town of three that hold all posts can
work under the default: one drafts, one reviews, one signs, and either of the latter two clears.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from gongkai.accounts.domain.posts import Post

SIGN_OFF = "sign_off"
CLEARANCE = "secrecy_clearance"
REVIEW_POSTS = (Post.SECTION_HEAD, Post.DISCLOSURE_OFFICER, Post.LEADER)
# Above, the disclosure office reviews, and the leader who answers for it.
SUPERIOR_POSTS = (Post.DISCLOSURE_OFFICER, Post.LEADER)
MOST_STAGES = 6


class UnsoundScheme(ValueError):
    """The stages cannot be worked with; the message says why, in Chinese."""


class Hand(NamedTuple):
    """A person who decided. Who signed on paper may be known by name only; ``person`` is None then."""

    person: int | None
    name: str


def how_many(hands: Collection[Hand]) -> int:
    """How many different persons these are at least: a mere name is taken for a known person who bears it."""
    known = {hand.name for hand in hands if hand.person is not None}
    persons = {hand.person for hand in hands if hand.person is not None}
    return len(persons) + len({hand.name for hand in hands if hand.person is None} - known)


@dataclass(frozen=True)
class Stage:
    """One step of review: its code, the post that decides and the name staff see.

    ``held_at`` is the code of the superior body at which the post decides, empty for the own agency;
    ``is_skippable`` tells that an urgent release passes it by, to be made up for afterwards.
    """

    code: str
    post: str
    label: str
    held_at: str = ""
    is_skippable: bool = False

    @property
    def is_sign_off(self) -> bool:
        return self.code == SIGN_OFF


@dataclass(frozen=True)
class Scheme:
    """Stages in order, the last one being the sign-off, and the least number of different persons."""

    stages: tuple[Stage, ...]
    distinct_persons: int

    def __post_init__(self) -> None:
        if not self.stages or self.stages[-1].code != SIGN_OFF:
            raise UnsoundScheme("最后一个环节必须是签发。")
        if self.stages[-1].post != Post.LEADER:
            raise UnsoundScheme("签发由单位负责人作出。")
        codes = [stage.code for stage in self.stages]
        if len(set(codes)) != len(codes) or CLEARANCE in codes:
            raise UnsoundScheme("各环节的代码不能重复，保密审查不是其中的环节。")
        if len(self.stages) > MOST_STAGES:
            raise UnsoundScheme(f"审核环节最多{MOST_STAGES}个，现有{len(self.stages)}个。")
        if any(not stage.label.strip() for stage in self.stages):
            raise UnsoundScheme("每个环节都要有名称。")
        if any(stage.post not in REVIEW_POSTS for stage in self.stages):
            raise UnsoundScheme("审核环节的岗位只能是科室负责人、公开工作机构人员或者单位负责人。")
        self._check_places()
        if not 2 <= self.distinct_persons <= len(self.stages) + 1:
            raise UnsoundScheme(f"不同人员数应在2到{len(self.stages) + 1}之间。")

    def _check_places(self) -> None:
        if self.stages[-1].held_at or self.stages[-1].is_skippable:
            raise UnsoundScheme("签发由本单位负责人作出，紧急发布也不能略过。")
        for stage in self.stages:
            if stage.held_at and stage.post not in SUPERIOR_POSTS:
                raise UnsoundScheme(f"“{stage.label}”由上级办理，岗位只能是公开工作机构人员或者单位负责人。")
            if stage.held_at and stage.is_skippable:
                raise UnsoundScheme(f"“{stage.label}”由上级办理，紧急发布也不能略过。")

    @classmethod
    def read(cls, stages: Iterable[Mapping[str, Any]], distinct_persons: int) -> "Scheme":
        """From the form kept in the database. Raises `UnsoundScheme`."""
        return cls(tuple(Stage(**row) for row in stages), distinct_persons)

    def as_rows(self) -> list[dict[str, Any]]:
        """What is as usual is left out, so that a row reads as it was chosen."""
        return [
            {name: value for name, value in vars(stage).items() if value or name in {"code", "post", "label"}}
            for stage in self.stages
        ]

    @property
    def urgent(self) -> "Scheme":
        """What is left of it for an urgent release: fewer stages, and no more persons than they need."""
        left = tuple(stage for stage in self.stages if not stage.is_skippable)
        return Scheme(left, min(self.distinct_persons, len(left) + 1))

    def path(self, *, is_urgent: bool) -> "Scheme":
        """What a record goes through."""
        return self.urgent if is_urgent else self

    def first_open(self, approved: Collection[str]) -> Stage:
        """The first stage that has not been passed; the sign-off if nothing else is left."""
        return next((stage for stage in self.stages if stage.code not in approved), self.stages[-1])

    @property
    def first(self) -> Stage:
        return self.stages[0]

    def stage(self, code: str) -> Stage:
        return self.stages[self._place(code)]

    def after(self, code: str) -> Stage | None:
        """The next stage; None after the sign-off."""
        rest = self.stages[self._place(code) + 1 :]
        return rest[0] if rest else None

    def objection(
        self, code: str, *, hand: Hand, post: str, writers: Collection[int], approvers: Collection[Hand] | None
    ) -> str:
        """Why this person may not decide at this stage, in Chinese; empty if they may.

        ``approvers`` are those who have already approved this submission; None where approving is not the question.
        The number of persons counts the writers as one, since one of them is enough, and leaves room for the stages
        still to come.
        """
        stage = self.stage(code)
        if stage.post != post:
            return f"当前环节是“{stage.label}”，由{Post(stage.post).label}办理。"
        if hand.person in writers:
            return "您起草或者修改过这条信息，不能由您审核或者签发。"
        if approvers is None:
            return ""
        return self.shortage(hand, approvers, to_come=len(self.stages) - self._place(code) - 1)

    def shortage(self, hand: Hand, approvers: Collection[Hand], *, to_come: int) -> str:
        """Whether too few persons would have taken part, in Chinese; ``to_come`` counts the decisions still missing."""
        if 1 + how_many([*approvers, hand]) + to_come >= self.distinct_persons:
            return ""
        return f"审核流程要求至少{self.distinct_persons}个人经手，{hand.name}已经审核过，请由其他同志办理。"

    def _place(self, code: str) -> int:
        return next(place for place, stage in enumerate(self.stages) if stage.code == code)


DEFAULT = Scheme(
    stages=(
        Stage("section_head", Post.SECTION_HEAD.value, "科室负责人审核", is_skippable=True),
        Stage(SIGN_OFF, Post.LEADER.value, "单位负责人签发"),
    ),
    distinct_persons=3,
)
