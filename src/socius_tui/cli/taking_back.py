"""What `socius undo` and `socius redo` share: their options, and what they print."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from socius_tui.cli.context import State, invalid
from socius_tui.cli.output import print_line, tell
from socius_tui.cli.parts import Argument, Option, Whole
from socius_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from socius_tui.services.undoing import Direction


def parameters(direction: Direction) -> list[click.Parameter]:
    """The argument and the options, alike for both."""
    return [
        Argument(
            ["number"],
            type=Whole(),
            default=1,
            metavar="N",
            help=N_("How many things; one when you do not say."),
        ),
        Option(
            ["--keep-later", "keep"],
            is_flag=True,
            help=N_("Leave what was changed later as it is; do the rest."),
        ),
        Option(
            ["--all-the-same", "take"],
            is_flag=True,
            help=N_("Do it all the same, over what was changed later."),
        ),
        Option(
            ["--dry-run", "only_say"],
            is_flag=True,
            help=N_("Only say what would happen."),
        ),
        Option(
            ["--list", "listed"],
            is_flag=True,
            help=N_("List what can be undone, the last thing first.")
            if direction == "undo"
            else N_("List what can be done again, the last thing first."),
        ),
    ]


def command(direction: Direction) -> Callable[..., None]:
    """What the command does."""

    @click.pass_obj
    def run(
        state: State, number: int, keep: bool, take: bool, only_say: bool, listed: bool
    ) -> None:
        from socius_tui.services.undoing import InTheWay, nothing_left, stack, take_back

        if keep and take:
            raise invalid(
                "--keep-later",
                _("this and --all-the-same exclude each other"),
                _("Give one of them."),
            )
        with state.session() as session:
            state.be_someone(session)
            if listed:
                waiting = stack(session, direction)
                if not waiting:
                    raise nothing_left(session, direction)
                for each in waiting:
                    tell(f"{each.when}  {each.what}")
                return
            try:
                done = take_back(
                    session,
                    direction,
                    number,
                    later="keep" if keep else "take" if take else "ask",
                    only_say=only_say,
                    reason=state.late_reason,
                )
            except InTheWay as error:
                error.hint = (
                    _("--keep-later leaves those places and does the rest.")
                    if error.firm
                    else _("--keep-later leaves those places, --all-the-same overwrites them.")
                )
                raise
        for title in done:
            tell(title)
        if only_say:
            print_line(_("This was only tried: nothing was changed."))
        if len(done) < number:
            n = len(done)
            all_of_it = ngettext("There was {n} such thing.", "There were {n} such things.", n)
            print_line(all_of_it.format(n=n))

    return run
