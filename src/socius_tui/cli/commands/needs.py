"""`socius needs`: what organisations ask for, as it was heard at visits."""

from __future__ import annotations

import click

from socius_tui.cli.completing import goals, work_types
from socius_tui.cli.context import State, maybe_day
from socius_tui.cli.output import emit
from socius_tui.cli.parts import Command, format_option, option
from socius_tui.domain.needs import NeedsFilter
from socius_tui.i18n import N_


@click.command(
    "needs",
    cls=Command,
    looks_back=True,
    help=N_(
        "The needs that were heard at visits, most heard first.\n\n"
        "The share is that of all visits done. The visits themselves: `socius visit list --need`."
    ),
    examples=(
        "socius needs --year 2018",
        "socius needs --work-type verenigingen --goal SD2 --format csv",
    ),
)
@option("--year", metavar="Y", help=N_("Only at visits in this year."))
@option("--since", metavar=N_("DATE"), help=N_("Only at visits from this day on."))
@option("--until", metavar=N_("DATE"), help=N_("Only at visits up to this day."))
@option("--work-type", metavar="NAME", help=N_("Only of this work type."), completer=work_types)
@option(
    "--goal", metavar="CODE", help=N_("Only at visits about this, or what is below it."),
    completer=goals,
)  # fmt: skip
@format_option
@click.pass_obj
def COMMAND(
    state: State,
    year: str | None,
    since: str | None,
    until: str | None,
    work_type: str | None,
    goal: str | None,
    form: str,
) -> None:
    """Print the needs."""
    from socius_tui.cli.choosing import period
    from socius_tui.services.exchange.agenda_tables import needs_table
    from socius_tui.services.needs import needs_heard
    from socius_tui.services.resolve import find_goal, find_work_type

    with state.session() as session:
        wanted = NeedsFilter(
            maybe_day(session, since, "--since"),
            maybe_day(session, until, "--until"),
            find_work_type(session, work_type).id if work_type else None,
            find_goal(session, goal).id if goal else None,
        )
        if year is not None:
            first, last = period(session, year, None, None)
            wanted = wanted._replace(
                since=max(wanted.since or first, first), until=min(wanted.until or last, last)
            )
        found = needs_heard(session, wanted)
    emit(needs_table(found), form, session.known_at)
