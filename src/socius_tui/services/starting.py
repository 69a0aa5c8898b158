"""On which screen somebody begins: the work of today, or the whole plan, by what their role is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from socius_tui.services.session import Session
from socius_tui.store.people import role_of

OVERVIEW: Final = "overview"
AGENDA: Final = "agenda"
VISITS: Final = "visits"


class Start(NamedTuple):
    """The screen to begin with; on a list, only what is of the person `mine`."""

    screen: str = OVERVIEW
    mine: str | None = None


def start_for(session: Session, wanted: str, screens: Collection[str]) -> Start:
    """Where to begin: what the settings say, else by role.

    A contact person begins on the agenda, or on their own visits in a program without one; a
    director, a reader and somebody who is not known on the overview.
    """
    if wanted in screens:
        return Start(wanted)
    actor = session.actor
    role = session.read(lambda connection: role_of(connection, actor)) if actor else ""
    if actor is None or role != "contact_person":
        return Start()
    return Start(AGENDA) if AGENDA in screens else Start(VISITS, actor)
