"""A crowd at one hub: many laptops push and pull at the same time, and nobody misses anything.

    python bench/hub_crowd.py [--laptops 50] [-n ROUNDS] [--bulk 100000]

PostgreSQL runs on this computer too and shares its processors, without fsync, so what is measured
is the work of the hub and of the program, not the disk and not the line. Each packet that arrives
is compared with the place that its reader had reached: a gap or a double would be found.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from _measure import HERE, percentile

from socius_tui.domain.exchanged import Packet
from socius_tui.services.sync.hub.administration import Hub, make
from socius_tui.services.sync.hub.transport import HubTransport

sys.path.insert(0, str(HERE.parent))
from tests.services.sync.hub_server import Room, Server, ignore

TEAM = "team"
EACH = 4  # packets in a push
BODY = '{"changes":[["visit","0190","I",null,{"visited_on":"2018-06-01","summary":"%s"}]]}' % (
    "Gesprek over de werking en de ploeg. " * 8
)


class Found(NamedTuple):
    """What one laptop saw: how long each push and pull took, what arrived, what was wrong."""

    pushes: list[float]
    pulls: list[float]
    reached: dict[str, int]
    arrived: list[int]
    wrong: list[str]


def timed(work: Callable[[], object]) -> float:
    """How long it takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def take(hub: HubTransport, found: Found) -> None:
    """Pull what is new, and look at each packet."""
    count = 0
    for packet in hub.pull(dict(found.reached), ignore):
        if packet.after != found.reached.get(packet.replica, 0):
            found.wrong.append(f"{packet.replica} at {packet.after}")
        found.reached[packet.replica] = packet.until
        count += 1
    found.arrived.append(count)


def laptop(url: str, replica: str, rounds: int, start: threading.Barrier, found: Found) -> None:
    """Push and pull, a number of times; then wait for the others, and pull the rest."""
    hub = HubTransport(url)
    hub.open(TEAM)
    start.wait()
    after = 0
    for _round in range(rounds):
        packets = [Packet(replica, n, n + 1, 4, BODY) for n in range(after, after + EACH)]
        after += EACH

        def push(packets: list[Packet] = packets) -> None:
            hub.push(replica, packets, ignore)

        found.pushes.append(timed(push))
        found.pulls.append(timed(lambda: take(hub, found)))
    start.wait()
    take(hub, found)
    hub.close()


def crowd(room: Room, laptops: int, rounds: int) -> None:
    """All of them at once."""
    logins = {}
    with Hub(room.owner_url) as hub:
        for number in range(laptops):
            login = room.login(f"laptop{number}")
            hub.add_member(login, "contact_person")
            logins[f"replica-{number:03d}"] = login
    first = HubTransport(room.url(next(iter(logins.values()))))
    first.open(TEAM)
    first.close()
    start = threading.Barrier(laptops + 1)
    found = {replica: Found([], [], {}, [], []) for replica in logins}
    threads = [
        threading.Thread(
            target=laptop, args=(room.url(login), replica, rounds, start, found[replica])
        )
        for replica, login in logins.items()
    ]
    for thread in threads:
        thread.start()
    start.wait()
    taken = timed(start.wait)
    for thread in threads:
        thread.join()
    pushed = laptops * rounds * EACH
    arrived = sum(sum(each.arrived) for each in found.values())
    whole = dict.fromkeys(logins, rounds * EACH)
    wrong = [what for each in found.values() for what in each.wrong]
    behind = [replica for replica, each in found.items() if each.reached != whole]
    pushes = [value for each in found.values() for value in each.pushes]
    pulls = [value for each in found.values() for value in each.pulls]
    print(f"{laptops} laptops at once, {rounds} times: push {EACH} transactions, pull what is new")
    print(f"  {pushed} transactions came in {taken:.1f} s: {pushed / taken:.0f} a second")
    print(f"  {arrived} went out: {arrived / taken:.0f} a second")
    for name, values in (("push", pushes), ("pull", pulls)):
        half, most = percentile(values, 0.5) * 1000, percentile(values, 0.95) * 1000
        print(f"  a {name}: half in {half:.0f} ms, 95 % in {most:.0f} ms")
    print(f"  gaps and doubles: {len(wrong)}; laptops that miss something: {len(behind)}")
    for what in (*wrong, *behind)[:10]:
        print(f"    {what}")


def bulk(room: Room, count: int) -> None:
    """Many transactions of one laptop: a hub that is filled, and a laptop that begins."""
    hub = HubTransport(room.url(room.logins[1]))
    hub.open(TEAM)
    packets = [Packet("bulk", n, n + 1, 4, BODY) for n in range(count)]
    print(f"{count} transactions of one laptop")
    for name in ("push", "the same again"):
        taken = timed(lambda: hub.push("bulk", packets, ignore))
        print(f"  {name}: {taken:.1f} s, {count / taken:.0f} a second")
    number = 0

    def pull() -> None:
        nonlocal number
        number = sum(packet.replica == "bulk" for packet in hub.pull({}, ignore))

    taken = timed(pull)
    print(f"  pull all: {taken:.1f} s, {number / taken:.0f} a second")
    have = dict(hub.published())
    print(
        f"  pull where nothing is new: {timed(lambda: list(hub.pull(have, ignore))) * 1000:.1f} ms"
    )
    ((size,),) = room.rows("SELECT pg_total_relation_size('hub.packet')")
    ((rows,),) = room.rows("SELECT count(*) FROM hub.packet")
    print(f"  {size / rows:.0f} bytes a transaction in the hub, of which {len(BODY)} are its body")
    hub.close()


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description="a crowd at one hub")
    parser.add_argument("-n", type=int, default=20)
    parser.add_argument("--laptops", type=int, default=50)
    parser.add_argument("--bulk", type=int, default=100_000)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="socius-bench-") as folder:
        server = Server(Path(folder) / "data")
        try:
            room = Room(server)
            make(room.owner_url)
            crowd(room, given.laptops, given.n)
            bulk(room, given.bulk)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
