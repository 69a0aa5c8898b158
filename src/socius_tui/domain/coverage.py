"""How much of the sector was visited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.model import Period

RECOGNISED = "recognised"
FIXED = "fixed"


class Share(NamedTuple):
    """Organisations visited out of a number of organisations."""

    visited: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        """A fraction of 1; None when there is nobody to visit."""
        return Fraction(self.visited, self.denominator) if self.denominator else None


class Coverage(NamedTuple):
    """Coverage in total and by work type, and the policy to print beside the number."""

    total: Share
    by_work_type: Mapping[str, Share]
    policy: str


def recognised_on(day: date, since: date | None, until: date | None) -> bool:
    """Whether a recognition holds on a day; both ends included, None is open."""
    return (since is None or since <= day) and (until is None or day <= until)


def coverage(
    organisations: Iterable[tuple[str, str, date | None, date | None]],
    visits: Iterable[tuple[str, date]],
    window: Period,
    as_of: date,
    fixed: int | None = None,
    fixed_by_work_type: Mapping[str, int] | None = None,
) -> Coverage:
    """Distinct organisations visited in the window, of those recognised on the as-of date.

    `organisations` are (id, work type, recognised from, recognised until), `visits` are
    (organisation id, day) of visits done. Only organisations recognised on `as_of` count,
    and only visits in the window up to `as_of`; an organisation that lost its recognition
    leaves both numbers. With `fixed` the total is held against that number, and a work type
    against its own in `fixed_by_work_type` where that has one. Source: design, section 4
    ("Coverage").
    """
    work_types = {
        organisation: work_type
        for organisation, work_type, since, until in organisations
        if recognised_on(as_of, since, until)
    }
    seen = {
        organisation
        for organisation, day in visits
        if day in window and day <= as_of and organisation in work_types
    }
    there: dict[str, int] = {}
    visited: dict[str, int] = {}
    for organisation, work_type in work_types.items():
        there[work_type] = there.get(work_type, 0) + 1
        visited[work_type] = visited.get(work_type, 0) + (organisation in seen)
    total = len(work_types)
    if fixed is not None:
        there = {**there, **(fixed_by_work_type or {})}
        total = fixed
    return Coverage(
        Share(len(seen), total),
        {work_type: Share(visited.get(work_type, 0), n) for work_type, n in there.items()},
        RECOGNISED if fixed is None else FIXED,
    )
