"""The list that opens below a type-ahead field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from socius_tui.ui import text

SHOWN = 8


class Choice(Protocol):
    """Something that can be chosen."""

    @property
    def id(self) -> str:
        """What it is to the program."""

    @property
    def code(self) -> str:
        """Its short name, or "" when it has none."""

    @property
    def label(self) -> str:
        """What it is to the user."""


class Finder(Protocol):
    """Where choices come from; what a service knows reaches a field this way."""

    def matches(self, typed: str) -> Sequence[Choice]:
        """What may be meant, the best first; everything when nothing is typed."""

    def one(self, typed: str) -> Choice | None:
        """What is certainly meant, or None."""

    def trouble(self, typed: str) -> str:
        """A sentence on why `one` has no answer."""

    def get(self, identifier: str) -> Choice | None:
        """The choice with an id."""


class Suggestions(Widget):
    """At most eight lines over the fields below; the rest comes in sight with the arrows."""

    DEFAULT_CSS = """
    Suggestions {
        display: none; overlay: screen; constrain: inside inflect;
        width: 1fr; min-width: 30; height: auto; background: $panel; border: none;
        border-left: wide $border; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    class Picked(Message):
        """A line was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__()
        self.choices: tuple[Choice, ...] = ()
        self.place = 0
        self.moved = False

    @property
    def is_open(self) -> bool:
        """Whether it is seen."""
        return bool(self.display)

    @property
    def chosen(self) -> Choice | None:
        """The marked line, when the list is open."""
        return self.choices[self.place] if self.is_open and self.choices else None

    def open(self, choices: Sequence[Choice]) -> None:
        """Show these, the first one marked; nothing when there are none."""
        self.choices, self.place, self.moved = tuple(choices), 0, False
        self.display = bool(choices)
        self.refresh(layout=True)

    def close(self) -> None:
        """Hide it."""
        self.display = False

    def move(self, by: int) -> None:
        """Mark another line."""
        self.place = max(0, min(self.place + by, len(self.choices) - 1))
        self.moved = True
        self.refresh()

    @property
    def _top(self) -> int:
        return max(0, min(self.place - SHOWN // 2, len(self.choices) - SHOWN))

    def get_content_height(self, *_args: object) -> int:
        """As many lines as there are, up to eight."""
        return min(len(self.choices), SHOWN)

    def render(self) -> Content:
        """The lines in sight."""
        width = self.content_size.width
        drawn = []
        for index in range(self._top, min(self._top + SHOWN, len(self.choices))):
            mark = "›" if index == self.place else " "
            line = text.join(mark, text.plain(self.choices[index].label, limit=200))
            line = line.truncate(width, ellipsis=True)
            line = line.pad_right(max(width - line.cell_length, 0))
            drawn.append(line.stylize("reverse") if index == self.place else line)
        return text.lines(drawn)

    async def on_mouse_down(self, event: events.MouseDown) -> None:
        """Before the field loses the focus and closes the list."""
        event.stop()
        event.prevent_default()
        index = self._top + event.y
        if index < len(self.choices):
            self.post_message(self.Picked(self.choices[index]))
