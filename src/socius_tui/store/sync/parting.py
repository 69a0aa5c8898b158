"""Parts two copies of a file that both went on under one name.

Places in a journal stand for what is in them, so two copies that write under one name say two
things of one place. What the others have under the name stays; what this file wrote after both
were the same goes to a name of its own, as if it had been written under that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from socius_tui.domain.exchanged import Packet
from socius_tui.store.driver import Connection
from socius_tui.store.journal import sets
from socius_tui.store.journal.keeping import resting
from socius_tui.store.journal.knowing import Knowledge, heard_text, reached
from socius_tui.store.journal.sets import ChangeSetRow
from socius_tui.store.sync.packets import packed


def common_place(connection: Connection, replica: str, theirs: Mapping[int, Packet]) -> int | None:
    """Up to where a journal says the same as the packets elsewhere (by their place).

    None where neither says anything else: one goes further, or something is missing there.
    """
    place = 0
    for packet in packed(connection, replica, 0):
        other = theirs.get(place)
        if other is None:
            return None
        if other != packet:
            return place
        place = packet.until
    return None


def part_from(connection: Connection, common: int) -> None:
    """Give what this file wrote after a place another name, and numbers that begin there."""
    replica, former = connection.execute("SELECT replica, former FROM journal_state").fetchone()
    (number,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM change_set"
        " WHERE replica = ? AND last_sequence + number <= ?",
        (replica, common),
    ).fetchone()
    sequence = common - number
    knowledge = Knowledge(connection)
    heard = {
        other: knowledge.known(replica, sequence + 1, other)
        for other in reached(connection)
        if other != replica
    }
    heard = {other: place for other, place in {**heard, replica: sequence}.items() if place}
    name = sets.new_replica()
    moved = connection.execute(
        f"SELECT {sets.SET_COLUMNS} FROM change_set WHERE replica = ? AND number > ?",
        (replica, number),
    ).fetchall()
    with resting(connection):
        connection.execute(
            "UPDATE change SET replica = ?, sequence = sequence - ?, change_set = change_set - ?"
            " WHERE replica = ? AND sequence > ?",
            (name, sequence, number, replica, sequence),
        )
        connection.execute(
            "UPDATE change SET heard = ? WHERE replica = ? AND sequence = 1",
            (heard_text(heard), name),
        )
        for row in moved:
            made = _moved(ChangeSetRow._make(row), name, number, sequence)
            columns = ", ".join(f"{column} = ?" for column in ChangeSetRow._fields[1:])
            connection.execute(
                f"UPDATE change_set SET {columns} WHERE seq = ?", (*made[1:], made.seq)
            )
    names = sets.former_names(former) + ([replica] if common else [])
    connection.execute(
        "UPDATE journal_state SET replica = ?, sequence = sequence - ?, last_set = last_set - ?,"
        " former = ?",
        (name, sequence, number, json.dumps(names)),
    )


def _moved(made: ChangeSetRow, name: str, number: int, sequence: int) -> ChangeSetRow:
    undoes = made.undoes
    if undoes is not None:
        of, _colon, which = undoes.rpartition(":")
        if of == made.replica and int(which) > number:
            undoes = f"{name}:{int(which) - number}"
    made = made._replace(
        replica=name,
        number=made.number - number,
        undoes=undoes,
        first_sequence=made.first_sequence - sequence,
        last_sequence=made.last_sequence - sequence,
    )
    return made._replace(digest=sets.digest_of(made[1:-1]))
