"""The least that prints the table of `socius status`: sqlite3, rich, and nothing to work out.

    python bench/_floor_status.py FILE

FILE is a copy of a database to which `bench_heading`, `bench_row` and `bench_foot` were added
with the finished texts. Titles come from the plan and its goals; what was judged about them
is only read. `bench/status.py` makes the copy, and says whether both print the same.
"""

import sqlite3
import sys

from rich.box import Box
from rich.console import Console
from rich.table import Table

LINE_UNDER_HEADINGS = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")


def main(path: str) -> None:
    """Read and print."""
    connection = sqlite3.connect(path)
    table = Table(
        box=LINE_UNDER_HEADINGS,
        show_edge=False,
        pad_edge=False,
        padding=0,
        expand=True,
    )
    for text, right, flows in connection.execute(
        "SELECT text, is_right, flows FROM bench_heading ORDER BY place"
    ):
        table.add_column(
            text,
            justify="right" if right else "left",
            no_wrap=True,
            overflow="ellipsis",
            ratio=1 if flows else None,
        )
    for row in connection.execute(
        "SELECT r.code, coalesce(g.title, p.title), r.progress, r.expected, r.pace, r.status,"
        " r.data FROM bench_row r LEFT JOIN goal g ON g.id = r.id LEFT JOIN plan p ON p.id = r.id"
        " ORDER BY r.place"
    ):
        table.add_row(*row)
    Console(highlight=False).print(table)
    print(connection.execute("SELECT text FROM bench_foot").fetchone()[0])


main(sys.argv[1])
