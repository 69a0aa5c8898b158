"""`socius init`: makes a new file."""

from __future__ import annotations

import click

from socius_tui.cli.commands.person import ROLES
from socius_tui.cli.context import State
from socius_tui.cli.output import print_line, tell
from socius_tui.cli.parts import Command, Words, option
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _


@click.command(
    "init",
    cls=Command,
    help=N_(
        "Make a new file with a plan in it.\n\n"
        "Begin with the policy plan of Socius for 2016-2020, with an empty plan, or with a plan "
        "file of your own (TOML). An existing file is never touched."
    ),
    examples=(
        'socius init --person "An Peeters"',
        "socius init --plan empty --db ~/proef.db",
        "socius init --plan socius-2016-2020 --sample-organisations",
        "socius init --organisations organisaties.csv",
    ),
)
@option(
    "--plan",
    default="socius-2016-2020",
    metavar=N_("PLAN"),
    help=N_("socius-2016-2020, empty, or a plan file; without it the plan of Socius."),
)
@option(
    "--sample-organisations",
    is_flag=True,
    help=N_("Add 136 organisations with placeholder names to begin with."),
)
@option(
    "--organisations",
    default="",
    metavar=N_("FILE"),
    help=N_("Add the organisations of a list of your own (CSV) in place of those."),
)
@option("--person", default="", metavar=N_("NAME"), help=N_("Who you are: your name."))
@option("--role", type=Words(*ROLES), default="contact_person", help=N_("What you are here."))
@click.pass_obj
def COMMAND(
    state: State, plan: str, sample_organisations: bool, organisations: str, person: str, role: str
) -> None:
    """Make a file."""
    from socius_tui.services.setup import FirstStart, create_database

    start = FirstStart(
        plan=plan,
        sample_organisations=sample_organisations,
        organisations=organisations,
        person=person,
        role=role,  # type: ignore[arg-type]  # one of ROLES
    )
    path = state.path
    done = create_database(path, start)
    tell(done.title)
    print_line(_("In {path}").format(path=clean(str(path))))
