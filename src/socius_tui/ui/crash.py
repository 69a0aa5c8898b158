"""What a person sees when the program itself is wrong: a sentence, and where the details are."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Final

from textual.worker import WorkerFailed

from socius_tui import __version__
from socius_tui.domain.text import clean
from socius_tui.i18n import _
from socius_tui.paths import data_folder

NAME: Final = "crash.txt"


def tell(error: BaseException) -> None:
    """Print the sentences where errors are printed."""
    cause = error.error if isinstance(error, WorkerFailed) else error
    sys.stderr.write(report(cause) + "\n")


def report(error: BaseException, folder: Path | None = None) -> str:
    """Write where it went wrong to a file and give the sentences to print; never raises.

    The file holds the program's own lines and the message, not the values it worked with.
    """
    sentences = [
        _("The program stopped because of a mistake of its own: {error}.").format(
            error=clean(f"{type(error).__name__}: {error}", limit=200)
        ),
        _("What was saved before is safe: every save is complete by itself."),
    ]
    path = (folder or data_folder()) / NAME
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        details = "".join(traceback.format_exception(error))
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"socius-tui {__version__}\n{details}")
    except OSError:
        return "\n".join(sentences)
    where = _("The details, for whoever repairs it, are in {path}.")
    return "\n".join((*sentences, where.format(path=clean(str(path)))))
