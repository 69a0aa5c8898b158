"""A question that is answered with yes or no; escape and the first button are no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from socius_tui.ui import text


class ConfirmDialog(ModalScreen[bool]):
    """Asks; the words of both buttons say what each of them does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", show=False),
        Binding("left,right,up,down", "other", show=False),
    ]
    DEFAULT_CSS = """
    ConfirmDialog {
        align: center middle; background: $background 60%;
        & > Vertical {
            width: 64; max-width: 100%; height: auto; max-height: 100%; overflow-y: auto;
            border: round $warning; background: $surface; padding: 0 1;
        }
        & .question { height: auto; padding: 1 1 0 1; }
        & .more { height: auto; padding: 0 1; color: $quiet; }
        & Horizontal { height: auto; align-horizontal: center; padding: 1 0; }
        & Button { margin: 0 1; min-width: 12; }
    }
    """

    def __init__(
        self, question: str, *, yes: str, no: str, more: str = "", yes_id: str = "yes"
    ) -> None:
        super().__init__()
        self._yes_id = yes_id
        self._question, self._more = question, more
        self._yes, self._no = yes, no

    def compose(self) -> ComposeResult:
        """The question and its two answers; the harmless one has the focus."""
        with Vertical():
            yield Static(text.prose(self._question, limit=1000), classes="question")
            if self._more:
                yield Static(text.prose(self._more, limit=1000), classes="more")
            with Horizontal():
                yield Button(text.plain(self._no), id="no", compact=True)
                yield Button(
                    text.plain(self._yes), id=self._yes_id, variant="warning", compact=True
                )

    def on_mount(self) -> None:
        """Enter at once is no."""
        self.query_one("#no").focus()

    def action_other(self) -> None:
        """To the other button."""
        self.focus_next()

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give the answer of the button."""
        self.dismiss(event.button.id != "no")
