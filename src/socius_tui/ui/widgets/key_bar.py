"""The last line: the keys that matter here, made from the commands that are active."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import events

from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.commands.active import Hint, hints_of
from socius_tui.ui.widgets.hot_line import HotLine, Piece

_GAP = "  "
_LAST = "help.open"  # always there, however narrow the screen is


class KeyBar(HotLine):
    """Keys with their words; as many as fit, and the one for help always."""

    DEFAULT_CSS = "KeyBar { dock: bottom; background: $panel; }"

    def on_mount(self) -> None:
        """Follow the focus and the commands that are switched on and off."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.draw())

    def on_resize(self, _event: events.Resize) -> None:
        """As many keys as fit."""
        self.draw()

    def draw(self) -> None:
        """Write the keys that are active now."""
        pieces = {
            hint.command.id: Piece(
                text.key_hint(hint.keys[0], _(hint.command.text)), self._runner(hint)
            )
            for hint in hints_of(self.screen)
            if hint.command.footer
        }
        self.put(self._fitting(pieces), _GAP)

    def _runner(self, hint: Hint) -> Callable[[], object]:
        return lambda: self.app.call_later(self.app.run_action, hint.command.action, hint.node)

    def _fitting(self, pieces: Mapping[str, Piece]) -> list[Piece]:
        last = [pieces[_LAST]] if _LAST in pieces else []
        left = self.room - sum(piece.content.cell_length for piece in last)
        kept: list[Piece] = []
        for identifier, piece in pieces.items():
            left -= piece.content.cell_length + len(_GAP)
            if identifier != _LAST and left >= 0:
                kept.append(piece)
        return kept + last
