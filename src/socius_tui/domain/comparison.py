"""Two plans of the same house beside each other: what went on, what is new, what was dropped."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from socius_tui.domain.overview import PlanStatus, StatusLine

CONTINUED: Final = "continued"
NEW: Final = "new"
DROPPED: Final = "dropped"


class ComparisonLine(NamedTuple):
    """A plan, goal or indicator as it stood in the plan before, and as it stands in this one."""

    before: StatusLine | None
    now: StatusLine | None

    @property
    def change(self) -> str:
        """What became of it."""
        if self.before is None:
            return NEW
        return DROPPED if self.now is None else CONTINUED

    @property
    def there(self) -> StatusLine:
        """The line that there is, that of now where there are two."""
        line = self.now or self.before
        assert line is not None  # a comparison has one of them
        return line


class Comparison(NamedTuple):
    """The plan of before on its day beside that of now on its own, in the order of now.

    What was dropped stands below, in the order of before.
    """

    before_code: str
    before_on: date
    now_code: str
    now_on: date
    lines: tuple[ComparisonLine, ...]


def compared(
    before: PlanStatus, now: PlanStatus, links: Mapping[str, str]
) -> tuple[ComparisonLine, ...]:
    """The lines of both; `links` gives the id of before by that of now.

    Without actions: they have a state and no number, and the year programme tells of them.
    """
    then, today = ([x for x in each.lines if x.level != "action"] for each in (before, now))
    old = {line.id: line for line in then}
    links = {**links, now.plan.id: before.plan.id}
    lines = [ComparisonLine(old.get(links.get(line.id, "")), line) for line in today]
    kept = {line.before.id for line in lines if line.before is not None}
    lines += [ComparisonLine(line, None) for line in then if line.id not in kept]
    return tuple(lines)
