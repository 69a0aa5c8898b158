"""Asks somebody at a terminal whether to go on."""

from __future__ import annotations

import sys

from socius_tui.domain.text import fold
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _

_YES = ("j", "ja", "y", "yes")


def sure(question: str) -> bool:
    """Whether the answer is yes; anything else is no. Raises InvalidInput without a terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise InvalidInput(
            _("This asks before it goes on, and there is nobody to ask."),
            field="--yes",
            hint=_("Say --yes."),
        )
    answers = _("[y/N]")
    sys.stdout.write(f"{question} {answers} ")
    sys.stdout.flush()
    return fold(sys.stdin.readline().strip()) in _YES
