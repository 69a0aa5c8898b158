"""A year as a sheet of weeks and weekdays, with how much was done on each day."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

DAYS_IN_WEEK: Final = 7
#: From how many on a day belongs to a level: 1, 2, 3 and 5 visits; level 0 is a day without.
LEVELS: Final = (1, 2, 3, 5)


class DayCount(NamedTuple):
    """What a day holds: visits done, and visits that are planned for it."""

    done: int = 0
    planned: int = 0


class YearSheet(NamedTuple):
    """The visits of a year up to the as-of date, by day; a day without any is not in `days`.

    `planned` are visits of the as-of date and later that did not take place yet.
    `first_year` and `last_year` are the years that have something to show.
    """

    year: int
    as_of: date
    days: Mapping[date, DayCount]
    first_year: int
    last_year: int

    def on(self, day: date) -> DayCount:
        """What a day holds."""
        return self.days.get(day, DayCount())

    @property
    def done(self) -> int:
        """Visits done in the year."""
        return sum(count.done for count in self.days.values())

    @property
    def planned(self) -> int:
        """Visits planned in the year."""
        return sum(count.planned for count in self.days.values())

    @property
    def busy_days(self) -> int:
        """Days on which a visit was done."""
        return sum(count.done > 0 for count in self.days.values())

    @property
    def busiest(self) -> tuple[date, int] | None:
        """The day with the most visits done, the first of them; None without any."""
        most = max(self.days, key=lambda day: (self.days[day].done, -day.toordinal()), default=None)
        return None if most is None or not self.days[most].done else (most, self.days[most].done)

    def next_with(self, day: date, step: int) -> date | None:
        """The next day with a visit, done or planned; `step` is 1, or -1 for the one before."""
        later = [other for other in self.days if (other - day).days * step > 0]
        return min(later, key=lambda other: abs((other - day).days), default=None)


def level(count: int) -> int:
    """How dark a day with so many visits is: 0 (none) to 4."""
    return sum(count >= least for least in LEVELS)


def weeks_of(year: int) -> int:
    """How many weeks, from Monday on, a year touches: 53, or 54."""
    return column_of(date(year, 12, 31)) + 1


def column_of(day: date) -> int:
    """The column of a day on the sheet of its year: 0 is the week of 1 January."""
    first = date(day.year, 1, 1)
    return ((day - first).days + first.weekday()) // DAYS_IN_WEEK


def day_at(year: int, column: int, weekday: int) -> date | None:
    """The day in a column, by its weekday (0 is Monday); None outside the year."""
    first = date(year, 1, 1)
    place = column * DAYS_IN_WEEK + weekday - first.weekday()
    if not 0 <= place < 366:
        return None
    day = first + timedelta(days=place)
    return day if day.year == year else None


def month_columns(year: int) -> Iterator[tuple[int, int]]:
    """Each month with the column of its first day."""
    for month in range(1, 13):
        yield month, column_of(date(year, month, 1))


def moved(day: date, days: int) -> date:
    """So many days on, or back when negative, but never out of its year."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    place = min(max(day.toordinal() + days, first.toordinal()), last.toordinal())
    return date.fromordinal(place)
