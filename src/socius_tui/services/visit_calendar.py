"""The visits of a year, day by day."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.model import Period
from socius_tui.domain.year_calendar import DayCount, YearSheet
from socius_tui.services.session import Session
from socius_tui.store.calendar_days import visits_by_day, years_with_visits
from socius_tui.store.driver import Connection


def year_sheet(session: Session, year: int | None = None) -> YearSheet:
    """The visits of a year, by default that of the as-of date.

    Visits done count up to the as-of date. Planned ones stand on that date and later: what was
    planned for a day that passed was done, cancelled or forgotten, and is in the log.
    """
    as_of = session.as_of
    wanted = as_of.year if year is None else year
    plan = session.maybe_plan()

    def read(connection: Connection) -> YearSheet:
        first, last = date(wanted, 1, 1), date(wanted, 12, 31)
        done = visits_by_day(connection, "done", Period(first, min(last, as_of)))
        planned = visits_by_day(connection, "planned", Period(max(first, as_of), last))
        years = [wanted, as_of.year, *(years_with_visits(connection) or ())]
        if plan is not None:
            years += [plan.rules.period.start.year, plan.rules.period.end.year]
        days = {
            day: DayCount(done.get(day, 0), planned.get(day, 0)) for day in done.keys() | planned
        }
        return YearSheet(wanted, as_of, days, min(years), max(years))

    return session.read(read)


def by_month(sheet: YearSheet) -> list[tuple[date, DayCount]]:
    """The twelve months by their first day, with what they hold."""
    found = []
    for month in range(1, 13):
        first = date(sheet.year, month, 1)
        inside = [count for day, count in sheet.days.items() if day.month == month]
        found.append((first, DayCount(sum(c.done for c in inside), sum(c.planned for c in inside))))
    return found
