"""The keys of the settings, checked against the commands there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.every import every_command
from socius_tui.ui.commands.lists import LIST, TREE
from socius_tui.ui.commands.shared import PALETTE, SHARED


def checked(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[SociusError]]:
    """The keys that can be set, by command; and what is wrong with the wishes, in words."""
    known = every_command()
    usable = {name: keys for name, keys in wanted.items() if name in known}
    problems = [_unknown(name) for name in wanted if name not in known]
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
        if _keys(wanted[name]) & _keys(wanted.get(other.id, other.key)):
            yield name, other


def _keys(keys: str) -> set[str]:
    return {key.strip() for key in keys.split(",")}


def _unknown(name: str) -> SociusError:
    return SociusError(
        _("There is no command “{name}” to give a key to.").format(name=name),
        title=_("Settings"),
        hint=_("The page of keys in the documentation lists the names."),
    )


def _clash(command: Command, other: Command) -> SociusError:
    return SociusError(
        _("The key of “{name}” is that of “{other}” too.").format(name=command.id, other=other.id),
        title=_("Settings"),
        hint=_("Give one of them another key."),
    )
