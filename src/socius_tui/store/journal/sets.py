"""Change sets: what one person did at once, with a name, around the changes that it made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from typing import Final, NamedTuple

from socius_tui.store.driver import Connection
from socius_tui.store.journal.knowing import heard_text, reached


class ChangeSetRow(NamedTuple):
    """A change set as it is kept; `title` is JSON (`domain.titles.title_from`)."""

    seq: int
    replica: str
    number: int
    made_at: str
    clock: int
    actor: str | None
    title: str
    reason: str
    undoes: str | None
    first_sequence: int
    last_sequence: int
    digest: str

    @property
    def key(self) -> str:
        """How another set refers to this one."""
        return f"{self.replica}:{self.number}"

    @property
    def is_whole(self) -> bool:
        """Whether the columns are those that the digest was made of."""
        return digest_of(self[1:-1]) == self.digest


SET_COLUMNS = ", ".join(ChangeSetRow._fields)


def new_replica() -> str:
    """A name for a file that writes: twelve random hexadecimal digits."""
    return os.urandom(6).hex()


def start_journal(connection: Connection, replica: str) -> None:
    """Make the one row that says how far the journal is; part of making a file."""
    connection.execute("INSERT INTO journal_state (one, replica) VALUES (1, ?)", (replica,))


def found_team(connection: Connection) -> None:
    """Say what the laptops that exchange have in common: the file in which it all began.

    Copies of one file so have the same, wherever they were brought up to date.
    """
    connection.execute(
        "UPDATE journal_state SET team = coalesce((SELECT c.replica FROM change c"
        " WHERE c.seq = (SELECT min(seq) FROM change)), replica)"
    )


def go_on(connection: Connection) -> None:
    """Where another program took the row of `start_journal` away: go on under another name."""
    if connection.execute("SELECT 1 FROM journal_state").fetchone() is None:
        start_journal(connection, new_replica())
        found_team(connection)
        connection.execute(
            "UPDATE journal_state SET clock = (SELECT coalesce(max(clock), 0) FROM change)"
        )


def go_on_as(connection: Connection, replica: str, clock: int = 0) -> None:
    """Go on under another name, with numbers of its own; the clock is at least `clock`.

    The numbers under the old name may have been given out elsewhere. It knows all that is in the
    file, and what was written under the old name, and perhaps never sent, is still its to send.
    """
    (before, former, last) = connection.execute(
        "SELECT replica, former, sequence + last_set FROM journal_state"
    ).fetchone()
    names = former_names(former) + ([before] if last else [])
    connection.execute(
        "UPDATE journal_state SET replica = ?, sequence = 0, last_set = 0,"
        " clock = max(clock, ?), change_set = NULL, moment = NULL, heard = ?, former = ?",
        (replica, clock, heard_text(reached(connection)), json.dumps(names)),
    )
    connection.execute("UPDATE exchange SET sent_until = 0")  # nothing under this name


def former_names(text: str) -> list[str]:
    """The replicas under which a file was written before, as it keeps them."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def begin(connection: Connection, moment_ms: int) -> int:
    """Begin a set inside a transaction; gives the sequence before its first change."""
    connection.execute(
        "UPDATE journal_state SET last_set = last_set + 1, change_set = last_set + 1, moment = ?",
        (moment_ms,),
    )
    return int(connection.execute("SELECT sequence FROM journal_state").fetchone()[0])


