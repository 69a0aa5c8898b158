"""The desk of the exchange: starts one, follows it, stops it, and knows how things stand."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, runtime_checkable

from textual.content import Content

from socius_tui.domain.text import clean
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.session import Session
from socius_tui.ui.beside import beside
from socius_tui.ui.messages import DataChanged
from socius_tui.ui.work import start

if TYPE_CHECKING:
    from socius_tui.services.sync.arranging import Standing
    from socius_tui.services.sync.beside import Wish
    from socius_tui.services.sync.exchanging import Outcome
    from socius_tui.ui.app import SociusApp

#: Seconds between two looks at how far it is.
_BETWEEN: Final = 0.1
_TOLD: Final = 2  # troubles in a notification; the window has all


@runtime_checkable
class Follower(Protocol):
    """A screen that shows how the exchange goes."""

    def exchange_moved(self) -> None:
        """Something began, moved or ended."""


class Seen(NamedTuple):
    """How the exchange of the file stands, and when that was asked."""

    standing: Standing
    now: datetime
    can_write: bool


def see(session: Session) -> Seen | None:
    """How it stands; None while somebody looks at what was known at an earlier moment."""
    from socius_tui.services.sync.arranging import standing

    if session.known_at is not None:
        return None
    return Seen(standing(session), session.now, not session.read_only)


class Done(NamedTuple):
    """What came of the last exchange of this run of the program, or of its rehearsal."""

    outcome: Outcome
    rehearsed: bool


class Desk:
    """One for the application; everything here runs on its event loop."""

    def __init__(self, app: SociusApp) -> None:
        self._app = app
        self.seen: Seen | None = None
        self.count: int | None = None  # how many transactions went, while it runs
        self.done: Done | None = None
        self.problem: SociusError | None = None  # why the last one failed
        self._stop = Event()
        self._counted = 0
        self._leaving = False

    # How things stand

    @property
    def is_running(self) -> bool:
        """Whether an exchange runs."""
        return self.count is not None

    @property
    def is_arranged(self) -> bool:
        """Whether somebody said where."""
        return self.seen is not None and self.seen.standing.arranged is not None

    def line(self) -> tuple[Content, ...]:
        """For the title: how it stands, in several lengths; nothing where nothing is arranged."""
        if self.seen is None and self.count is None:
            return ()
        from socius_tui.ui.standing_line import standing_line

        return standing_line(self.seen, self.count, failed=self.problem is not None)

    async def look(self) -> None:
        """Ask how it stands, and show that."""
        with suppress(SociusError):  # the screen says it when it asks
            self.seen = await self._app.session.ask(see) or self.seen
        self._show()

    def look_soon(self) -> None:
        """The same, beside everything else."""
        start(self._app, self.look, group="standing", exclusive=True)

    def _show(self) -> None:
        line = self.line()
        for screen in self._app.screens_opened():
            screen.show_exchange(line)
        for above in self._app.screen_stack:
            if isinstance(above, Follower) and above.is_mounted:
                above.exchange_moved()

    # Exchanging

    def begin(self, wish: Wish | None = None, *, asked: bool = True) -> None:
        """Exchange, unless one runs; `asked` by a person, who is told when nothing was new."""
        if self.count is None:
            self._ready()
            start(self._app, partial(self._run, wish, asked=asked), group="exchange")

    def stop(self) -> None:
        """Stop what runs, after the transaction that is on its way."""
        self._stop.set()

    def _ready(self) -> None:
        self.count, self._counted, self.problem = 0, 0, None
        self._stop = Event()
        self._show()

    def wished(self, wish: Wish | None) -> None:
        """Exchange as somebody asked for it; None is no choice."""
        if wish is not None:
            self.begin(wish)

    async def _run(self, wish: Wish | None, *, asked: bool) -> None:
        from socius_tui.services.sync.beside import Wish as Wanted
        from socius_tui.services.sync.beside import arranged_place, carry_out
        from socius_tui.services.sync.beside import beside as file_beside
        from socius_tui.services.sync.transport import Cancelled

        app, stop = self._app, self._stop
        try:
            if wish is None:
                wish = Wanted(await app.session.ask(arranged_place))
            there = await app.session.ask(file_beside)
            work = partial(carry_out, there, wish, self._step(stop, Cancelled))
            outcome = await beside(work)
        except Cancelled:
            app.tell(_("Stopped. What went before that stays; the next time goes on from there."))
        except SociusError as error:
            self.problem = error
            app.complain(error)
        else:
            self.done = Done(outcome, wish.rehearsed)
            if not wish.rehearsed and not self._leaving:
                await self._tell(outcome, asked=asked)
        finally:
            stop.set()  # also when nobody waits for it any more
            self.count = None
        app.feel_pulse()
        await self.look()

    def _step(self, stop: Event, cancelled: type[Exception]) -> Callable[[int], None]:
        """What the thread tells of each transaction: shown now and then, and where it stops."""
        import asyncio

        loop = asyncio.get_running_loop()
        shown = time.monotonic()

        def step(count: int) -> None:
            nonlocal shown
            if stop.is_set():
                raise cancelled
            self._counted += count
            if time.monotonic() - shown >= _BETWEEN:
                shown = time.monotonic()
                with suppress(RuntimeError):  # the program ended meanwhile
                    loop.call_soon_threadsafe(self._moved, stop)

        return step

    def _moved(self, stop: Event) -> None:
        if self.count is not None and not stop.is_set():
            self.count = self._counted
            self._show()

    # Telling

    async def tell_what_came(self) -> bool:
        """Say what came in since that was last shown, and mark it; whether there was any."""
        from socius_tui.services.sync.arrivals import show_what_came

        try:
            said = await self._app.session.ask(show_what_came)
        except SociusError as error:
            self._app.complain(error)
            return False
        if said:
            self._app.tell(said, title=_("New from the others"))
            self._app.post_message(DataChanged(None))  # the marks are not in the journal
        return bool(said)

    async def _tell(self, outcome: Outcome, *, asked: bool) -> None:
        from socius_tui.services.sync.telling import summary

        told = await self.tell_what_came()
        if asked and not told:
            self._app.tell(" ".join(summary(outcome)), title=_("Exchanged"))
        troubles = (*outcome.waiting, *outcome.troubles)
        if troubles:
            sentences = [f"{clean(each.name)}: {each.sentence}" for each in troubles[:_TOLD]]
            if (more := len(troubles) - _TOLD) > 0:
                sentences.append(_("And {n} more.").format(n=more))
            self._app.warn(" ".join(sentences), title=_("Not everything went as it should"))

    # At the start and at the end

    def open_day(self) -> None:
        """After the first paint: how it stands, what is new, and exchange where that is wanted."""
        start(self._app, self._open_day, group="open-day")

    async def _open_day(self) -> None:
        from socius_tui.services.sync.marks import is_shared

        with suppress(SociusError):  # the screen says it when it asks
            if not await self._app.session.ask(is_shared):
                return
        await self.look()
        if self.is_arranged:
            await self.tell_what_came()
        if self._goes_by_itself:
            self.begin(asked=False)

    def close_day(self) -> None:
        """End the program; where it exchanges by itself that comes first. Again: at once."""
        if self._leaving or not (self.is_running or self._goes_by_itself):
            self.stop()
            self._app.exit()
            return
        self._leaving = True
        start(self._app, self._close_day, group="close-day")

    def stay(self) -> None:
        """The program goes on after all; so does what runs."""
        self._leaving = False

    @property
    def _goes_by_itself(self) -> bool:
        if self.seen is None or not self.seen.can_write or self._app.only_look:
            return False
        place = self.seen.standing.arranged
        return place is not None and place.automatic

    async def _close_day(self) -> None:
        from socius_tui.ui.dialogs.leaving import LeavingWindow

        if not self.is_running:
            await self.look()
            if self.seen is None or not self.seen.standing.to_send:
                self._app.exit()
                return
        await self._app.push_screen(LeavingWindow(self))
        self.begin(asked=False)
