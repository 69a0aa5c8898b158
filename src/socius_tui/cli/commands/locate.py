"""`socius locate`: where everything is."""

from __future__ import annotations

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import print_line
from socius_tui.cli.parts import Command
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _


@click.command(
    "locate",
    cls=Command,
    help=N_(
        "Where your data and settings are.\n\n"
        "The database, the folder of its backups, the settings and the schema of the database. "
        "What is not there yet says so."
    ),
)
@click.pass_obj
def COMMAND(state: State) -> None:
    """Print the places."""
    from socius_tui.paths import resource, settings_path

    database = state.path.absolute()
    places = (
        (_("Database"), database),
        (_("Backups"), database.parent / "backups"),
        (_("Settings"), settings_path()),
        (_("Schema"), resource("schema.sql")),
    )
    width = max(len(label) for label, _path in places)
    for label, path in places:
        missing = "" if path.exists() else "  " + _("(not there yet)")
        print_line(f"{label:<{width}}  {clean(str(path))}{missing}")
