"""Joins a team that exchanges: a new file on this laptop with all that the others have."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.clock import Clock
from socius_tui.services.publishing import refresh
from socius_tui.services.session import Session
from socius_tui.services.sync.exchanging import Outcome
from socius_tui.services.sync.folder.transport import FolderTransport
from socius_tui.services.sync.running import run, way_to
from socius_tui.services.sync.transport import Step
from socius_tui.store.driver import open_file
from socius_tui.store.schema import new_database
from socius_tui.store.sync.beginning import already_there, begin_from, join_team
from socius_tui.store.sync.exchange import Arrangement


def join(
    path: Path,
    place: Arrangement,
    *,
    clock: Clock | None = None,
    step: Step = lambda _count: None,
) -> Outcome:
    """Make the file at `path` from what is in a place, and exchange through it from now on.

    It begins from a snapshot where there is one. A file that was begun and could not read
    everything yet (a sealed folder, before a director approved) stays: `socius sync` goes on.
    Raises SociusError; where nothing could be made nothing is there.
    """
    if path.exists() or path.is_symlink():
        raise already_there(path)
    way = way_to(place, "")
    try:
        team = way.team()
        if not team:
            raise RuleBroken(
                _("Nobody exchanges through {place} yet, so there is nothing to join.").format(
                    place=way.place
                ),
                field="place",
                hint=_("Who has the plan begins it: `socius sync --folder FOLDER --new`."),
            )
        way.open(team)
        if not (isinstance(way, FolderTransport) and _from_snapshot(way, path)):
            _begin_empty(path, team)
    finally:
        way.close()
    with Session(path, clock=clock) as session:
        outcome = run(session, place, step=step)
        if session.maybe_plan() is not None:
            refresh(session)
    return outcome


def _from_snapshot(way: FolderTransport, path: Path) -> bool:
    """Begin from the newest snapshot that is whole; gives whether there is one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".socius-join-", dir=path.parent) as folder:
        snapshot = way.newest_snapshot(Path(folder) / "snapshot.db")
        if snapshot is None:
            return False
        begin_from(snapshot.path, path)
    return True


def _begin_empty(path: Path, team: str) -> None:
    new_database(path)
    connection, _read_only = open_file(path)
    try:
        join_team(connection, team)
    finally:
        connection.close()
