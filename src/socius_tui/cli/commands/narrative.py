"""`socius narrative write`: the story beside the numbers."""

from __future__ import annotations

import click

from socius_tui.cli.completing import goals
from socius_tui.cli.context import State
from socius_tui.cli.output import tell
from socius_tui.cli.parts import Group, argument, option
from socius_tui.i18n import N_


@click.group("narrative", cls=Group, help=N_("The story of a goal, beside its numbers."))
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "write",
    help=N_(
        "Write the story of a goal in a period.\n\n"
        "What happened, so what, what next. Writing again for the same period replaces it."
    ),
    examples=(
        'socius narrative write OD2.3 --year 2017 --happened "Drie trajecten liepen" \\',
        '    --so-what "Verenigingen vonden elkaar" --next "Een gezamenlijk aanbod"',
    ),
)
@argument("goal", metavar=N_("GOAL"), help=N_("Code or title of the goal."), completer=goals)
@option("--happened", default="", metavar="TEXT", help=N_("What happened."))
@option("--so-what", default="", metavar="TEXT", help=N_("So what: why it matters."))
@option("--next", "what_next", default="", metavar="TEXT", help=N_("What comes next."))
@option("--year", metavar=N_("YEAR"), help=N_("The year that it is about."))
@option("--from", "start", metavar=N_("DATE"), help=N_("Or: from this day."))
@option("--until", "end", metavar=N_("DATE"), help=N_("And: until this day."))
@click.pass_obj
def write(
    state: State,
    goal: str,
    happened: str,
    so_what: str,
    what_next: str,
    year: str | None,
    start: str | None,
    end: str | None,
) -> None:
    """Write a narrative."""
    from socius_tui.cli.choosing import period
    from socius_tui.services.narrating import WriteNarrative
    from socius_tui.services.resolve import find_goal

    with state.session() as session:
        first, last = period(session, year, start, end)
        story = WriteNarrative.of(
            goal_id=find_goal(session, goal).id,
            period_start=first,
            period_end=last,
            what_happened=happened,
            so_what=so_what,
            what_next=what_next,
        )
        done = state.write(session, story)
    tell(done.title)
