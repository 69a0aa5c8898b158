"""All commands there are, for the documentation, the tests and the check of a keymap."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from socius_tui.ui.commands.command import Command

#: The modules that hold commands, in the order in which a reader wants them.
MODULES = (
    *("shared", "overview", "goals", "log", "report", "history", "lists", "forms", "windows"),
    *("periods", "plans", "importing", "calendar", "compare", "looks", "programme", "planner"),
    *("agenda", "needs", "background", "exchange"),
)


def every_command() -> dict[str, Command]:
    """Every command by its id, in the order in which they are written."""
    return {command.id: command for name in MODULES for command in _commands_in(name)}


def _commands_in(name: str) -> Iterator[Command]:
    module = import_module(f"socius_tui.ui.commands.{name}")
    for value in vars(module).values():
        for command in value if isinstance(value, tuple) else (value,):
            if isinstance(command, Command):
                yield command
