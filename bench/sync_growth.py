"""How far exchange grows, on paper: costs that are measured here, and where each gives way.

    python bench/sync_growth.py [--people 2000] [--transactions 10000000] [--years 10] [--team 50]

People each write as much, exchange as often, and have a laptop and a file of their own. From what
a transaction costs on this computer (bytes, time) and how each piece grows with people and
transactions follows what it comes to for all of them in one file, for teams with a file each, and
at how many people in one file it passes what can be lived with. The limits are choices, and are
printed beside it. Nothing large is made.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import threading
import zlib
from collections.abc import Callable
from hashlib import sha256
from math import exp
from pathlib import Path
from typing import NamedTuple

from _measure import HERE, workplace
from _sync import CLOCK, colleague, take, timed

from socius_tui.domain.exchanged import Packet
from socius_tui.services.session import Session
from socius_tui.services.sync.folder.segments import SegmentName, encode
from socius_tui.services.sync.folder.transport import FolderTransport
from socius_tui.services.sync.hub.administration import Hub, make
from socius_tui.services.sync.hub.transport import HubTransport
from socius_tui.store.sync.decisions import open_questions

sys.path.insert(0, str(HERE.parent))
from tests.services.sync.hub_server import Room, Server, ignore

SMALL = 4000  # transactions that are measured
CROWD = 8  # laptops that push at once
DAYS = 220  # on which people work, in a year
PEAK = 0.25  # of a day's transactions come in its busiest hour
EXCHANGES = 2  # of one laptop, on a working day
FILES = 50  # segments of a laptop in a folder: it joins them when there are more


class Cost(NamedTuple):
    """What was measured: bytes and seconds, for a transaction unless it says another thing."""

    body: float
    segment: float
    row: float  # in the database, journal and rows
    packed: float  # share that a packed database is of the database
    unpack: float  # seconds for a byte of the database, when somebody joins
    apply: float
    walk: float  # of the list of conflicts, for each transaction in the file
    listing: float  # for each file in a folder
    push: float  # with several laptops at once
    pull: float
    table: float  # in the hub
    keys: float
    seen: float  # bytes that one laptop says about one other


class Size(NamedTuple):
    """How much there is in one file: people, transactions in all, years."""

    people: float
    transactions: float
    years: float

    @property
    def daily(self) -> float:
        """Transactions on a working day, of all."""
        return self.transactions / self.years / DAYS


class Piece(NamedTuple):
    """Something that grows: what it comes to, in which unit, and how much can be lived with."""

    name: str
    unit: str
    limit: float
    at: Callable[[Cost, Size], float]


def _heard(cost: Cost, size: Size) -> float:
    """What changes say of whom was heard: at each exchange, of everybody who wrote since."""
    each = size.daily / EXCHANGES / size.people  # transactions of one laptop between two
    wrote = 1 - exp(-each)  # how likely it is that a laptop wrote something in between
    return (size.people - 1) * wrote * cost.seen * wrote / each


def _database(cost: Cost, size: Size) -> float:
    return size.transactions * (cost.row + _heard(cost, size))


PIECES = (
    Piece("folder: files in it", "files", 100_000, lambda _c, s: s.people * (FILES + 4)),
    Piece("folder: looking through it, nothing new", "s", 5,
          lambda c, s: s.people * FILES * c.listing * 2),
    Piece("folder: segments, the joined ones too", "GB", 50,
          lambda c, s: s.transactions * (c.segment + _heard(c, s) / 2) * 2 / 1e9),
    Piece("snapshot: packed", "GB", 1.07, lambda c, s: _database(c, s) * c.packed / 1e9),
    Piece("snapshot: somebody joins", "min", 15, lambda c, s: _database(c, s) * c.unpack / 60),
    Piece("file: database of each laptop", "GB", 17.2, lambda c, s: _database(c, s) / 1e9),
    Piece("file: `heard`, bytes a transaction", "B", 500, _heard),
    Piece("file: taking over a day's work", "s", 60, lambda c, s: s.daily * c.apply),
    Piece("file: the list of conflicts", "s", 2, lambda c, s: s.transactions * c.walk),
    Piece("both: what laptops say, an exchange", "MB", 10, lambda c, s: s.people**2 * c.seen / 1e6),
    Piece("hub: inserts in the busiest hour, of what it can", "%", 50,
          lambda c, s: s.daily * PEAK / 3600 * c.push * 100),
    Piece("hub: rows out in the busiest hour, of one processor", "%", 50,
          lambda c, s: s.daily * s.people * PEAK / 3600 * c.pull * 100),
    Piece("hub: table", "GB", 500, lambda c, s: s.transactions * (c.table + _heard(c, s)) / 1e9),
    Piece("hub: index, in memory", "GB", 16, lambda c, s: s.transactions * c.keys / 1e9),
    Piece("hub: somebody joins, from the first entry", "min", 60,
          lambda c, s: s.transactions * (c.pull + c.apply) / 60),
)  # fmt: skip


def in_file(folder: Path, demo: Path) -> dict[str, float]:
    """What a transaction costs in a file, a segment and a snapshot."""
    packets = colleague(demo, folder, SMALL)
    path = folder / "grown.db"
    shutil.copyfile(demo, path)
    half = SMALL // 2
    with Session(path, clock=CLOCK) as session:

        def walk() -> float:
            return min(timed(lambda: session.read(open_questions)) for _time in range(3))

        take(session, packets[:half])
        before, first = path.stat().st_size, walk()
        seconds = timed(lambda: take(session, packets[half:]))
        after, second = path.stat().st_size, walk()
    data = path.read_bytes()
    packed = zlib.compress(data, 6)

    def unpack() -> None:
        sha256(packed)
        path.write_bytes(zlib.decompress(packed))
        sha256(data)

    return {
        "body": sum(len(packet.body) for packet in packets) / SMALL,
        "segment": len(encode("team", packets)) / SMALL,
        "row": (after - before) / half,
        "packed": len(packed) / len(data),
        "unpack": timed(unpack) / len(data),
        "apply": seconds / half,
        "walk": max(0.0, second - first) / half,
    }


def in_folder(folder: Path) -> float:
    """Seconds for each file when a folder with many laptops is looked through."""
    laptops = 100
    shared = folder / "shared"
    way = FolderTransport(shared, new=True)
    way.open("team")
    for number in range(laptops):
        replica = f"{number:012x}"
        own = shared / "replicas" / replica
        own.mkdir(parents=True)
        for place in range(FILES):
            (own / str(SegmentName(replica, place, place + 1, "0" * 16))).touch()
    return min(timed(way.published) for _time in range(3)) / laptops / FILES


def in_hub(folder: Path, body: float) -> dict[str, float]:
    """What a transaction costs in a hub, with several laptops that push at once."""
    text = ("Gesprek over de werking en de ploeg. " * 40)[: int(body)]
    server = Server(folder / "server")
    try:
        room = Room(server)
        make(room.owner_url)
        logins = [room.login(f"laptop{number}") for number in range(CROWD)]
        with Hub(room.owner_url) as hub:
            for login in logins:
                hub.add_member(login, "contact_person")
        ways = [room.transport(logins[0], "team")]
        ways += [room.transport(login, "team") for login in logins[1:]]

        def push(number: int) -> None:
            replica = f"replica-{number}"
            for n in range(0, SMALL // CROWD, 4):  # four at a time, as people do
                some = [Packet(replica, at, at + 1, 5, text) for at in range(n, n + 4)]
                ways[number].push(replica, some, ignore)

        def crowd() -> None:
            threads = [threading.Thread(target=push, args=(number,)) for number in range(CROWD)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

        pushed = timed(crowd)
        reader: HubTransport = ways[0]
        pulled = timed(lambda: list(reader.pull({}, ignore)))
        ((table, index),) = room.rows(
            "SELECT pg_table_size('hub.packet'), pg_indexes_size('hub.packet')"
        )
    finally:
        server.stop()
    return {
        "push": pushed / SMALL,
        "pull": pulled / SMALL,
        "table": table / SMALL,
        "keys": index / SMALL,
    }


def limit_of(piece: Piece, cost: Cost, people: float, size: Size) -> float:
    """At how many people in one file, who each write as much, a piece passes its limit."""

    def at(some: float) -> float:
        return piece.at(cost, size._replace(
            people=some, transactions=size.transactions * some / people
        ))  # fmt: skip

    low, high = 1.0, 1e7
    if at(high) <= piece.limit:
        return high
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if at(middle) <= piece.limit else (low, middle)
    return low


def shown(value: float) -> str:
    """A number in some three digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.3f}"


