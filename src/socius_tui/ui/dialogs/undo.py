"""Says what will be undone or done again, and does it; where it was changed later, it asks how."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from socius_tui.domain.undoing import Later, Pending
from socius_tui.errors import PeriodClosed, SociusError
from socius_tui.i18n import _
from socius_tui.services.undoing import Direction, TakeBack, nothing_left, pending
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.work import start


class UndoDialog(Window[None]):
    """The next thing to undo or to do again: enter does it, esc leaves everything as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    DEFAULT_CSS = """
    UndoDialog {
        & #told { height: auto; max-height: 14; scrollbar-size-vertical: 1; }
        & #told > Static { height: auto; }
        & #places { margin-top: 1; }
        & #choices { height: auto; margin: 1 0; }
        & Button { width: 100%; text-align: left; content-align: left middle; }
    }
    """

    def __init__(self, direction: Direction) -> None:
        super().__init__()
        self._direction = direction
        self._pending: Pending | None = None

    def heading(self) -> Content:
        """What will be done."""
        return text.styled(_("Undo") if self._direction == "undo" else _("Do again"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Choose, and close."""
        return (text.key_hint("enter", _("do it")), *super().hints())

    def body(self) -> Iterable[Widget]:
        """What will be undone, what is in the way, and what can be chosen."""
        yield VerticalScroll(Static(id="what"), Static(id="places"), id="told", can_focus=False)
        yield Vertical(id="choices")

    def on_mount(self) -> None:
        """Ask what is next."""
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        try:
            found = await host(self).session.ask(pending, self._direction)
            if found is None:
                nothing = await host(self).session.ask(nothing_left, self._direction)
                host(self).tell(" ".join(filter(None, (nothing.message, nothing.hint))))
                self.dismiss(None)
                return
        except SociusError as error:
            host(self).complain(error)
            self.dismiss(None)
            return
        self._pending = found
        self.query_one("#what", Static).update(
            text.lines((text.prose(found.what, limit=600), text.dim(found.when)))
        )
        places = self.query_one("#places", Static)
        places.display = bool(found.places)
        width = max(self.query_one("#told").content_size.width - 1, 20)
        places.update(
            text.lines(
                text.hanging(text.dim("•"), text.prose(place.sentence), 2, width)
                for place in found.places
            )
        )
        buttons = [
            Button(text.plain(label), id=choice, compact=True)
            for choice, label in self._choices(found)
        ]
        await self.query_one("#choices").mount(*buttons)
        buttons[0].focus()

    def _choices(self, found: Pending) -> Iterable[tuple[str, str]]:
        undo = self._direction == "undo"
        if not found.places:
            yield "ask", _("Undo it") if undo else _("Do it again")
            return
        yield "none", _("Do nothing")
        if found.left:
            yield "keep", _("Leave those places as they are; do the rest")
        else:
            yield "keep", _("Leave it as it is; go on to the one before it")
        if not found.firm:
            yield "take", _("Do it all the same, over what was changed later")

    def action_page(self, pages: int) -> None:
        """Read on, where much was changed later."""
        told = self.query_one("#told")
        told.scroll_relative(y=pages * told.content_size.height, animate=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what was chosen."""
        choice = event.button.id
        if self._pending is None or choice == "none":
            self.dismiss(None)
            return
        later: Later = "keep" if choice == "keep" else "take" if choice == "take" else "ask"
        start(self, partial(self._do, later), exclusive=True)

    async def _do(self, later: Later, reason: str = "") -> None:
        assert self._pending is not None
        try:
            await host(self).write(TakeBack(self._pending.key, later), reason=reason)
        except PeriodClosed as error:
            from socius_tui.ui.dialogs.late_reason import ask_why

            ask_why(self, error, partial(self._do, later))
            return
        except SociusError as error:
            host(self).complain(error)
        self.dismiss(None)
