"""A headless Chromium, driven by its DevTools protocol; reads the terminal that a page shows."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
import pyte

PROGRAM: Final = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS: Final = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1000,700"),
    "--remote-debugging-port=0",
)
_PATIENCE: Final = 30.0  # seconds, on a busy machine


class Page:
    """One page: what it asked for, and the terminal made of what its websocket was sent."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._stream: pyte.ByteStream | None = None
        self.screen: pyte.Screen | None = None
        self.asked: list[str] = []

    async def do(self, method: str, **params: Any) -> dict[str, Any]:
        """Carry out a command of the protocol; gives its answer."""
        self._number += 1
        number = self._number
        await self._socket.send_json({"id": number, "method": method, "params": params})
        await self._read_until(lambda: number in self._answers)
        answer = self._answers.pop(number)
        assert "error" not in answer, answer
        found: dict[str, Any] = answer["result"]
        return found

    async def value(self, expression: str) -> Any:
        """What JavaScript gives, a promise awaited."""
        answer = await self.do(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def until(self, condition: str) -> None:
        """Wait, in the page, until a condition of JavaScript holds."""
        await self.value(
            "new Promise(done => { const look = () =>"
            f" ({condition}) ? done(true) : requestAnimationFrame(look); look(); }})"
        )

    async def press(self, key: str) -> None:
        """Press a key that gives a letter or a digit."""
        which = {"key": key, "windowsVirtualKeyCode": ord(key.upper())}
        await self.do("Input.dispatchKeyEvent", type="keyDown", text=key, **which)
        await self.do("Input.dispatchKeyEvent", type="keyUp", **which)

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self.screen.display) if self.screen else ""

    async def shows(self, what: str) -> str:
        """Read until the terminal shows this; gives all that it shows."""
        await self._read_until(lambda: what in self.text)
        return self.text

    async def _read_until(self, holds: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                while not holds():
                    self._take(await self._socket.receive_json())
        except TimeoutError:
            raise AssertionError(f"it never came to pass:\n{self.text}") from None

    def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self._answers[message["id"]] = message
            return
        params = message["params"]
        if message["method"] == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"])
        elif message["method"] == "Network.webSocketCreated":
            self.asked.append(params["url"])
            self.screen = pyte.Screen(200, 100)
            self._stream = pyte.ByteStream(self.screen)
        elif message["method"] == "Network.webSocketFrameReceived":
            frame = params["response"]
            if frame["opcode"] == 2 and self._stream is not None:
                self._stream.feed(base64.b64decode(frame["payloadData"]))


@asynccontextmanager
async def page(folder: Path) -> AsyncIterator[Page]:
    """An empty page in a browser of its own, with its profile in a folder."""
    assert PROGRAM is not None
    browser = await asyncio.create_subprocess_exec(
        PROGRAM,
        *_FLAGS,
        f"--user-data-dir={folder}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert browser.stderr is not None
        address = ""
        async with asyncio.timeout(_PATIENCE):
            while "ws://" not in address:
                address = (await browser.stderr.readline()).decode()
        host = address.partition("ws://")[2].partition("/")[0]
        async with aiohttp.ClientSession() as client:
            async with client.get(f"http://{host}/json/list") as answer:
                pages = json.loads(await answer.text())
            target = next(each for each in pages if each["type"] == "page")
            address = target["webSocketDebuggerUrl"]
            async with client.ws_connect(address, max_msg_size=0) as socket:
                found = Page(socket)
                for domain in ("Page", "Network", "Runtime"):
                    await found.do(f"{domain}.enable")
                yield found
    finally:
        browser.terminate()
        await browser.communicate()
