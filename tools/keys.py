"""Writes docs/keys.md from the commands of the program.

python -m tools.keys update     write the page
python -m tools.keys check      say whether it is out of date; exit code 1 if so
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.every import every_command

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"

_HEAD = """\
# Keys

This page is made from the commands of the program (`python -m tools.keys update`); `?` shows the
same, for the place where you are. Everything can be done with the keyboard alone, and with the
mouse: keys in the last line, screens in the second line and parts of a screen can be clicked.

Another key for a command goes in the settings file, by the command's name:

```toml
[keymap]
"explain.open" = "x"
"help.open" = "question_mark,f1"
```

Several keys are separated by commas. A key is written as `a`, `A`, `f5`, `ctrl+t`, `plus`,
`slash`, `question_mark`. A letter does nothing while a text field has the focus.
"""
_SIGNS = {
    "plus": "+", "minus": "-", "slash": "/", "question_mark": "?", "exclamation_mark": "!",
    "up": "↑", "down": "↓",
    "left": "←", "right": "→", "escape": "esc", "pageup": "page up", "pagedown": "page down",
    "f1": "F1", "f5": "F5",
}  # fmt: skip


def page() -> str:
    """The whole page."""
    groups: dict[str, list[Command]] = {}
    for command in every_command().values():
        groups.setdefault(command.group, []).append(command)
    parts = [_HEAD]
    for group, commands in groups.items():
        parts.append(f"\n## {group}\n\n| Key | What it does | Name |\n|---|---|---|\n")
        parts += [f"| {keys(c)} | {c.help} | `{c.id}` |\n" for c in commands]
    return "".join(parts)


def keys(command: Command) -> str:
    """The keys of a command as they are printed on a keyboard."""
    return " ".join(f"`{_SIGNS.get(key, key)}`" for key in command.key.split(","))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("update", "check"))
    chosen = parser.parse_args(arguments)
    if chosen.what == "update":
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/keys.md is out of date: python -m tools.keys update", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
