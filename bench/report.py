"""The reports of a year and of the board, against `socius status` of the same file.

    python bench/report.py [-n ROUNDS]

The floor judges the same plan on the same day and prints it. A report adds the charts, the
stories, coverage, promises and forecasts, and lays them out; what a form costs is seen between
Markdown (no layout), HTML (a template) and PDF (typst lays out the pages).
"""

from __future__ import annotations

import sys

from _measure import SOCIUS, environment, interleaved, process, report, rounds, workplace

FLOOR = "socius status --all"
REPORTS = (
    ("year 2017", "md"),
    ("year 2017", "html"),
    ("year 2017", "pdf"),
    ("board", "html"),
    ("board", "pdf"),
)


def main() -> int:
    """Measure and report."""
    n = rounds(9, "The reports of a year and of the board, against socius status.")
    with workplace() as (folder, demo):
        env = environment(folder, demo)
        ways = {FLOOR: process([SOCIUS, "status", "--all"], env)}
        for what, form in REPORTS:
            target = folder / f"{what}.{form}"
            ways[f"socius report {what}, {form}"] = process(
                [SOCIUS, "report", *what.split(), target, "--force"], env
            )
        report(interleaved(ways, n), FLOOR)
    return 0


if __name__ == "__main__":
    sys.exit(main())
