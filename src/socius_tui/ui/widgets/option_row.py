"""A choice out of a few that are all seen: one row, arrow keys or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from socius_tui.domain.drafts import Typed
from socius_tui.domain.text import fold
from socius_tui.ui import text
from socius_tui.ui.widgets.form_field import Edited


class OptionRow(Widget, can_focus=True):
    """`options` are codes with their words; `value` is the code that is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        Binding("enter", "finish", show=False),
    ]
    DEFAULT_CSS = """
    OptionRow { height: 1; width: 1fr; text-wrap: nowrap;
        &:focus { background: $cursor; } }
    """
    value: reactive[str] = reactive("", init=False)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        value: str,
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        self.set_reactive(OptionRow.value, value)

    def render(self) -> Content:
        """All options, the chosen one marked."""
        parts = []
        for code, word in self.options:
            chosen = code == self.value
            part = text.styled(f"{'●' if chosen else '○'}{word}", "bold" if chosen else text.DIM)
            parts.append(part.stylize(Style.from_meta({"option": code})))
        return text.spaced(parts, " ")

    def watch_value(self) -> None:
        """Tell the form."""
        self.post_message(Edited())

    def action_step(self, by: int) -> None:
        """To the option beside it, and round."""
        codes = [code for code, _word in self.options]
        self.value = codes[(codes.index(self.value) + by) % len(codes)]

    def action_finish(self) -> None:
        """On to the next field."""
        self.screen.focus_next()

    def on_key(self, event: events.Key) -> None:
        """The first letter of a word chooses it; again: the next with that letter."""
        if not event.character or not event.character.isalnum():
            return
        typed = fold(event.character)
        codes = [code for code, word in self.options if fold(word).startswith(typed)]
        if codes:
            event.stop()
            here = codes.index(self.value) + 1 if self.value in codes else 0
            self.value = codes[here % len(codes)]

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        code = event.style.meta.get("option")
        if isinstance(code, str):
            self.value = code

    def state(self) -> object:
        """For the question whether anything was changed."""
        return self.value

    def keep(self) -> Typed:
        """The code."""
        return Typed(self.value)

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """The code, if it is still one of them."""
        if kept.text not in [code for code, _word in self.options]:
            return (kept.text,)
        self.value = kept.text
        return ()

    def settle(self) -> None:
        """Nothing is ever half chosen."""

    def problem(self, *, final: bool) -> str:
        """Nothing can be wrong."""
        del final
        return ""
