"""Who knew what: how far each laptop had heard of the others when it wrote something.

The first change after something came in says up to where its file knows the others now. Two
changes of which neither knew the other were made at the same time, whatever the clocks say.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Final

from socius_tui.store.driver import Connection

_TOLD: Final = (
    "SELECT sequence, heard FROM change WHERE replica = ? AND heard IS NOT NULL ORDER BY sequence"
)


class Knowledge:
    """Answers from the journal as it is while this is used; what it read it keeps."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told: dict[str, dict[str, tuple[list[int], list[int]]]] = {}

    def known(self, replica: str, sequence: int, other: str) -> int:
        """Up to which change of `other` was known when a replica wrote its change `sequence`."""
        if other == replica:
            return sequence
        begins, reached = self._of(replica).get(other, ((), ()))
        place = bisect_right(begins, sequence)
        return reached[place - 1] if place else 0

    def first_knowing(self, replica: str, other: str, sequence: int) -> int | None:
        """From which change on a replica knew change `sequence` of another; None: it does not."""
        begins, reached = self._of(replica).get(other, ((), ()))
        place = bisect_right(reached, sequence - 1)
        return begins[place] if place < len(begins) else None

    def _of(self, replica: str) -> dict[str, tuple[list[int], list[int]]]:
        found = self._told.get(replica)
        if found is None:
            found = self._told[replica] = {}
            for begins, heard in self._connection.execute(_TOLD, (replica,)):
                for other, reached in heard_of(heard).items():
                    moments, places = found.setdefault(other, ([], []))
                    moments.append(begins)
                    places.append(max(reached, places[-1] if places else 0))
        return found


def heard_of(text: str | None) -> dict[str, int]:
    """What a change says was heard; nothing where that is damaged."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: place for name, place in found.items() if isinstance(place, int)}


def heard_text(heard: Mapping[str, int]) -> str:
    """As a change keeps it."""
    return json.dumps(dict(sorted(heard.items())), separators=(",", ":"))


def note_past(connection: Connection) -> None:
    """Say of a file that was never exchanged what each of its replicas knew: all that came before.

    It has several where a backup was brought back. Runs while the journal may be rewritten.
    """
    for replica in reached(connection):
        (first,) = connection.execute(
            "SELECT seq FROM change WHERE replica = ? ORDER BY sequence LIMIT 1", (replica,)
        ).fetchone()
        before = connection.execute(
            "SELECT replica, max(sequence) FROM change WHERE seq < ? AND replica <> ?"
            " GROUP BY replica",
            (first, replica),
        ).fetchall()
        if before:
            connection.execute(
                "UPDATE change SET heard = ? WHERE seq = ?", (heard_text(dict(before)), first)
            )


def reached(connection: Connection) -> dict[str, int]:
    """The last change of each replica in this journal."""
    return dict(_last(connection, "change", "sequence"))


def last_sets(connection: Connection) -> dict[str, int]:
    """The number of the last change set of each replica in this journal."""
    return dict(_last(connection, "change_set", "number"))


def _last(connection: Connection, table: str, column: str) -> Iterator[tuple[str, int]]:
    """From one replica to the next along the index: there are few, with many changes each."""
    replica = ""
    while True:
        found = connection.execute(
            f"SELECT replica, {column} FROM {table} WHERE replica = (SELECT min(replica)"
            f" FROM {table} WHERE replica > ?) ORDER BY {column} DESC LIMIT 1",
            (replica,),
        ).fetchone()
        if found is None:
            return
        replica = found[0]
        yield found
