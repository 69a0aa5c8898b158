"""Asks before something that is not easily taken back."""

from __future__ import annotations

import sys

from socius_tui.i18n import _


def agreed(question: str) -> bool:
    """Whether the user says yes; where nobody can answer the answer is no."""
    if not sys.stdin.isatty():
        return False
    answer = input(f"{question} [{_('yes')}/{_('no')}] ")
    return answer.strip().casefold() in (_("yes"), "yes")
