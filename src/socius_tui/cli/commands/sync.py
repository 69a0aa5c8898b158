"""`socius sync`: exchange with the laptops of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.context import State
from socius_tui.cli.exchanging import counting, print_outcome
from socius_tui.cli.output import tell
from socius_tui.cli.parts import Command, option
from socius_tui.errors import EXIT_DONE, InvalidInput
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.services.session import Session


@click.command(
    "sync",
    cls=Command,
    help=N_(
        "Exchange with the others: take in what they did, give what you did.\n\n"
        "Through a folder that all laptops share (Nextcloud, OneDrive, a USB stick), or through "
        "PostgreSQL. Say once where; then `socius sync` is enough. Work goes on without it: "
        "nothing is lost that was not sent yet, and what two people changed at once is kept "
        "twice, for a person to decide."
    ),
    examples=(
        "socius sync --folder ~/Nextcloud/plan --new",
        "socius sync",
        "socius sync --dry-run",
        "socius sync --hub postgresql://an@plan.example.org/socius",
        "socius sync --automatic on",
        "socius sync --status",
    ),
)
@option("--folder", metavar=N_("FOLDER"), help=N_("Through this folder, from now on."))
@option("--hub", metavar=N_("URL"), help=N_("Through this PostgreSQL, from now on."))
@option("--new", is_flag=True, help=N_("Begin in this folder: make it when it is not there."))
@option("--dry-run", is_flag=True, help=N_("Only say what would go and what would come."))
@option("--status", is_flag=True, help=N_("Only say where, when the last time was, and with whom."))
@option(
    "--automatic",
    type=click.Choice(["on", "off"]),
    help=N_("Whether the screens do it by themselves, at the start and at the end."),
)
@option("--forget", is_flag=True, help=N_("Exchange no more; nothing is taken away anywhere."))
@click.pass_obj
def COMMAND(
    state: State,
    folder: str | None,
    hub: str | None,
    new: bool,
    dry_run: bool,
    status: bool,
    automatic: str | None,
    forget: bool,
) -> int:
    """Exchange, or look or change how that is done."""
    from socius_tui.services.sync import arranging
    from socius_tui.services.sync.running import run

    if folder and hub:
        raise InvalidInput(
            _("Through a folder or through PostgreSQL, not both at once."),
            field="--hub",
            hint=_("Leave one out."),
        )
    with state.session() as session:
        if forget:
            arranging.forget(session)
            tell(_("This file is not exchanged any more."))
            return EXIT_DONE
        if status:
            _print_standing(session)
            return EXIT_DONE
        if folder is not None:
            place = arranging.wanted("folder", folder)
        elif hub is not None:
            place = arranging.wanted("hub", hub)
        else:
            place = arranging.arranged(session)
        if automatic is not None and not (folder or hub):
            arranging.set_automatic(session, automatic=automatic == "on")
            tell(_("Exchanges by itself.") if automatic == "on" else _("Exchanges when asked."))
            return EXIT_DONE
        with counting() as step:
            outcome = run(session, place, new=new, rehearsed=dry_run, step=step)
        if automatic is not None and not dry_run:
            arranging.set_automatic(session, automatic=automatic == "on")
        print_outcome(session, outcome, rehearsed=dry_run)
    return EXIT_DONE


def _print_standing(session: Session) -> None:
    from socius_tui.cli.output import print_sheet
    from socius_tui.services.sync.arranging import standing
    from socius_tui.services.sync.telling import standing_facts

    print_sheet(_("Exchange with others"), standing_facts(standing(session)))
