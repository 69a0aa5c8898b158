"""Starts what runs beside the event loop's other work."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast

from textual.dom import DOMNode


def start(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, object]],
    *,
    group: str = "default",
    exclusive: bool = False,
) -> None:
    """Run an async function as a worker of a widget, screen or application.

    It takes the function, never a coroutine that was made already: an exclusive worker may be
    cancelled before it begins, and a coroutine that nobody awaits is an error.
    """
    node.run_worker(cast(Any, work), group=group, exclusive=exclusive)
