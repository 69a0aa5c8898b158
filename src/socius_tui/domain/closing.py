"""Closed reporting periods: which change is one inside a period, and what a late one concerns.

A change is inside a period when what the rows say about that period is something else
afterwards. So a promise that was due in a closed year and is kept after it changes nothing
there, and neither does a hand-over on the day after.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from socius_tui.domain.model import Computed, Period
from socius_tui.domain.plan import GoalRecord, IndicatorRecord

LONGEST_REASON: Final = 2000  # characters; as in the schema

#: A row by column, as it is stored; a link of a visit also has the `visited_on` of its visit.
Cells: TypeAlias = Mapping[str, object]


class PeriodLock(NamedTuple):
    """A reporting period that was closed, and perhaps reopened (`reopened_at` is set then).

    Names of people may be empty; moments are UTC, as stored. `late_changes` is the number of
    rows that were changed inside it after it was closed.
    """

    id: str
    period: Period
    closed_by: str
    closed_at: str
    note: str = ""
    reopened_by: str = ""
    reopened_at: str | None = None
    reopen_reason: str = ""
    late_changes: int = 0

    @property
    def state(self) -> str:
        """closed or reopened."""
        return "closed" if self.reopened_at is None else "reopened"


class LateChange(NamedTuple):
    """A row (`kind` is its table) that was changed inside a period after it was closed.

    `goal_ids` are the goals that it is about: its own, and those of the visit that it belongs to.
    """

    id: str
    lock_id: str
    period: Period
    kind: str
    row_id: str
    visit_id: str
    indicator_id: str | None
    goal_ids: frozenset[str]
    reason: str
    changed_by: str
    changed_at: str


def says(kind: str, row: Cells | None, period: Period) -> object:
    """What a row says about a period, to compare with what it said before; None is nothing."""
    if row is None or row["retired_at"] is not None:
        return None
    return _SAYS[kind](row, period.start.isoformat(), period.end.isoformat())


def _measured(row: Cells, start: str, end: str) -> object:
    return dict(row) if _inside(row["observed_on"], start, end) else None


def _visited(row: Cells, start: str, end: str) -> object:
    """Everything about a visit but the private note: that is nobody's report."""
    if not _inside(row["visited_on"], start, end):
        return None
    return {name: value for name, value in row.items() if name != "private_note"}


def _linked(row: Cells, start: str, end: str) -> object:
    return row["goal_id"] if _inside(row["visited_on"], start, end) else None


def _aimed(row: Cells, start: str, end: str) -> object:
    """A target draws a line through all of its period."""
    first, last = str(row["period_start"]), str(row["period_end"])
    return dict(row) if first <= end and start <= last else None


def _told(row: Cells, start: str, end: str) -> object:
    return dict(row) if _inside(row["period_end"], start, end) else None


def _promised(row: Cells, start: str, end: str) -> object:
    """What was due or done inside; what happens to it later is of a later period."""
    due, done = (
        value if _inside(value, start, end) else None for value in (row["due_on"], row["done_on"])
    )
    if due is None and done is None:
        return None
    return due, done, row["visit_id"], row["goal_id"], row["indicator_id"]


def _assigned(row: Cells, start: str, end: str) -> object:
    """The days inside on which somebody is contact person."""
    first = max(str(row["starts_on"]), start)
    last = end if row["ends_on"] is None else min(str(row["ends_on"]), end)
    return (first, last, row["person_id"], row["work_type_id"]) if first <= last else None


_SAYS: Final[Mapping[str, Callable[[Cells, str, str], object]]] = {
    "measurement": _measured,
    "visit": _visited,
    "visit_goal": _linked,
    "target": _aimed,
    "narrative": _told,
    "follow_up": _promised,
    "assignment": _assigned,
}

#: The tables whose rows say something about a period.
KINDS: Final = tuple(_SAYS)


def _inside(day: object, start: str, end: str) -> bool:
    return isinstance(day, str) and start <= day <= end


# ---- what a late change concerns -----------------------------------------------------------

#: The tables that a computed indicator reads.
_READS: Final = {
    Computed.VISITED_ORGANISATIONS: ("visit",),
    Computed.VISITS_DONE: ("visit",),
    Computed.FOLLOW_UPS_ON_TIME: ("follow_up",),
    Computed.WORK_TYPES_WITH_CONTACT: ("assignment",),
}


def concerns(late: LateChange, indicator: IndicatorRecord, below: frozenset[str]) -> bool:
    """Whether a late change is one of an indicator; `below` are the goals that it counts."""
    rule = indicator.measure.computed
    if late.indicator_id == indicator.id:
        return True
    if rule is None:
        return False
    if indicator.computed_linked:
        counted = late.kind in _READS[rule] or late.kind == "visit_goal"
        return counted and not late.goal_ids.isdisjoint(below)
    return late.kind in _READS[rule]


def once(late: Iterable[LateChange]) -> tuple[LateChange, ...]:
    """Without what belongs together: a visit and its links, changed at one moment, are one."""
    found: dict[tuple[str, str, str], LateChange] = {}
    for change in late:
        found.setdefault(
            (change.changed_at, change.lock_id, change.visit_id or change.row_id), change
        )
    return tuple(found.values())


def late_by_line(
    late: Sequence[LateChange],
    plan_id: str,
    goals: Sequence[GoalRecord],
    indicators: Sequence[IndicatorRecord],
    below: Mapping[str, frozenset[str]],
) -> dict[str, tuple[LateChange, ...]]:
    """The late changes of the plan, each goal and each indicator, by id; where there are any.

    A goal has those about itself and all of what is below it.
    """
    if not late:
        return {}
    found = {plan_id: once(late)}
    of_goal: dict[str, set[str]] = {
        goal.id: {change.id for change in late if goal.id in change.goal_ids} for goal in goals
    }
    for indicator in indicators:
        mine = [c for c in late if concerns(c, indicator, below[indicator.goal_id])]
        found[indicator.id] = once(mine)
        of_goal[indicator.goal_id].update(change.id for change in mine)
    for goal in goals:
        ids = set().union(*(of_goal[each] for each in below[goal.id]))
        found[goal.id] = once(change for change in late if change.id in ids)
    return found
