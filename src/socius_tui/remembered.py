"""What the program remembers of how it was left: theme, density, and that the tour was seen.

It is a small file of its own, in the folder for state, so that the settings stay a file that only
a person writes. What the settings say comes first. A file that cannot be read or written costs
nothing but what was remembered.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from socius_tui.paths import remembered_path

_MAX_BYTES: Final = 4_096
_LONGEST: Final = 80


class Remembered(NamedTuple):
    """How the screens were left; an empty text is "nothing chosen yet"."""

    theme: str = ""
    density: str = ""
    tour_seen: bool = False


def load_remembered(path: Path | None = None) -> Remembered:
    """What is remembered; nothing when there is no such file or it cannot be used."""
    try:
        with (path or remembered_path()).open("rb") as file:
            found = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return Remembered()
    if not isinstance(found, dict):
        return Remembered()
    theme, density = (found.get(name) for name in ("theme", "density"))
    return Remembered(
        theme if isinstance(theme, str) and len(theme) <= _LONGEST else "",
        density if isinstance(density, str) and len(density) <= _LONGEST else "",
        found.get("tour_seen") is True,
    )


def remember(path: Path | None = None, **changes: Any) -> bool:
    """Change fields of `Remembered`; gives whether it could be written.

    The file is replaced whole, so that a program that ends meanwhile leaves the old or the new.
    """
    path = path or remembered_path()
    wanted = load_remembered(path)._replace(**changes)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(json.dumps(wanted._asdict(), indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    except (OSError, ValueError):
        with suppress(OSError):
            draft.unlink()
        return False
    return True
