"""Says which transactions of others can be taken over now, and what the rest waits for.

The transactions of one laptop are taken over in their order, none is left out. One waits when
something before it has not arrived, when it was written by a newer program, when its clock is
far ahead, and when it refers to a row that has not been seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from socius_tui.domain.exchanged import Held, Packet, Why
from socius_tui.errors import BadFile
from socius_tui.store.driver import SCHEMA_VERSION, Connection
from socius_tui.store.journal.inverse import Place
from socius_tui.store.journal.references import Reference
from socius_tui.store.journal.values import decoded
from socius_tui.store.sync.packets import Transaction, opened

#: How far ahead the clock of another laptop may be: a wrong year is lived with, since only the
#: order hangs on it; what is much further away would not be overtaken again.
FARTHEST_MS: Final = 5 * 366 * 86_400_000


class Desk:
    """Transactions of others that were not taken over yet, by replica and place.

    `have` is up to where this journal has everything; it goes forward as transactions leave.
    `refused` are places of which is known that no table takes what is in them.
    """

    def __init__(
        self,
        connection: Connection,
        have: dict[str, int],
        references: list[Reference],
        now_ms: int,
        refused: Collection[tuple[str, int]] = (),
    ) -> None:
        self._connection = connection
        self._have = have
        self._wrong = refused
        # Not before what is in the journal already, should our own clock have been set back.
        (clock,) = connection.execute("SELECT clock FROM journal_state").fetchone()
        self._latest = max(now_ms << 16, clock) + (FARTHEST_MS << 16)
        self._packets: dict[str, dict[int, Packet]] = {}
        self._pointing: dict[str, list[tuple[str, str]]] = {}
        for reference in references:
            pointing = self._pointing.setdefault(reference.table.name, [])
            pointing.append((reference.column, reference.to.name))
        self._tables = {r.table.name for r in references} | {r.to.name for r in references}
        self._seen: set[Place] = set()
        self._held: dict[str, Held] = {}

    def lay(self, packet: Packet) -> None:
        """Add one; what this journal has already, or what lies here, is let be."""
        if packet.until > self._have.get(packet.replica, 0):
            self._packets.setdefault(packet.replica, {}).setdefault(packet.after, packet)

    def left(self) -> Iterator[Packet]:
        """What lies here still."""
        for packets in self._packets.values():
            yield from packets.values()

    def held(self) -> list[Held]:
        """Why; asked after `ready` gave nothing more."""
        return [self._held[replica] for replica in sorted(self._packets) if replica in self._held]

    def ready(self) -> Iterator[Transaction]:
        """Take away what can be taken over, each replica's in order, until nothing more can."""
        going = True
        while going:
            going = False
            for replica in sorted(self._packets):
                for transaction in self._prefix(replica):
                    going = True
                    yield transaction
                if not self._packets[replica]:
                    del self._packets[replica]

    def _prefix(self, replica: str) -> list[Transaction]:
        """The longest run of a replica's transactions after which nothing in it hangs loose."""
        packets = self._packets[replica]
        place = self._have.get(replica, 0)
        run: list[Transaction] = []
        whole = 0
        ends = _LooseEnds(self)
        self._held.pop(replica, None)
        while place in packets:
            packet = packets[place]
            why = self._refused(packet)
            transaction = None
            if why is None:
                try:
                    transaction = opened(packet)
                except BadFile:
                    why = "damaged"
                else:
                    why = "clock" if transaction.clock > self._latest else None
            if why is not None or transaction is None:
                clock = transaction.clock if transaction else 0
                self._hold(replica, why or "damaged", packet, version=packet.version, clock=clock)
                break
            run.append(transaction)
            ends.follow(transaction)
            if not ends.loose:
                whole = len(run)
            place = packet.until
        else:
            beyond = [after for after in packets if after > place]
            if beyond and not ends.loose:
                self._hold(replica, "gap", packets[min(beyond)], missing=(place, min(beyond)))
        if len(run) > whole:
            row = next(iter(ends.loose.values()))
            self._hold(replica, "reference", run[whole].packet, missing=row)
        for transaction in run[:whole]:
            del packets[transaction.packet.after]
            self._have[replica] = transaction.packet.until
        self._seen |= ends.made_until(whole)
        return run[:whole]

    def _refused(self, packet: Packet) -> Why | None:
        if packet.version > SCHEMA_VERSION:
            return "version"
        return "damaged" if (packet.replica, packet.after) in self._wrong else None

    def _hold(
        self,
        replica: str,
        why: Why,
        first: Packet,
        *,
        missing: tuple[int, int] | Place | None = None,
        version: int = 0,
        clock: int = 0,
    ) -> None:
        count = sum(after >= first.after for after in self._packets[replica])
        self._held[replica] = Held(replica, why, first.after, count, missing, version, clock)

    def pointing(self, kind: str) -> list[tuple[str, str]]:
        """The columns of a table that hold the key of a row of another."""
        return self._pointing.get(kind, [])

    def has_seen(self, place: Place) -> bool:
        """Whether the journal says that this row was made, here or before."""
        if place in self._seen:
            return True
        kind, row_id = place
        found = self._connection.execute(
            "SELECT 1 FROM change WHERE row_id = ? AND kind = ? AND verb = 'I' LIMIT 1",
            (row_id, kind),
        ).fetchone()
        if found is not None:
            self._seen.add(place)
        return found is not None

    def is_ours(self, kind: str) -> bool:
        """Whether rows of this table refer to others, or are referred to."""
        return kind in self._tables


class _LooseEnds:
    """The references in a run of transactions to rows that nobody has seen.

    A row that is made later in the run, or a reference that is mended in it, ties an end.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: list[set[Place]] = []
        self._all: set[Place] = set()
        self.loose: dict[tuple[Place, str], Place] = {}

    def follow(self, transaction: Transaction) -> None:
        """One more transaction of the run."""
        made: set[Place] = set()
        for change in transaction.changes:
            place = (change.kind, change.row_id)
            if change.verb == "I":
                made.add(place)
                self._all.add(place)
            elif self._desk.is_ours(change.kind):
                self._need((place, ""), place)
            if change.verb == "D":
                for key in [key for key in self.loose if key[0] == place and key[1]]:
                    del self.loose[key]
            else:
                self._refer(place, decoded(change.new))
        self._made.append(made)
        for key, wanted in list(self.loose.items()):
            if wanted in made:
                del self.loose[key]

    def made_until(self, count: int) -> set[Place]:
        """The rows that the first so many transactions made."""
        return set().union(*self._made[:count])

    def _refer(self, place: Place, cells: Mapping[str, object]) -> None:
        for column, target in self._desk.pointing(place[0]):
            if column not in cells:
                continue
            value = cells[column]
            if value is None:
                self.loose.pop((place, column), None)
            else:
                self._need((place, column), (target, str(value)))

    def _need(self, key: tuple[Place, str], wanted: Place) -> None:
        if wanted in self._all or self._desk.has_seen(wanted):
            self.loose.pop(key, None)
        else:
            self.loose[key] = wanted
