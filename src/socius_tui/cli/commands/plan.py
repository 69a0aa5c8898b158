"""`socius plan`: plans as a whole."""

from __future__ import annotations

import click

from socius_tui.cli.commands.plan_draft import DRAFT
from socius_tui.cli.parts import Group
from socius_tui.i18n import N_


@click.group("plan", cls=Group, help=N_("Plans: propose one from a document."))
def COMMAND() -> None:
    """The group."""


COMMAND.add_command(DRAFT)
