"""`socius calendar`: the visits of a year, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.context import State, invalid
from socius_tui.cli.output import emit, print_line, tell
from socius_tui.cli.parts import Command, argument, format_option
from socius_tui.i18n import N_, _, get_language, ngettext

if TYPE_CHECKING:
    from socius_tui.domain.year_calendar import YearSheet

_GLYPHS = "·░▒▓█"
_MEANS = ("0", "1", "2", "3–4", "5+")
_PLANNED = "○"


@click.command(
    "calendar",
    cls=Command,
    looks_back=True,
    help=N_(
        "A year of visits on one sheet: a column a week, darker where there were more.\n\n"
        "Visits done count up to the day that is looked at; planned ones stand from that day on. "
        "CSV and JSON have a row for each day with a visit."
    ),
    examples=("socius calendar", "socius calendar 2017", "socius calendar --format csv"),
)
@argument("year", required=False, metavar=N_("YEAR"), help=N_("The year; else that of today."))
@format_option
@click.pass_obj
def COMMAND(state: State, year: str | None, form: str) -> None:
    """Print the sheet."""
    from socius_tui.services.exchange.compare_tables import days_table
    from socius_tui.services.visit_calendar import year_sheet

    wanted = None if year is None else _year(year)
    with state.session() as session:
        sheet = year_sheet(session, wanted)
        known_at = session.known_at
    if form != "table":
        emit(days_table(sheet), form, known_at)
        return
    for line in drawn(sheet):
        print_line(line)
    print_line("")
    done = ngettext("{n} visit", "{n} visits", sheet.done).format(n=sheet.done)
    planned = _("{n} planned").format(n=sheet.planned)
    tell(f"{sheet.year}: {done}, {planned}.")
    if sheet.busiest is not None:
        from socius_tui.domain.dates import echo_date

        day, most = sheet.busiest
        tell(
            _("Most on one day: {n}, first on {day}.").format(
                n=most, day=echo_date(day, get_language())
            )
        )


def _year(typed: str) -> int:
    if typed.isdecimal() and 1900 <= int(typed) <= 2199:
        return int(typed)
    raise invalid(_("YEAR"), _("this is no year"), _("Write four digits, such as 2017."))


def drawn(sheet: YearSheet) -> list[str]:
    """The months, seven weekdays, what the signs mean: at most 57 columns wide."""
    from datetime import date

    from socius_tui.domain import year_calendar as sheets
    from socius_tui.domain.dates import echo_date, format_date

    language = get_language()
    weeks = sheets.weeks_of(sheet.year)
    heading = [" "] * weeks
    for month, column in sheets.month_columns(sheet.year):
        name = format_date(date(sheet.year, month, 1), language, "medium").split()[1][:3]
        heading[column : column + 3] = name
    lines = ["   " + "".join(heading).rstrip()]
    for weekday in range(sheets.DAYS_IN_WEEK):
        name = echo_date(date(2018, 1, 1 + weekday), language)[:2]
        days = (sheets.day_at(sheet.year, column, weekday) for column in range(weeks))
        lines.append(f"{name} " + "".join(_sign(sheet, day) for day in days).rstrip())
    legend = [f"{sign} {name}" for sign, name in zip(_GLYPHS, _MEANS, strict=True)]
    return [*lines, "   " + "  ".join([*legend, f"{_PLANNED} " + _("planned")])]


def _sign(sheet: YearSheet, day: object) -> str:
    from datetime import date

    from socius_tui.domain.year_calendar import level

    if not isinstance(day, date):
        return " "
    count = sheet.on(day)
    if count.done:
        return _GLYPHS[level(count.done)]
    if count.planned:
        return _PLANNED
    return _GLYPHS[0] if day <= sheet.as_of else " "
