"""Whole processes: `socius status` against the least that prints its table; the other quick ones.

python bench/status.py [-n ROUNDS]
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from _measure import HERE, SOCIUS, environment, interleaved, process, report, rounds, workplace

FLOOR = "floor: sqlite3 + rich, same table"


def prepare_floor(database: Path, copy: Path) -> None:
    """A copy of the file in which the finished texts of the table wait to be printed."""
    from socius_tui.domain.dates import format_date
    from socius_tui.i18n import _, set_language
    from socius_tui.services.exchange.tables import NUMBERS, shown, status_table
    from socius_tui.services.overview import plan_status
    from socius_tui.services.session import Session

    set_language("nl")
    with Session(database) as session:
        status = plan_status(session)
    lines = [line for line in status.lines if line.level != "indicator"]
    columns = [c for c in status_table(status.as_of, lines).columns if c.seen]
    title = next(place for place, column in enumerate(columns) if column.name == "title")
    shutil.copyfile(database, copy)
    connection = sqlite3.connect(copy)
    connection.executescript(
        "CREATE TABLE bench_heading (place INTEGER, text TEXT, is_right INTEGER, flows INTEGER);"
        "CREATE TABLE bench_row (place INTEGER, id TEXT, code TEXT, progress TEXT, expected TEXT,"
        " pace TEXT, status TEXT, data TEXT);"
        "CREATE TABLE bench_foot (text TEXT)"
    )
    for place, column in enumerate(columns):
        connection.execute(
            "INSERT INTO bench_heading VALUES (?, ?, ?, ?)",
            (place, _(column.heading), column.kind in NUMBERS, column.flow != "keep"),
        )
    for place, line in enumerate(lines):
        texts = [shown(column, line) for column in columns]
        del texts[title]
        connection.execute(
            "INSERT INTO bench_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (place, line.id, *texts)
        )
    foot = _("As of {day}").format(day=format_date(status.as_of, "nl", "long"))
    connection.execute("INSERT INTO bench_foot VALUES (?)", (foot,))
    connection.commit()
    connection.close()


def compare(ours: list[str | Path], floor: list[str | Path], env: Mapping[str, str]) -> None:
    """Say in how many lines the two print the same: the comparison is worth no more than that."""
    texts = [
        [line.rstrip() for line in subprocess.check_output(c, env=env, text=True).splitlines()]
        for c in (ours, floor)
    ]
    same = sum(a == b for a, b in zip(*texts, strict=False))
    print(f"lines printed: {len(texts[0])} and {len(texts[1])}, the same: {same}")


def main() -> None:
    """Measure and report."""
    n = rounds(21, "socius status and other whole processes")
    with workplace() as (folder, database):
        env = environment(folder, database)
        copy = folder / "floor.db"
        prepare_floor(database, copy)
        status: list[str | Path] = [SOCIUS, "status"]
        floor: list[str | Path] = [sys.executable, HERE / "_floor_status.py", copy]
        compare(status, floor, env)
        report(
            interleaved(
                {
                    FLOOR: process(floor, env),
                    "socius status": process(status, env),
                    "socius status --all": process([*status, "--all"], env),
                    "socius status --format json": process([*status, "--format", "json"], env),
                    "socius export status FILE": process(
                        [SOCIUS, "export", "status", folder / "out.csv", "--force"], env
                    ),
                    "socius --help": process([SOCIUS, "--help"], env),
                    "socius --version": process([SOCIUS, "--version"], env),
                    "python -c pass": process([sys.executable, "-c", "pass"], env),
                },
                n,
            ),
            FLOOR,
        )


if __name__ == "__main__":
    main()
