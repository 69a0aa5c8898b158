"""A field in which one thing is chosen by typing part of its code or name."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from socius_tui.domain.drafts import Typed
from socius_tui.i18n import _
from socius_tui.ui.widgets.form_field import Edited
from socius_tui.ui.widgets.suggestions import Choice, Finder, Suggestions
from socius_tui.ui.widgets.text_field import TextField, without_controls


class TypeAhead(Vertical):
    """A text field with a list of suggestions below it: what both kinds of choice share."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "suggest(1)", show=False),
        Binding("up", "suggest(-1)", show=False),
        Binding("escape", "close", show=False),
    ]
    DEFAULT_CSS = "TypeAhead { height: auto; width: 1fr; }"

    def __init__(
        self,
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self.finder: Finder | None = None
        self.typed = TextField(placeholder=placeholder, limit=2000)
        self.suggestions = Suggestions()

    def set_finder(self, finder: Finder) -> None:
        """Now there is something to choose from."""
        self.finder = finder
        if self.typed.has_focus and self.typed.value.strip():
            self.show_matches()

    def show_matches(self) -> None:
        """Open the list with what fits."""
        if self.finder is None:
            return
        self.suggestions.open(self.finder.matches(self.typed.value))

    def action_suggest(self, by: int) -> None:
        """Down opens the list; then the arrows move in it."""
        if not self.suggestions.is_open:
            self.show_matches()
        else:
            self.suggestions.move(by)

    def action_close(self) -> None:
        """Close the list, and nothing else."""
        self.suggestions.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the form's when the list is closed."""
        del parameters
        return self.suggestions.is_open if action == "close" else True

    def on_input_blurred(self, _event: Input.Blurred) -> None:
        """The list goes when the user goes."""
        self.suggestions.close()


class ChoiceField(TypeAhead):
    """One thing; enter takes the marked suggestion, which is the first at first."""

    def __init__(
        self,
        *,
        required: bool = False,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self.required = required
        self._chosen: Choice | None = None
        self._label = ""

    def compose(self) -> ComposeResult:
        """What is typed, and the suggestions."""
        yield self.typed
        yield self.suggestions

    @property
    def value(self) -> str | None:
        """The id of what is chosen, or None."""
        return self._chosen.id if self._chosen is not None else None

    @property
    def chosen(self) -> Choice | None:
        """What is chosen."""
        return self._chosen

    def fill(self, identifier: str | None) -> None:
        """Choose by id; None or an unknown id chooses nothing."""
        found = self.finder.get(identifier) if self.finder and identifier else None
        if found is None:
            self._forget()
            self._label = self.typed.value = ""
        else:
            self.choose(found)

    def choose(self, choice: Choice) -> None:
        """Choose this one and show its name."""
        before = self.value
        self._chosen = choice
        self.suggestions.close()
        self._label = without_controls(choice.label)[0]
        self.typed.value = self._label
        self._label = self.typed.value
        self.typed.cursor_position = len(self._label)
        if choice.id != before:
            self.post_message(Edited())

    def _forget(self) -> None:
        if self._chosen is not None:
            self._chosen = None
            self.post_message(Edited())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Other text chooses something else."""
        if event.value == self._label and self._chosen is not None:
            return
        if self.typed.value == self._label and self._chosen is not None:
            return  # an older text; by now something is chosen
        self._forget()
        self._label = ""
        if self.typed.has_focus and self.typed.value.strip():
            self.show_matches()
        else:
            self.suggestions.close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the marked one and go on."""
        event.stop()
        if self.finder is not None and self.suggestions.is_open and not self.suggestions.moved:
            # What stood there at the key, not what stood there when the list was drawn.
            self.suggestions.open(self.finder.matches(event.value))
        if self.suggestions.chosen is not None:
            self.choose(self.suggestions.chosen)
        elif self.value is None and self.typed.value.strip():
            self.settle()
            if self.value is None:
                if self.finder is not None:
                    self.show_matches()
                return
        self.screen.focus_next()

    def on_suggestions_picked(self, event: Suggestions.Picked) -> None:
        """A click on a suggestion."""
        event.stop()
        self.choose(event.choice)

    def state(self) -> object:
        """For the question whether anything was changed."""
        return self.value or self.typed.value.strip()

    def keep(self) -> Typed:
        """What is chosen, or what is typed of it."""
        chosen = self._chosen
        return Typed(self.typed.value, ((chosen.id, chosen.label),) if chosen is not None else ())

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """Choose it again; its name stays as typed text when it is gone."""
        for identifier, name in kept.chosen:
            self.fill(identifier)
            if self.value is None:
                self.typed.value = kept.text
                return (name,)
            return ()
        self.fill(None)
        self.typed.value = kept.text
        return ()

    def settle(self) -> None:
        """Take what is typed if it can mean one thing only."""
        text = self.typed.value
        if self.value is None and text.strip() and self.finder is not None:
            found = self.finder.one(text)
            if found is not None:
                self.choose(found)

    def problem(self, *, final: bool) -> str:
        """Nothing chosen, or nothing that is known."""
        if self.value is not None:
            return ""
        text = self.typed.value
        if text.strip():
            return self.finder.trouble(text) if self.finder is not None else ""
        return _("Choose one: type a part of the name.") if final and self.required else ""
