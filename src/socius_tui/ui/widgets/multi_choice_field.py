"""A field in which several things are chosen, shown as chips before the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.style import Style
from textual.widgets import Input, Static

from socius_tui.domain.drafts import Typed
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import check_text, fold
from socius_tui.ui import text
from socius_tui.ui.widgets.choice_field import TypeAhead
from socius_tui.ui.widgets.form_field import Edited
from socius_tui.ui.widgets.suggestions import Choice, Suggestions
from socius_tui.ui.widgets.text_field import TextField, sentence, without_controls


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is chosen: its id (a new word is its own id) and what is shown."""

    id: str
    label: str


class NothingLeft(Message):
    """Backspace in an empty field."""


class ChipClicked(Message):
    """A chip was clicked."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place


class ChipInput(TextField):
    """Says when there is nothing left to delete."""

    def action_delete_left(self) -> None:
        """Delete a character, or ask for the chip before the cursor."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(NothingLeft())


class Chips(Static):
    """The chips; a click on one takes it out."""

    def on_click(self, event: events.Click) -> None:
        """Take it out."""
        place = event.style.meta.get("chip")
        if isinstance(place, int):
            self.post_message(ChipClicked(place))


class MultiChoiceField(TypeAhead):
    """Several things. With `new`, what is typed and not known is a new one, up to `limit`."""

    DEFAULT_CSS = """
    MultiChoiceField {
        & > Horizontal { height: auto; width: 1fr; }
        & Chips { width: auto; max-width: 65%; height: auto; display: none; padding: 0 1 0 0; }
        &.-some Chips { display: block; }
    }
    """

    def __init__(
        self,
        *,
        new: bool = False,
        limit: int = 80,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self.new = new
        self.limit = limit
        self.typed = ChipInput(placeholder=placeholder, limit=20_000)
        self.chips: list[Chip] = []
        self._drawn = Chips()

    def compose(self) -> ComposeResult:
        """The chips, what is typed, and the suggestions below."""
        with Horizontal():
            yield self._drawn
            yield self.typed
        yield self.suggestions

    @property
    def value(self) -> tuple[str, ...]:
        """The ids of what is chosen, in the order of choosing."""
        return tuple(chip.id for chip in self.chips)

    def fill(self, identifiers: Iterable[str]) -> None:
        """Choose these; without `new`, unknown ids are passed over."""
        self.chips = []
        for identifier in identifiers:
            found = self.finder.get(identifier) if self.finder else None
            if found is not None:
                self.chips.append(self._chip(found))
            elif self.new:
                self.chips.append(Chip(identifier, identifier))
        self._draw()

    def add(self, chip: Chip) -> None:
        """Choose one more; choosing it twice changes nothing."""
        if fold(chip.id) not in {fold(other.id) for other in self.chips}:
            self.chips.append(chip)
            self._draw()
            self.post_message(Edited())

    def drop(self, place: int) -> None:
        """Take one out."""
        if -len(self.chips) <= place < len(self.chips):
            del self.chips[place]
            self._draw()
            self.post_message(Edited())

    def _chip(self, choice: Choice) -> Chip:
        return Chip(choice.id, choice.code or choice.label)

    def _draw(self) -> None:
        parts = []
        for place, chip in enumerate(self.chips):
            label = text.plain(chip.label.replace(" ", "\u00a0"), limit=40)
            part = text.join(text.styled("▪", text.KEY), label, text.dim("×"))
            parts.append(part.stylize(Style.from_meta({"chip": place})))
        self._drawn.update(text.spaced(parts, " "))
        self.set_class(bool(self.chips), "-some")

    def _take(self, choice: Choice) -> None:
        self.suggestions.close()
        self.typed.value = ""
        self.add(self._chip(choice))

    def _words(self, typed: str) -> Sequence[str]:
        """The new ones in a text: people separate them by commas, semicolons or lines."""
        return [word for part in typed.split(";") for word in part.split(",") if word.strip()]

    def _take_new(self, typed: str) -> None:
        """Add each word that can be stored; what cannot stays typed."""
        left = []
        for word in self._words(typed):
            try:
                kept = check_text(word, max_length=self.limit, required=True)
            except InputProblem:
                left.append(word.strip())
                continue
            known = self.finder.one(kept) if self.finder else None
            same = known is not None and fold(known.label) == fold(kept)
            self.add(self._chip(known) if known is not None and same else Chip(kept, kept))
        self.typed.value = ", ".join(left)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Suggest; a comma ends a new word."""
        typed = self.typed.value
        if self.new and typed.rstrip().endswith((",", ";")) and self._words(typed):
            self._take_new(typed)
            self.suggestions.close()
        elif self.typed.has_focus and typed.strip():
            self.show_matches()
        else:
            self.suggestions.close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take one, or with nothing typed go on."""
        event.stop()
        if not self.typed.value.strip() and not self.suggestions.is_open:
            self.screen.focus_next()
        elif self.suggestions.chosen is not None and (self.suggestions.moved or not self.new):
            self._take(self.suggestions.chosen)
        else:
            self.settle()
            self.suggestions.close()

    def on_suggestions_picked(self, event: Suggestions.Picked) -> None:
        """A click on a suggestion."""
        event.stop()
        self._take(event.choice)

    def on_nothing_left(self, event: NothingLeft) -> None:
        """Backspace takes the last chip out."""
        event.stop()
        self.drop(-1)

    def on_chip_clicked(self, event: ChipClicked) -> None:
        """A click takes a chip out."""
        event.stop()
        self.drop(event.place)

    def state(self) -> object:
        """For the question whether anything was changed."""
        return (self.value, self.typed.value.strip())

    def keep(self) -> Typed:
        """What is chosen, and what is typed behind it."""
        return Typed(self.typed.value, tuple((chip.id, chip.label) for chip in self.chips))

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """Choose them again, without what is gone, and put the text behind it."""
        self.fill(identifier for identifier, _name in kept.chosen)
        self.typed.value = kept.text
        here = set(self.value)
        return tuple(name for identifier, name in kept.chosen if identifier not in here)

    def settle(self) -> None:
        """Add what is typed, if it is new or can mean one thing only."""
        typed = without_controls(self.typed.value)[0]
        if not typed.strip():
            return
        if self.new:
            self._take_new(typed)
            return
        found = self.finder.one(typed) if self.finder is not None else None
        if found is not None:
            self._take(found)

    def problem(self, *, final: bool) -> str:
        """Something typed that is not chosen."""
        del final
        typed = self.typed.value
        if not typed.strip():
            return ""
        if not self.new:
            return self.finder.trouble(typed) if self.finder is not None else ""
        for word in self._words(typed):
            try:
                check_text(word, max_length=self.limit, required=True)
            except InputProblem as problem:
                return sentence(problem)
        return ""
