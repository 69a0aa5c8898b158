"""`socius keys`: every command of the screens with its key; what is wrong with your own."""

from __future__ import annotations

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, tell, tell_aside
from socius_tui.cli.parts import Command, format_option, option
from socius_tui.errors import EXIT_DATA, EXIT_DONE
from socius_tui.i18n import N_, _, ngettext


@click.command(
    "keys",
    cls=Command,
    help=N_(
        "The keys of the screens, and whether your own ones clash.\n\n"
        "Your own keys stand below [keymap] in the settings (`socius locate` says where), by the "
        "name of the command. The exit code is 1 when one of them clashes with another in the same "
        "place, belongs to no command, or is empty."
    ),
    examples=("socius keys", "socius keys --check", "socius keys --format csv"),
)
@option("--check", is_flag=True, help=N_("Say only what is wrong."))
@format_option
@click.pass_obj
def COMMAND(state: State, check: bool, form: str) -> int:
    """Print the keys and the report."""
    from socius_tui.services.exchange.tables import Column, Table
    from socius_tui.ui.keymap import checked, key_lines

    own = state.settings.keymap
    if not check:
        columns = (
            Column("keys", N_("Key"), "text", lambda x: x.keys.replace(",", " ")),
            Column("name", N_("Name"), "text", lambda x: x.command.id),
            Column(
                "own", N_("Own"), "code", lambda x: "yes" if x.own else "", lambda x: _own(x.own)
            ),
            Column("does", N_("What it does"), "text", lambda x: _(x.command.help), flow="wrap"),
        )
        emit(Table(columns, key_lines(own)), form)
    _usable, problems = checked(own)
    for problem in problems:
        tell_aside(f"! {problem.message} {problem.hint}")
    if check and not problems:
        count = len(own)
        sentence = ngettext(
            "{n} key of your own, no clash.", "{n} keys of your own, no clash.", count
        )
        tell(sentence.format(n=count))
    return EXIT_DATA if problems else EXIT_DONE


def _own(own: bool) -> str:
    return _("own") if own else ""
