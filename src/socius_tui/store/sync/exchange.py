"""Reads and writes what the file keeps of its exchange with others: where, when, with whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from socius_tui.domain.exchanged import Peer, Profile
from socius_tui.store.driver import Connection
from socius_tui.store.journal import sets
from socius_tui.store.journal.sets import ChangeSetRow

Kind = Literal["folder", "hub"]


class Arrangement(NamedTuple):
    """Where a file is exchanged, and how that went the last time.

    `done_at` is the stored moment of the last time that it went well, `sent_until` the place in
    our journal up to which everything is there, `outcome` what was written down about that time,
    `upkeep` what about looking after a folder.
    """

    kind: Kind
    address: str
    automatic: bool = False
    done_at: str | None = None
    sent_until: int = 0
    outcome: Mapping[str, Any] = {}
    upkeep: Mapping[str, Any] = {}


class Ours(NamedTuple):
    """What this file is to others: its replica, the team, how far it is, its earlier replicas."""

    replica: str
    team: str
    until: int
    former: tuple[str, ...]


def ours(connection: Connection) -> Ours:
    """As it is now."""
    replica, team, until, former = connection.execute(
        "SELECT replica, team, sequence + last_set, former FROM journal_state"
    ).fetchone()
    return Ours(str(replica), str(team), int(until), tuple(sets.former_names(former)))


def arrangement(connection: Connection) -> Arrangement | None:
    """What was arranged; None where nothing was."""
    row = connection.execute(
        "SELECT kind, address, automatic, done_at, sent_until, outcome, upkeep FROM exchange"
    ).fetchone()
    if row is None:
        return None
    return Arrangement(row[0], row[1], bool(row[2]), row[3], row[4], _said(row[5]), _said(row[6]))


def _said(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def arrange(connection: Connection, wanted: Arrangement | None) -> None:
    """Keep an arrangement in place of the one before; None forgets it."""
    connection.execute("DELETE FROM exchange")
    if wanted is not None:
        connection.execute(
            "INSERT INTO exchange (one, kind, address, automatic, done_at, sent_until, outcome,"
            " upkeep) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
            (
                *wanted[:2],
                int(wanted.automatic),
                *wanted[3:5],
                *(json.dumps(dict(said), ensure_ascii=False) for said in wanted[5:]),
            ),
        )


def something_waits(connection: Connection) -> bool:
    """Whether there is something to look at again: what waits, or rows that are kept."""
    asked = "SELECT EXISTS (SELECT 1 FROM waiting) OR EXISTS (SELECT 1 FROM kept_row)"
    return bool(connection.execute(asked).fetchone()[0])


def count_to_send(connection: Connection, sent_until: int) -> int:
    """How many of our own transactions have not been sent; those without a set do not count."""
    count = 0
    for number, last in connection.execute(
        "SELECT number, last_sequence FROM change_set"
        " WHERE replica = (SELECT replica FROM journal_state) ORDER BY number DESC"
    ):
        if number + last <= sent_until:
            break
        count += 1
    return count


def keep_peers(connection: Connection, peers: Iterable[Peer], stamp: str) -> None:
    """Keep what other laptops said of themselves; who said nothing new stays as known."""
    for peer in peers:
        said = peer.profile
        if said is None:
            continue
        connection.execute(
            "INSERT INTO device (id, name, first_seen, profile, seen) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (id) DO UPDATE SET name = ?2, profile = ?4, seen = ?5"
            " WHERE (name, profile, seen) IS NOT (?2, ?4, ?5)",
            (
                peer.replica,
                said.computer,
                stamp,
                json.dumps(said._asdict(), ensure_ascii=False),
                json.dumps(dict(sorted(peer.seen.items()))),
            ),
        )


def known_peers(connection: Connection) -> list[Peer]:
    """The laptops that are known here, by name."""
    found = []
    for replica, profile, seen in connection.execute(
        "SELECT id, profile, seen FROM device ORDER BY name, id"
    ):
        try:
            found.append(Peer(replica, Profile(**json.loads(profile)), json.loads(seen)))
        except (ValueError, TypeError):
            found.append(Peer(replica, None, {}))
    return found


class Came(NamedTuple):
    """What came in: how many sets by person (id), and rows added by table."""

    people: Mapping[str, int]
    added: Mapping[str, int]


def what_came(connection: Connection, taken: Iterable[tuple[str, int]]) -> Came:
    """Counted over these sets (replica and number)."""
    people: dict[str, int] = {}
    added: dict[str, int] = {}
    for replica, number in taken:
        row = connection.execute(
            f"SELECT {sets.SET_COLUMNS} FROM change_set WHERE replica = ? AND number = ?",
            (replica, number),
        ).fetchone()
        made = ChangeSetRow._make(row)
        people[made.actor or ""] = people.get(made.actor or "", 0) + 1
        for kind, count in connection.execute(
            "SELECT kind, count(*) FROM change WHERE replica = ? AND sequence BETWEEN ? AND ?"
            " AND verb = 'I' GROUP BY kind",
            (replica, made.first_sequence, made.last_sequence),
        ):
            added[kind] = added.get(kind, 0) + count
    return Came(people, added)
