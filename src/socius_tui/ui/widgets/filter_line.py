"""Lines of keys that can be clicked: filters above a list, actions below a detail."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content

from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command
from socius_tui.ui.widgets.hot_line import HotLine, Piece

_VALUE_CELLS = 24


class ActionLine(HotLine):
    """The keys that do something with what is chosen; a click does it too."""

    def show(self, commands: Iterable[Command]) -> None:
        """Offer these."""
        self.put([self._piece(c, text.key_hint(_first_key(c), _(c.text))) for c in commands])

    def _piece(self, command: Command, content: Content) -> Piece:
        return Piece(content, self._runner(command.action))

    def _runner(self, action: str) -> Callable[[], object]:
        return lambda: self.app.call_later(self.app.run_action, action, self.screen)


class FilterLine(ActionLine):
    """Each filter as its key and its value."""

    def filters(self, filters: Iterable[tuple[Command, str, bool]]) -> None:
        """A command, the value that its filter has now, and whether it holds anything back."""
        self.put(
            [self._piece(command, _filter(command, value, on)) for command, value, on in filters],
            " ",
        )


def _filter(command: Command, value: str, active: bool) -> Content:
    words = text.styled(
        f" {value or _(command.text)} ", "reverse" if active else text.DIM, limit=_VALUE_CELLS
    )
    return text.join(text.styled(_first_key(command), text.KEY), words)


def _first_key(command: Command) -> str:
    """As the key is written on a keyboard."""
    key = command.key.partition(",")[0]
    return {"delete": "del", "escape": "esc"}.get(key, key)
