"""Free text for which what was used before is suggested."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from socius_tui.domain.drafts import Typed
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import check_text
from socius_tui.ui.widgets.choice_field import TypeAhead
from socius_tui.ui.widgets.suggestions import Suggestions
from socius_tui.ui.widgets.text_field import sentence


class SuggestField(TypeAhead):
    """A word of the user's own; the arrows and enter take one that exists."""

    def __init__(
        self,
        *,
        limit: int,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self.limit = limit
        self._taken = ""

    def compose(self) -> ComposeResult:
        """What is typed, and the suggestions."""
        yield self.typed
        yield self.suggestions

    def fill(self, word: str) -> None:
        """Set the text."""
        self.typed.value = word
        self._taken = self.typed.value

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Suggest while the user types."""
        typed = self.typed.value
        if self.typed.has_focus and typed.strip() and typed != self._taken:
            self.show_matches()
        else:
            self.suggestions.close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the marked one, if the user marked one, and go on."""
        event.stop()
        if self.suggestions.chosen is not None and self.suggestions.moved:
            self.fill(self.suggestions.chosen.label)
        self.suggestions.close()
        self.screen.focus_next()

    def on_suggestions_picked(self, event: Suggestions.Picked) -> None:
        """A click on a suggestion."""
        event.stop()
        self.fill(event.choice.label)
        self.suggestions.close()

    def state(self) -> object:
        """For the question whether anything was changed."""
        return self.typed.value.strip()

    def keep(self) -> Typed:
        """The text."""
        return self.typed.keep()

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """The text."""
        self.fill(kept.text)
        return ()

    def settle(self) -> None:
        """Any text is as good as another."""

    def problem(self, *, final: bool) -> str:
        """Text that cannot be stored."""
        del final
        try:
            check_text(self.typed.value, max_length=self.limit)
        except InputProblem as problem:
            return sentence(problem)
        return ""
