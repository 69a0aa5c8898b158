"""`socius demo`: a file to look around in."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

import click

from socius_tui.cli.context import State
from socius_tui.cli.opening import at_a_terminal, open_screens, print_overview
from socius_tui.cli.output import print_line
from socius_tui.cli.parts import Command, option
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _


@click.command(
    "demo",
    cls=Command,
    help=N_(
        "Look around in a file full of examples.\n\n"
        "It holds the policy plan of Socius and made-up visits and numbers until 30 June 2018. "
        "It is thrown away afterwards, unless you give it a name with --db. Your own file is not "
        "touched."
    ),
    examples=("socius demo", "socius demo --db ~/demo.db --no-open"),
)
@option("--no-open", is_flag=True, help=N_("Make the file and print the overview; no screens."))
@click.pass_obj
def COMMAND(state: State, no_open: bool) -> int:
    """Make the demo and open it."""
    from socius_tui.services.demo import build_demo

    given = state.given.get("--db")
    folder = None if given else Path(mkdtemp(prefix="socius-demo-"))
    path = Path(given).expanduser() if given else Path(str(folder), "demo.db")
    try:
        build_demo(path)
        if not state.person:
            state.given["--as"] = _somebody(state, path)
        if at_a_terminal() and not no_open:
            return open_screens(state, path, start=state.settings.start or "overview")
        print_overview(state, path)
        if given:
            print_line(_("In {path}").format(path=clean(str(path))))
    finally:
        if folder is not None:
            from shutil import rmtree

            rmtree(folder, ignore_errors=True)
    return 0


def _somebody(state: State, path: Path) -> str:
    """The first contact person: in the demo, that is who you are."""
    from socius_tui.services.register import staff

    with state.session(path) as session:
        return next(p.name for p in staff(session) if p.role == "contact_person")
