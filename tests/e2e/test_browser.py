"""`socius serve` as a real process: who is let in, and what a real browser shows."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp
import pyte
import pytest

from tests.e2e import chromium


class Served(NamedTuple):
    """A server: the address that works once, and its parts."""

    address: str
    origin: str
    token: str

    @property
    def socket(self) -> str:
        """The address of its websocket."""
        return f"{self.origin}/ws"


@asynccontextmanager
async def serving(path: Path, *arguments: str) -> AsyncIterator[Served]:
    """Serve a file until the end of the block."""
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "socius_tui", "--lang", "en", "serve", "--db", str(path)),
        *arguments,
        env={**os.environ},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        line = ""
        while "http://" not in line:
            line = (await server.stdout.readline()).decode()
            assert line, "it ended without an address"
        address = line.strip()
        origin, _, token = address.partition("/?token=")
        yield Served(address, origin, token)
    finally:
        server.terminate()
        assert await server.wait() == 0


@pytest.fixture
def plan(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the demo."""
    return Path(shutil.copy(demo_file, tmp_path / "demo.db"))


def visitor() -> aiohttp.ClientSession:
    """Somebody with a browser of their own."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def test_only_who_has_the_token_is_let_in_and_only_once(plan: Path) -> None:
    async with serving(plan) as served, visitor() as first, visitor() as second:
        for path in ("/", "/?token=", f"/?token={served.token}x", "/static/js/textual.js", "/ws"):
            async with second.get(served.origin + path) as answer:
                assert answer.status == 403, path
                assert "script" not in await answer.text()
        async with second.head(served.address) as answer:
            assert answer.status == 403  # a preview of the address does not use it up
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await second.ws_connect(served.socket, origin=served.origin)
        assert refused.value.status == 403

        async with first.get(served.address, allow_redirects=False) as answer:
            assert answer.status == 303
            assert answer.headers["Location"] == "/"
            cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
        async with first.get(f"{served.origin}/") as answer:
            assert answer.status == 200
            page = await answer.text()
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert served.token not in page
        assert page.count("//") == page.count(served.origin.partition(":")[2])
        async with second.get(served.address) as answer:
            assert answer.status == 403  # it was used
        async with first.get(served.address) as answer:
            assert answer.status == 200  # who is in already may come back by it
        other = {"Host": "evil.example:80"}
        async with first.get(f"{served.origin}/", headers=other) as answer:
            assert answer.status == 403
        for origin in ("http://evil.example", None):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await first.ws_connect(served.socket, origin=origin)
        async with first.ws_connect(served.socket, origin=served.origin) as socket:
            assert await socket.receive_bytes()


needs_chromium = pytest.mark.skipif(chromium.PROGRAM is None, reason="there is no Chromium here")


@needs_chromium
async def test_a_browser_shows_the_overview_and_takes_keys(plan: Path, tmp_path: Path) -> None:
    before = plan.read_bytes()
    async with serving(plan) as served, chromium.page(tmp_path / "profile") as page:
        await page.do("Page.navigate", url=served.address)
        shown = await page.shows("SD1")
        assert "READ-ONLY" in shown
        assert "EXAMPLE DATA" in shown
        await page.until("document.body.classList.contains('-first-byte')")
        assert await page.value("location.href") == f"{served.origin}/"
        assert await page.value("document.cookie") == ""
        assert await page.value("document.querySelectorAll('canvas').length") > 0
        await page.until("document.activeElement.tagName === 'TEXTAREA'")
        await page.press("3")
        await page.shows("[3] Visits")
        await page.press("q")
        await page.until("document.body.classList.contains('-closed')")
        ours = (served.origin, served.origin.replace("http", "ws"), "data:", "blob:")
        assert [url for url in page.asked if not url.startswith(ours)] == []
        assert len(page.asked) >= 5
    assert plan.read_bytes() == before


async def test_what_is_served_can_be_changed_when_that_was_asked_for(plan: Path) -> None:
    shown = pyte.Screen(80, 24)
    stream = pyte.ByteStream(shown)
    async with serving(plan, "--write") as served, visitor() as client:
        await client.get(served.address)
        async with client.ws_connect(served.socket, origin=served.origin) as socket:
            while "SD1" not in "".join(shown.display):
                stream.feed(await socket.receive_bytes())
    assert "READ-ONLY" not in "".join(shown.display)
