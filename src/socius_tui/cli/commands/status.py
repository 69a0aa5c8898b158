"""`socius status`: how the plan goes."""

from __future__ import annotations

import click

from socius_tui.cli.completing import goals, work_types
from socius_tui.cli.context import State
from socius_tui.cli.output import emit, format_option, print_line
from socius_tui.cli.parts import Command, option
from socius_tui.errors import NotFound
from socius_tui.i18n import N_, _, get_language

ABOUT = N_(
    "How the plan goes: progress, pace and status of every goal.\n\n"
    "Progress is how much of the way is done, expected how much should be done by the day that "
    "is looked at. Pace is the difference in days: -21 d is 21 days behind. A goal has the status "
    "of its weakest part. With --goal you also see the indicators of that goal. CSV and JSON "
    "always hold the plan, every goal and every indicator."
)


@click.command(
    "status",
    cls=Command,
    help=ABOUT,
    examples=(
        "socius status",
        "socius status --goal SD2",
        "socius status --as-of 31/12/2017 --format json",
    ),
)
@option("--goal", metavar="CODE", help=N_("Only this goal and what is below it."), completer=goals)
@option(
    "--work-type",
    metavar="NAME",
    help=N_("Only what was measured for, or done at, one work type."),
    completer=work_types,
)
@option("--all", "everything", is_flag=True, help=N_("The indicators of every goal too."))
@format_option
@click.pass_obj
def COMMAND(
    state: State, goal: str | None, work_type: str | None, everything: bool, form: str
) -> None:
    """Print the status."""
    from socius_tui.domain.dates import format_date
    from socius_tui.services.exchange.tables import status_table
    from socius_tui.services.overview import plan_status

    with state.session() as session:
        work_type_id = None
        if work_type is not None:
            from socius_tui.services.resolve import find_work_type

            work_type_id = find_work_type(session, work_type).id
        status = plan_status(session, work_type_id)
        lines = status.lines
        if goal is not None:
            found = status.find(goal.strip())
            if found is None or found.level == "indicator":
                from socius_tui.services.resolve import find_goal

                found = status.find(find_goal(session, goal).id)
            if found is None:  # retired in the meantime
                raise NotFound(_("This goal no longer exists."))
            lines = status.branch(found.id)
    if form in ("table", "markdown") and goal is None and not everything:
        lines = tuple(line for line in lines if line.level != "indicator")
    emit(status_table(status.as_of, lines), form)
    if form == "table":
        day = format_date(status.as_of, get_language(), "long")
        print_line(_("As of {day}").format(day=day))
