"""Needs heard at visits: how often each, over which visits."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date
from fractions import Fraction
from typing import NamedTuple


class NeedsFilter(NamedTuple):
    """At which visits; None is all. Both days are included; `goal_id` takes the goals below it."""

    since: date | None = None
    until: date | None = None
    work_type_id: str | None = None
    goal_id: str | None = None


class NeedLine(NamedTuple):
    """A need: at how many visits and organisations it was heard, and when last."""

    tag: str
    visits: int
    organisations: int
    last: date


class NeedsHeard(NamedTuple):
    """The needs, most heard first; `visits` is at how many visits done one could be heard."""

    lines: tuple[NeedLine, ...]
    visits: int

    def share(self, line: NeedLine) -> Fraction | None:
        """At which part of the visits a need was heard; None without visits."""
        return Fraction(line.visits, self.visits) if self.visits else None

    def length(self, line: NeedLine) -> Fraction:
        """The bar of a need, against that of the one heard most."""
        most = max((each.visits for each in self.lines), default=1)
        return Fraction(line.visits, most)
