"""`socius explain`: why a number is what it is."""

from __future__ import annotations

import click

from socius_tui.cli.completing import goals_and_indicators
from socius_tui.cli.context import State
from socius_tui.cli.output import print_line, print_list, print_sheet
from socius_tui.cli.parts import Command, argument
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _

ABOUT = N_(
    "Why a number is what it is: the rule, the values used, what was left out.\n\n"
    "Give the code of a goal (OD2.3) or an indicator (OD2.3-a), or a part of its title. The code "
    "of the plan itself explains the plan's own line."
)


@click.command(
    "explain",
    cls=Command,
    looks_back=True,
    help=ABOUT,
    examples=("socius explain OD1.1-a", "socius explain SD1"),
)
@argument(
    "code",
    metavar=N_("CODE"),
    help=N_("Code or title of a goal or an indicator."),
    completer=goals_and_indicators,
)
@click.pass_obj
def COMMAND(state: State, code: str) -> None:
    """Print the explanation."""
    from socius_tui.services.explain import explain
    from socius_tui.services.resolve import Named, choose, named_goals, named_indicators

    with state.session() as session:
        plan = session.plan()
        things = [Named(plan.id, plan.code, plan.title)]
        things += [*named_goals(session), *named_indicators(session)]
        found = choose(code, things, _("goal or indicator"))
        told = explain(session, found.id)
    print_sheet(told.title, told.facts)
    print_line("")
    for sentence in told.sentences:
        print_line(clean(sentence))
    print_list(_("Worked out"), told.steps)
    print_list(_("Used"), told.used)
    print_list(_("Left out"), told.left_out)
    print_list(_("Changed after the period was closed"), told.late)
