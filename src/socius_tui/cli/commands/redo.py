"""`socius redo`: do again what was undone."""

from __future__ import annotations

import click

from socius_tui.cli.parts import Command
from socius_tui.cli.taking_back import command, parameters
from socius_tui.i18n import N_

ABOUT = N_(
    "Do again what you undid last, or the last N things.\n\n"
    "That is possible until you do something else."
)

COMMAND = click.command(
    "redo",
    cls=Command,
    help=ABOUT,
    examples=("socius redo", "socius redo 3", "socius redo --list"),
    params=parameters("redo"),
)(command("redo"))
