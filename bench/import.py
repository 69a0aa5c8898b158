"""Taking in 100,000 organisations, against `sqlite-utils insert --csv` of the same file.

    python bench/import.py [-n ROUNDS] [--rows 100000]

The floor neither checks nor journals anything. Ours looks at every row twice (the preview, and
the write), holds it against the register, makes a backup first and journals what it writes. The
memory is what the process holds at most, above what the same command holds for one row.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from _measure import SOCIUS, environment, interleaved, report, workplace

HEADER = (
    "code", "name", "work_type", "municipality", "size", "participation", "federation",
    "recognised_from", "note",
)  # fmt: skip
TYPES = ("verenigingen", "vormingsinstellingen", "vormingplus-centra", "bewegingen")


def write_list(path: Path, rows: int) -> None:
    """A list of made-up organisations."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for n in range(rows):
            writer.writerow(
                (
                    f"B-{n}", f"Voorbeeldkring {n}", TYPES[n % 4], f"Gemeente {n % 300}",
                    ("small", "medium", "large")[n % 3], "reached", "Federatie A",
                    f"20{10 + n % 9}-01-01", "Verzonnen, om te meten",
                )
            )  # fmt: skip


def peak(command: list[str], env: dict[str, str]) -> tuple[float, int]:
    """The seconds that a command takes, and the most memory that it holds (bytes)."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} ended with {child.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=3)
    parser.add_argument("--rows", type=int, default=100_000)
    given = parser.parse_args()
    with workplace() as (folder, demo):
        wanted, one = folder / "list.csv", folder / "one.csv"
        write_list(wanted, given.rows)
        write_list(one, 1)
        ours, floor = folder / "ours.db", folder / "floor.db"
        env = environment(folder, ours)
        command = [str(SOCIUS), "import", "organisations", "--yes"]
        memory: list[int] = []

        def take_in() -> float:
            shutil.copyfile(demo, ours)
            seconds, most = peak([*command, str(wanted)], env)
            memory.append(most)
            return seconds

        def insert() -> float:
            floor.unlink(missing_ok=True)
            python = [sys.executable, "-m", "sqlite_utils", "insert", str(floor), "organisation"]
            return peak([*python, str(wanted), "--csv"], env)[0]

        found = interleaved(
            {"sqlite-utils insert --csv": insert, "socius import": take_in}, given.n
        )
        report(found, "sqlite-utils insert --csv")
        shutil.copyfile(demo, ours)
        _seconds, least = peak([*command, str(one)], env)
        print(f"memory above that for one row: {(max(memory) - least) / 2**20:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
