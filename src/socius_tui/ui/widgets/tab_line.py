"""One line with the parts of a pane, of which one is seen; a key or a click chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.commands.active import key_of
from socius_tui.ui.commands.command import Command
from socius_tui.ui.widgets.hot_line import HotLine, Piece

_HERE = "bold reverse"


class Tab(NamedTuple):
    """A part: its name in the program, and the command that goes to it."""

    name: str
    command: Command

    @classmethod
    def of(cls, command: Command) -> Tab:
        """The part that a command is named after: "goals.chart" goes to "chart"."""
        return cls(command.id.partition(".")[2], command)

    @property
    def title(self) -> str:
        """The title, a msgid."""
        return self.command.text


class TabLine(HotLine):
    """The titles of the parts, the current one reversed; keys are shown while there is room."""

    DEFAULT_CSS = "TabLine { padding: 0 0 0 1; }"

    current: reactive[str] = reactive("", init=False)

    class Chosen(Message):
        """A part was chosen with the mouse."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, tabs: Sequence[Tab], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.tabs = tuple(tabs)

    def offer(self, tabs: Sequence[Tab]) -> None:
        """Offer these parts from now on."""
        self.tabs = tuple(tabs)
        self._draw()

    def watch_current(self) -> None:
        """Draw the other one as current."""
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """With keys or without."""
        self._draw()

    def _draw(self) -> None:
        labels: list[Content] = []
        gap = " "
        for draw, gap in (
            (self._keyed, "  "),
            (self._keyed, " "),
            (self._titled, "  "),
            (self._titled, " "),
            (self._short, "  "),
        ):
            labels = [draw(tab) for tab in self.tabs]
            width = sum(label.cell_length for label in labels) + len(gap) * (len(labels) - 1)
            if width <= self.room:
                break
        pieces = zip(labels, self.tabs, strict=True)
        self.put([Piece(label, self._chooser(tab.name)) for label, tab in pieces], gap)

    def _keyed(self, tab: Tab) -> Content:
        if tab.name == self.current:
            return Content.styled(f"{self._key(tab)} {_(tab.title)}", _HERE)
        return text.key_hint(self._key(tab), _(tab.title))

    def _titled(self, tab: Tab) -> Content:
        return Content.styled(_(tab.title), _HERE if tab.name == self.current else "")

    def _short(self, tab: Tab) -> Content:
        """The title of the current one, the keys of the others."""
        if tab.name == self.current:
            return Content.styled(f"{self._key(tab)} {_(tab.title)}", _HERE)
        return Content.styled(self._key(tab), text.KEY)

    def _key(self, tab: Tab) -> str:
        return key_of(self, tab.command.id, tab.command.key)

    def _chooser(self, name: str) -> Callable[[], object]:
        def choose() -> None:
            self.post_message(self.Chosen(name))

        return choose
