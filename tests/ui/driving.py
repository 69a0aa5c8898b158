"""Drives the real application with keys and a mouse, and reads what it drew."""

from __future__ import annotations

import asyncio
import string
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled, WorkerState

from socius_tui.services.session import Session
from socius_tui.ui.app import SociusApp
from tests.ui.plans import opener

_ROUNDS = 200
# Textual's names of keys that have another sign on them, both ways.
_NAMES = {" ": "space", **{sign: _character_to_key(sign) for sign in string.punctuation}}
_CHARACTERS = {name: sign for sign, name in _NAMES.items()}
_BUSY = (WorkerState.PENDING, WorkerState.RUNNING)


class Driver:
    """One run of the application."""

    def __init__(self, app: SociusApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until nothing is being asked or drawn any more: for that, and not for time."""
        for _round in range(_ROUNDS):
            await self._quiet()
            await self.app.animator.wait_until_complete()
            while self.app._batch_count:  # a change of screens holds the drawing back for a while
                await asyncio.sleep(0)
            screen = self.app.screen
            screen._on_timer_update()
            await self._quiet()
            if not (
                screen._callbacks
                or screen._dirty_widgets
                or screen._layout_required
                or screen._scroll_required
            ):
                return
        raise AssertionError("the application does not come to rest")

    async def press(self, *keys: str) -> None:
        """Press keys, and wait after each for what it set off."""
        for key in keys:
            await self.hit(key)
            await self.settle()

    async def hit(self, *keys: str) -> None:
        """Press keys and wait, but for the drawing: for a great many of them."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            event = Key(_NAMES.get(key, key), _CHARACTERS.get(key, key if len(key) == 1 else None))
            event.set_sender(self.app)
            driver.send_message(event)
            await self._quiet()

    async def _quiet(self) -> None:
        """Give way until no widget has a message left and nothing is being asked."""
        calm = 0
        while calm < 4:
            await asyncio.sleep(0)
            if self._working:
                await self._work_done()
                calm = 0
                continue
            pumps: list[Any] = [self.app, *self.app._registry]
            waiting = sum(pump._message_queue.qsize() + len(pump._next_callbacks) for pump in pumps)
            calm = 0 if waiting else calm + 1

    @property
    def _working(self) -> bool:
        return any(worker.state in _BUSY for worker in self.app.workers)

    async def _work_done(self) -> None:
        with suppress(WorkerCancelled):  # given up for a newer one: that is the point of it
            await self.app.workers.wait_for_complete()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something that a thread brings about."""
        for _round in range(_ROUNDS):
            await self.settle()
            if condition():
                return
        raise AssertionError(f"it never came to pass:\n{self.text}")

    async def type(self, text: str) -> None:
        """Type text in the field with the focus."""
        await self.hit(*(_NAMES.get(character, character) for character in text))
        await self.settle()

    @property
    def lines(self) -> list[str]:
        """What is drawn, line by line."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What is drawn."""
        return "\n".join(self.lines)

    def line(self, part: str) -> str:
        """The first line with `part` in it; fails when there is none."""
        found = next((line for line in self.lines if part in line), None)
        assert found is not None, f"{part!r} is not in\n{self.text}"
        return found

    @property
    def notices(self) -> list[str]:
        """What was notified."""
        return [notice.message for notice in self.app._notifications]


@asynccontextmanager
async def driving(
    path: Path,
    *,
    size: tuple[int, int] = (80, 24),
    open_session: Callable[[], Session] | None = None,
    **options: Any,
) -> AsyncIterator[Driver]:
    """The application on a file, at rest after its first load."""
    app = SociusApp(open_session or opener(path), **options)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
