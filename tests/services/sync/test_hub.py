"""The hub keeps the contract of a transport; tried on a real PostgreSQL."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from socius_tui.domain.exchanged import Packet
from socius_tui.errors import Ambiguous, Forked, NotFound, RuleBroken
from socius_tui.services.sync.hub import transport as module
from socius_tui.services.sync.hub.administration import STEPS, Hub, make
from socius_tui.services.sync.transport import Cancelled
from tests.services.sync.hub_server import Room, chain, ignore, never, profile

TEAM = "team-1"
A, B = "a" * 12, "b" * 12


def test_what_is_pushed_is_pulled(room: Room) -> None:
    an = room.transport(room.member("an"), TEAM)
    bob = room.transport(room.member("bob"), TEAM)
    ours = chain(A, 10)
    an.push(A, ours, ignore)
    assert an.published() == {A: ours[-1].until}
    assert list(bob.pull({}, ignore)) == ours
    assert list(bob.pull({A: ours[4].until}, ignore)) == ours[5:]
    assert list(bob.pull({A: ours[-1].until}, ignore)) == []
    assert list(bob.pull({A: ours[-1].until + 5, B: 3}, ignore)) == []
    assert bob.troubles == []
    assert bob.place == f"localhost/{room.database}"


def test_a_place_inside_a_packet_gives_that_packet(room: Room) -> None:
    an = room.transport(room.member("an"), TEAM)
    wide = [Packet(A, 0, 100, 4, "{}"), Packet(A, 100, 101, 4, "{}")]
    an.push(A, wide, ignore)
    assert list(an.pull({A: 50}, ignore)) == wide
    assert list(an.pull({A: 99}, ignore)) == wide
    assert list(an.pull({A: 100}, ignore)) == wide[1:]


@pytest.mark.parametrize(
    "body",
    [
        '{"text":"\\u0000"}',
        '{"text":"é 日本 \U0001f600","number":1e400,"zero":-0.0}',
        "{'not json': \\",
        '{"long":"' + "x" * 100_000 + '"}',
    ],
    ids=["nul", "numbers", "no json", "long"],
)
def test_a_body_comes_back_as_it_went(room: Room, body: str) -> None:
    an = room.transport(room.member("an"), TEAM)
    an.push(A, [Packet(A, 0, 2**62, 4, body)], ignore)
    assert list(an.pull({}, ignore)) == [Packet(A, 0, 2**62, 4, body)]


def test_the_same_again_is_without_effect(room: Room) -> None:
    an = room.transport(room.member("an"), TEAM)
    ours = chain(A, 12)
    an.push(A, ours[:8], ignore)
    before = room.rows("SELECT * FROM hub.packet ORDER BY after_place")
    an.push(A, ours[:8], ignore)
    assert room.rows("SELECT * FROM hub.packet ORDER BY after_place") == before
    an.push(A, ours[3:], ignore)
    assert list(an.pull({}, ignore)) == ours


@pytest.mark.parametrize(
    "other",
    [
        Packet(A, 0, 1, 4, '{"other":1}'),
        Packet(A, 0, 2, 4, chain(A, 1)[0].body),
        Packet(A, 0, 1, 3, chain(A, 1)[0].body),
        Packet(A, 2, 3, 4, "{}"),  # begins in the middle of one that is there
    ],
)
def test_the_same_place_with_other_content_is_refused(room: Room, other: Packet) -> None:
    an = room.transport(room.member("an"), TEAM)
    ours = chain(A, 3)
    an.push(A, ours, ignore)
    with pytest.raises(Forked) as refused:
        an.push(A, [other], ignore)
    assert room.database in refused.value.message
    assert refused.value.hint
    assert list(an.pull({}, ignore)) == ours


def test_a_gap_is_refused_and_nothing_of_the_portion_stays(room: Room) -> None:
    an = room.transport(room.member("an"), TEAM)
    ours = chain(A, 6)
    with pytest.raises(RuleBroken, match="do not follow"):
        an.push(A, [*ours[:2], *ours[3:]], ignore)
    assert an.published() == {}
    an.push(A, ours, ignore)
    assert list(an.pull({}, ignore)) == ours


def test_portions_large_and_small(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 7)
    monkeypatch.setattr(module, "LARGEST", 200)
    an = room.transport(room.member("an"), TEAM)
    bob = room.transport(room.member("bob"), TEAM)
    told: list[int] = []
    large = [Packet(A, 0, 1, 4, "x" * 500), *chain(A, 30, 1), Packet(A, 100, 200, 4, "y" * 500)]
    large[-1] = large[-1]._replace(after=large[-2].until)
    an.push(A, large, told.append)
    assert sum(told) == len(large)
    assert max(told) <= 7
    assert told[0] == 1
    small = {f"s{number}": chain(f"s{number}", 2) for number in range(9)}
    for replica, packets in small.items():
        bob.push(replica, packets, ignore)
    told.clear()
    found = list(bob.pull({"s3": 3, "s4": 1}, told.append))
    assert sum(told) == len(found)
    assert [packet for packet in found if packet.replica == A] == large
    for replica, packets in small.items():
        left = {"s3": [], "s4": packets[1:]}.get(replica, packets)
        assert [packet for packet in found if packet.replica == replica] == left


def test_stopped_in_between_what_went_stays(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 10)
    an = room.transport(room.member("an"), TEAM)
    ours = chain(A, 40)

    def stop(count: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        an.push(A, ours, stop)
    assert len(room.packets(A)) == 10
    an.push(A, ours, ignore)
    pulling = an.pull({}, ignore)
    assert [next(pulling), next(pulling)] == ours[:2]
    pulling.close()  # type: ignore[attr-defined]
    assert list(an.pull({}, ignore)) == ours


# ---- late commits


def admit(connection: psycopg.Connection[tuple[object, ...]], replica: str) -> None:
    connection.execute("SELECT hub.admit(%s, %s)", (TEAM, replica))


def insert(connection: psycopg.Connection[tuple[object, ...]], packet: Packet) -> None:
    connection.execute(
        "INSERT INTO hub.packet (team, replica, after_place, until_place, version, body)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (TEAM, *packet),
    )


def test_what_commits_late_is_not_passed_over(room: Room) -> None:
    """It was written first and is seen last; a number handed out at the start would hide it."""
    an, bob = room.member("an"), room.member("bob")
    reader = room.transport(room.member("dora", "director"), TEAM)
    early, late = Packet(B, 0, 1, 4, "{}"), Packet(A, 0, 1, 4, "{}")
    with psycopg.connect(room.url(an)) as slow, psycopg.connect(room.url(bob)) as fast:
        admit(slow, A)
        admit(fast, B)
        insert(slow, late)
        insert(fast, early)
        fast.commit()
        assert list(reader.pull({}, ignore)) == [early]
        have = {B: 1}
        assert list(reader.pull(have, ignore)) == []
        slow.commit()
        assert list(reader.pull(have, ignore)) == [late]
    # The moment of arrival, and so an identity column, says the opposite order.
    ((first,),) = room.rows("SELECT replica FROM hub.packet ORDER BY received_at LIMIT 1")
    assert first == A


def test_two_that_push_one_replica_come_one_after_the_other(room: Room) -> None:
    an = room.member("an")
    room.transport(an, TEAM)
    first, second = chain(A, 2)
    with psycopg.connect(room.url(an)) as slow, psycopg.connect(room.url(an)) as other:
        admit(slow, A)
        slow.commit()  # known already: it is the row that makes the other wait
        insert(slow, first)
        other.execute("SET lock_timeout = 1")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            insert(other, second)
        other.rollback()
        slow.commit()
        insert(other, second)
        other.commit()
    assert len(room.packets(A)) == 2


def test_a_crowd_that_pushes_and_pulls_at_once_misses_nothing(room: Room) -> None:
    """Each packet that arrives follows what its reader had: no gap and no double in any of them."""
    replicas = [f"laptop-{number}" for number in range(6)]
    laptops = {
        replica: room.transport(room.member(f"lap{replica[-1]}"), TEAM) for replica in replicas
    }
    start = threading.Barrier(len(replicas), timeout=60)

    def work(replica: str) -> dict[str, int]:
        hub, have = laptops[replica], dict[str, int]()

        def take() -> None:
            for packet in hub.pull(dict(have), ignore):
                assert packet.after == have.get(packet.replica, 0)
                have[packet.replica] = packet.until

        packets = chain(replica, 30)
        start.wait()
        for first in range(0, len(packets), 3):
            hub.push(replica, packets[first : first + 3], ignore)
            take()
        start.wait()
        take()
        return have

    with ThreadPoolExecutor(len(replicas)) as pool:
        assert list(pool.map(work, replicas)) == [dict.fromkeys(replicas, 60)] * len(replicas)


# ---- laptops


def test_a_laptop_introduces_itself(room: Room) -> None:
    an = room.transport(room.member("an"), TEAM)
    bob = room.transport(room.member("bob", "reader"), TEAM)
    assert an.peers() == []
    an.introduce(profile(A), {B: 3})
    bob.introduce(profile(B, "Bob \x00 \ud83d\ude00 “x”"), {})
    an.introduce(profile(A), {B: 7})
    mine, his = bob.peers()
    assert (mine.replica, mine.profile, mine.seen) == (A, profile(A), {B: 7})
    assert his.profile is not None
    assert his.profile.person.startswith("Bob")


@pytest.mark.parametrize("said", ["", "[]", "{", '{"computer":1}', "null", '{"keys":[]}'])
def test_a_profile_that_cannot_be_read_was_not_said(room: Room, said: str) -> None:
    an = room.transport(room.member("an"), TEAM)
    an.introduce(profile(A), {})
    room.rows(f"UPDATE hub.device SET profile = '{said}', seen = '{said}'")
    (peer,) = an.peers()
    assert (peer.replica, peer.profile) == (A, None)


# ---- teams


def test_an_empty_hub_becomes_that_of_the_first_team(room: Room) -> None:
    an, bob = room.member("an"), room.member("bob")
    room.transport(an, TEAM)
    room.transport(bob, TEAM)
    with pytest.raises(RuleBroken, match="for another team"):
        room.transport(bob, "team-2")
    cas = room.member("cas")  # the only team is meant
    room.transport(cas, TEAM)


def test_two_laptops_that_come_first_at_the_same_time(room: Room) -> None:
    an, bob = room.member("an"), room.member("bob")
    with psycopg.connect(room.url(an)) as first, psycopg.connect(room.url(bob)) as second:
        first.execute("SELECT hub.claim(%s)", (TEAM,))
        second.execute("SET lock_timeout = 1")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute("SELECT hub.claim(%s)", (TEAM,))
        second.rollback()
        first.commit()
        second.execute("SELECT hub.claim(%s)", (TEAM,))
        for other in ("team-2", ""):
            with pytest.raises(psycopg.Error), second.transaction():
                second.execute("SELECT hub.claim(%s)", (other,))
    assert room.rows("SELECT team FROM hub.team") == [(TEAM,)]


def test_a_reader_does_not_choose_the_team(room: Room) -> None:
    with pytest.raises(RuleBroken, match="does not belong to this team"):
        room.transport(room.member("rik", "reader"), TEAM)


def test_two_teams_in_one_hub_see_nothing_of_each_other(room: Room) -> None:
    an = room.transport(room.member("an", team=TEAM), TEAM)
    zoe = room.transport(room.member("zoe", team="team-2"), "team-2")
    an.push(A, chain(A, 3), ignore)
    an.introduce(profile(A), {})
    zoe.push(A, chain(A, 1), ignore)  # the same replica elsewhere is another one
    assert zoe.published() == {A: 1}
    assert len(list(an.pull({}, ignore))) == 3
    assert [peer.profile for peer in zoe.peers()] == [None]
    for laptop, other in ((an, "team-2"), (zoe, TEAM)):
        with pytest.raises(RuleBroken, match="for another team"):
            laptop.open(other)
    with Hub(room.owner_url) as hub, pytest.raises(Ambiguous) as several:
        hub.remove_member("an")
    assert several.value.candidates == (TEAM, "team-2")


def test_a_stranger_is_told_whom_to_ask(room: Room) -> None:
    stranger = room.login("stranger")
    with pytest.raises(RuleBroken) as refused:
        room.transport(stranger, TEAM)
    assert stranger in refused.value.message
    assert f"socius hub member add {stranger}" in refused.value.hint


# ---- the hub itself


def test_a_database_without_a_hub(empty_room: Room) -> None:
    an = empty_room.login("an")
    with pytest.raises(RuleBroken, match="no hub") as refused:
        empty_room.transport(an, TEAM)
    assert "socius hub init" in refused.value.hint


def test_a_hub_is_made_once(empty_room: Room) -> None:
    made = make(empty_room.owner_url, wait=never)
    assert (made.before, made.now) == (0, len(STEPS))
    before = empty_room.rows("SELECT * FROM hub.schema_version")
    again = make(empty_room.owner_url, wait=never)
    assert (again.before, again.now) == (len(STEPS), len(STEPS))
    assert empty_room.rows("SELECT * FROM hub.schema_version") == before


def test_a_hub_is_brought_up_to_date_and_keeps_what_it_has(room: Room, tmp_path: Path) -> None:
    an = room.transport(room.member("an"), TEAM)
    an.push(A, chain(A, 5), ignore)
    step = tmp_path / "to_version_2.sql"
    step.write_text("ALTER TABLE hub.team ADD COLUMN title text NOT NULL DEFAULT '';")
    assert make(room.owner_url, wait=never, steps=[*STEPS, step])[1:] == (1, 2)
    assert room.rows("SELECT team, title FROM hub.team") == [(TEAM, "")]
    assert len(room.packets(A)) == 5
    with pytest.raises(RuleBroken, match="newer than this program"):
        an.open(TEAM)
    with pytest.raises(RuleBroken, match="newer than this program"):
        make(room.owner_url, wait=never)
    with pytest.raises(RuleBroken, match="newer than this program"):
        Hub(room.owner_url, wait=never)


def test_a_step_that_fails_leaves_the_hub_as_it_was(room: Room, tmp_path: Path) -> None:
    step = tmp_path / "to_version_2.sql"
    step.write_text("CREATE TABLE hub.half (one int); SELECT 1 / 0;")
    with pytest.raises(RuleBroken, match="division by zero"):
        make(room.owner_url, wait=never, steps=[*STEPS, step])
    assert room.rows("SELECT max(version) FROM hub.schema_version") == [(1,)]
    assert room.rows("SELECT to_regclass('hub.half')") == [(None,)]


def test_an_older_hub_is_to_be_brought_up_to_date(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from socius_tui.services.sync.hub import administration

    an = room.member("an")
    monkeypatch.setattr(administration, "STEPS", (*STEPS, *STEPS))
    with pytest.raises(RuleBroken, match="older than this program") as refused:
        room.transport(an, TEAM)
    assert "socius hub init" in refused.value.hint


def test_a_database_that_is_not_utf_8_is_refused(empty_room: Room) -> None:
    name = empty_room.database
    empty_room.server.run(
        f"DROP DATABASE {name}",
        f"CREATE DATABASE {name} OWNER {empty_room.owner} TEMPLATE template0"
        " ENCODING 'LATIN1' LOCALE 'C'",
    )
    with pytest.raises(RuleBroken, match="UTF-8"):
        make(empty_room.owner_url, wait=never)


def test_members_laptops_and_what_came_are_listed(room: Room) -> None:
    an, bob = room.member("an"), room.member("bob", "reader")
    laptop = room.transport(an, TEAM)
    laptop.push(A, chain(A, 4), ignore)
    laptop.introduce(profile(A), {})
    with Hub(room.owner_url, wait=never) as hub:
        first, second = hub.lines()
        assert (first.login, first.role, first.packets, first.reached) == (
            an,
            "contact_person",
            4,
            7,
        )
        assert first.peer is not None
        assert first.peer.profile == profile(A)
        assert first.last_at is not None
        assert (second.login, second.role, second.peer) == (bob, "reader", None)
        hub.remove_member(bob)
        assert [line.login for line in hub.lines()] == [an]
        with pytest.raises(NotFound):
            hub.remove_member(bob)
        with pytest.raises(NotFound, match="knows no login"):
            hub.add_member("nobody", "reader")
        with pytest.raises(NotFound):
            hub.revoke("zzz")
        with pytest.raises(NotFound):
            hub.revoke("")
    with Hub(room.url(an), wait=never) as seen_by_member:
        assert [line.login for line in seen_by_member.lines()] == [an]
