"""The Theory of Change of a goal: from what is done to what it is for.

Source: the plan of Socius, line 3736 and further (Theory of Change); the four levels are those of
results-based planning.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from socius_tui.domain.model import Status

LEVELS: Final = ("activity", "output", "outcome", "impact")


class Watch(NamedTuple):
    """An indicator that watches whether a step happens, and how it stands."""

    indicator_id: str
    code: str
    title: str
    status: Status


class Step(NamedTuple):
    """A step of the chain; `assumption` is why it leads to the next level."""

    id: str
    level: str
    statement: str
    assumption: str
    watches: tuple[Watch, ...] = ()


class Chain(NamedTuple):
    """The steps of a goal, level by level in their order."""

    goal_id: str
    code: str
    title: str
    steps: tuple[Step, ...]

    def at(self, level: str) -> tuple[Step, ...]:
        """The steps of one level."""
        return tuple(step for step in self.steps if step.level == level)

    @property
    def unwatched(self) -> int:
        """Steps that no indicator watches."""
        return sum(not step.watches for step in self.steps)
