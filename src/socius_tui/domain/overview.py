"""The state of a plan on a day, ready to show: one line for the plan, each goal, each indicator."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.closing import LateChange
from socius_tui.domain.model import Status


class StatusLine(NamedTuple):
    """One line of the overview, the tree and the status export.

    `level` is "plan", a goal's kind or "indicator"; `depth` its depth in the tree (plan 0).
    `value`, `target`, `baseline`, `expected` are in `unit` for an indicator and None for a
    goal. `progress` is a share (1 = all of it), uncapped for an indicator, a weighted mean
    of capped shares for a goal; `expected_progress` is where it should be. `days_behind` is
    negative when ahead. `with_data` of `of` children have data; `counts` is the number of
    indicators below it (or itself) by status. `late` is what was changed about it, or below it,
    in a period after that was closed, the last one first. `state` is how an action of a year
    programme is going, one of `programme.STATES`.
    """

    id: str
    level: str
    depth: int
    code: str
    title: str
    parent_id: str | None
    unit: str
    kind: str
    origin: str
    status: Status
    progress: Fraction | None
    expected_progress: Fraction | None
    pace_ratio: Fraction | None
    days_behind: Fraction | None
    value: Fraction | None
    target: Fraction | None
    baseline: Fraction | None
    expected: Fraction | None
    period_start: date | None
    period_end: date | None
    with_data: int
    of: int
    counts: tuple[tuple[Status, int], ...]
    last_measurement: date | None
    freshness: str
    contact_person: str
    late: tuple[LateChange, ...] = ()
    state: str = ""


class CoverageLine(NamedTuple):
    """Organisations visited in a window, for one work type or in total.

    `visited` of `recognised` (the denominator by the plan's policy); `contact_person` may
    be empty: then nobody is assigned on the as-of date.
    """

    work_type_id: str
    work_type: str
    contact_person: str
    visited: int
    recognised: int


class PlanStatus(NamedTuple):
    """The whole plan on a day: the plan's own line first, then the tree, depth first."""

    as_of: date
    lines: tuple[StatusLine, ...]

    @property
    def plan(self) -> StatusLine:
        """The line of the plan itself."""
        return self.lines[0]

    def find(self, identifier: str) -> StatusLine | None:
        """The line of a goal or indicator by id, or by code."""
        return next((x for x in self.lines if identifier in (x.id, x.code)), None)

    def children(self, identifier: str) -> tuple[StatusLine, ...]:
        """The lines directly below a goal or the plan, in the plan's order."""
        return tuple(line for line in self.lines if line.parent_id == identifier)

    def branch(self, identifier: str) -> tuple[StatusLine, ...]:
        """A goal's own line and everything below it, depth first."""
        found: list[StatusLine] = []
        floor: int | None = None
        for line in self.lines:
            if floor is None:
                if line.id == identifier:
                    floor = line.depth
                    found.append(line)
            elif line.depth > floor:
                found.append(line)
            else:
                break
        return tuple(found)
