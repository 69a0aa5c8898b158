"""`socius spheres`: what the indicators watch."""

from __future__ import annotations

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, tell_wrapped
from socius_tui.cli.parts import Command, format_option
from socius_tui.i18n import N_


@click.command(
    "spheres",
    cls=Command,
    looks_back=True,
    help=N_(
        "What the indicators watch: control, influence, ambition.\n\n"
        "The sphere of control is what is done (participants, hours, staff), that of influence "
        "what it changes, that of ambition what it is for. Below the table stands how the wish "
        "for more than figures on what was done is met."
    ),
    examples=("socius spheres", "socius spheres --format json"),
)
@format_option
@click.pass_obj
def COMMAND(state: State, form: str) -> None:
    """Print the spheres."""
    from socius_tui.services.exchange.compare_tables import spheres_table
    from socius_tui.services.spheres import spheres, wish

    with state.session() as session:
        found = spheres(session)
        known_at = session.known_at
    emit(spheres_table(found), form, known_at)
    if form in ("table", "markdown"):
        print_line("")
        tell_wrapped(wish(found))
