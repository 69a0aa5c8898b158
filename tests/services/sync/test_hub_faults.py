"""Killed, cut off, stopped: what was pushed is there whole or not at all, and goes again."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
import pytest

from socius_tui.domain.exchanged import Packet
from socius_tui.errors import Forked, OutOfReach
from socius_tui.services.sync.hub import transport as module
from tests.services.sync.hub_server import Room, Server, chain, ignore

TEAM = "team-1"
A = "a" * 12
PORTION = 10
OURS = chain(A, 45)


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", PORTION)


def at(number: int, act: object, packets: Iterable[Packet] = OURS) -> Iterator[Packet]:
    """Packets; before this one something happens."""
    for count, packet in enumerate(packets):
        if count == number:
            assert callable(act)
            act()
        yield packet


def waits_for_lock(server: Server, login: str) -> bool:
    """Whether a statement of this login waits in the server for a lock."""
    found = server.run(
        f"SELECT 1 FROM pg_stat_activity WHERE usename = '{login}' AND wait_event_type = 'Lock'"
    )
    return bool(found)


def until_it_waits(
    server: Server, login: str, process: subprocess.Popen[str] | None = None
) -> None:
    """Come back when it does; each turn asks the server, so no time passes for nothing."""
    while not waits_for_lock(server, login):
        assert process is None or process.poll() is None


def holding(room: Room) -> psycopg.Connection[tuple[object, ...]]:
    """Somebody who holds the laptop's row: what it pushes waits in the middle of a statement."""
    connection = psycopg.connect(room.owner_url)
    connection.execute("SELECT 1 FROM hub.device WHERE replica = %s FOR UPDATE", (A,))
    return connection


# ---- PostgreSQL


def test_postgresql_killed_between_two_portions_and_started_again(room: Room) -> None:
    """The push itself goes on, on a new connection."""
    an = room.transport(room.member("an"), TEAM)

    def kill_and_start() -> None:
        room.server.kill()
        room.server.start()

    an.push(A, at(25, kill_and_start), ignore)
    assert list(an.pull({}, ignore)) == OURS


def test_postgresql_killed_and_gone(room: Room) -> None:
    """The push says so, what had gone is there later, and the same push completes it."""
    an = room.transport(room.member("an"), TEAM)
    with pytest.raises(OutOfReach) as refused:
        an.push(A, at(25, room.server.kill), ignore)
    assert "again" in refused.value.hint
    with pytest.raises(OutOfReach):
        an.published()
    room.server.start()
    assert len(room.packets(A)) == 2 * PORTION
    an.push(A, OURS, ignore)
    assert list(an.pull({}, ignore)) == OURS


def test_postgresql_killed_in_the_middle_of_a_statement(room: Room) -> None:
    login = room.member("an")
    an = room.transport(login, TEAM)
    an.push(A, OURS[:PORTION], ignore)
    holder = holding(room)

    def kill() -> None:
        until_it_waits(room.server, login)
        room.server.kill()
        room.server.start()

    killing = threading.Thread(target=kill, daemon=True)
    killing.start()
    # Between two tries it waits until the server is there again.
    found = module.HubTransport(room.url(login), wait=lambda _pause: killing.join())
    found.open(TEAM)
    found.push(A, OURS, ignore)
    found.close()
    killing.join()
    with pytest.raises(psycopg.OperationalError):
        holder.execute("SELECT 1")
    holder.close()
    assert list(an.pull({}, ignore)) == OURS
    assert [(packet.after, packet.until) for packet in OURS] == room.packets(A)


def test_a_connection_that_is_ended_while_pulling(room: Room) -> None:
    login = room.member("an")
    an = room.transport(login, TEAM)
    an.push(A, OURS, ignore)

    def end(_count: int) -> None:
        room.server.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{login}'"
        )

    found = list(an.pull({}, end))
    assert found == OURS


def test_a_server_that_keeps_falling_over_is_not_tried_for_ever(room: Room) -> None:
    login = room.member("an")
    an = room.transport(login, TEAM)
    an.push(A, OURS[:1], ignore)
    room.rows(
        "CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
        " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';"
        " CREATE TRIGGER a_fall BEFORE INSERT ON hub.packet FOR EACH ROW EXECUTE FUNCTION fall()"
    )
    with pytest.raises(OutOfReach):
        an.push(A, OURS, ignore)
    room.rows("DROP TRIGGER a_fall ON hub.packet")
    an.push(A, OURS, ignore)
    assert list(an.pull({}, ignore)) == OURS


