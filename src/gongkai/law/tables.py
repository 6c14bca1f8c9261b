"""Machinery for workflow tables: who may do what, from which state to which. The tables themselves live in contexts."""

import dataclasses
import functools
import itertools
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple


class NotAllowed(ValueError):
    """The table has no such transition for this state, action and these posts."""


@dataclasses.dataclass(frozen=True, slots=True)
class Transition:
    """One line of a table. Guards are names of rules that the service checks; `target` None keeps the state."""

    action: str
    sources: tuple[str, ...]
    target: str | None
    posts: frozenset[str]
    guards: tuple[str, ...] = ()


class Case(NamedTuple):
    """One combination for an exhaustive test; `transition` is None where the table forbids it."""

    state: str
    action: str
    post: str
    transition: Transition | None


@dataclasses.dataclass(frozen=True)
class Table:
    """A workflow. `labels` gives the Chinese of states, actions and posts. Ambiguous lines raise `ValueError`."""

    initial: str
    transitions: tuple[Transition, ...]
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        pairs = [(line.action, state) for line in self.transitions for state in line.sources]
        doubled = {pair for pair in pairs if pairs.count(pair) > 1}
        if doubled or any(not line.posts or not line.sources for line in self.transitions):
            raise ValueError(f"every line needs sources and posts, and one line per action and state: {doubled}")

    @functools.cached_property
    def states(self) -> tuple[str, ...]:
        ends = (line.target for line in self.transitions if line.target)
        starts = (state for line in self.transitions for state in line.sources)
        return tuple(dict.fromkeys((self.initial, *itertools.chain(starts, ends))))

    @functools.cached_property
    def actions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.action for line in self.transitions))

    @functools.cached_property
    def posts(self) -> tuple[str, ...]:
        return tuple(sorted({post for line in self.transitions for post in line.posts}))

    @functools.cached_property
    def final_states(self) -> tuple[str, ...]:
        """States that no line leaves."""
        left = {state for line in self.transitions if line.target for state in line.sources}
        return tuple(state for state in self.states if state not in left)

    def find(self, action: str, state: str) -> Transition | None:
        """The line for this action in this state, whoever may take it."""
        matches = (line for line in self.transitions if line.action == action and state in line.sources)
        return next(matches, None)

    def available(self, state: str, posts: Collection[str]) -> tuple[Transition, ...]:
        """What the holder of these posts may do now, before guards: the buttons of a screen."""
        return tuple(line for line in self.transitions if state in line.sources and line.posts & set(posts))

    def require(self, action: str, *, state: str, posts: Collection[str]) -> Transition:
        """The line to follow. Raises `NotAllowed` with a reason in Chinese."""
        line = self.find(action, state)
        if line is None:
            raise NotAllowed(f"“{self.label(state)}”状态下不能“{self.label(action)}”")
        if not line.posts & set(posts):
            raise NotAllowed(f"您的岗位不能“{self.label(action)}”")
        return line

    def label(self, name: str) -> str:
        return self.labels.get(name, name)

    def product(self) -> Iterator[Case]:
        """Every state × action × post, so that a test can walk what is allowed and what is not."""
        for state, action, post in itertools.product(self.states, self.actions, self.posts):
            line = self.find(action, state)
            yield Case(state, action, post, line if line and post in line.posts else None)

    def mermaid(self) -> str:
        """A state diagram with labels, stable from run to run."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{self.label(state)}" as {state}' for state in self.states]
        lines.append(f"    [*] --> {self.initial}")
        for line in self.transitions:
            arrows = ((state, line.target or state) for state in line.sources)
            lines += [f"    {start} --> {end}: {self.label(line.action)}" for start, end in arrows]
        lines += [f"    {state} --> [*]" for state in self.final_states]
        return "\n".join(lines) + "\n"

    def duties(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each action with the posts that may take it in some state: the rows of a duty matrix."""
        for action in self.actions:
            posts = {post for line in self.transitions if line.action == action for post in line.posts}
            yield action, tuple(sorted(posts))