def main() -> None:
    """Measure in small, and work out."""
    parser = argparse.ArgumentParser(description="how far exchange grows")
    parser.add_argument("-n", type=int, default=1, help="nothing: it is measured once")
    parser.add_argument("--people", type=float, default=2_000)
    parser.add_argument("--transactions", type=float, default=10_000_000)
    parser.add_argument("--years", type=float, default=10)
    parser.add_argument("--team", type=float, default=50)
    given = parser.parse_args()
    with workplace() as (folder, demo):
        found = in_file(folder, demo)
        entry = json.dumps({"0123456789ab": 123456})
        cost = Cost(
            listing=in_folder(folder), seen=len(entry), **found, **in_hub(folder, found["body"])
        )
    print("measured: " + ", ".join(f"{k} {v:.3g}" for k, v in cost._asdict().items()))
    whole = Size(given.people, given.transactions, given.years)
    share = given.team / given.people
    team = whole._replace(people=given.team, transactions=given.transactions * share)
    print(
        f"{whole.people:.0f} people, {whole.transactions:.0f} transactions, {whole.years:.0f} years"
    )
    print(f"| piece | limit | all in one | a team of {given.team:.0f} | gives way at |")
    print("| --- | --- | --- | --- | --- |")
    for piece in PIECES:
        end = limit_of(piece, cost, whole.people, whole)
        people = "not before 1,000,000 people" if end >= 1e6 else f"{end:,.0f} people"
        values = [shown(piece.at(cost, size)) for size in (whole, team)]
        late = "**" if piece.at(cost, whole) > piece.limit else ""  # bold
        print(
            f"| {piece.name} | {shown(piece.limit)} {piece.unit}"
            f" | {late}{values[0]}{late} | {values[1]} | {people} |"
        )


if __name__ == "__main__":
    main()
