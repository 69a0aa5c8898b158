"""The command line: parses, calls a service, prints. `socius` starts here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program with these arguments (by default those of the process) and exit."""
    import gc
    import sys

    gc.disable()  # a command is over before collecting pays; the screens turn it on again
    from socius_tui.cli.run import run, unforeseen

    sys.excepthook = unforeseen
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))
