"""Whether an organisation was visited lately enough: two thresholds by kind of organisation.

Source: domain research, features 60 and 61 ("losing touch", ideal and maximum interval).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

IN_TOUCH: Final = "in_touch"
DUE: Final = "touch_due"
OVERDUE: Final = "touch_overdue"
NEVER: Final = "never_visited"

#: The worst first.
STATES: Final = (NEVER, OVERDUE, DUE, IN_TOUCH)


class Rhythm(NamedTuple):
    """Days between two visits: as a rule, and at most."""

    ideal_days: int
    maximum_days: int


#: Where nobody chose one: every year, and within two.
USUAL: Final = Rhythm(365, 730)

#: A work type, with a size or (None) for the sizes that have no rhythm of their own.
Kind = tuple[str, str | None]


def rhythm_for(work_type_id: str, size: str, rhythms: Mapping[Kind, Rhythm]) -> Rhythm | None:
    """The rhythm of an organisation: that of its size, else of its work type; None when unset."""
    return rhythms.get((work_type_id, size or None)) or rhythms.get((work_type_id, None))


def touch(last_visit: date | None, as_of: date, rhythm: Rhythm) -> str:
    """How it is with an organisation on a day; a threshold itself is still within it."""
    if last_visit is None:
        return NEVER
    days = (as_of - last_visit).days
    if days <= rhythm.ideal_days:
        return IN_TOUCH
    return DUE if days <= rhythm.maximum_days else OVERDUE
