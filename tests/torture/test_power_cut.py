"""Power cuts, simulated: no acknowledged change set is lost on any disk that could be left.

SQL of real use cases runs on a disk that records what it is asked; from that the disks are
built that a cut could leave, and the program opens them. It tries the choice of pragmas, not
the disk: one that says "synced" when it is not keeps nobody's promise.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import pytest

from socius_tui.services.session import Session
from socius_tui.store import driver
from tests.torture import times
from tests.torture.cut_disk import cuts
from tests.torture.verdict import findings
from tests.torture.working import NOON, make_file, work

RECORDER: Final = Path(__file__).with_name("recording_disk.py")
WRITES: Final = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "COMMIT")
SHIPPED: Final = tuple((name, value) for name, value, _expected in driver._PRAGMAS)


class Story(NamedTuple):
    """The file that the work began with, and the SQL of each change set by its key."""

    file: bytes
    sets: list[tuple[str, list[str]]]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Use cases of one person, as the SQL that they became."""
    path = tmp_path_factory.mktemp("story") / "plan.db"
    make_file(path, small=True)
    before = path.read_bytes()
    sets: list[tuple[str, list[str]]] = []
    said: list[str] = []
    with Session(path, clock=NOON) as session:
        session.database.connection.set_trace_callback(said.append)
        for operation in islice(work(session, Random("story")), 48):
            said.clear()
            key = session.write(operation).key
            assert key is not None
            # A statement is told again for each trigger that it fires.
            writes = [
                sql
                for sql, one_before in zip(said, ["", *said], strict=False)
                if sql.startswith(WRITES) and sql != one_before
            ]
            assert (writes[0], writes[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
            sets.append((key, writes))
    return Story(before, sets)


def recorded(
    story: Story, folder: Path, pragmas: tuple[tuple[str, str], ...]
) -> tuple[list[Any], int, list[tuple[int, str]]]:
    """What the disk was asked: operations, where the work began, and when each set was there."""
    path, order, log = folder / "work.db", folder / "order.json", folder / "log.pickle"
    path.write_bytes(story.file)
    order.write_text(
        json.dumps({"file": str(path), "pragmas": pragmas, "sets": story.sets, "log": str(log)}),
        encoding="utf-8",
    )
    subprocess.run([sys.executable, str(RECORDER), str(order)], check=True)
    assert findings(path, [key for key, _statements in story.sets]) == []
    found = pickle.loads(log.read_bytes())
    assert isinstance(found, tuple)
    return found


def after_cuts(
    story: Story, folder: Path, many: int, pragmas: tuple[tuple[str, str], ...]
) -> Counter[str]:
    """How many of so many cuts left something wrong, by what is wrong."""
    log, start, acknowledged = recorded(story, folder, pragmas)
    found: Counter[str] = Counter()
    for moment, files in cuts({"work.db": story.file}, log, start, many, Random("cut")):
        disk = folder / "disk"
        disk.mkdir()
        for name, content in files.items():
            (disk / name).write_bytes(content)
        keys = [key for done, key in acknowledged if done <= moment]
        wrong = findings(disk / "work.db", keys)
        found.update({text.partition(":")[0] for text in wrong})
        found["journals"] += "work.db-journal" in files
        shutil.rmtree(disk)
    return found


def changed(**values: str) -> tuple[tuple[str, str], ...]:
    """The program's pragmas with some of them otherwise."""
    return tuple((name, values.get(name, value)) for name, value in SHIPPED)


def test_no_power_cut_loses_what_was_acknowledged(story: Story, quick_folder: Path) -> None:
    found = after_cuts(story, quick_folder, times(160, 4_000), SHIPPED)
    assert found.pop("journals") > 40  # in many of them SQLite had something to put back
    assert not found, found


@pytest.mark.parametrize(
    "pragmas",
    [
        changed(synchronous="FULL"),
        changed(synchronous="NORMAL"),
        (("locking_mode", "exclusive"), *changed(journal_mode="wal", synchronous="NORMAL")),
    ],
    ids=["DELETE FULL", "DELETE NORMAL", "WAL NORMAL"],
)
def test_a_weaker_choice_loses_something(
    story: Story, quick_folder: Path, pragmas: tuple[tuple[str, str], ...]
) -> None:
    """So the simulation sees it when something is lost."""
    assert after_cuts(story, quick_folder, times(60, 400), pragmas)["lost"]
