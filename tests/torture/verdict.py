"""What must be true of a file, whatever happened to the program that wrote in it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from socius_tui.errors import SociusError
from socius_tui.store.driver import Connection, Error, open_file
from socius_tui.store.journal.comparison import differences, history
from socius_tui.store.journal.sets import SET_COLUMNS, ChangeSetRow
from socius_tui.store.journal.triggers import journalled_tables


def findings(path: Path, acknowledged: Collection[str]) -> list[str]:
    """What is wrong with a file: "lost", "half", "damaged" and so on, with particulars.

    `acknowledged` are the keys of change sets of which was said that they are on the disk.
    """
    try:
        connection, _read_only = open_file(path)
    except SociusError as error:
        return [f"unopenable: {error.message}"]
    try:
        return [
            *_damaged(connection),
            *_lost(connection, acknowledged),
            *_half(connection),
            *_apart(connection),
        ]
    except Error as error:
        return [f"unreadable: {error}"]
    finally:
        connection.close()


def _damaged(connection: Connection) -> list[str]:
    found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    found += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
    return [f"damaged: {text}" for text in found if text != "ok"]


def _lost(connection: Connection, acknowledged: Collection[str]) -> list[str]:
    there = {
        key for (key,) in connection.execute("SELECT replica || ':' || number FROM change_set")
    }
    return [f"lost: {key}" for key in acknowledged if key not in there]


def _half(connection: Connection) -> list[str]:
    """Sets of which a part is missing, and parts that belong to no set."""
    found = []
    sequence, number, open_set, applying = connection.execute(
        "SELECT sequence, last_set, change_set, applying FROM journal_state"
    ).fetchone()
    if open_set is not None or applying:
        found.append(f"half: set {open_set} was not ended")
    counts = connection.execute(
        "SELECT count(*), coalesce(max(sequence), 0) FROM change"
    ).fetchone()
    if counts != (sequence, sequence):
        found.append(f"half: {counts} changes, and the journal counts {sequence}")
    rows = connection.execute(f"SELECT {SET_COLUMNS} FROM change_set ORDER BY number").fetchall()
    sets = [ChangeSetRow(*row) for row in rows]
    if [each.number for each in sets] != list(range(1, number + 1)):
        found.append(f"half: {len(sets)} sets, and the journal counts {number}")
    for each in sets:
        if not each.is_whole:
            found.append(f"half: set {each.number} does not fit its digest")
    owners = dict(connection.execute("SELECT sequence, change_set FROM change"))
    for each in sets:
        for place in range(each.first_sequence, each.last_sequence + 1):
            if owners.pop(place, None) != each.number:
                found.append(f"half: change {place} is not there for set {each.number}")
    found += [f"half: change {place} has no set" for place in owners]
    return found


def _apart(connection: Connection) -> list[str]:
    """Where rows and journal, and search index and rows, do not say the same."""
    tables = journalled_tables(connection)
    found = [f"apart: {each}" for each in differences(connection, tables)]
    for table in tables:
        found += [f"apart: {each}" for each in history(connection, table)[1]]
    unindexed = connection.execute(
        "SELECT count(*) FROM search_document WHERE number NOT IN (SELECT rowid FROM search)"
    ).fetchone()[0]
    return found + ([f"apart: {unindexed} texts cannot be found"] if unindexed else [])