def finish(
    connection: Connection,
    before: int,
    *,
    made_at: str,
    actor: str | None,
    title: str,
    reason: str = "",
    undoes: str | None = None,
) -> str | None:
    """End the set: write it down, or forget it when nothing changed. Gives its key, or None.

    One that undoes another is written down anyway: even where nothing was left to take back,
    the next undo is to go on from there. It has then no changes: last is one before first.
    """
    replica, number, clock, sequence = connection.execute(
        "SELECT replica, change_set, clock, sequence FROM journal_state"
    ).fetchone()
    if sequence == before and undoes is None:
        connection.execute(
            "UPDATE journal_state SET last_set = last_set - 1, change_set = NULL, moment = NULL"
        )
        return None
    row = (replica, number, made_at, clock, actor, title, reason, undoes, before + 1, sequence)
    connection.execute(
        "INSERT INTO change_set (replica, number, made_at, clock, actor, title, reason, undoes,"
        " first_sequence, last_sequence, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, digest_of(row)),
    )
    connection.execute("UPDATE journal_state SET change_set = NULL, moment = NULL")
    return f"{replica}:{number}"


#: A set that touched one of these is about the file itself, or has a way back of its own.
_FIXED: Final = " UNION ALL ".join(
    "SELECT replica, change_set FROM change WHERE change_set IS NOT NULL"
    f" AND kind = '{kind}' AND row_id IN (SELECT {key} FROM {kind}{but})"
    for kind, key, but in (
        ("setting", "key", " WHERE key <> 'plan'"),  # which plan is shown can be taken back
        ("erasure", "id", ""),
        ("period_lock", "id", ""),
    )
)
#: The last set that gave the file its first plan, or made a demo stand still: everything stands
#: on those before. That another plan is shown later is a change like any other.
_SET_UP: Final = (
    "SELECT max(s.seq) FROM change c JOIN change_set s ON s.replica = c.replica"
    " AND s.number = c.change_set WHERE c.kind = 'setting'"
    " AND (c.row_id = 'today' OR (c.row_id = 'plan' AND c.verb = 'I'))"
)


def own_steps(connection: Connection, actor: str | None) -> Iterator[tuple[str, str | None, str]]:
    """What a person did and can undo, in order: its key, what it undoes, its kept title.

    None is nobody by name. Left out are how the file was set up and what was before that, what
    concerns the file itself, erasures, and the closing of periods.
    """
    return connection.execute(
        "SELECT replica || ':' || number, undoes, title FROM change_set WHERE actor IS ?"
        f" AND seq > coalesce(({_SET_UP}), 0) AND (replica, number) NOT IN ({_FIXED})"
        " ORDER BY seq",
        (actor,),
    )


def set_by_key(connection: Connection, key: str) -> ChangeSetRow:
    """The set that is called so."""
    replica, _colon, number = key.rpartition(":")
    found = _one(connection, "replica = ? AND number = ?", replica, int(number))
    if found is None:
        raise LookupError(key)
    return found


def set_at(connection: Connection, replica: str, sequence: int) -> ChangeSetRow | None:
    """The set that a change belongs to; None for what another program wrote."""
    return _one(
        connection,
        "(replica, number) = (SELECT replica, change_set FROM change WHERE replica = ? AND"
        " sequence = ?)",
        replica,
        sequence,
    )


def set_that_tied(connection: Connection, kind: str, row_id: str, to: str) -> ChangeSetRow | None:
    """The last set that made a row refer to another; None where another program did."""
    return _one(
        connection,
        "(replica, number) = (SELECT replica, change_set FROM change WHERE row_id = ? AND"
        " kind = ? AND instr(new, ?) ORDER BY seq DESC LIMIT 1)",
        row_id,
        kind,
        to,
    )


def first_set_of(connection: Connection, actor: str) -> ChangeSetRow | None:
    """The first thing that a person did."""
    return _one(connection, "actor = ? ORDER BY seq LIMIT 1", actor)


def _one(connection: Connection, where: str, *values: str | int) -> ChangeSetRow | None:
    row = connection.execute(
        f"SELECT {SET_COLUMNS} FROM change_set WHERE {where}", values
    ).fetchone()
    return row and ChangeSetRow._make(row)


def digest_of(values: tuple[object, ...]) -> str:
    """A digest of a set's columns from `replica` to `last_sequence`: damage shows in it."""
    text = "\x1f".join("" if value is None else str(value) for value in values)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
