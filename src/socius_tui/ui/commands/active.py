"""Which commands work at this moment, and with which keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.looks import JUMP
from socius_tui.ui.commands.shared import BACK, PALETTE


class Hint(NamedTuple):
    """A command that works now: its keys as they are set, and what carries it out."""

    command: Command
    keys: tuple[str, ...]
    node: DOMNode


def key_of(node: DOMNode, identifier: str, keys: str) -> str:
    """The first key of a command as it is set, the way it is printed on a keyboard."""
    own: Mapping[str, str] = getattr(node.app, "own_keys", {})
    first = own.get(identifier, keys).split(",")[0].strip()
    return node.app.get_key_display(Binding(first, ""))


def commands_of(screen: Screen[Any]) -> list[Command]:
    """The commands from the focused widget up to the screen, each once, nearest first."""
    nodes: Iterable[DOMNode] = screen.focused.ancestors_with_self if screen.focused else (screen,)
    found: dict[str, Command] = {BACK.id: BACK}  # the way back comes first
    for node in nodes:
        for command in getattr(node, "DOES", ()):
            found.setdefault(command.id, command)
    found.setdefault(JUMP.id, JUMP)
    found.setdefault(PALETTE.id, PALETTE)
    return list(found.values())


def hints_of(screen: Screen[Any]) -> list[Hint]:
    """The commands that work on a screen now, in the order in which they are written."""
    keys: dict[str, list[str]] = {}
    nodes: dict[str, DOMNode] = {}
    for active in screen.active_bindings.values():
        identifier = active.binding.id
        if identifier and active.enabled:
            keys.setdefault(identifier, []).append(screen.app.get_key_display(active.binding))
            nodes[identifier] = active.node
    return [
        Hint(command, tuple(keys[command.id]), nodes[command.id])
        for command in commands_of(screen)
        if command.id in keys
    ]
