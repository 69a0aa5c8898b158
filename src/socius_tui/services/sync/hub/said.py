"""Reads what laptops said of themselves to a hub: none of it is proof, none of it is trusted."""

from __future__ import annotations

import json

from socius_tui.domain.exchanged import Peer, Profile


def peer_of(replica: str, profile: str | None, seen: str | None) -> Peer:
    """A laptop by what it said; what cannot be read was not said."""
    return Peer(replica, _profile(replica, profile), _seen(seen))


def _profile(replica: str, text: str | None) -> Profile | None:
    try:
        told = json.loads(text or "")
        return Profile(
            replica,
            str(told["computer"]),
            str(told["person"]),
            str(told["role"]),
            str(told["program"]),
            int(told["version"]),
            {str(kind): str(key) for kind, key in told["keys"].items()},
            str(told["said_at"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _seen(text: str | None) -> dict[str, int]:
    try:
        return {str(replica): int(place) for replica, place in json.loads(text or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}
