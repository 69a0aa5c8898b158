"""The year programme: actions under the goals of a year, with what they cost."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

#: The states of an action, in the order in which it passes through them.
STATES: Final = ("planned", "under_way", "done", "dropped")

#: A state is always a symbol and a word; all symbols are one cell wide.
SYMBOLS: Final = {"planned": "○", "under_way": "◐", "done": "●", "dropped": "×"}


class ActionLine(NamedTuple):
    """An action: what is done in a year for a goal.

    `state` is one of STATES. `planned` and `spent` are exact euro, None where nobody gave an
    amount: that is not the same as 0.
    """

    id: str
    code: str
    title: str
    summary: str
    goal_id: str
    goal: str
    goal_title: str
    year: int
    state: str
    owner_id: str | None
    owner: str
    due_on: date | None
    planned: Fraction | None
    spent: Fraction | None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.state in ("planned", "under_way")


class Totals(NamedTuple):
    """What some actions come to: how many in each state, and the euro of those that have any."""

    states: tuple[tuple[str, int], ...]
    planned: Fraction | None
    spent: Fraction | None

    @property
    def number(self) -> int:
        """How many actions there are."""
        return sum(number for _state, number in self.states)


class Part(NamedTuple):
    """The actions of one goal in a programme."""

    goal_id: str
    goal: str
    goal_title: str
    actions: tuple[ActionLine, ...]
    totals: Totals


class Programme(NamedTuple):
    """The actions of a year, goal by goal in the order of the plan, with totals."""

    year: int
    parts: tuple[Part, ...]
    totals: Totals


def programme_of(year: int, actions: Iterable[ActionLine]) -> Programme:
    """The programme of a year out of its actions, those of one goal together.

    Goals come in the order in which their first action comes.
    """
    lines = [action for action in actions if action.year == year]
    by_goal: dict[str, list[ActionLine]] = {}
    for action in lines:
        by_goal.setdefault(action.goal_id, []).append(action)
    parts = tuple(
        Part(goal_id, found[0].goal, found[0].goal_title, tuple(found), totals_of(found))
        for goal_id, found in by_goal.items()
    )
    return Programme(year, parts, totals_of(lines))


def totals_of(actions: Sequence[ActionLine]) -> Totals:
    """Count and add up. A dropped action was planned, so its budget counts as planned.

    A sum is None when no action has an amount, so that "nothing known" is never shown as 0.
    """
    return Totals(
        tuple((state, sum(action.state == state for action in actions)) for state in STATES),
        _sum(action.planned for action in actions),
        _sum(action.spent for action in actions),
    )


def next_state(state: str) -> str:
    """The state after this one; after dropped comes planned again."""
    return STATES[(STATES.index(state) + 1) % len(STATES)]


def free_code(goal_code: str, year: int, taken: Iterable[str], limit: int = 40) -> str:
    """A code for a new action that no other goal has, capitals or not: OD1.1-2018-1.

    At most `limit` characters; a long code of the goal is cut.
    """
    used = {code.casefold() for code in taken}
    number = 1
    while True:
        tail = f"-{year}-{number}"
        code = goal_code[: limit - len(tail)].rstrip(".-") + tail
        if code.casefold() not in used:
            return code
        number += 1


def _sum(amounts: Iterable[Fraction | None]) -> Fraction | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if known else None
