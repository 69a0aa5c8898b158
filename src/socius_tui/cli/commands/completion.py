"""`socius completion`: lets the shell complete commands, options and codes."""

from __future__ import annotations

import click

from socius_tui.cli.output import write_exactly
from socius_tui.cli.parts import Command, Words, argument
from socius_tui.i18n import N_

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    cls=Command,
    help=N_(
        "Print what lets your shell complete commands and codes with Tab.\n\n"
        "Put the line of the example in the file that your shell reads when it starts."
    ),
    examples=(
        'bash, in ~/.bashrc:                   eval "$(socius completion bash)"',
        'zsh, in ~/.zshrc:                     eval "$(socius completion zsh)"',
        "fish, in ~/.config/fish/config.fish:  socius completion fish | source",
    ),
)
@argument("shell", type=Words(*SHELLS), metavar=N_("SHELL"), help=" | ".join(SHELLS))
@click.pass_context
def COMMAND(ctx: click.Context, shell: str) -> None:
    """Print the script."""
    from click.shell_completion import get_completion_class

    from socius_tui.cli.run import COMPLETE_VARIABLE

    found = get_completion_class(shell)
    assert found is not None
    writer = found(ctx.find_root().command, {}, "socius", COMPLETE_VARIABLE)
    write_exactly([writer.source_template % writer.source_vars()])
