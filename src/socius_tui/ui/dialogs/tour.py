"""The tour: five small steps, each with a pointer to the real thing on the screen below."""

from __future__ import annotations

from typing import Any, ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from socius_tui.i18n import N_, _
from socius_tui.ui import text
from socius_tui.ui.commands.active import key_of
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.looks import TOUR_STEPS
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.widgets.key_bar import KeyBar
from socius_tui.ui.widgets.line_table import LineTable

_WIDTH: Final = 56


class Step(NamedTuple):
    """A step: its title and text (msgids), and the command whose key it points at.

    Without a command it points at the list of goals.
    """

    title: str
    says: str
    command: str = ""


STEPS: Final = (
    Step(
        N_("The whole plan on one page"),
        N_(
            "A line is a goal: a symbol for how it goes, a bar for how far it is, and ┃ for where "
            "it should be by now. Enter opens a goal; 2 is the tree with everything in it."
        ),
    ),
    Step(
        N_("Log a visit"),
        N_(
            "{key} opens the form, from every screen. Type a part of the name of the organisation, "
            "say when you were there, and ctrl+s: what counts visits moves at once."
        ),
        "visit.log",
    ),
    Step(
        N_("Enter progress"),
        N_(
            "{key} asks for an indicator and its value on a day. What waits for a number stands on "
            "the overview, without fresh data."
        ),
        "progress.enter",
    ),
    Step(
        N_("Ask where a number comes from"),
        N_(
            "{key} on any goal or indicator writes the sum out: which values, which rule, which "
            "period, and what was left out."
        ),
        "explain.open",
    ),
    Step(
        N_("Nothing is lost"),
        N_(
            "{key} takes back what you did last; it says first what that is. ? shows the keys of "
            "the place where you are, ctrl+p finds a command by name, f2 shows this again."
        ),
        "undo.open",
    ),
)


class TourScreen(ModalScreen[None]):
    """A box beside what it is about, and an arrow to it."""

    DOES: ClassVar[tuple[Command, ...]] = TOUR_STEPS
    BINDINGS = bindings(*TOUR_STEPS)
    DEFAULT_CSS = """
    TourScreen {
        & > #box {
            position: absolute; height: auto; border: round $accent; padding: 0 1;
            background: $surface; border-title-color: $foreground;
        }
        & > #box > Static { height: auto; }
        & > #arrow {
            position: absolute; width: 1; height: 1; color: $accent; background: $surface;
            text-style: bold;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.place = 0
        self.target = Region()

    def compose(self) -> ComposeResult:
        """The box and the arrow."""
        with Vertical(id="box"):
            yield Static(id="says")
        yield Static(id="arrow")

    def on_resize(self) -> None:
        """Everything is somewhere else then."""
        self.call_after_refresh(self._show)

    def action_step(self, by: int) -> None:
        """The next step, or the one before it; after the last the tour is over."""
        self.place = max(self.place + by, 0)
        if self.place >= len(STEPS):
            self.dismiss(None)
        else:
            self._show()

    def action_close(self) -> None:
        """End the tour."""
        self.dismiss(None)

    def on_click(self) -> None:
        """A click goes on."""
        self.action_step(1)

    @property
    def _below(self) -> Screen[Any] | None:
        """The screen that it is about; None when the tour is over."""
        stack = self.app.screen_stack
        return stack[stack.index(self) - 1] if self in stack else None

    def _show(self) -> None:
        below = self._below
        if below is None:  # drawing it again was asked for before it ended
            return
        step = STEPS[self.place]
        box, arrow = self.query_one("#box"), self.query_one("#arrow", Static)
        width = min(_WIDTH, self.size.width - 4)
        says = text.prose(_(step.says).format(key=self._key(step)))
        height = len(says.wrap(width - 4)) + 4
        self.query_one("#says", Static).update(text.lines((says, "", self._hints())))
        title = text.spaced(
            (text.dim(f"{self.place + 1}/{len(STEPS)}"), text.styled(_(step.title), text.STRONG))
        )
        box.border_title = title
        self.target = target = self._target(step, below)
        size, room = Size(width, height), self.size
        at, pointer, mark = _beside(target, size, room, title.cell_length + 5)
        box.styles.width, box.styles.offset = width, at
        arrow.styles.offset = pointer
        arrow.update(mark)

    def _hints(self) -> Content:
        close = text.key_hint("esc", _("close"))
        last = self.place == len(STEPS) - 1
        back = text.key_hint("←", _("previous")) if self.place else text.NOTHING
        on = text.NOTHING if last else text.key_hint("→", _("next"))
        return text.spaced((back, on, close))

    def _key(self, step: Step) -> str:
        command = next((c for c in SHARED if c.id == step.command), None)
        return key_of(self, command.id, command.key) if command is not None else ""

    def _target(self, step: Step, below: Screen[Any]) -> Region:
        """The part of the screen below that a step is about."""
        if not step.command:
            table = below.query(LineTable).first()
            return Region(table.region.x, table.region.y + 1, table.region.width, 2)
        bar = below.query_one(KeyBar)
        command = next(c for c in SHARED if c.id == step.command)
        words = f"{self._key(step)} {_(command.text)}"
        start = bar.place_of(words)
        if start is None:  # no room for that key: the whole line
            return bar.region
        x = bar.content_region.x + start
        return Region(x, bar.region.y, len(words), 1)


def _beside(target: Region, box: Size, room: Size, title: int) -> tuple[Offset, Offset, str]:
    """Where the box stands so that it hides nothing of the target, where its arrow, and which.

    `room` is the size of the screen; the title takes the first `title` cells of the upper edge,
    where no arrow can be.
    """
    middle = target.x + min(target.width, box.width) // 2
    x = min(max(middle - box.width // 2, 0), room.width - box.width)
    point = min(max(middle, x + 2), x + box.width - 3)
    if target.bottom + box.height <= room.height:
        return Offset(x, target.bottom), Offset(max(point, x + title), target.bottom), "▲"
    y = max(target.y - box.height, 0)
    return Offset(x, y), Offset(point, y + box.height - 1), "▼"
