"""What a person chooses from when they choose a report."""

from __future__ import annotations

from datetime import date
from typing import Final

from socius_tui.domain.model import Period
from socius_tui.domain.report import Kind, Report, Wanted
from socius_tui.domain.text import fold
from socius_tui.i18n import N_, _, speaking
from socius_tui.services.reports.build import build_report, half_of, year_of
from socius_tui.services.session import Session


def periods(plan: Period, kind: Kind, day: date) -> list[Period]:
    """The periods that a kind of report can be about and that have begun, the last one first.

    None for a kind that takes the months up to its day by itself.
    """
    if kind in (Kind.BOARD, Kind.DEPARTMENT):
        return []
    halves = (1, 2) if kind is Kind.HALF_YEAR else (0,)
    found = [
        half_of(year, half) if half else year_of(year)
        for year in range(plan.start.year, plan.end.year + 1)
        for half in halves
    ]
    return [
        period
        for period in reversed(found)
        if period.start <= day and period.end >= plan.start and period.start <= plan.end
    ]


def report_in(session: Session, wanted: Wanted, language: str) -> Report:
    """The report in a language, whatever the interface speaks. Raises like `build_report`."""
    with speaking(language):
        return build_report(session, wanted)


def kind_word(kind: Kind) -> str:
    """What a kind of report is called."""
    return _(_KINDS[kind])


def file_name(report: Report, period: Period | None) -> str:
    """A name for the file of a report, without extension: "year-report-2018"."""
    with speaking(report.language):
        word = fold(kind_word(report.kind)).replace(" ", "-")
    if period is None:
        return f"{word}-{report.as_of.isoformat()}"
    if period == year_of(period.start.year):
        return f"{word}-{period.start.year}"
    if period in (half_of(period.start.year, 1), half_of(period.start.year, 2)):
        return f"{word}-{period.start.year}-{1 if period.start.month == 1 else 2}"
    return f"{word}-{period.start.isoformat()}-{period.end.isoformat()}"


_KINDS: Final = {
    Kind.YEAR: N_("year report"),
    Kind.HALF_YEAR: N_("half-year report"),
    Kind.BOARD: N_("report to the board"),
    Kind.DEPARTMENT: N_("report to the department"),
    Kind.VISITS: N_("report of visits"),
}
