"""Goes to the place where a file is exchanged, exchanges, and comes back."""

from __future__ import annotations

from pathlib import Path

from socius_tui.domain.exchanged import Trouble
from socius_tui.i18n import _
from socius_tui.services.session import Session
from socius_tui.services.sync.exchanging import Outcome, exchange, rehearse
from socius_tui.services.sync.transport import Step, Transport
from socius_tui.store.sync.exchange import Arrangement


def run(
    session: Session,
    place: Arrangement,
    *,
    new: bool = False,
    rehearsed: bool = False,
    step: Step = lambda _count: None,
) -> Outcome:
    """Exchange through a place, which is remembered once it went well.

    `new` begins in a folder, `rehearsed` only says what would be done. `step` can raise
    Cancelled. Raises SociusError.
    """
    transport = transport_to(session, place, new=new)
    try:
        if rehearsed:
            return rehearse(session, transport, step)
        outcome = exchange(session, transport, step=step, remembering=place)
    finally:
        transport.close()
    return outcome._replace(troubles=(*outcome.troubles, *_lying_in(session, place)))


def transport_to(session: Session, place: Arrangement, *, new: bool = False) -> Transport:
    """The way to a place. Raises SociusError."""
    if place.kind == "hub":
        from socius_tui.services.sync.hub.transport import HubTransport

        return HubTransport(place.address)
    from socius_tui.services.sync.folder.transport import FolderTransport

    return FolderTransport(Path(place.address), new=new)


def _lying_in(session: Session, place: Arrangement) -> list[Trouble]:
    """A warning where the file itself lies in the folder that others copy around."""
    from socius_tui.services.sync.folder.layout import lies_inside

    if place.kind != "folder" or not lies_inside(Path(place.address), session.path):
        return []
    return [
        Trouble(
            session.path.name,
            _("This file lies in the shared folder; there it can be damaged while it is copied."),
            _("Move it to a folder of this computer alone, and open it there with --db."),
        )
    ]