def test_a_lock_that_nobody_lets_go(room: Room) -> None:
    login = room.member("an")
    an = room.transport(login, TEAM)
    an.push(A, OURS[:1], ignore)
    an._do(lambda connection: connection.execute("SET lock_timeout = 1"))
    with holding(room), pytest.raises(OutOfReach, match="busy"):
        an.push(A, OURS, ignore)
    an.push(A, OURS, ignore)
    assert list(an.pull({}, ignore)) == OURS


# ---- the laptop

_CLIENT = f"""
import sys
from socius_tui.services.sync.hub import transport
from tests.services.sync.hub_server import chain, ignore
transport.MOST = {PORTION}
def packets(stop_at):
    for number, packet in enumerate(chain({A!r}, {len(OURS)})):
        if number == stop_at:
            print("there", flush=True)
            sys.stdin.read()
        yield packet
hub = transport.HubTransport(sys.argv[1])
hub.open({TEAM!r})
print("open", flush=True)
hub.push({A!r}, packets(int(sys.argv[2])), ignore)
print("done", flush=True)
"""


def client(url: str, stop_at: int) -> subprocess.Popen[str]:
    """A process that pushes, and waits for ever before this packet (-1: nowhere)."""
    return subprocess.Popen(
        [sys.executable, "-c", _CLIENT, url, str(stop_at)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_laptop_killed_between_two_portions(room: Room) -> None:
    login = room.member("an")
    with client(room.url(login), 25) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _line in range(2)] == ["open\n", "there\n"]
        process.kill()
    assert len(room.packets(A)) == 2 * PORTION
    an = room.transport(login, TEAM)
    an.push(A, OURS, ignore)
    assert list(an.pull({}, ignore)) == OURS


def test_a_laptop_killed_in_the_middle_of_a_statement(room: Room) -> None:
    """The statement ends in the server all the same, or does not: never by half."""
    login = room.member("an")
    an = room.transport(login, TEAM)
    an.push(A, OURS[:PORTION], ignore)
    with holding(room) as holder, client(room.url(login), -1) as process:
        until_it_waits(room.server, login, process)
        process.kill()
        process.wait()
        holder.rollback()
    # Whatever is left of it in the server holds the row; then it is our turn.
    an.push(A, OURS, ignore)
    assert list(an.pull({}, ignore)) == OURS
    assert [(packet.after, packet.until) for packet in OURS] == room.packets(A)


def test_a_push_that_is_left_in_the_middle_leaves_a_line_that_works(room: Room) -> None:
    an = room.transport(room.member("an"), TEAM)

    def break_off() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        an.push(A, at(25, break_off), ignore)
    assert len(room.packets(A)) == 2 * PORTION
    an.push(A, OURS, ignore)
    assert list(an.pull({}, ignore)) == OURS
    an.close()
    an.close()


def test_a_lost_hub_is_filled_again(room: Room) -> None:
    login = room.member("an")
    an = room.transport(login, TEAM)
    an.push(A, OURS, ignore)
    room.rows("TRUNCATE hub.packet, hub.device")
    assert an.published() == {}
    an.push(A, OURS, ignore)
    assert list(an.pull({}, ignore)) == OURS


def test_a_hub_that_was_restored_from_a_dump_gets_what_came_since(
    room: Room, tmp_path: Path
) -> None:
    """With the tools of PostgreSQL, as the owner; what was refused before is refused after."""
    login, dump = room.member("an"), str(tmp_path / "hub.dump")
    an = room.transport(login, TEAM)
    an.push(A, OURS[:20], ignore)
    room.server.tool("pg_dump", "--format=custom", f"--file={dump}", room.owner_url)
    an.push(A, OURS, ignore)
    room.rows("DROP SCHEMA hub CASCADE")
    room.server.tool("pg_restore", f"--dbname={room.owner_url}", "--exit-on-error", dump)
    an.open(TEAM)
    assert an.published() == {A: OURS[19].until}
    an.push(A, OURS, ignore)
    assert list(an.pull({}, ignore)) == OURS
    with pytest.raises(Forked):
        an.push(A, [OURS[0]._replace(body="other")], ignore)
    with (
        psycopg.connect(room.url(login)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM hub.packet")
