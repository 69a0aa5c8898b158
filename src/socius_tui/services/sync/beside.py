"""Exchanges on a thread of its own: with a session beside the one that is used meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from socius_tui.services.clock import Clock
from socius_tui.services.session import Session
from socius_tui.services.sync.arranging import arranged, set_automatic
from socius_tui.services.sync.exchanging import Outcome
from socius_tui.services.sync.running import run, way_to
from socius_tui.services.sync.transport import Step
from socius_tui.store.sync.exchange import Arrangement, arrangement, ours


class Beside(NamedTuple):
    """What it takes to open a file once more, on another thread."""

    path: Path
    clock: Clock
    actor: str | None
    read_only: bool

    def open(self) -> Session:
        """Once more, by the same person. Raises SociusError."""
        return Session(self.path, clock=self.clock, actor=self.actor, read_only=self.read_only)


def beside(session: Session) -> Beside:
    """The file of a session."""
    return Beside(session.path, session.clock, session.actor, session.read_only)


def arranged_place(session: Session) -> Arrangement:
    """Where the file is exchanged now, whatever is looked at. Raises InvalidInput where nowhere."""
    return session.database.read(arrangement) or arranged(session)


class Wish(NamedTuple):
    """An exchange as somebody asks for it.

    `new` begins in a folder, `rehearsed` only says what would be done. `automatic` says whether
    it goes by itself from now on; None leaves that as it is.
    """

    place: Arrangement
    new: bool = False
    rehearsed: bool = False
    automatic: bool | None = None


def carry_out(there: Beside, wish: Wish, step: Step) -> Outcome:
    """Exchange, on the thread that calls this. Raises SociusError, or Cancelled from `step`."""
    with there.open() as session:
        outcome = run(session, wish.place, new=wish.new, rehearsed=wish.rehearsed, step=step)
        if wish.automatic is not None and not wish.rehearsed:
            set_automatic(session, automatic=wish.automatic)
        return outcome


def try_place(there: Beside, wish: Wish) -> None:
    """See that a place can be reached and is the team's. Raises SociusError when it is not."""
    with there.open() as session:
        me = session.read(ours)
        way = way_to(wish.place, me.replica, new=wish.new)
        try:
            way.open(me.team)
        finally:
            way.close()
