"""`socius undo`: take back what you did."""

from __future__ import annotations

import click

from socius_tui.cli.parts import Command
from socius_tui.cli.taking_back import command, parameters
from socius_tui.i18n import N_

ABOUT = N_(
    "Take back the last thing that you did, or the last N things.\n\n"
    "What came along with it is taken back too: with a hand-over, the follow-ups that moved. "
    "Everybody undoes only what they did themselves. Where something was changed later, nothing "
    "happens until you say what is to become of that. Nothing is lost: an undo stands in the "
    "history, and `socius redo` does it again."
)

COMMAND = click.command(
    "undo",
    cls=Command,
    help=ABOUT,
    examples=("socius undo", "socius undo 3 --dry-run", "socius undo --list"),
    params=parameters("undo"),
)(command("undo"))
