"""The keys of the settings, checked against the commands there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.every import every_command
from socius_tui.ui.commands.lists import LIST, TREE
from socius_tui.ui.commands.shared import PALETTE, SHARED


class KeyLine(NamedTuple):
    """A command with the keys that it has now, in the settings' way of writing them.

    `own`: the settings gave it other keys. `clashes` are ids of commands with the same key in
    the same place.
    """

    command: Command
    keys: str
    own: bool
    clashes: tuple[str, ...]


def key_lines(wanted: Mapping[str, str]) -> list[KeyLine]:
    """Every command with its keys, in the order in which they are written."""
    known = every_command()
    usable = {name: keys for name, keys in wanted.items() if name in known}
    clashes: dict[str, list[str]] = {}
    for name, other in _clashes(usable, known):
        clashes.setdefault(name, []).append(other.id)
    return [
        KeyLine(
            command,
            usable.get(command.id, command.key),
            command.id in usable,
            tuple(clashes.get(command.id, ())),
        )
        for command in known.values()
    ]


def checked(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[SociusError]]:
    """The keys that can be set, by command; and what is wrong with the wishes, in words."""
    known = every_command()
    usable = {name: keys for name, keys in wanted.items() if name in known}
    problems = [_unknown(name) for name in wanted if name not in known]
    problems += [_keyless(name) for name, keys in usable.items() if "" in _keys(keys)]
    problems += [_clash(known[name], other) for name, other in _clashes(usable, known)]
    return usable, problems


def _clashes(
    wanted: Mapping[str, str], known: Mapping[str, Command]
) -> Iterator[tuple[str, Command]]:
    """Commands with a new key, each with another that has that key in the same place."""
    everywhere = {command.id for command in (PALETTE, *SHARED, *LIST, *TREE)}
    for name, other in product(wanted, known.values()):
        together = name.partition(".")[0] == other.id.partition(".")[0]
        if name == other.id or not (together or {name, other.id} & everywhere):
            continue
        if _keys(wanted[name]) & _keys(wanted.get(other.id, other.key)) - {""}:
            yield name, other


def _keys(keys: str) -> set[str]:
    return {key.strip() for key in keys.split(",")}


def _unknown(name: str) -> SociusError:
    return SociusError(
        _("There is no command “{name}” to give a key to.").format(name=name),
        title=_("Settings"),
        hint=_("The page of keys in the documentation lists the names."),
    )


def _keyless(name: str) -> SociusError:
    return SociusError(
        _("“{name}” has no key in the settings.").format(name=name),
        title=_("Settings"),
        hint=_("Write a key such as f12 or ctrl+b, or several with commas between them."),
    )


def _clash(command: Command, other: Command) -> SociusError:
    return SociusError(
        _("The key of “{name}” is that of “{other}” too.").format(name=command.id, other=other.id),
        title=_("Settings"),
        hint=_("Give one of them another key."),
    )
