"""Runs what may take long on a thread of its own, which never holds up the end of the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def beside(work: Callable[[], T]) -> T:
    """Wait for `work` on another thread; gives what it gives, raises what it raises.

    When the program ends before it does, nobody waits for it: the thread is a daemon.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.done():  # nobody waits any more
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:  # noqa: BLE001 (raised again where it is awaited)
            error = raised
        with suppress(RuntimeError):  # the program ended meanwhile
            loop.call_soon_threadsafe(settle, result, error)

    Thread(target=run, name="exchange", daemon=True).start()
    return await done
