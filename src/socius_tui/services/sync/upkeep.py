"""Looks after the shared folder after an exchange: few files, and something for who joins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from socius_tui.domain.moments import moment_from, moment_text
from socius_tui.services.session import Session
from socius_tui.services.sync.folder.transport import FolderTransport
from socius_tui.services.sync.transport import Snapshot
from socius_tui.store.driver import Connection
from socius_tui.store.sync.exchange import arrange, arrangement, ours
from socius_tui.store.sync.packets import places

#: A laptop puts a snapshot when its last one is this old and lacks so many transactions.
_OLD: Final = timedelta(days=30)
_MANY: Final = 1000


def look_after(session: Session, transport: FolderTransport) -> None:
    """Join small segments, seal for who came in, put a snapshot. Raises SociusError."""
    me = session.read(ours)
    noted = _noted(session)
    seal = transport.seal
    if seal is not None and not seal.may_close(me.replica):
        return  # it was not let in yet
    if seal is not None and noted.get("sealed_from") != seal.complete_from:
        for replica in filter(seal.may_close, (*me.former, me.replica)):
            transport.seal_again(replica)
        put_snapshot(session, transport)  # of what was there before who came in could read
        _note(session, sealed_from=seal.complete_from)
    everyone = {peer.replica: peer.seen for peer in transport.peers()}
    transport.compact(me.replica, everyone)
    if _snapshot_is_due(session, transport, noted):
        put_snapshot(session, transport)


def put_snapshot(session: Session, transport: FolderTransport) -> None:
    """Put a whole file in the folder, for who joins. Raises SociusError."""
    from tempfile import TemporaryDirectory

    from socius_tui.store.sync.beginning import write_copy

    with TemporaryDirectory(prefix="socius-") as folder:
        copy = Path(folder) / "snapshot.db"
        have = write_copy(session.database, copy)
        transport.put_snapshot(session.read(ours).replica, Snapshot(copy, have))
    _note(session, snapshot_at=moment_text(session.now), snapshot_of=sum(have.values()))


def _snapshot_is_due(
    session: Session, transport: FolderTransport, noted: Mapping[str, Any]
) -> bool:
    """When nobody put one yet, and when our last one is old and a good deal is new since."""
    try:
        last = moment_from(str(noted["snapshot_at"]))
        known = int(noted["snapshot_of"])
    except (KeyError, ValueError):
        return not transport.has_snapshot()
    more = sum(session.read(places).values()) - known
    return session.now - last > _OLD and more > _MANY


def _noted(session: Session) -> Mapping[str, Any]:
    found = session.read(arrangement)
    return found.upkeep if found else {}


def _note(session: Session, **said: Any) -> None:
    def work(connection: Connection) -> None:
        found = arrangement(connection)
        if found is not None:
            arrange(connection, found._replace(upkeep={**found.upkeep, **said}))

    session.database.note(work)
