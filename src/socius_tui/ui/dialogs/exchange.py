"""The window of the exchange: where and with whom, how it went, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.widget import Widget

from socius_tui.domain.exchanged import Trouble
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.sync import arranging
from socius_tui.services.sync.beside import Wish
from socius_tui.services.sync.telling import standing_facts, summary
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.exchange import (
    AUTOMATIC,
    FORGET,
    NOW,
    PLACE,
    REHEARSE,
    STOP,
    WINDOW_OF_EXCHANGE,
)
from socius_tui.ui.desk import Desk
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.widgets.reading import Reading
from socius_tui.ui.work import start

_LABEL_CELLS = 18


class ExchangeWindow(Window[None]):
    """Facts above, what came of the last exchange below them."""

    DOES: ClassVar[tuple[Command, ...]] = WINDOW_OF_EXCHANGE
    BINDINGS = bindings(*WINDOW_OF_EXCHANGE)
    DEFAULT_CSS = """
    ExchangeWindow {
        & > #window { width: 96; height: 80%; max-height: 24; }
        & Reading { margin-bottom: 1; padding: 1 0 0 0; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def heading(self) -> Content:
        """What it is, and how far one that runs is."""
        count = self._desk.count
        running = text.styled(_("exchanging …"), text.KEY) if count is not None else text.NOTHING
        return text.spaced(
            (
                text.styled(_("Exchange with others"), text.STRONG),
                running,
                text.dim(str(count or "")),
            )
        )

    def hints(self) -> Iterable[Content]:
        """What can be done now."""
        here = (STOP,) if self._desk.is_running else (NOW, REHEARSE, AUTOMATIC, PLACE)
        for command in here:
            yield text.key_hint(command.key, _(command.text))
        if not self._desk.is_running:
            yield text.key_hint("del", _(FORGET.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """A text, scrolled where it is long."""
        reading = Reading()
        reading.can_focus = True
        yield reading

    def on_mount(self) -> None:
        """Ask anew how it stands."""
        self.query_one(Reading).focus()
        self.exchange_moved()
        self._desk.look_soon()

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        self.call_after_refresh(self.exchange_moved)

    def exchange_moved(self) -> None:
        """Something began, moved or ended."""
        self.retitle()
        self.rehint()
        width = max(self.query_one(Reading).content_size.width - 1, 40)
        self.query_one(Reading).show(text.lines(self._told(width)))

    def _told(self, width: int) -> Iterator[Content]:
        if self._desk.seen is not None:
            for label, value in standing_facts(self._desk.seen.standing):
                yield _fact(label, text.prose(value), width)
        if self._desk.problem is not None:
            problem = self._desk.problem
            yield text.NOTHING
            yield text.styled(problem.title or _("That does not work"), "bold $error")
            yield text.prose(problem.message)
            if problem.hint:
                yield text.dim(problem.hint)
        elif self._desk.done is not None:
            outcome, rehearsed = self._desk.done
            title = _("What an exchange would do") if rehearsed else _("The last exchange")
            yield text.NOTHING
            yield text.styled(title, text.STRONG)
            for sentence in summary(outcome, rehearsed=rehearsed):
                yield text.plain(sentence)
            for trouble in (*outcome.waiting, *outcome.troubles):
                yield from _trouble(trouble, width)

    def action_now(self) -> None:
        """Exchange now."""
        self._desk.begin()

    def action_stop(self) -> None:
        """Stop what runs."""
        self._desk.stop()

    def action_rehearse(self) -> None:
        """Only say what would happen."""
        place = self._desk.seen.standing.arranged if self._desk.seen is not None else None
        if place is not None:
            self._desk.begin(Wish(place, rehearsed=True))

    def action_automatic(self) -> None:
        """By itself, or only when asked."""
        start(self, self._turn, group="write", exclusive=True)

    async def _turn(self) -> None:
        place = self._desk.seen.standing.arranged if self._desk.seen is not None else None
        if place is None:
            return
        try:
            session = host(self).session
            await session.ask(arranging.set_automatic, automatic=not place.automatic)
        except SociusError as error:
            host(self).complain(error)
        await self._desk.look()

    def action_place(self) -> None:
        """Another place."""
        from socius_tui.ui.dialogs.arranging import ArrangeDialog

        self.app.push_screen(ArrangeDialog(), self._desk.wished)

    def action_forget(self) -> None:
        """Ask, and exchange no more."""
        question = ConfirmDialog(
            _("Exchange this file no more?"),
            more=_("What came in stays here, and what was sent stays there."),
            yes=_("No more"),
            no=_("Leave it"),
        )

        def answered(yes: bool | None) -> None:
            if yes:
                start(self, self._forget, group="write", exclusive=True)

        self.app.push_screen(question, answered)

    async def _forget(self) -> None:
        try:
            await host(self).session.ask(arranging.forget)
        except SociusError as error:
            host(self).complain(error)
            return
        host(self).tell(_("This file is not exchanged any more."))
        self.dismiss(None)
        self._desk.look_soon()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One exchange at a time."""
        del parameters
        if action == "stop":
            return self._desk.is_running
        if action in ("now", "rehearse", "automatic", "place", "forget"):
            return not self._desk.is_running
        return True


def _fact(label: str, value: Content, width: int) -> Content:
    """A label with what it is; further lines begin under the first."""
    rows = value.split("\n")
    first = text.hanging(text.dim(label), rows[0], _LABEL_CELLS, width)
    rest = [text.hanging(text.NOTHING, row, _LABEL_CELLS, width) for row in rows[1:]]
    return text.lines([first, *rest])


def _trouble(trouble: Trouble, width: int) -> Iterator[Content]:
    """What was found wrong, and what to do about it."""
    yield text.NOTHING
    yield text.join(text.styled("▲ ", "$status-attention"), text.plain(trouble.name))
    indent = Content("  ")
    yield text.hanging(indent, text.plain(trouble.sentence), 2, width)
    if trouble.hint:
        yield text.hanging(indent, text.dim(trouble.hint), 2, width)
