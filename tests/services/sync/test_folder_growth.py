"""What keeps the shared folder small: segments that are joined, and snapshots."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from socius_tui.domain.exchanged import Packet
from socius_tui.errors import SociusError
from socius_tui.services.sync.folder.compacting import Compacted
from socius_tui.services.sync.transport import Snapshot
from tests.hygiene.sources import ROOT
from tests.services.sync.folders import NOW, files, sealed, segments, way
from tests.services.sync.places import (
    AN,
    BO,
    CEM,
    TEAM,
    no_step,
    packets,
    pulled,
    put,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty shared folder."""
    made = tmp_path / "shared"
    made.mkdir()
    return made


# ---- a hole, and files that are joined


def filled(folder: Path, many: int) -> list[Packet]:
    """A folder with so many small segments."""
    mine = packets(AN, *range(many + 1))
    for packet in mine:
        put(way(folder), [packet])
    assert len(segments(folder)) == many
    return mine


def test_a_hole_is_filled(folder: Path) -> None:
    mine = filled(folder, 5)
    before = files(folder)
    segments(folder)[2].unlink()
    an = way(folder)
    assert an.published() == {AN: 2}
    assert pulled(an) == mine[:2] + mine[3:]
    an.push(AN, mine[2:], no_step)
    assert an.published() == {AN: 5}
    assert files(folder) == before


def test_few_are_not_joined(folder: Path) -> None:
    filled(folder, 50)
    assert way(folder).compact(AN, {}) == Compacted(0, 0)


def test_many_are_joined_and_nothing_is_taken_away(folder: Path) -> None:
    mine = filled(folder, 51)
    an = way(folder)
    assert an.compact(AN, {BO: {AN: 99}}) == Compacted(1, 0)
    assert len(segments(folder)) == 52
    assert an.published() == {AN: 51}
    assert pulled(way(folder)) == mine
    assert an.compact(AN, {BO: {AN: 99}}) == Compacted(0, 0)
    put(an, packets(AN, 51, 52))
    assert an.published() == {AN: 52}


def grown_old(folder: Path, days: int) -> None:
    for path in segments(folder):
        if path.name.split(".")[1] != "000000000000-000000000051":
            moment = (NOW - timedelta(days=days)).timestamp()
            os.utime(path, (moment, moment))


@pytest.mark.parametrize(
    ("days", "everyone", "removed"),
    [
        (91, {BO: {AN: 51}, CEM: {AN: 60}}, 51),
        (91, {AN: {}, BO: {AN: 51}}, 51),
        (91, {BO: {AN: 51}, CEM: {AN: 10}}, 10),
        (91, {BO: {AN: 51}, CEM: {}}, 0),
        (91, {}, 0),
        (89, {BO: {AN: 51}}, 0),
    ],
)
def test_what_may_be_taken_away(
    days: int, everyone: dict[str, dict[str, int]], removed: int, folder: Path
) -> None:
    mine = filled(folder, 51)
    an = way(folder)
    an.compact(AN, everyone)
    grown_old(folder, days)
    assert an.compact(AN, everyone) == Compacted(0, removed)
    assert an.published() == {AN: 51}
    assert pulled(way(folder)) == mine


def test_nothing_is_taken_away_for_what_is_damaged(folder: Path) -> None:
    mine = filled(folder, 51)
    way(folder).compact(AN, {})
    grown_old(folder, 91)
    large = next(path for path in segments(folder) if "-000000000051" in path.name)
    large.write_bytes(large.read_bytes()[:-9])
    an = way(folder)
    assert an.compact(AN, {BO: {AN: 51}}) == Compacted(0, 0)
    assert pulled(way(folder)) == mine
    assert an.troubles


def test_joined_again_and_again(folder: Path) -> None:
    mine = packets(AN, *range(121))
    for packet in mine:
        an = way(folder)
        put(an, [packet])
        an.compact(AN, {})
    assert pulled(way(folder)) == mine
    assert way(folder).published() == {AN: 120}


def test_sealed_files_are_joined_too(folder: Path) -> None:
    mine = packets(AN, *range(52))
    for packet in mine:
        put(sealed(folder, AN), [packet])
    assert sealed(folder, AN).compact(AN, {}) == Compacted(1, 0)
    assert pulled(sealed(folder, BO)) == mine


