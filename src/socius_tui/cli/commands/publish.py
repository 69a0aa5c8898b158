"""`socius publish`: keeps the status where other programs read it."""

from __future__ import annotations

import click

from socius_tui.cli.context import State, invalid, maybe_day
from socius_tui.cli.output import tell
from socius_tui.cli.parts import Command, option
from socius_tui.domain.dates import format_date
from socius_tui.i18n import N_, _, get_language


@click.command(
    "publish",
    cls=Command,
    help=N_(
        "Work out the status that other programs read in the file.\n\n"
        "Datasette, DuckDB, Excel or a script can read the views v_goal_status, v_coverage, "
        "v_visits and v_measurements (docs/reading.md). They are of one day: today, unless you "
        "choose another, which then stays until you say --today. The program keeps them up to "
        "date by itself after every change."
    ),
    examples=(
        "socius publish",
        "socius publish --on 31/12/2017",
        "socius publish --today",
    ),
)
@option("--on", metavar=N_("DATE"), help=N_("For this day, from now on."))
@option("--today", is_flag=True, help=N_("For today again, whatever day that is."))
@click.pass_obj
def COMMAND(state: State, on: str | None, today: bool) -> None:
    """Keep the status."""
    from socius_tui.services.publishing import publish, published_on

    if on is not None and today:
        raise invalid("--today", _("it cannot be given together with --on"))
    with state.session() as session:
        chosen = None if today else maybe_day(session, on, "--on") or published_on(session)
        kept = publish(session, chosen)
    tell(_("The views show the plan on {day}.").format(day=format_date(kept.as_of, get_language())))
