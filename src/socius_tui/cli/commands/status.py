"""`socius status`: how the plan goes."""

from __future__ import annotations

import click

from socius_tui.cli.completing import goals, plans, work_types
from socius_tui.cli.context import State, invalid
from socius_tui.cli.parts import Command, format_option, option
from socius_tui.cli.showing import show_status
from socius_tui.i18n import N_, _

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
    looks_back=True,
    help=ABOUT,
    examples=(
        "socius status",
        "socius status --goal SD2",
        "socius status --as-of 31/12/2017 --format json",
        "socius status --as-of 31/12/2017 --known-at 15/1/2018",
        "socius status --plan plan-2021 --compare socius-2016-2020",
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
@option(
    "--compare",
    metavar=N_("PLAN"),
    help=N_("Beside how it stood in this plan, as `socius plan compare` does."),
    completer=plans,
)
@format_option
@click.pass_obj
def COMMAND(
    state: State,
    goal: str | None,
    work_type: str | None,
    everything: bool,
    compare: str | None,
    form: str,
) -> None:
    """Print the status."""
    if compare is not None:
        from socius_tui.cli.plans import print_comparison

        if goal is not None or work_type is not None or everything:
            raise invalid(
                "--compare",
                _("it cannot go with --goal, --work-type or --all"),
                _("A comparison is of the whole plan, with all of its indicators."),
            )
        print_comparison(state, (compare,), form)
        return
    show_status(state, goal, work_type, everything=everything, form=form)
