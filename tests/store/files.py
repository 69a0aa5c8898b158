"""Small files with people in them, for tests that copy, kill and bring back."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from socius_tui.domain.titles import said
from socius_tui.store import driver
from socius_tui.store.digest import Digest, digests
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Database, Transaction

NOW: Final = datetime(2016, 3, 14, 9, 30, tzinfo=UTC)
#: Tables that say how the file came to be; the others say what is in it.
OF_THE_JOURNAL: Final = ("change", "change_set", "journal_state", "setting")


def new_file(path: Path, *names: str) -> Path:
    """A file with these people."""
    new_database(path)
    for name in names:
        add_person(path, name)
    return path


def add_person(path: Path, name: str, now: datetime = NOW) -> None:
    """One change of a file."""

    def work(transaction: Transaction) -> str:
        transaction.insert("person", {"name": name, "role": "reader"})
        return said("{name} added", name=name)

    database = Database(path)
    try:
        database.write(work, today=now.date(), now=now, actor=None)
    finally:
        database.close()


def add_people(path: Path, count: int) -> None:
    """One change with so many long names, so that their table has several pages."""

    def work(transaction: Transaction) -> str:
        for number in range(count):
            name = f"Person {number} {'x' * 150}"
            transaction.insert("person", {"name": name, "role": "reader"})
        return said("{count} people added", count=count)

    database = Database(path)
    try:
        database.write(work, today=NOW.date(), now=NOW, actor=None)
    finally:
        database.close()


def people(path: Path) -> list[str]:
    """Who is in a file."""
    database = Database(path)
    try:
        found = database.connection.execute("SELECT name FROM person ORDER BY name").fetchall()
        return [name for (name,) in found]
    finally:
        database.close()


def content(path: Path) -> dict[str, Digest]:
    """What is in a file, its journal apart."""
    connection, _read_only = driver.open_file(path)
    try:
        return {
            name: digest
            for name, digest in digests(connection).items()
            if name not in OF_THE_JOURNAL
        }
    finally:
        connection.close()


def is_whole(path: Path) -> bool:
    """Whether SQLite and the journal find nothing wrong."""
    from socius_tui.store.journal.comparison import broken_entries, differences

    connection, _read_only = driver.open_file(path)
    try:
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and connection.execute("PRAGMA foreign_key_check").fetchall() == []
            and list(differences(connection)) == []
            and broken_entries(connection) == []
        )
    finally:
        connection.close()


def spoil(path: Path, place: int) -> None:
    """Turn a byte over."""
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)


def python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a process of its own, in English."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "LANG": "en_GB.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
