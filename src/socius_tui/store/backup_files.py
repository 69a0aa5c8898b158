"""The folder of backups: names, manifests, what is there, and what may be thrown away.

A backup is `backups/<name of the file>-v<file version>-<sequence>-<moment>-<why>.db`, and beside
it the same name with `.json`: its manifest.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from socius_tui.domain.retention import Moment, may_go
from socius_tui.store.driver import BACKUPS, sync_folder

_PIECE: Final = 1 << 20  # bytes read at once
_STALE: Final = timedelta(hours=1)  # after which nobody is at work on a temporary file any more


class Backup(NamedTuple):
    """A backup in the folder. `sequence` tells which is newer; the clock may have been wrong."""

    path: Path
    version: int
    sequence: int
    moment: datetime
    why: str

    @property
    def manifest_path(self) -> Path:
        """Where its manifest is."""
        return self.path.with_suffix(".json")

    @property
    def size(self) -> int:
        """Its size in bytes; 0 when it has gone."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def manifest(self) -> Mapping[str, Any] | None:
        """What was written down when it was made; None when that cannot be read."""
        try:
            found = json.loads(self.manifest_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def folder_of(path: Path) -> Path:
    """The folder with the backups of a file."""
    return path.parent / BACKUPS


def backups_of(path: Path) -> list[Backup]:
    """The backups of a file, oldest first."""
    name = re.compile(re.escape(path.stem) + r"-v(\d+)-(\d{6,})-(\d{8}T\d{6})Z-([a-z]+)\.db")
    found = []
    for entry in _entries(folder_of(path)):
        if match := name.fullmatch(entry.name):
            with suppress(ValueError):  # a 31 February that somebody typed
                moment = datetime.strptime(match[3], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                found.append(Backup(entry, int(match[1]), int(match[2]), moment, match[4]))
    return sorted(found, key=lambda one: (one.sequence, one.moment))


def reserve(path: Path, version: int, now: datetime, why: str) -> tuple[Backup, Path]:
    """The next backup of a file, and the empty temporary file in which it is to be made.

    That file has mode 0600 and keeps the sequence for us while two programs make one at once.
    The folder is made with mode 0700. Raises OSError.
    """
    folder = folder_of(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    while True:
        sequence = _last_sequence(path) + 1
        temporary = folder / f"{path.stem}-{sequence:06d}.tmp"
        try:
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        if _last_sequence(path, besides=temporary) < sequence:
            moment = now.astimezone(UTC).replace(microsecond=0)
            name = f"{path.stem}-v{version}-{sequence:06d}-{moment:%Y%m%dT%H%M%SZ}-{why}.db"
            return Backup(folder / name, version, sequence, moment, why), temporary
        temporary.unlink()


def _last_sequence(path: Path, besides: Path | None = None) -> int:
    """The highest sequence in the folder, also of what is being made, but for one file."""
    made = re.compile(re.escape(path.stem) + r"-(?:v\d+-)?(\d{6,})[-.].*")
    numbers = (
        int(match[1])
        for entry in _entries(folder_of(path))
        if entry != besides and (match := made.fullmatch(entry.name))
    )
    return max(numbers, default=0)


def write_manifest(backup: Backup, content: Mapping[str, Any]) -> None:
    """Write the manifest, whole or not at all. Raises OSError."""
    temporary = backup.manifest_path.with_suffix(".json.tmp")
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    handle = os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, backup.manifest_path)
    sync_folder(backup.path.parent)


def file_digest(path: Path) -> str:
    """The SHA-256 of a file. Never of one that is open as a database: closing drops its locks."""
    found = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def remove(backup: Backup) -> None:
    """Throw a backup away. Raises OSError."""
    backup.path.unlink(missing_ok=True)
    backup.manifest_path.unlink(missing_ok=True)


def thin(path: Path, now: datetime) -> list[Backup]:
    """Throw away what is no longer needed (`domain.retention`); gives what went."""
    made = {Moment(b.sequence, b.moment, b.why): b for b in backups_of(path)}
    gone = []
    for moment in may_go(made, now):
        with suppress(OSError):
            remove(made[moment])
            gone.append(made[moment])
    return gone


def clear_leftovers(path: Path, now: datetime) -> None:
    """Throw away what a program that was killed left behind in the folder."""
    whole = {backup.manifest_path for backup in backups_of(path)}
    for entry in _entries(folder_of(path)):
        unfinished = ".tmp" in entry.name or (entry.suffix == ".json" and entry not in whole)
        if unfinished and entry.name.startswith(f"{path.stem}-"):
            with suppress(OSError):
                age = now.timestamp() - entry.stat().st_mtime
                if age > _STALE.total_seconds():
                    entry.unlink()


def _entries(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.iterdir()
    except OSError:
        return
