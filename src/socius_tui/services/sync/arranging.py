"""Where a file is exchanged: chosen once, remembered in the file, and how it went the last time."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from socius_tui.domain.exchanged import Peer
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.sync import exchange as kept
from socius_tui.store.sync.decisions import open_questions
from socius_tui.store.sync.exchange import Arrangement, Kind


class Standing(NamedTuple):
    """How the exchange of a file stands.

    `arranged` is None where nothing was arranged. `to_send` are our own transactions that are
    not there yet, `conflicts` what waits for a person, `peers` the other laptops.
    """

    arranged: Arrangement | None
    to_send: int
    conflicts: int
    peers: tuple[Peer, ...]


def standing(session: Session) -> Standing:
    """As it is now, from the file alone."""

    def ask(connection: Connection) -> tuple[Arrangement | None, int, tuple[Peer, ...]]:
        found = kept.arrangement(connection)
        me = kept.ours(connection)
        own = (me.replica, *me.former)
        others = tuple(p for p in kept.known_peers(connection) if p.replica not in own)
        count = kept.count_to_send(connection, found.sent_until) if found else 0
        return found, count, others

    arranged, to_send, peers = session.read(ask)
    return Standing(arranged, to_send, count_conflicts(session), peers)


def count_conflicts(session: Session) -> int:
    """How many wait for a person; `conflicts` tells them, and loads what it says them with."""

    def count(connection: Connection) -> int:
        found = open_questions(connection)
        return len(found.disputes) + len(found.situations)

    return session.read(count)


def arranged(session: Session) -> Arrangement:
    """Where this file is exchanged. Raises InvalidInput when that was never said."""
    found = session.read(kept.arrangement)
    if found is None:
        raise InvalidInput(
            _("It was never said where this file is exchanged."),
            field="folder",
            title=_("With whom?"),
            hint=_("Say it once: `socius sync --folder FOLDER`, or `socius sync --hub URL`."),
        )
    return found


def wanted(kind: Kind, address: str) -> Arrangement:
    """A place as somebody gives it: a folder (from anywhere), or the address of a hub.

    Raises InvalidInput for an address with a password in it, or that cannot be read.
    """
    if kind == "folder":
        return Arrangement(kind, str(Path(address).expanduser().absolute()))
    from socius_tui.services.sync.hub.connecting import read_address

    read_address(address)
    return Arrangement(kind, address)


def remember(session: Session, place: Arrangement) -> None:
    """Exchange through this place from now on; another one than before begins anew."""
    found = session.read(kept.arrangement)
    if found is None or found[:2] != place[:2]:
        chosen = place._replace(automatic=found.automatic if found else False)
        session.database.note(lambda connection: kept.arrange(connection, chosen))


def set_automatic(session: Session, *, automatic: bool) -> None:
    """Whether to exchange by itself at start and at exit. Raises InvalidInput as `arranged`."""
    place = arranged(session)._replace(automatic=automatic)
    session.database.note(lambda connection: kept.arrange(connection, place))


def forget(session: Session) -> None:
    """Exchange no more; what is there stays there, and what came in stays here."""
    session.database.note(lambda connection: kept.arrange(connection, None))
