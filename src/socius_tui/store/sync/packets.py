"""Packs transactions of the journal for the way, and reads them back.

A transaction is a change set with its changes, or one change that another program made without
a set. Its place in the journal of its replica is the number of changes up to and with it, plus
the number of sets: so it always goes forward, also with an undo that left nothing to change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from socius_tui.domain.exchanged import Packet
from socius_tui.errors import BadFile
from socius_tui.i18n import _
from socius_tui.store.driver import Connection
from socius_tui.store.journal.knowing import last_sets, reached
from socius_tui.store.journal.projection import Entry
from socius_tui.store.journal.sets import SET_COLUMNS, ChangeSetRow
from socius_tui.store.journal.values import decoded, encoded, exact_rows, is_utf8

_CHANGE: Final = "sequence, clock, schema_version, kind, row_id, verb, old, new, heard"
#: SQLite keeps no whole number beyond this.
_LARGEST: Final = 2**63 - 1


class Written(NamedTuple):
    """One change of a packet: as it stands in the journal, without what the packet says."""

    sequence: int
    clock: int
    schema_version: int
    kind: str
    row_id: str
    verb: str
    old: str | None
    new: str | None
    heard: str | None

    def entry(self, replica: str, number: int | None) -> Entry:
        """As an entry of the journal that has not been given its place of arrival."""
        return Entry(
            0, replica, self.sequence, self.clock, number, self.kind, self.row_id, self.verb,
            self.old, self.new,
        )  # fmt: skip


class Transaction(NamedTuple):
    """A packet that was opened: the set (its `seq` is 0), if there is one, and its changes."""

    packet: Packet
    made: ChangeSetRow | None
    changes: tuple[Written, ...]

    @property
    def number(self) -> int | None:
        """That of the set."""
        return self.made and self.made.number

    @property
    def clock(self) -> int:
        """The latest moment in it."""
        return max([c.clock for c in self.changes] + ([self.made.clock] if self.made else []))


def places(connection: Connection) -> dict[str, int]:
    """The place of each replica in this journal up to which it has everything."""
    numbers = last_sets(connection)
    found = {r: last + numbers.get(r, 0) for r, last in reached(connection).items()}
    return {**numbers, **found}


def packed(connection: Connection, replica: str, after: int) -> Iterator[Packet]:
    """The transactions of a replica from a place in its journal on, in order.

    The place has to be one at which a transaction ends, as `places` and packets have it.
    """
    new = _sets_after(connection, replica, after)
    number = new[0].number - 1 if new else last_sets(connection).get(replica, 0)
    sequence = after - number
    changes = _changes_after(connection, replica, sequence)
    change = next(changes, None)
    for made in (*new, None):
        while change is not None and (made is None or change.sequence < made.first_sequence):
            yield _packet(replica, change.sequence - 1 + number, None, (change,))
            change = next(changes, None)
        if made is None:
            return
        inside = []
        while change is not None and change.sequence <= made.last_sequence:
            inside.append(change)
            change = next(changes, None)
        yield _packet(replica, made.first_sequence - 1 + number, made, inside)
        number = made.number


def begin_of(connection: Connection, replica: str, until: int) -> int:
    """Where the transaction begins that leads to a place; 0 for the start of a journal."""
    if not until:
        return 0
    for number, first, last in connection.execute(
        "SELECT number, first_sequence, last_sequence FROM change_set WHERE replica = ?"
        " ORDER BY number DESC",
        (replica,),
    ):
        if last + number == until:
            return int(first) - 1 + int(number) - 1
        if last + number < until:
            break
    return until - 1


def _sets_after(connection: Connection, replica: str, after: int) -> list[ChangeSetRow]:
    """The sets that end after a place; read from the last one back, as few are new."""
    found = []
    for row in connection.execute(
        f"SELECT {SET_COLUMNS} FROM change_set WHERE replica = ? ORDER BY number DESC", (replica,)
    ):
        made = ChangeSetRow._make(row)
        if made.last_sequence + made.number <= after:
            break
        found.append(made)
    return found[::-1]


def _changes_after(connection: Connection, replica: str, sequence: int) -> Iterator[Written]:
    rows = exact_rows(
        connection,
        f"SELECT {_CHANGE} FROM change WHERE replica = ? AND sequence > ? ORDER BY sequence",
        (replica, sequence),
    )
    return (_for_the_way(Written._make(row)) for row in rows)


def _for_the_way(change: Written) -> Written:
    """With texts that are no UTF-8, which another program wrote, as JSON can carry them."""
    old, new = (
        text if text is None or is_utf8(text) else encoded(decoded(text)) for text in change[6:8]
    )
    return change._replace(old=old, new=new)


def _packet(
    replica: str, after: int, made: ChangeSetRow | None, changes: Sequence[Written]
) -> Packet:
    until = after + 1 if made is None else made.last_sequence + made.number
    body = {"set": made and made[2:], "changes": changes}
    version = max((change.schema_version for change in changes), default=1)
    return Packet(replica, after, until, version, json.dumps(body, separators=(",", ":")))


def opened(packet: Packet) -> Transaction:
    """What is in a packet; raises BadFile where it is not what a program of ours writes."""
    try:
        found = json.loads(packet.body)
        made = None
        if found["set"] is not None:
            made = ChangeSetRow(0, packet.replica, *found["set"])
        changes = tuple(Written._make(change) for change in found["changes"])
        if not _is_sound(packet, made, changes):
            raise ValueError(packet.replica)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadFile(
            _("A transaction of laptop {replica} is damaged (place {place}).").format(
                replica=packet.replica[:40], place=packet.after
            ),
            hint=_("Nothing of it was taken over. It has to be sent again from that laptop."),
        ) from error
    return Transaction(packet, made, changes)


def _is_sound(packet: Packet, made: ChangeSetRow | None, changes: Sequence[Written]) -> bool:
    """Whether all is of the type that it has to be, and hangs together."""
    if not all(_is_change(change) for change in changes) or packet.until <= packet.after:
        return False
    sequences = [change.sequence for change in changes]
    clocks = [change.clock for change in changes]
    if sequences != sorted(set(sequences)) or clocks != sorted(set(clocks)):
        return False
    if packet.version < max((change.schema_version for change in changes), default=0):
        return False
    if made is None:
        return len(changes) == 1 and packet.until == packet.after + 1
    return (
        _is_text(made.made_at)
        and (made.actor is None or _is_text(made.actor))
        and _is_text(made.title)
        and _is_text(made.reason)
        and (made.undoes is None or _is_text(made.undoes))
        and _is_text(made.digest)
        and _is_whole(made.number)
        and _is_whole(made.clock)
        and _is_whole(made.first_sequence)
        and _is_whole(made.last_sequence)
        and made.is_whole
        and (not sequences or made.first_sequence <= sequences[0])  # they go up
        and (not sequences or sequences[-1] <= made.last_sequence)
        and (not clocks or clocks[-1] <= made.clock)
        and packet.until == made.last_sequence + made.number
        and packet.after == made.first_sequence - 1 + made.number - 1
    )


def _is_change(change: Written) -> bool:
    sequence, clock, version, kind, row_id, verb, old, new, heard = change
    if not (
        _is_whole(sequence)
        and _is_whole(clock)
        and _is_whole(version)
        and _is_text(kind)
        and _is_text(row_id)
        and verb in ("I", "U", "D")
        and (old is None) == (verb == "I")
        and (new is None) == (verb == "D")
        and (old is None or _is_text(old))
        and (new is None or _is_text(new))
        and (heard is None or _is_text(heard))
    ):
        return False
    decoded(old), decoded(new)  # raises what is wrong
    return True


def _is_text(value: object) -> bool:
    return isinstance(value, str) and is_utf8(value)


def _is_whole(number: object) -> bool:
    return type(number) is int and 0 <= number <= _LARGEST
