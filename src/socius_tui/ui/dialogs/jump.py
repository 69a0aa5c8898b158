"""Jump mode: a letter on every part that can have the focus; the letter goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Final, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.geometry import Offset, Region
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.widgets.hot_line import HotLine
from socius_tui.ui.widgets.key_bar import KeyBar
from socius_tui.ui.widgets.pane import Pane

#: The letters, those below the fingers first; q, x and the like come late.
LETTERS: Final = "asdfghjklewrtyuiopcvbnmzxq"
_WIDTH: Final = 3  # cells of a label


class Place(NamedTuple):
    """Where a letter is drawn, and what going there does."""

    at: Offset
    go: Callable[[], object]


def places(screen: Screen[Any]) -> list[Place]:
    """What can be gone to on a screen, window or form, from the top left to the bottom right."""
    found = sorted(
        (*_widgets(screen), *_pieces(screen)), key=lambda place: (place.at.y, place.at.x)
    )
    taken: set[tuple[int, int]] = set()
    kept: list[Place] = []
    for place in found:
        x, y = place.at
        # Two that begin at the same place stand beside each other.
        while any((cell, y) in taken for cell in range(x, x + _WIDTH)):
            x += 1
        if x + _WIDTH > screen.size.width or len(kept) == len(LETTERS):
            continue
        taken.update((cell, y) for cell in range(x, x + _WIDTH))
        kept.append(Place(Offset(x, y), place.go))
    return kept


def _widgets(screen: Screen[Any]) -> Iterator[Place]:
    """Lists, trees, fields and buttons; the letter of one in a pane stands in its frame."""
    for widget in screen.focus_chain:
        region = _seen(screen, widget)
        if not region:
            continue
        pane = next((a for a in widget.ancestors if isinstance(a, Pane)), None)
        if pane is not None and pane.border_title and pane.styles.border_top[0]:
            first = next(w for w in screen.focus_chain if pane in w.ancestors)
            if widget is first:
                yield Place(pane.region.offset, widget.focus)
                continue
        yield Place(region.offset, widget.focus)


def _pieces(screen: Screen[Any]) -> Iterator[Place]:
    """Tabs, screens and filters: what can be clicked in a line, but for the keys at the bottom."""
    for line in screen.query(HotLine):
        region = _seen(screen, line)
        if region and not isinstance(line, KeyBar):
            yield from (
                Place(Offset(line.content_region.x + start, region.y), clicked)
                for start, clicked in line.hot_spots()
            )


def _seen(screen: Screen[Any], widget: Widget) -> Region | None:
    """The part of a widget that is on the screen."""
    try:
        seen = screen.find_widget(widget).visible_region
    except NoWidget:
        return None
    return seen if seen.area and widget.display else None


class JumpScreen(ModalScreen[None]):
    """The letters above what is seen; anything but one of them ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    JumpScreen {
        & > .letter {
            position: absolute; width: 3; height: 1;
            background: $accent; color: $background; text-style: bold;
        }
        & > #says {
            dock: bottom; width: 100%; height: 1; padding: 0 1;
            background: $accent; color: $background;
        }
    }
    """

    def __init__(self, found: Sequence[Place]) -> None:
        super().__init__()
        self._places = dict(zip(LETTERS, found, strict=False))

    def compose(self) -> ComposeResult:
        """A letter at each place, and a line that says what to do."""
        for letter, place in self._places.items():
            label = Static(text.plain(f" {letter.upper()} "), classes="letter")
            label.styles.offset = (place.at.x, place.at.y)
            yield label
        yield Static(text.plain(_("Press a letter to go there; esc to stay.")), id="says")

    def on_key(self, event: events.Key) -> None:
        """Go to the place with the letter; any other key ends it."""
        event.stop()
        event.prevent_default()
        place = self._places.get((event.character or "").lower())
        self.dismiss(None)
        if place is not None:
            self.app.call_later(place.go)

    def action_leave(self) -> None:
        """Stay."""
        self.dismiss(None)

    def on_click(self, _event: events.Click) -> None:
        """The mouse ends it too."""
        self.dismiss(None)
