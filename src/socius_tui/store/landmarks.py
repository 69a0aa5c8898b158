"""Names the steps of what must be safe to interrupt: upgrade, backup, restore, erasure.

Each calls `passed` after every step that reaches the disk. Nothing listens, except a test that
ends the process at one of them and then looks at what is left.
"""

from __future__ import annotations

from collections.abc import Callable

_listener: Callable[[str], object] | None = None


def passed(step: str) -> None:
    """A step is behind us: "backup.renamed"."""
    if _listener is not None:
        _listener(step)


def listen(listener: Callable[[str], object] | None) -> None:
    """Have every step told from now on; None ends it."""
    global _listener
    _listener = listener
