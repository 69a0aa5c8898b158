"""Whom the makers of a plan asked, and whether the table of it agrees with itself."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Check(StrEnum):
    """What must add up in a survey table."""

    PARTICIPATION = "participation"
    SIZE = "size"
    FUNCTION = "function"
    PARTS = "parts"


class SurveyGroup(NamedTuple):
    """A row as it was printed; None is a cell that is empty, which is not zero.

    `whole` is the id of the row that this one is a part of.
    """

    id: str
    name: str
    total: int | None = None
    whole: str | None = None
    reached: int | None = None
    not_reached: int | None = None
    small: int | None = None
    medium: int | None = None
    large: int | None = None
    administrative: int | None = None
    agogic: int | None = None
    coordinator: int | None = None


class Mismatch(NamedTuple):
    """Cells of a row that do not add up: `found` is their sum, `total` what the row says."""

    group: SurveyGroup
    check: Check
    found: int
    total: int


def cross_checks(groups: Sequence[SurveyGroup]) -> tuple[Mismatch, ...]:
    """What does not add up, in the order of the rows.

    In each row reached and not reached, the three sizes, and the functions must each make the
    total, and so must the totals of its parts. Participation and size are held against the
    total only when all their cells are filled in; functions when one is, since a group need
    not have every function; parts when each part has a total. A row without a total is not
    checked. Source: the tables of the stakeholder survey in the plan, lines 2679-2721.
    """
    return tuple(mismatch for group in groups for mismatch in _of_row(group, groups))


def _of_row(group: SurveyGroup, groups: Sequence[SurveyGroup]) -> list[Mismatch]:
    if group.total is None:
        return []
    functions = (group.administrative, group.agogic, group.coordinator)
    sums = (
        (Check.PARTICIPATION, _complete((group.reached, group.not_reached))),
        (Check.SIZE, _complete((group.small, group.medium, group.large))),
        (Check.FUNCTION, _complete([n for n in functions if n is not None])),
        (Check.PARTS, _complete([part.total for part in groups if part.whole == group.id])),
    )
    return [
        Mismatch(group, check, found, group.total)
        for check, found in sums
        if found is not None and found != group.total
    ]


def _complete(cells: Sequence[int | None]) -> int | None:
    """The sum of cells; None when there is none or one of them is empty."""
    known = [cell for cell in cells if cell is not None]
    return sum(known) if known and len(known) == len(cells) else None


class Ambition(NamedTuple):
    """How many of a group were asked, against the share that the makers wanted.

    `wanted` is a fraction of 1; None when no share was set.
    """

    asked: int
    of: int
    wanted: Fraction | None = None

    @property
    def share(self) -> Fraction | None:
        """A fraction of 1, not rounded; None when there is nobody to ask."""
        return Fraction(self.asked, self.of) if self.of else None

    @property
    def met(self) -> bool | None:
        """Whether the share is at least what was wanted; None when that cannot be said."""
        share = self.share
        return None if share is None or self.wanted is None else share >= self.wanted
