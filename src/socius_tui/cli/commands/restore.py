"""`socius restore`: brings a backup back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from socius_tui.cli.asking import sure
from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, tell
from socius_tui.cli.parts import Command, argument, option
from socius_tui.domain.text import clean
from socius_tui.errors import EXIT_DATA, EXIT_DONE, InvalidInput, SociusError
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.store.restore import Restored


@click.command(
    "restore",
    cls=Command,
    help=N_(
        "Bring a backup back.\n\n"
        "Without a name it lists the backups and changes nothing. The file as it is now is kept "
        "first, so --undo can bring that back again. Screens that have the file open go on with "
        "what was brought back. It also works when the file is damaged or gone."
    ),
    examples=(
        "socius restore",
        "socius restore latest",
        "socius restore 12 --yes",
        "socius restore --undo",
    ),
)
@argument(
    "backup",
    required=False,
    metavar=N_("BACKUP"),
    help=N_("latest, a number from the list, or the name of the backup."),
)
@option("--undo", is_flag=True, help=N_("Bring back the file as it was before the last restore."))
@option("--yes", is_flag=True, help=N_("Do not ask; for scripts."))
@click.pass_obj
def COMMAND(state: State, backup: str | None, undo: bool, yes: bool) -> int:
    """Bring a backup back, or list them."""
    from socius_tui.services import backups
    from socius_tui.services.exchange.backuptable import backups_table

    path = state.path
    if undo and backup is not None:
        raise InvalidInput(
            _("--undo takes no backup: it brings back the file from before the last restore."),
            field="--undo",
        )
    if not undo and backup is None:
        lines = backups.listed(path)
        if not lines:
            print_line(_("No backup of this file was made yet; `socius backup` makes one."))
            return EXIT_DONE
        emit(backups_table(lines), "table")
        print_line(_("`socius restore NUMBER` brings one back; it asks first."))
        return EXIT_DONE
    chosen = backups.before_restore(path) if undo else backups.find(path, backup or "")
    print_line(backups.about(path, chosen))
    if not yes and not sure(_("Bring this backup back?")):
        print_line(_("Nothing was changed."))
        return EXIT_DATA
    done = backups.restore(path, chosen, actor=_who(state))
    _tell(done)
    return EXIT_DONE


def _who(state: State) -> str | None:
    """The person at the keyboard, where the file can still say who that is."""
    with suppress(SociusError), state.session() as session:
        state.be_someone_if_known(session)
        return session.actor
    return None


def _tell(done: Restored) -> None:
    from socius_tui.services.backups import done_sentence

    tell(done_sentence(done))
    if done.undoable:
        print_line(_("`socius restore --undo` brings back the file as it was a moment ago."))
    elif done.aside is not None:
        print_line(_("The damaged file is kept: {path}").format(path=clean(str(done.aside))))
