"""`socius target set`: what an indicator should reach."""

from __future__ import annotations

import click

from socius_tui.cli.completing import indicators
from socius_tui.cli.context import State, invalid
from socius_tui.cli.output import tell
from socius_tui.cli.parts import Group, argument, option
from socius_tui.i18n import N_, _, get_language


@click.group("target", cls=Group, help=N_("What the indicators should reach."))
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "set",
    help=N_(
        "Set the target of an indicator for a period.\n\n"
        "Changing a target that is there needs a --reason, which is kept with it."
    ),
    examples=(
        "socius target set OD1.1-a 30 --year 2018",
        'socius target set OD1.1-a 25 --year 2018 --reason "Eén voltijdse minder"',
    ),
)
@argument(
    "indicator",
    metavar=N_("INDICATOR"),
    help=N_("Code or title of the indicator."),
    completer=indicators,
)
@argument("value", metavar=N_("VALUE"), help=N_("The number to reach."))
@option("--year", metavar=N_("YEAR"), help=N_("The year that it is for."))
@option("--from", "start", metavar=N_("DATE"), help=N_("Or: from this day."))
@option("--until", "end", metavar=N_("DATE"), help=N_("And: until this day."))
@option("--qualifier", default="", metavar="TEXT", help=N_("What it is limited to."))
@option("--reason", default="", metavar="TEXT", help=N_("Why the target changes."))
@click.pass_obj
def set_(
    state: State,
    indicator: str,
    value: str,
    year: str | None,
    start: str | None,
    end: str | None,
    qualifier: str,
    reason: str,
) -> None:
    """Set a target."""
    from socius_tui.cli.choosing import period
    from socius_tui.domain.numbers import parse_number
    from socius_tui.domain.problem import InputProblem
    from socius_tui.services.measuring import SetTarget
    from socius_tui.services.resolve import find_indicator

    with state.session() as session:
        found = find_indicator(session, indicator)
        try:
            number = parse_number(value, get_language(), percent=True)
        except InputProblem as problem:
            raise invalid(_("VALUE"), problem.message, problem.hint) from problem
        first, last = period(session, year, start, end)
        target = SetTarget.of(
            indicator_id=found.id,
            period_start=first,
            period_end=last,
            value=number,
            qualifier=qualifier,
            reason=reason,
        )
        done = state.write(session, target)
    tell(done.title)
