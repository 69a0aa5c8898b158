"""What a policy plan consists of: the words of the field as types.

Everything here is immutable and knows nothing of files, clocks or screens. Numbers are
`Fraction`, so that a calculation is exact and only its display rounds. Named tuples, because
a data class takes five times as long to define, and every command waits for that.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class GoalKind(StrEnum):
    """The levels of a plan."""

    STRATEGIC = "strategic"
    OPERATIONAL = "operational"
    BASIC_TASK = "basic_task"
    OBJECTIVE = "objective"
    ACTION = "action"


class IndicatorKind(StrEnum):
    """What sort of thing an indicator counts or states."""

    COUNT = "count"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    RATIO = "ratio"
    SCALE = "scale"
    MILESTONE = "milestone"
    NARRATIVE = "narrative"


class Direction(StrEnum):
    """Which way is better; `maintain` means: stay inside a band."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"


class Aggregation(StrEnum):
    """How several measurements inside one period become one value."""

    SUM = "sum"
    LATEST = "latest"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    DISTINCT = "distinct"


class Scope(StrEnum):
    """Whether a target speaks of its own period or of everything up to its end."""

    PER_PERIOD = "per_period"
    TO_DATE = "to_date"


class Judging(StrEnum):
    """By pace along the expected line, or year by year as a promise kept or not."""

    BY_PACE = "by_pace"
    BY_PERIOD = "by_period"


class Frequency(StrEnum):
    """How often an indicator is to be reported."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Computed(StrEnum):
    """Rules that read the log instead of measurements."""

    VISITED_ORGANISATIONS = "visited_organisations"
    VISITS_DONE = "visits_done"
    FOLLOW_UPS_ON_TIME = "follow_ups_on_time"
    WORK_TYPES_WITH_CONTACT = "work_types_with_contact"


class Status(StrEnum):
    """The six words of the overview."""

    MET = "met"
    ON_TRACK = "on_track"
    ATTENTION = "attention"
    OFF_TRACK = "off_track"
    NO_DATA = "no_data"
    NOT_STARTED = "not_started"


class EntryForm(StrEnum):
    """The four things a measurement can be; zero is a value, missing is no entry at all."""

    VALUE = "value"
    RATIO = "ratio"
    NOT_APPLICABLE = "not_applicable"
    TEXT = "text"


class Period(NamedTuple):
    """A stretch of calendar days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days, at least 1 for a period in order."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


class Rules(NamedTuple):
    """What a plan decides for all its indicators.

    `on_track_from` and `attention_from` are pace ratios (0.85 and 0.60 by default);
    `pauses` are stretches in which nothing is expected to move.
    """

    period: Period
    on_track_from: Fraction = Fraction(85, 100)
    attention_from: Fraction = Fraction(60, 100)
    pauses: tuple[Period, ...] = ()


class Target(NamedTuple):
    """A value to reach in, or by the end of, a period; a qualifier narrows what counts."""

    period: Period
    value: Fraction
    qualifier: str = ""


class Entry(NamedTuple):
    """One measurement, or one event of the log that a computed indicator counts.

    `order` breaks a tie on one day: the higher was entered later. `key` names the thing
    that a distinct count counts once (an organisation, for instance). `recorded_on` is
    the day on which it was entered. `ref` is the id of the row that it came from. `times`
    is how many entries it stands for: more than one only when they were put together
    (`domain.summary`), in such a way that they are judged as each by itself would be.
    """

    day: date
    order: str
    form: EntryForm = EntryForm.VALUE
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    qualifier: str = ""
    work_type: str = ""
    key: str = ""
    recorded_on: date | None = None
    ref: str = ""
    times: int = 1


class Measure(NamedTuple):
    """How one indicator is to be judged: the part of its sheet that the rules need."""

    kind: IndicatorKind
    direction: Direction
    aggregation: Aggregation
    scope: Scope
    judging: Judging = Judging.BY_PACE
    frequency: Frequency = Frequency.YEAR
    baseline: Fraction | None = None
    band: tuple[Fraction, Fraction] | None = None
    computed: Computed | None = None
    targets: tuple[Target, ...] = ()
