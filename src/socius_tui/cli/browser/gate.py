"""Who may come in: a token that works once, and the cookie that is given for it."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address
from secrets import token_urlsafe
from typing import Final

_USUAL_PORT: Final = 80
_BYTES: Final = 32  # of chance in a token and in a cookie


class Gate:
    """A token for the first visit; after that the cookie of whoever used it."""

    def __init__(self) -> None:
        self.token = token_urlsafe(_BYTES)
        self._used = False
        self._cookie = token_urlsafe(_BYTES)

    def enter(self, token: str) -> str | None:
        """The cookie for the right token, the first time; else None."""
        if self._used or not _same(token, self.token):
            return None
        self._used = True
        return self._cookie

    def knows(self, cookie: str) -> bool:
        """Whether this is the cookie that was given."""
        return self._used and _same(cookie, self._cookie)


def _same(given: str, wanted: str) -> bool:
    """Compared in a time that tells nothing."""
    return compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def written(host: str, port: int) -> str:
    """Host and port as they stand in an address; a browser leaves port 80 out."""
    name = f"[{host}]" if ":" in host else host
    return name if port == _USUAL_PORT else f"{name}:{port}"
