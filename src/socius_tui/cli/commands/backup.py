"""`socius backup`: makes a backup now, lists them, checks them."""

from __future__ import annotations

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, tell
from socius_tui.cli.parts import Command, format_option, option
from socius_tui.domain.text import clean
from socius_tui.errors import EXIT_DONE, EXIT_FILE
from socius_tui.i18n import N_, _, ngettext


@click.command(
    "backup",
    cls=Command,
    help=N_(
        "Make a backup of the file now.\n\n"
        "It goes to the folder `backups` beside the file, is compared with it row by row, and "
        "has its name only when it is whole. The program also makes one by itself: every half "
        "hour in which something changed, and before an upgrade of the file. Older ones are "
        "thinned out. `socius restore` brings one back."
    ),
    examples=(
        "socius backup",
        "socius backup --list",
        "socius backup --verify",
        "socius backup --list --format json",
    ),
)
@option("--list", "list_", is_flag=True, help=N_("Make none: list the backups, newest first."))
@option("--verify", is_flag=True, help=N_("Make none: check every backup, byte for byte."))
@format_option
@click.pass_obj
def COMMAND(state: State, list_: bool, verify: bool, form: str) -> int:
    """Make a backup, or look at those that there are."""
    from socius_tui.services.backups import back_up, listed, made_sentence
    from socius_tui.services.exchange.backuptable import backups_table

    if not (list_ or verify):
        tell(made_sentence(back_up(state.path)))
        return EXIT_DONE
    lines = listed(state.path)
    if not lines and form == "table":
        print_line(_("No backup of this file was made yet; `socius backup` makes one."))
        return EXIT_DONE
    if list_ or form != "table":
        emit(backups_table(lines), form)
    wrong = [line.fault for line in lines if line.fault]
    if not verify:
        return EXIT_DONE
    if form == "table":
        for fault in wrong:
            print_line(clean(fault, limit=1000))
        count = len(lines) - len(wrong)
        print_line(
            ngettext("{n} backup of {all} is whole.", "{n} backups of {all} are whole.", count)
            .format(n=count, all=len(lines))
        )  # fmt: skip
    return EXIT_FILE if wrong else EXIT_DONE
