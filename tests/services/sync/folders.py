"""Shared folders, for the tests that look into them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from socius_tui.services.clock import FixedClock
from socius_tui.services.sync.folder import FolderTransport
from tests.services.sync.places import (
    AN,
    TEAM,
    TrySeal,
)

NOW = datetime(2016, 6, 30, 12, tzinfo=UTC)


def way(folder: Path, *, new: bool = False, now: datetime = NOW) -> FolderTransport:
    """A way to the folder, open."""
    made = FolderTransport(folder, new=new, clock=FixedClock(now))
    made.open(TEAM)
    return made


def sealed(folder: Path, replica: str, secret: bytes = b"of the team") -> FolderTransport:
    """A way for a laptop that seals, open."""
    made = FolderTransport(folder, seal=TrySeal(replica, secret))
    made.open(TEAM)
    return made


def files(folder: Path) -> dict[str, bytes]:
    """Every file, by its path in the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def segments(folder: Path, replica: str = AN) -> list[Path]:
    return sorted((folder / "replicas" / replica).glob("*.seg"))
