"""What is left when the program, the power or the disk gives up half-way.

Small by default; with SOCIUS_TORTURE=1 each is repeated many times.
"""

from __future__ import annotations

import os


def times(usual: int, torture: int) -> int:
    """How often to try."""
    return torture if os.environ.get("SOCIUS_TORTURE") == "1" else usual
