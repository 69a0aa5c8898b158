"""A command: the one object that feeds key, footer, palette, help and docs/keys.md."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType


class Command(NamedTuple):
    """Something a person can do with a key.

    `id` names it in the keymap of the settings and never changes; `key` is one key, or
    several with commas; `action` is the action of the screen or widget that lists it. `text`
    and `help` are msgids (`N_`). `short` is the text for a narrow footer. Only what is in
    the `footer` shows there; what is in the `palette` can be found by name.
    """

    id: str
    key: str
    action: str
    text: str
    help: str
    group: str
    footer: bool = False
    palette: bool = True
    priority: bool = False

    @property
    def binding(self) -> Binding:
        """The binding of Textual for it."""
        return Binding(
            self.key,
            self.action,
            self.text,
            show=self.footer,
            priority=self.priority,
            id=self.id,
        )


def bindings(*commands: Command) -> list[BindingType]:
    """The bindings of several commands, for a BINDINGS."""
    return [command.binding for command in commands]