# ---- snapshots


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file that stands for a database."""
    path = tmp_path / "plan.db"
    path.write_bytes(b"SQLite format 3\0" + os.urandom(200_000) + bytes(5 << 20))
    return path


def snapshots(folder: Path, replica: str = AN) -> list[Path]:
    return sorted((folder / "replicas" / replica / "snapshots").iterdir())


@pytest.mark.parametrize("seal", [True, False])
def test_a_new_laptop_begins_from_a_snapshot(
    seal: bool, folder: Path, database: Path, tmp_path: Path
) -> None:
    an = sealed(folder, AN) if seal else way(folder)
    put(an, packets(AN, 0, 1, 2))
    an.put_snapshot(AN, Snapshot(database, {AN: 2}))
    put(an, packets(AN, 2, 3))
    bo = sealed(folder, BO) if seal else way(folder)
    into = tmp_path / "new.db"
    assert bo.newest_snapshot(into) == Snapshot(into, {AN: 2})
    assert into.read_bytes() == database.read_bytes()
    assert pulled(bo, {AN: 2}) == packets(AN, 2, 3)
    assert bo.troubles == []
    assert {path.name for path in tmp_path.iterdir()} == {"shared", "plan.db", "new.db"}
    assert bo.published() == {AN: 3}


def test_no_snapshot(folder: Path, tmp_path: Path) -> None:
    assert way(folder).newest_snapshot(tmp_path / "new.db") is None
    assert not (tmp_path / "new.db").exists()


def test_two_snapshots_of_a_laptop_stay(folder: Path, database: Path, tmp_path: Path) -> None:
    for day in range(5):
        database.write_bytes(str(day).encode())
        an = way(folder, now=NOW + timedelta(days=day))
        an.put_snapshot(AN, Snapshot(database, {AN: day}))
    assert [path.name.split(".")[1] for path in snapshots(folder)] == ["20160703", "20160704"]
    assert way(folder).newest_snapshot(tmp_path / "new.db") == (tmp_path / "new.db", {AN: 4})
    assert (tmp_path / "new.db").read_bytes() == b"4"


@pytest.mark.parametrize("how", ["half", "zeros", "empty", "more"])
def test_a_damaged_snapshot_is_told_and_the_one_before_tried(
    how: str, folder: Path, database: Path, tmp_path: Path
) -> None:
    way(folder).put_snapshot(BO, Snapshot(database, {BO: 1}))
    way(folder, now=NOW + timedelta(days=1)).put_snapshot(AN, Snapshot(database, {AN: 2}))
    (path,) = snapshots(folder)
    data = path.read_bytes()
    changed = {"half": data[:999], "zeros": bytes(len(data)), "empty": b"", "more": data + b"x"}
    path.write_bytes(changed[how])
    bo = way(folder)
    into = tmp_path / "new.db"
    assert bo.newest_snapshot(into) == Snapshot(into, {BO: 1})
    assert [trouble.name for trouble in bo.troubles] == [f"{AN}/snapshots/{path.name}"]


def forged(folder: Path, packed: bytes, **fields: object) -> Path:
    """A snapshot of An with a right name and something else in it."""
    from socius_tui.services.sync.folder.segments import digest_of

    header = {"format": 1, "team": TEAM, "replica": AN, "have": {}, "size": 1, "sha256": ""}
    data = json.dumps(header | fields).encode() + b"\n" + packed
    path = folder / "replicas" / AN / "snapshots" / f"{AN}.20160101.{digest_of(data)}.snap"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "fields",
    [
        {"format": 2},
        {"format": None},
        {"team": "x"},
        {"replica": BO},
        {"have": {"..": 1}},
        {"have": {AN: -1}},
        {"size": -1},
        {"size": 10**6},
        {"size": 10},
        {"sha256": 1},
        {},
    ],
)
def test_a_snapshot_that_says_something_else(
    fields: dict[str, object], folder: Path, tmp_path: Path
) -> None:
    bo = way(folder)
    forged(folder, zlib.compress(bytes(10**6)), **fields)
    assert bo.newest_snapshot(tmp_path / "new.db") is None
    assert len(bo.troubles) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["shared"]


def test_a_snapshot_never_replaces_a_file(folder: Path, database: Path) -> None:
    an = way(folder)
    an.put_snapshot(AN, Snapshot(database, {}))
    before = database.read_bytes()
    with pytest.raises(SociusError):
        an.newest_snapshot(database)
    assert database.read_bytes() == before
    with pytest.raises(SociusError):
        an.newest_snapshot(database.parent / "nowhere" / "plan.db")
    with pytest.raises(SociusError):
        an.put_snapshot(AN, Snapshot(database.with_name("none.db"), {}))


# ---- killed in between

#: Joins and takes away, or puts a snapshot; ends itself at the n-th time of a landmark.
CHILD: Final = """
import os, signal, sys
from pathlib import Path
from socius_tui.services.sync.transport import Snapshot
from socius_tui.store import landmarks
from tests.services.sync.folders import way
from tests.services.sync.places import AN, BO
transport = way(Path(sys.argv[1]))
passed = []
def listen(step):
    passed.append(step)
    if step == sys.argv[2] and passed.count(step) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
landmarks.listen(listen)
if len(sys.argv) > 4:
    transport.put_snapshot(AN, Snapshot(Path(sys.argv[4]), {AN: 51}))
else:
    transport.compact(AN, {BO: {AN: 51}})
"""


def killed(folder: Path, landmark: str, number: int, *database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), landmark, str(number), *database], cwd=ROOT
    )
    assert done.returncode == -signal.SIGKILL


@pytest.mark.skipif(os.name != "posix", reason="a process that kills itself at once")
def test_killed_while_it_joins_and_takes_away(folder: Path) -> None:
    mine = filled(folder, 51)
    for landmark in ("folder.piece", "folder.written", "folder.renamed"):
        killed(folder, landmark, 1)
        assert pulled(way(folder)) == mine
        assert way(folder).troubles == []
    grown_old(folder, 91)
    for number in (1, 20):
        killed(folder, "folder.removed", number)
        assert pulled(way(folder)) == mine
    assert way(folder).compact(AN, {BO: {AN: 51}}) == Compacted(0, 30)
    assert pulled(way(folder)) == mine


@pytest.mark.skipif(os.name != "posix", reason="a process that kills itself at once")
@pytest.mark.parametrize("landmark", ["folder.piece", "folder.written"])
def test_killed_while_it_puts_a_snapshot(
    landmark: str, folder: Path, database: Path, tmp_path: Path
) -> None:
    way(folder)
    killed(folder, landmark, 1, str(database))
    bo = way(folder)
    assert bo.newest_snapshot(tmp_path / "new.db") is None
    assert bo.troubles == []
    way(folder).put_snapshot(AN, Snapshot(database, {AN: 51}))
    assert bo.newest_snapshot(tmp_path / "new.db") is not None
    assert (tmp_path / "new.db").read_bytes() == database.read_bytes()
