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
    own, *counted, open_set, applying = connection.execute(
        "SELECT replica, sequence, last_set, change_set, applying FROM journal_state"
    ).fetchone()
    if open_set is not None or applying:
        found.append(f"half: set {open_set} was not ended")
    rows = connection.execute(f"SELECT {SET_COLUMNS} FROM change_set ORDER BY number").fetchall()
    sets = [ChangeSetRow(*row) for row in rows]
    owners = {
        (replica, sequence): number
        for replica, sequence, number in connection.execute(
            "SELECT replica, sequence, change_set FROM change"
        )
    }
    # A file that was copied has what was written under the name of the first, and under its own.
    for replica in {own, *(each.replica for each in sets), *(replica for replica, _ in owners)}:
        sequences = sorted(sequence for name, sequence in owners if name == replica)
        numbers = [each.number for each in sets if each.replica == replica]
        if sequences != list(range(1, len(sequences) + 1)):
            found.append(f"half: changes of {replica} are missing")
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"half: sets of {replica} are missing")
        if replica == own and [len(sequences), len(numbers)] != counted:
            there = f"{len(sequences)} changes in {len(numbers)} sets"
            found.append(f"half: {there}, and the journal counts {counted}")
    for each in sets:
        if not each.is_whole:
            found.append(f"half: set {each.key} does not fit its digest")
        for place in range(each.first_sequence, each.last_sequence + 1):
            if owners.pop((each.replica, place), None) != each.number:
                found.append(f"half: change {place} is not there for set {each.key}")
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
