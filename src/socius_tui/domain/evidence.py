"""The entries that exist on a day, and the account of what each was used for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from socius_tui.domain import codes
from socius_tui.domain.aggregation import Value, accumulates, in_order, normal, value_of
from socius_tui.domain.judgement import PeriodResult
from socius_tui.domain.model import Direction, Entry, Measure, Target
from socius_tui.domain.status import at_least_as_good, inside

# Entries left out for these reasons say nothing about the indicator.
_NO_REPORT = frozenset(
    (
        codes.OUTSIDE_PERIOD,
        codes.OTHER_QUALIFIER,
        codes.TEXT,
        codes.NOT_TEXT,
        codes.INCOMPLETE,
    )
)


class Evidence:
    """All entries up to a day, in order, with a ledger of the used and the left out.

    What is dated after the day does not exist. Days are ordinals.
    """

    __slots__ = ("_days", "_reasons", "_used", "known", "today", "windows")

    def __init__(self, entries: Iterable[Entry], as_of: date) -> None:
        self.today = as_of.toordinal()
        self.known: list[Entry] = in_order(e for e in entries if e.day <= as_of)
        self._days = [entry.day.toordinal() for entry in self.known]
        self._used: set[int] = set()
        self._reasons: dict[int, str] = {}
        self.windows: list[tuple[int, int]] = []

    def within(self, first: int, last: int, qualifier: str = "") -> list[Entry]:
        """The entries of these days; with a qualifier only those that carry the same."""
        start, end = bisect_left(self._days, first), bisect_right(self._days, last)
        wanted = normal(qualifier)
        if not wanted:
            return self.known[start:end]
        return [e for e in self.known[start:end] if normal(e.qualifier) == wanted]

    def take(self, value: Value) -> None:
        """Enter in the ledger what this value was made of; used once is used."""
        self._used.update(id(entry) for entry in value.used)
        for entry, reason in value.left_out:
            self._reasons.setdefault(id(entry), reason)

    def leave(self, entries: Iterable[Entry], reason: str) -> None:
        """Enter in the ledger that these were left out, where nothing else is said."""
        for entry in entries:
            self._reasons.setdefault(id(entry), reason)

    @property
    def used(self) -> tuple[Entry, ...]:
        """The entries that made the value, in order."""
        return tuple(entry for entry in self.known if id(entry) in self._used)

    @property
    def left_out(self) -> tuple[tuple[Entry, str], ...]:
        """All the others with the reason why, in order."""
        return tuple((e, self._why(e)) for e in self.known if id(e) not in self._used)

    def _why(self, entry: Entry) -> str:
        reason = self._reasons.get(id(entry))
        if reason is not None:
            return reason
        day = entry.day.toordinal()
        if any(first <= day <= last for first, last in self.windows):
            return codes.OTHER_QUALIFIER
        return codes.OUTSIDE_PERIOD


def last_report(used: Iterable[Entry], left_out: Iterable[tuple[Entry, str]]) -> date | None:
    """The day of the last entry that reports on the indicator, "not applicable" too."""
    reports = [entry.day for entry in used]
    reports += [entry.day for entry, reason in left_out if reason not in _NO_REPORT]
    return max(reports, default=None)


def sorted_targets(targets: Iterable[Target]) -> list[Target]:
    """By the end of the period, then its start: unordered and overlapping ones are fine."""
    return sorted(targets, key=lambda t: (t.period.end, t.period.start, t.qualifier, t.value))


def target_value(measure: Measure, target: Target, evidence: Evidence, first: int | None) -> Value:
    """The value of a target's own period, or with `first` of everything from that day on."""
    start = target.period.start.toordinal() if first is None else first
    return value_of(
        measure, evidence.within(start, target.period.end.toordinal(), target.qualifier)
    )


def period_result(
    measure: Measure, target: Target, found: Value, today: int, promise: bool
) -> PeriodResult:
    """What became of one target.

    A count that must stay low, or inside a band, is fulfilled only when its period is over,
    and missed as soon as it is too high. A period that ended without a word is `unreported`,
    but for a promise it is `missed`. Source: design, section 4 ("Yearly commitments").
    """
    return PeriodResult(
        target.period,
        target.qualifier,
        target.value,
        found.value,
        _verdict(measure, target, found, today, promise),
    )


def _verdict(measure: Measure, target: Target, found: Value, today: int, promise: bool) -> str:
    if today < target.period.start.toordinal():
        return codes.UPCOMING
    if found.not_applicable:
        return codes.NOT_APPLICABLE
    running = today <= target.period.end.toordinal()
    if found.value is None:
        if running:
            return codes.OPEN
        return codes.MISSED if promise else codes.UNREPORTED
    if _good(measure, target, found.value):
        spoilable = accumulates(measure) and measure.direction is not Direction.INCREASE
        return codes.OPEN if running and spoilable else codes.FULFILLED
    if running and not _too_high(measure, target, found.value):
        return codes.OPEN
    return codes.MISSED


def _good(measure: Measure, target: Target, value: Fraction) -> bool:
    if measure.direction is Direction.MAINTAIN:
        return inside(value, measure.band)
    return at_least_as_good(value, target.value, measure.direction)


def _too_high(measure: Measure, target: Target, value: Fraction) -> bool:
    """Whether something that adds up is already over what it may be."""
    if not accumulates(measure) or measure.direction is Direction.INCREASE:
        return False
    if measure.direction is Direction.DECREASE:
        return value > target.value
    return measure.band is not None and value > measure.band[1]


def merged(values: Sequence[Value]) -> Value:
    """Values of several periods or qualifiers added; no value when none has one."""
    there = [found.value for found in values if found.value is not None]
    return Value(
        sum(there, Fraction(0)) if there else None,
        tuple(entry for found in values for entry in found.used),
        tuple(pair for found in values for pair in found.left_out),
        not there and any(found.not_applicable for found in values),
        tuple(dict.fromkeys(code for found in values for code in found.codes)),
    )
