"""The SWO-ART grid: six lists, and nine strategies where a row and a column meet.

Source: the plan of Socius, lines 2858 to 2871: rows weaknesses, strengths and aspirations, columns
threats, opportunities and results.
"""

from __future__ import annotations

from typing import Final, NamedTuple

ROWS: Final = ("weakness", "strength", "aspiration")
COLUMNS: Final = ("threat", "opportunity", "result")
#: All lists, those of what is inside first.
KINDS: Final = (*ROWS, *COLUMNS)

#: The word in each cell, row by row.
GRID: Final = (
    ("limit_damage", "choose", "question_again"),
    ("defend", "invest", "commit"),
    ("rethink", "realise", "risk"),
)


class GoalLink(NamedTuple):
    """A goal that a statement led to, with the policy challenge that it answers, if any."""

    goal_id: str
    code: str
    title: str
    challenge: str


class Statement(NamedTuple):
    """One finding; `strategy` is its place on the grid, empty when it has none."""

    id: str
    kind: str
    statement: str
    strategy: str
    source_line: str
    goals: tuple[GoalLink, ...] = ()


def places(kind: str) -> tuple[str, ...]:
    """The three strategies where a statement of a kind can be placed: its row, or its column."""
    if kind in ROWS:
        return GRID[ROWS.index(kind)]
    column = COLUMNS.index(kind)
    return tuple(row[column] for row in GRID)


def meeting(strategy: str) -> tuple[str, str]:
    """The list of the row and that of the column which meet in a strategy."""
    for kind, row in zip(ROWS, GRID, strict=True):
        if strategy in row:
            return kind, COLUMNS[row.index(strategy)]
    raise ValueError(f"no strategy {strategy!r}")
