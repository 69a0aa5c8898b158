"""What a chart of one indicator holds, before anybody draws it."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.model import Period


class Dated(NamedTuple):
    """A value on a day."""

    day: date
    value: Fraction


class Step(NamedTuple):
    """A target: so much by the end of its period, on the scale of the chart."""

    period: Period
    value: Fraction


class Outlook(NamedTuple):
    """A forecast by a named method, from the as-of date to the end of the line."""

    method: str
    start: Dated
    end: Dated


class Chart(NamedTuple):
    """A value over time against what is expected.

    `values` are joined by straight lines and stop at the as-of date; `entered` are those of them
    that somebody reported (fewer, or none where there are too many to see apart). `expected` are
    the corners of the expected line. `band` are the lowest and highest value that are good.
    `pauses` are the stretches in which nothing is expected. `as_of` is None where it lies outside.
    """

    unit: str
    start: date
    end: date
    as_of: date | None = None
    values: tuple[Dated, ...] = ()
    entered: tuple[Dated, ...] = ()
    expected: tuple[Dated, ...] = ()
    steps: tuple[Step, ...] = ()
    outlooks: tuple[Outlook, ...] = ()
    pauses: tuple[Period, ...] = ()
    band: tuple[Fraction, Fraction] | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.values or self.expected or self.steps or self.band)


#: A chart of nothing, for what has no number.
BLANK = Chart("", date.min, date.min)
