"""`socius publish`, and that a command that writes keeps the views up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Socius


def about(path: Path) -> tuple[str, int]:
    """The day of the views, and whether they are up to date."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT DISTINCT as_of, up_to_date FROM v_goal_status"
        ).fetchall()
    (line,) = found
    return line[0], line[1]


def test_a_day_is_chosen_and_kept_by_what_writes(fresh: Path, socius: Socius) -> None:
    assert "31/12/2016" in socius("publish", "--on", "31/12/2016").out
    socius("progress", "add", "OD1.1-c", "4", "--date", "14/3/2016")
    assert about(fresh) == ("2016-12-31", 1)
    socius("publish")
    assert about(fresh) == ("2016-12-31", 1)
    socius("publish", "--today")
    assert about(fresh)[0] > "2016-12-31"


def test_one_day_at_a_time(fresh: Path, socius: Socius) -> None:
    said = socius("publish", "--on", "1/1/2016", "--today", code=2)
    assert "together with --on" in said.err
