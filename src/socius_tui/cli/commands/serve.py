"""`socius serve`: the screens in a browser."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import click

from socius_tui.cli.context import BROWSER_VARIABLE, READ, WRITE, State, invalid
from socius_tui.cli.output import tell, tell_aside
from socius_tui.cli.parts import Command, Whole, option
from socius_tui.errors import EXIT_DONE, RuleBroken
from socius_tui.i18n import N_, _


@click.command(
    "serve",
    cls=Command,
    help=N_(
        "The screens in a browser.\n\n"
        "Prints an address that works once: who opens it first can go on, nobody else. Only this "
        "computer can reach it, and nothing can be changed, unless you say otherwise. Ctrl+c ends "
        "it. It needs the extra package for the browser: pip install 'socius-tui[browser]'."
    ),
    examples=("socius serve", "socius serve --write --port 8765"),
)
@option("--write", is_flag=True, help=N_("What is shown can be changed too."))
@option("--port", type=Whole(), metavar="N", help=N_("The port; else one that is free."))
@option("--host", default="127.0.0.1", metavar=N_("ADDRESS"), help=N_("Where to listen."))
@option(
    "--beyond-this-computer",
    "beyond",
    is_flag=True,
    help=N_("Allow a --host that others can reach; what they see is not encrypted."),
)
@click.pass_obj
def COMMAND(state: State, write: bool, port: int | None, host: str, beyond: bool) -> int:
    """Serve the screens."""
    from socius_tui.cli.browser.gate import is_loopback

    if find_spec("textual_serve") is None:
        raise RuleBroken(
            _("The package that shows the screens in a browser is not installed."),
            hint=_("Install it with: pip install 'socius-tui[browser]'"),
        )
    if not is_loopback(host):
        if not beyond:
            raise invalid(
                "--host",
                _("others can reach this address"),
                _("Leave it out, or add --beyond-this-computer if that is what you want."),
            )
        tell_aside(_("Others can reach this, and what they see is not encrypted on its way."))
    os.environ[BROWSER_VARIABLE] = WRITE if write else READ
    with state.open():  # what is wrong with the file is said here, in words
        pass
    from socius_tui.cli.browser.server import BrowserServer, listen

    try:
        listening = listen(host, port or 0)
    except OSError as error:
        raise invalid(
            "--host" if port is None else "--port",
            _("nothing can listen there: {reason}").format(reason=error.strerror or error),
            _("Choose another, or leave it out."),
        ) from error
    given = {**state.given, "--db": str(state.path.absolute())}
    arguments = [part for name, value in given.items() for part in (name, value)]
    server = BrowserServer(arguments, host.strip("[]"), listening.getsockname()[1])
    tell(_("Open this address in your browser; it works once:"))
    tell(server.address)
    tell(
        _("What you see can be changed. Ctrl+c ends it.")
        if write
        else _("Nothing can be changed (--write allows it). Ctrl+c ends it.")
    )
    sys.stdout.flush()  # who waits for the address reads it from a pipe
    server.run(listening)
    return EXIT_DONE
