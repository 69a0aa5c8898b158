"""Killed, cut off, full or put back in the middle of an exchange: afterwards all have the same."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from socius_tui.errors import FileProblem, OutOfReach
from socius_tui.services.session import Session
from socius_tui.services.sync.exchanging import Outcome, exchange
from socius_tui.services.sync.joining import join
from socius_tui.services.sync.running import run
from socius_tui.store.landmarks import listen
from socius_tui.store.sync.exchange import Arrangement
from tests.hygiene.sources import ROOT
from tests.services.sync.colleagues import Colleague, all_alike, common, make_base
from tests.services.sync.hub_server import Room, empty_room, room, server
from tests.services.sync.memory import MemoryTransport, Shelf
from tests.services.sync.places import AN, BO
from tests.torture import times

__all__ = ["empty_room", "room", "server"]

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the worker is forked")

LANDMARKS = (
    "sync.journal",
    "sync.rows",
    "sync.part",
    "sync.taken",
    "sync.sent",
    "folder.piece",
    "folder.written",
    "folder.renamed",
    "identity.committed",
)


class Worker:
    """The process that forks."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.sync_child"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def exchange(self, path: Path, place: Arrangement, landmark: str = "", count: int = 1) -> bool:
        """Exchange; gives whether it was killed where it was asked to."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {
            "path": str(path), "kind": place.kind, "address": place.address,
            "state": os.environ["XDG_STATE_HOME"], "landmark": landmark, "times": count,
        }  # fmt: skip
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return self._process.stdout.readline() == f"dead {signal.SIGKILL.value}\n".encode()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("kill") / "base.db")


@pytest.fixture
def two(base: Path, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    """An and Bo, who exchange by `run`."""
    nowhere = Shelf()
    made = [
        Colleague(base, tmp_path, name, lambda _: MemoryTransport(nowhere)) for name in (AN, BO)
    ]
    yield made[0], made[1]
    for each in made:
        each.close()


class Acknowledged:
    """What was said to be on the disk."""

    def __init__(self) -> None:
        self.words: set[str] = set()

    def visit(self, colleague: Colleague, words: str) -> None:
        colleague.visit(summary=words, needs=("lokalen",))
        self.words.add(words)

    def lost(self, colleague: Colleague) -> set[str]:
        return self.words - {text for (text,) in colleague.ask("SELECT summary FROM visit")}


def exchanged(colleague: Colleague, place: Arrangement) -> Outcome:
    return run(colleague.session, place)


def the_same(two: tuple[Colleague, Colleague], place: Arrangement, said: Acknowledged) -> None:
    """Exchange again, undisturbed: nobody misses anything."""
    for _time in range(2):
        for colleague in two:
            exchanged(colleague, place)
    all_alike(two)
    for colleague in two:
        assert said.lost(colleague) == set()
        assert colleague.findings() == []


@pytest.fixture
def shared(tmp_path: Path) -> Arrangement:
    (tmp_path / "shared").mkdir()
    return Arrangement("folder", str(tmp_path / "shared"))


@needs_fork
@pytest.mark.parametrize("portion", range(times(1, 20)))
def test_killed_while_it_exchanges(
    portion: int, worker: Worker, two: tuple[Colleague, Colleague], shared: Arrangement
) -> None:
    chance, said, killed = Random(f"kill {portion}"), Acknowledged(), set()
    for number in range(times(2, 10)):
        for landmark in LANDMARKS:
            victim, other = chance.sample(two, 2)
            for colleague in (victim, other):
                said.visit(colleague, f"{landmark} {number} {colleague.path.stem}")
            exchanged(other, shared)
            if worker.exchange(victim.path, shared, landmark, 1 + chance.getrandbits(2) * number):
                killed.add(landmark)
            assert victim.ask("PRAGMA foreign_key_check") == []
            assert said.lost(victim) <= {w for w in said.words if victim.path.stem not in w}
            if chance.random() < 0.5:
                exchanged(other, shared)
        the_same(two, shared, said)
    assert killed >= set(LANDMARKS) - {"identity.committed"}


@needs_fork
def test_killed_between_a_hub_and_a_file(
    room: Room, worker: Worker, two: tuple[Colleague, Colleague]
) -> None:
    places = [Arrangement("hub", room.url(room.member(name))) for name in ("an", "bo")]
    said = Acknowledged()
    for number, landmark in enumerate(
        [mark for mark in LANDMARKS if mark.startswith("sync.")] * times(1, 20)
    ):
        turn = number % 2
        for colleague in two:
            said.visit(colleague, f"{landmark} {number} {colleague.path.stem}")
        exchanged(two[1 - turn], places[1 - turn])  # so that there is something to take
        assert worker.exchange(two[turn].path, places[turn], landmark)
    for _time in range(2):
        for colleague, place in zip(two, places, strict=True):
            exchanged(colleague, place)
    all_alike(two)
    assert [said.lost(colleague) for colleague in two] == [set(), set()]


@pytest.mark.parametrize("at", range(1, 1 + times(3, 5)))
def test_the_server_is_killed_and_comes_back(
    at: int, room: Room, two: tuple[Colleague, Colleague]
) -> None:
    logins = [room.member("an"), room.member("bo")]
    said, passed = Acknowledged(), 0
    for number in range(4):
        for colleague in two:
            said.visit(colleague, f"{number} {colleague.path.stem}")
    exchange(two[1].session, room.transport(logins[1]))

    def step(_count: int) -> None:
        nonlocal passed
        passed += 1
        if passed == at:
            room.server.kill()

    try:
        with pytest.raises(OutOfReach):
            exchange(two[0].session, room.transport(logins[0]), step=step)
    finally:
        room.server.start()
    for _time in range(2):
        for colleague, login in zip(two, logins, strict=True):
            exchange(colleague.session, room.transport(login))
    all_alike(two)
    assert [said.lost(colleague) for colleague in two] == [set(), set()]


def fails_at(step: str, count: int, code: int) -> Callable[[str], None]:
    """The disk says no from the n-th time on that a step is passed."""
    left = count

    def passed(now: str) -> None:
        nonlocal left
        left -= now == step
        if left <= 0 and now == step:
            raise OSError(code, os.strerror(code))

    return passed


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_the_folder_is_full_or_read_only(
    code: int, two: tuple[Colleague, Colleague], shared: Arrangement
) -> None:
    said = Acknowledged()
    for count in range(1, 1 + times(4, 9)):
        for colleague in two:
            said.visit(colleague, f"{count} {colleague.path.stem}")
        listen(fails_at("folder.piece", count, code))
        try:
            for colleague in two:
                with suppress(FileProblem):
                    exchanged(colleague, shared)
        finally:
            listen(None)
        assert list(Path(shared.address).rglob("*.tmp")) == []
    the_same(two, shared, said)


def test_a_folder_that_was_put_back_to_last_week(
    two: tuple[Colleague, Colleague], shared: Arrangement, tmp_path: Path
) -> None:
    said, folder, kept = Acknowledged(), Path(shared.address), tmp_path / "kept"
    said.visit(two[0], "vorige week")
    the_same(two, shared, said)
    shutil.copytree(folder, kept)
    for colleague in two:
        said.visit(colleague, f"deze week {colleague.path.stem}")
    the_same(two, shared, said)
    for left in (kept, None):  # put back, and then emptied altogether
        shutil.rmtree(folder)
        shutil.copytree(left, folder) if left else folder.mkdir()
        for colleague in two:
            said.visit(colleague, f"daarna {left} {colleague.path.stem}")
        the_same(two, shared, said)
    newcomer = tmp_path / "newcomer.db"
    join(newcomer, shared)
    with Session(newcomer) as session:
        assert session.read(common) == two[0].holds()
