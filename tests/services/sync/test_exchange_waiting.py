"""What of others cannot be taken over yet waits, is named, and freezes nobody."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.domain.exchanged import Packet
from socius_tui.domain.moments import milliseconds, moment_text
from socius_tui.errors import BadFile
from socius_tui.services.session import Session
from socius_tui.services.sync.arranging import standing
from socius_tui.services.sync.exchanging import exchange
from socius_tui.services.visiting import EditVisit
from socius_tui.store.driver import SCHEMA_VERSION, in_memory
from socius_tui.store.journal import sets
from socius_tui.store.journal.comparison import differences
from socius_tui.store.sync import readiness
from socius_tui.store.sync.exchange import Arrangement, ours
from socius_tui.store.sync.merging import take_over
from socius_tui.store.sync.packets import opened, packed
from tests.services.sync.colleagues import NOON, Clock, Colleague, all_alike, common, in_turn
from tests.services.sync.memory import MemoryTransport, Shelf
from tests.services.sync.places import AN
from tests.store.sync.laptops import same_tables
from tests.store.test_migrations import OLD, restore

Three = tuple[Colleague, Colleague, Colleague]
Change = Callable[[Packet], Packet | None]


def shelf_of(colleague: Colleague) -> Shelf:
    transport = colleague.way()
    assert isinstance(transport, MemoryTransport)
    return transport.shelf


def put_back(shelf: Shelf, taken: dict[int, Packet], replica: str) -> None:
    shelf.packets[replica].update(taken)


def changed(shelf: Shelf, replica: str, at: int, change: Change) -> dict[int, Packet]:
    """Do something to the packet of a replica in a place of the row; gives what was there."""
    key = sorted(shelf.packets[replica])[at]
    before = shelf.packets[replica].pop(key)
    after = change(before)
    if after is not None:
        shelf.packets[replica][key] = after
    return {key: before}


def test_a_missing_middle_is_named(colleagues: Three) -> None:
    an, bo, cem = colleagues
    in_turn(colleagues)
    for words in ("een", "twee", "drie"):
        an.visit(summary=words)
    an.sync()
    (lost,) = (changed(shelf_of(an), an.replica, 1, lambda _packet: None),)
    cem.visit(summary="van Cem")
    cem.sync()
    said = bo.sync()
    assert said.taken == 2  # what comes before it, and what others did
    (waits,) = said.waiting
    (place, packet) = next(iter(lost.items()))
    assert "An Peeters" in waits.name
    assert waits.sentence == (
        f"1 transaction waits: places {place + 1} to {packet.until} did not arrive."
    )
    assert waits.hint
    assert bo.sync().waiting == said.waiting
    put_back(shelf_of(an), lost, an.replica)
    assert (bo.sync().taken, bo.one("SELECT count(*) FROM waiting")) == (2, 0)
    in_turn(colleagues)
    all_alike(colleagues)


def test_a_newer_program_waits_until_this_one_is_new(
    colleagues: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, bo, cem = colleagues
    in_turn(colleagues)
    an.visit(summary="van een nieuwer programma")
    an.visit(summary="en daarna")
    an.sync()
    newer = SCHEMA_VERSION + 1
    changed(shelf_of(an), an.replica, 0, lambda packet: packet._replace(version=newer))
    cem.visit()
    cem.sync()
    for _time in range(2):
        said = bo.sync()
        (waits,) = said.waiting
        assert f"newer program (file version {newer})" in waits.sentence
        assert waits.sentence.startswith("2 transactions wait")
        assert "up to date" in waits.hint
    assert bo.one("SELECT count(*) FROM visit WHERE summary = 'en daarna'") == 0
    bo.visit(summary="Bo werkt door")
    assert bo.sync().sent == 1
    # The newer program is installed; nothing has to be sent again.
    shelf_of(an).packets[an.replica].clear()
    monkeypatch.setattr(readiness, "SCHEMA_VERSION", newer)
    assert bo.sync().taken == 2
    assert bo.sync().waiting == ()
    assert bo.one("SELECT count(*) FROM visit WHERE summary = 'en daarna'") == 1
    assert bo.damage() == []


def test_what_is_damaged_is_named_and_sent_again(colleagues: Three) -> None:
    an, bo, cem = colleagues
    in_turn(colleagues)
    for words in ("een", "twee"):
        an.visit(summary=words)
    an.sync()
    half: Change = lambda packet: packet._replace(body=packet.body[: len(packet.body) // 2])  # noqa: E731
    lost = changed(shelf_of(an), an.replica, 0, half)
    cem.visit()
    cem.sync()
    said = bo.sync()
    assert said.taken == 1
    (waits,) = said.waiting
    assert "damaged" in waits.sentence
    assert "An Peeters" in waits.name
    put_back(shelf_of(an), lost, an.replica)
    bo.sync()
    in_turn(colleagues)
    all_alike(colleagues)


def test_the_status_of_a_file(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    assert standing(an.session)[:3] == (None, 0, 0)
    place = Arrangement("folder", "/somewhere")
    an.sync(remembering=place)
    now = standing(an.session)
    assert now.arranged is not None
    assert now.arranged[:3] == ("folder", "/somewhere", False)
    assert now.arranged.done_at is not None
    assert (now.to_send, now.conflicts, now.peers) == (0, 0, ())
    visit_id = an.one("SELECT id FROM visit")
    an.do(EditVisit.of(visit_id=visit_id, summary="Van An"))
    bo.do(EditVisit.of(visit_id=visit_id, summary="Van Bo"))
    bo.sync()
    assert standing(an.session).to_send == 1
    an.sync(remembering=place)
    now = standing(an.session)
    assert (now.to_send, now.conflicts) == (0, 1)
    (peer,) = now.peers
    assert peer.profile is not None
    assert peer.profile.person == "Bo Maes"
    assert now.arranged is not None
    assert now.arranged.outcome["taken"] == 1
    # What came in last is told until something else does.
    an.sync(remembering=place)
    again = standing(an.session).arranged
    assert again is not None
    assert (again.outcome["taken"], again.outcome["sent"]) == (1, 0)
    # Another place knows nothing yet.
    an.sync(remembering=Arrangement("hub", "postgresql://x"))
    other = standing(an.session).arranged
    assert other is not None
    assert other.kind == "hub"


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_files_of_earlier_versions_exchange(version: int, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    restore(OLD / f"v{version}.sql", old)
    shelf = Shelf()
    sessions = []
    for name in ("a", "b"):
        path = Path(shutil.copy(old, tmp_path / f"{name}.db"))
        session = Session(path, clock=Clock())
        session.database.settle()
        sessions.append(session)
    one, other = sessions
    assert one.read(ours).team == other.read(ours).team or version == 1
    if version == 1:  # which kept no journal: one of them begins, the others join
        other.database.note(
            lambda c: c.execute("UPDATE journal_state SET team = ?", (one.read(ours).team,))
        )
    for session in (one, other):
        (row,) = session.read(lambda c: c.execute("SELECT min(id) FROM organisation").fetchone())
        words = session.path.name
        from tests.services.sync.colleagues import Do

        session.write(
            Do(lambda t, row=row, words=words: t.change("organisation", row, {"note": words}))  # type: ignore[misc]
        )
    for _time in range(2):
        for session in sessions:
            exchange(session, MemoryTransport(shelf))
    assert one.read(common) == other.read(common)
    assert list(one.read(lambda c: list(differences(c)))) == []
    for session in sessions:
        session.close()


# Damaged on the way


class Sent:
    """What a colleague sends, and the file before that; shown by its name."""

    def __init__(self, packets: list[Packet], before: bytes) -> None:
        self.packets, self.before = packets, before


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory, base: Path) -> Iterator[Sent]:
    """What a colleague sends, and the file of one who has all of it but the last."""
    folder = tmp_path_factory.mktemp("sent")
    shelf = Shelf()
    an = Colleague(base, folder, AN, lambda _replica: MemoryTransport(shelf))
    before = an.session.database.connection.serialize()
    an.visit(summary='é \u2028 \\ "x"', needs=("lokalen",))
    an.do(EditVisit.of(visit_id=an.one("SELECT max(id) FROM visit"), summary="anders"))
    packets = list(packed(an.session.database.connection, an.replica, 0))
    yield Sent(packets, before)
    an.close()


INSERTED = ['"', "[", "null", "1e999", "\\", "9" * 400]
places = st.integers(0, 10**6)
damage = st.one_of(
    st.tuples(st.just("cut"), places),
    st.tuples(st.just("flip"), places, st.integers(1, 0x10FF)),
    st.tuples(st.just("insert"), places, st.sampled_from(INSERTED)),
    st.tuples(st.just("swap"), places, st.sampled_from(["I", "U", "D", "visit", "9", "null"])),
)  # fmt: skip


def damaged(packet: Packet, how: list[tuple[Any, ...]]) -> Packet:
    body = packet.body
    for one in how:
        at = one[1] % max(len(body), 1)
        match one:
            case ("cut", _at):
                body = body[:at]
            case ("flip", _at, code):
                body = body[:at] + chr(ord(body[at : at + 1] or " ") ^ code) + body[at + 1 :]
            case ("insert", _at, text):
                body = body[:at] + text + body[at:]
            case ("swap", _at, text):
                body = body[:at] + text + body[at + len(text) :]
    return packet._replace(body=body)


@settings(max_examples=120)
@given(st.integers(0, 1), st.lists(damage, min_size=1, max_size=3))
def test_damage_is_a_bad_file_and_writes_nothing(
    sent: Sent, which: int, how: list[tuple[Any, ...]]
) -> None:
    with same_tables():
        receive(sent, which, how)


def receive(sent: Sent, which: int, how: list[tuple[Any, ...]]) -> None:
    packets, before = sent.packets, sent.before
    broken = damaged(packets[which], how)
    try:
        opened(broken)
        is_bad = False
    except BadFile:
        is_bad = True
    connection = in_memory()
    connection.deserialize(before)
    connection.execute("PRAGMA foreign_keys = ON")
    sets.go_on_as(connection, "bbbbbbbbbbbb")
    rows = common(connection)
    connection.execute("BEGIN")
    taken = take_over(connection, [*packets[:which], broken], milliseconds(NOON), moment_text(NOON))
    connection.execute("COMMIT")
    if is_bad:
        assert [held.why for held in taken.held] == ["damaged"]
        if which == 0:
            assert common(connection) == rows
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert list(differences(connection)) == []
    connection.close()
