"""The web server: each page that is opened runs the program once, behind the gate.

Built on textual-serve, which starts the process and passes on what it draws. Its own page asks
another computer for a font; ours asks nobody for anything.
"""

from __future__ import annotations

import shlex
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from pathlib import Path
from subprocess import list2cmdline
from typing import Any, Final

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.server import Server

from socius_tui.cli.browser.gate import Gate, is_loopback, written
from socius_tui.i18n import _, get_language

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_HERE: Final = Path(__file__).resolve().parent
_PATIENCE: Final = 2.0  # seconds that a page that is still open can take to end
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_FONT_SIZE: Final = 16


class BrowserServer(Server):
    """Serves the program with these arguments on a socket that is bound already."""

    def __init__(self, arguments: Sequence[str], host: str, port: int) -> None:
        words = [sys.executable, "-m", "socius_tui", *arguments]
        command = list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
        super().__init__(
            command, host, port, title="Socius", templates_path=str(_HERE / "templates")
        )
        self.gate = Gate()
        # Pages on other ports of this computer would share a cookie of the same name.
        self.cookie = f"socius_{port}"

    @property
    def address(self) -> str:
        """The address that works once."""
        return f"http://{written(self.host, self.port)}/?token={self.gate.token}"

    async def _make_app(self) -> web.Application:
        """Page, screens and files, all behind the gate."""
        app = web.Application(middlewares=[self._guard])
        aiohttp_jinja2.setup(
            app, loader=jinja2.FileSystemLoader(self.templates_path), autoescape=True
        )
        app.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/ws", self.handle_websocket, name="websocket"),
                web.static("/static", self.statics_path, name="static"),
                web.static("/ours", _HERE / "ours", name="ours"),
            ]
        )
        app.on_response_prepare.append(self._add_headers)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The one-time token gives a cookie; without it nothing is given."""
        if not self._is_ours(request):
            return self._refusal(_("This address does not belong to this server."))
        known = self.gate.knows(request.cookies.get(self.cookie, ""))
        if request.method == "GET" and request.path == "/" and "token" in request.query:
            cookie = self.gate.enter(request.query["token"])
            if cookie is not None or known:
                return self._let_in(cookie)
        if not known:
            return self._refusal(
                _("This address was used already, or is not right. `socius serve` gives a new one.")
            )
        if request.path == "/ws" and request.headers.get("Origin") != f"http://{request.host}":
            return self._refusal(_("Another page asked for this one."))
        return await handler(request)

    def _is_ours(self, request: web.Request) -> bool:
        """A name that somebody makes point at this computer is not ours (DNS rebinding)."""
        if not is_loopback(self.host):
            return True  # by which name others reach it cannot be known here
        names = {self.host, "localhost", "127.0.0.1", "::1"}
        return request.host in {written(name, self.port) for name in names}

    def _let_in(self, cookie: str | None) -> web.StreamResponse:
        """To the page, without the token in the address."""
        response = web.Response(status=303, headers={"Location": "/"})
        if cookie is not None:
            response.set_cookie(self.cookie, cookie, httponly=True, samesite="Strict", path="/")
        return response

    def _refusal(self, sentence: str) -> web.Response:
        page = (
            f'<!doctype html><html lang="{get_language()}"><meta charset="utf-8">'
            f"<title>Socius</title><p>{escape(sentence)}</p>"
        )
        return web.Response(status=403, text=page, content_type="text/html")

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """What keeps the page to itself: it can fetch from this server, and from nobody else."""
        response.headers.update(_HEADERS)
        response.headers["Content-Security-Policy"] = "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self' 'unsafe-inline'",  # the terminal sets its sizes so
                "img-src 'self' data: blob:",
                "font-src 'self'",
                f"connect-src 'self' ws://{request.host}",
                "form-action 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            )
        )

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page: a terminal, and what is said when the program ended."""
        values: dict[str, Any] = {
            "language": get_language(),
            "websocket": f"ws://{request.host}/ws",
            "font_size": _FONT_SIZE,
            "starting": _("The plan is being opened …"),
            "ended": _("The program has ended."),
            "again": _("Open it again"),
        }
        return aiohttp_jinja2.render_template("app_index.html", request, values)

    def run(self, listening: socket.socket) -> None:
        """Serve until ctrl+c or a signal ends it."""
        web.run_app(
            self._make_app(),
            sock=listening,
            print=None,
            access_log=None,
            shutdown_timeout=_PATIENCE,
        )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any that is free. Raises OSError."""
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening
