"""Goes to the place where a file is exchanged, exchanges, and comes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from socius_tui.domain.exchanged import Trouble
from socius_tui.services.session import Session
from socius_tui.services.sync.exchanging import Outcome, exchange, rehearse
from socius_tui.services.sync.folder.layout import database_warning, is_sealed
from socius_tui.services.sync.folder.transport import FolderTransport
from socius_tui.services.sync.transport import Step, Transport
from socius_tui.services.sync.upkeep import look_after
from socius_tui.store.sync.exchange import Arrangement, ours


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
    if not rehearsed:
        session.database.settle()  # a copy gets its name before it says how it is called
    keys = {} if rehearsed else _public_keys(place)
    way = way_to(place, session.read(ours).replica, new=new)
    try:
        if rehearsed:
            return rehearse(session, way, step)
        outcome = exchange(session, way, step=step, keys=keys, remembering=place)
        if isinstance(way, FolderTransport):
            look_after(session, way)
    finally:
        way.close()
    warning = _warning(session, place)
    later = [trouble for trouble in way.troubles if trouble not in outcome.troubles]
    if warning is not None:
        later.append(warning)
    return outcome._replace(troubles=(*outcome.troubles, *later))


def way_to(place: Arrangement, replica: str, *, new: bool = False) -> Transport:
    """The way of a replica ("" for who has no file yet) to a place. Raises SociusError."""
    if place.kind == "hub":
        from socius_tui.services.sync.hub.transport import HubTransport

        return HubTransport(place.address)
    folder = Path(place.address)
    if not is_sealed(folder):
        return FolderTransport(folder, new=new)
    from socius_tui.services.sync.sealing.folder import FolderPlace
    from socius_tui.services.sync.sealing.team import seal_for

    seal, troubles = seal_for(FolderPlace(folder), replica)
    return FolderTransport(folder, seal=seal, new=new, troubles=troubles)


def _public_keys(place: Arrangement) -> Mapping[str, str]:
    """What others need to seal for us; made the first time that a team seals."""
    if place.kind == "hub" or not is_sealed(Path(place.address)):
        return {}
    from socius_tui.services.sync.sealing.keys import device_keys, profile_keys

    return profile_keys(device_keys().keys)


def _warning(session: Session, place: Arrangement) -> Trouble | None:
    """That the file itself lies in the folder that others copy around."""
    if place.kind != "folder":
        return None
    return database_warning(Path(place.address), session.path)
