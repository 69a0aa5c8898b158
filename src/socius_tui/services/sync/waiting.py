"""Says in words what of other laptops waits, and for what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from socius_tui.domain.exchanged import Trouble
from socius_tui.domain.moments import from_milliseconds
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _, ngettext
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.sync.decisions import computers
from socius_tui.store.sync.exchange import known_peers

if TYPE_CHECKING:
    from socius_tui.domain.exchanged import Held

_HINTS: Final = {
    "gap": N_("It comes by itself when that laptop exchanges again."),
    "version": N_("Bring this program up to date; until then it waits here."),
    "clock": N_("Set the clock of that laptop right."),
    "reference": N_("It comes by itself when the laptop that made that has exchanged."),
    "damaged": N_("That laptop has to send it again."),
}


def told(session: Session, held: Iterable[Held]) -> tuple[Trouble, ...]:
    """A sentence for each laptop of which something waits."""
    held = tuple(held)
    if not held:
        return ()

    def sentences(connection: Connection) -> tuple[Trouble, ...]:
        return tuple(
            Trouble(
                laptop_name(connection, one.replica),
                _sentence(session, connection, one),
                _(_HINTS[one.why]),
            )
            for one in held
        )

    return session.read(sentences)


def laptop_name(connection: Connection, replica: str) -> str:
    """How people know a laptop: its name and who works on it, else its replica."""
    computer = clean(computers(connection).get(replica, ""), limit=60)
    said = {peer.replica: peer.profile for peer in known_peers(connection)}.get(replica)
    person = clean(said.person, limit=60) if said is not None else ""
    return f"{computer} ({person})" if computer and person else computer or replica


def _sentence(session: Session, connection: Connection, one: Held) -> str:
    count = ngettext("{n} transaction waits", "{n} transactions wait", one.waiting).format(
        n=one.waiting
    )
    if one.why == "gap":
        first, last = one.missing or (0, 0)
        return _("{count}: places {first} to {last} did not arrive.").format(
            count=count, first=int(first) + 1, last=last
        )
    if one.why == "version":
        return _("{count}: written by a newer program (file version {version}).").format(
            count=count, version=one.version
        )
    if one.why == "clock":
        ahead: timedelta = from_milliseconds(one.clock >> 16) - session.now
        return _("{count}: the clock of that laptop is {days} days ahead.").format(
            count=count, days=ahead.days
        )
    if one.why == "reference":
        from socius_tui.services.undo_words import Sentences

        kind, row_id = one.missing or ("", "")
        what = Sentences(connection).head(str(kind), str(row_id))
        return _("{count}: they refer to something that has not arrived ({what}).").format(
            count=count, what=clean(what)
        )
    return _("{count}: what arrived is damaged (place {place}).").format(
        count=count, place=one.after + 1
    )
