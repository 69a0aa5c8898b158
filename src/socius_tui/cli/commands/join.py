"""`socius join`: begin on this laptop with all that the others have."""

from __future__ import annotations

import click

from socius_tui.cli.context import State
from socius_tui.cli.exchanging import counting, print_outcome
from socius_tui.cli.output import tell
from socius_tui.cli.parts import Command, argument
from socius_tui.errors import EXIT_DONE
from socius_tui.i18n import N_, _


@click.command(
    "join",
    cls=Command,
    help=N_(
        "Begin on this laptop with the plan of a team that exchanges.\n\n"
        "It makes a new file with all that lies in the shared folder, or in PostgreSQL, and "
        "exchanges through it from then on. Afterwards say who you are, in the settings or with "
        "--as."
    ),
    examples=(
        "socius join ~/Nextcloud/plan",
        "socius join postgresql://an@plan.example.org/socius",
        "socius join /media/stick/plan --db ~/plan.db",
    ),
)
@argument("place", metavar=N_("FOLDER|URL"), help=N_("Where the others exchange."))
@click.pass_obj
def COMMAND(state: State, place: str) -> int:
    """Make the file."""
    from socius_tui.services.sync.arranging import wanted
    from socius_tui.services.sync.joining import join

    found = wanted("hub" if "://" in place else "folder", place)
    with counting() as step:
        outcome = join(state.path, found, step=step)
    tell(_("Made {path}.").format(path=state.path))
    with state.session() as session:
        print_outcome(session, outcome)
    return EXIT_DONE
