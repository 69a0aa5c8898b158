"""A million measurements out: against the csv module over a bare cursor, and sqlite-utils.

    python bench/export.py [-n ROUNDS] [--measurements 1000000]

Every way is a whole process that writes a file. The floor has the columns, the joins and the
order of ours; sqlite-utils writes the bare table. Ours also makes each text harmless, takes the
content hash on the way and forces the file to the disk. Memory is the peak of a process, and
how much of that is above the same process with the demo's 364 measurements.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from _measure import HERE, SOCIUS, environment, interleaved, process, report, workplace

FLOOR = "csv module over a bare cursor"
# In the order of their days, as people enter them, over the 911 days until the demo's today. Each
# has a note of its own: accents, commas, now and then a quote.
ROWS = """
WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies)
INSERT INTO measurement (id, indicator_id, observed_on, form, value, numerator, denominator,
  qualifier, work_type_id, note, evidence, recorded_by, recorded_at)
SELECT m.id || '-' || n, indicator_id,
  date('2016-01-01', '+' || (n * 911 / :copies) || ' days'), form, value, numerator, denominator,
  qualifier, work_type_id,
  CASE WHEN n % 3 = 0 AND form <> 'text' THEN ''
    WHEN n % 3 = 1 THEN 'Geteld in week ' || n || ', met één collega'
    ELSE 'Uit het verslag "' || n || '"' END,
  evidence, recorded_by, recorded_at
FROM (SELECT * FROM measurement WHERE retired_at IS NULL) m, copy ORDER BY n LIMIT :rows
"""


def build(demo: Path, large: Path, rows: int) -> None:
    """The demo with so many measurements; without journal, which no export reads."""
    shutil.copyfile(demo, large)
    with sqlite3.connect(large) as connection:
        there = connection.execute("SELECT count(*) FROM measurement").fetchone()[0]
        connection.execute("UPDATE journal_state SET applying = 1")
        connection.execute(ROWS, {"copies": rows // there + 2, "rows": max(0, rows - there)})
        connection.execute("UPDATE journal_state SET applying = 0")
    connection.close()
    from socius_tui.services.session import Session

    Session(large).close()  # indexes for search what was written past it


def peak(command: Sequence[str | Path], env: Mapping[str, str], folder: Path) -> float:
    """The highest memory of a Python script, in MB."""
    target = folder / "peak"
    process([sys.executable, HERE / "_peak.py", target, *command], env)()
    return int(target.read_text(encoding="ascii")) / 1024


def main() -> None:
    """Build, measure and report."""
    parser = argparse.ArgumentParser(description="export of many measurements")
    parser.add_argument("-n", type=int, default=3)
    parser.add_argument("--measurements", type=int, default=1_000_000)
    given = parser.parse_args()
    with workplace() as (folder, demo):
        large = folder / "large.db"
        build(demo, large, given.measurements)
        env = environment(folder, large)
        ours: list[str | Path] = [SOCIUS, "export", "measurements", folder / "out.csv", "--force"]
        utils = Path(sys.executable).with_name("sqlite-utils")
        ways: dict[str, list[str | Path]] = {
            FLOOR: [HERE / "_floor_export.py", large, folder / "floor.csv"],
            "socius export measurements": ours,
            "socius export measurements --excel": [*ours, "--excel"],
            "sqlite-utils rows --csv": [utils, "rows", large, "measurement", "--csv"],
        }
        works = {name: process([sys.executable, *way], env) for name, way in ways.items()}
        report(interleaved(works, given.n), FLOOR)
        size = (folder / "out.csv").stat().st_size / 1e6
        print(f"{given.measurements} measurements, {size:.0f} MB of CSV; highest memory:")
        small = peak(ours, environment(folder, demo), folder)
        for name, way in ways.items():
            most = peak(way, env, folder)
            print(f"  {name:<36} {most:6.0f} MB, {most - small:+.0f} above ours of the demo")


if __name__ == "__main__":
    main()
