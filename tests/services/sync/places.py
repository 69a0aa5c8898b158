"""The places through which the tests exchange, by name; each with a way in for any laptop.

To have a transport tried by test_contract.py, add it to PLACES. What it needs besides the test's
own folder (a server, say) comes from a fixture: `request.getfixturevalue("…")`.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from socius_tui.domain.exchanged import Packet, Profile
from socius_tui.services.sync.folder import FolderTransport
from socius_tui.services.sync.transport import NotSealedForUs, Transport
from tests.services.sync.hub_server import Room
from tests.services.sync.memory import MemoryTransport, Shelf

#: A new, closed way to one place, for the laptop of this replica.
Way = Callable[[str], Transport]

TEAM = "team-one"
AN = "a00000000001"
BO = "b00000000002"
CEM = "c00000000003"


class TrySeal:
    """A seal that is good enough to see whether it is used: whose it is, and not in the clear."""

    def __init__(self, replica: str, secret: bytes = b"of the team") -> None:
        self._replica = replica
        self._secret = secret

    def close(self, _replica: str, data: bytes) -> bytes:
        """Other bytes each time, as real ones are."""
        hidden = os.urandom(8) + bytes(byte ^ 0x5A for byte in data)
        return self._mark(self._replica, hidden) + hidden

    def may_close(self, _replica: str) -> bool:
        """Everybody may."""
        return True

    @property
    def complete_from(self) -> int:
        """Nobody comes in."""
        return 1

    def reseal(self, replica: str, data: bytes) -> bytes | None:
        """What is not sealed yet."""
        with suppress(NotSealedForUs):
            self.open(replica, data)
            return None
        return self.close(replica, data)

    def open(self, replica: str, data: bytes) -> bytes:
        """Raises NotSealedForUs unless this replica closed it."""
        mark, hidden = data[:32], data[32:]
        if not hmac.compare_digest(mark, self._mark(replica, hidden)):
            raise NotSealedForUs("This is not signed by that laptop.")
        return bytes(byte ^ 0x5A for byte in hidden[8:])

    def _mark(self, replica: str, hidden: bytes) -> bytes:
        return hmac.new(self._secret + replica.encode(), hidden, sha256).digest()


def _memory(_request: pytest.FixtureRequest) -> Way:
    shelf = Shelf()
    return lambda _replica: MemoryTransport(shelf)


def _folder(request: pytest.FixtureRequest) -> Way:
    folder = _made(request)
    return lambda _replica: FolderTransport(folder)


def _sealed_folder(request: pytest.FixtureRequest) -> Way:
    folder = _made(request)
    return lambda replica: FolderTransport(folder, seal=TrySeal(replica))


def _hub(request: pytest.FixtureRequest) -> Way:
    """Each replica has a login of its own, which is all that one laptop has."""
    room: Room = request.getfixturevalue("room")
    logins: dict[str, str] = {}

    def way(replica: str) -> Transport:
        if replica not in logins:
            logins[replica] = room.member(replica)
        return room.transport(logins[replica])

    return way


def _made(request: pytest.FixtureRequest) -> Path:
    temporary: Path = request.getfixturevalue("tmp_path")
    folder = temporary / "shared"
    folder.mkdir()
    return folder


PLACES: dict[str, Callable[[pytest.FixtureRequest], Way]] = {
    "memory": _memory,
    "folder": _folder,
    "sealed folder": _sealed_folder,
    "hub": _hub,
}


def packets(replica: str, *places: int, text: str = "x", version: int = 4) -> list[Packet]:
    """Packets from the first place to the second, from there to the third, and so on."""
    return [
        Packet(replica, after, until, version, f'{{"{text}":[{after},{until}]}}')
        for after, until in pairwise(places)
    ]


def profile(replica: str, person: str = "An Peeters") -> Profile:
    """What a laptop could say of itself."""
    return Profile(
        replica=replica,
        computer="laptop-3",
        person=person,
        role="contact",
        program="0.1.0",
        version=4,
        keys={"sign": "abc="},
        said_at="2016-06-30T12:00:00.000Z",
    )


def no_step(_count: int) -> None:
    """Nobody who wants to know how far it is."""


def pulled(way: Transport, have: dict[str, int] | None = None) -> list[Packet]:
    """Everything that is there after `have`, in order and once."""
    return sorted(set(way.pull(have or {}, no_step)))


def opened(way: Way, replica: str) -> Transport:
    """A way to the place of the team, open."""
    made = way(replica)
    made.open(TEAM)
    return made


def put(way: Transport, made: Iterable[Packet]) -> None:
    """Push packets of one replica."""
    listed = list(made)
    way.push(listed[0].replica, listed, no_step)
