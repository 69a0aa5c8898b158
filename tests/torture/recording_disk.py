"""Runs SQL on a disk that writes down everything it is asked to do.

    python tests/torture/recording_disk.py ORDER

A process of its own, with an SQLite library of its own: a second one in a process undoes the
locks of the first. So this imports neither sqlite3 nor anything of the program; it gets a file,
pragmas and statements (ORDER is JSON), and leaves the operations as a pickle for `cut_disk`.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from pathlib import Path
from typing import Any

import apsw

log: list[tuple[Any, ...]] = []


def _base(name: str | apsw.URIFilename | None) -> str:
    text = name.filename() if isinstance(name, apsw.URIFilename) else name
    return os.path.basename(text or "")


class _File(apsw.VFSFile):
    def __init__(self, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._name = _base(name)
        super().__init__("unix", name, flags)

    def xWrite(self, data: Any, offset: int) -> None:
        log.append(("write", self._name, bytes(data), offset))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        log.append(("truncate", self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        log.append(("sync", self._name))
        super().xSync(flags)


class _Disk(apsw.VFS):
    def __init__(self) -> None:
        super().__init__("recording", "unix")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:
        text = name.filename() if isinstance(name, apsw.URIFilename) else name
        if text and not os.path.exists(text):
            log.append(("create", _base(name)))
        return _File(name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        log.append(("delete", os.path.basename(filename), bool(syncdir)))
        super().xDelete(filename, syncdir)


def main() -> None:
    """Carry out the order."""
    order = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    disk = _Disk()
    connection = apsw.Connection(order["file"], vfs="recording")
    for name, value in order["pragmas"]:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    start = len(log)
    acknowledged = []
    for key, statements in order["sets"]:
        for statement in statements:
            connection.execute(statement).fetchall()
        acknowledged.append((len(log), key))
    connection.close()
    disk.unregister()
    Path(order["log"]).write_bytes(pickle.dumps((log, start, acknowledged)))


if __name__ == "__main__":
    main()
