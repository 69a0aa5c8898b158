"""Keeps a file of the current version as SQL text, for the tests of later upgrades.

    python -m tools.old_schema    # write tests/data/old_schemas/v<version>.sql

Run it when a version is released, and never again for that version: an upgrade must work on
the files that people have, not on those that a later program would make.
"""

from __future__ import annotations

import sqlite3
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from socius_tui.services.assigning import Assign
from socius_tui.services.clock import FixedClock
from socius_tui.services.following import AddFollowUp, CloseFollowUp
from socius_tui.services.measuring import AddMeasurement, SetTarget
from socius_tui.services.register import organisation_list, staff, work_types
from socius_tui.services.resolve import find_goal, find_indicator
from socius_tui.services.session import Session
from socius_tui.services.setup import FirstStart, create_database
from socius_tui.services.visiting import LogVisit, Promise, RetireVisit
from socius_tui.store.driver import SCHEMA_VERSION
from socius_tui.store.schema import schema_text

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "tests" / "data" / "old_schemas"
NOON: Final = FixedClock(datetime(2016, 6, 30, 12, tzinfo=UTC))


def fill(path: Path) -> None:
    """Some of everything: visits, promises, measurements, targets, what was taken out."""
    start = FirstStart(sample_organisations=True, person="An Peeters")
    create_database(path, start, clock=NOON)
    with Session(path, clock=NOON) as session:
        session.actor = staff(session)[0].id
        from socius_tui.domain.filters import OrganisationFilter

        everyone = OrganisationFilter(since=date(2016, 1, 1), until=date(2016, 6, 30))
        first, second = organisation_list(session, everyone, limit=2)
        goal = find_goal(session, "OD2.3")
        made = session.write(
            LogVisit.of(
                organisation_id=first.id,
                visited_on=date(2016, 3, 14),
                goal_ids=(goal.id,),
                needs=("vrijwilligers",),
                met=("Voorzitter",),
                summary="Gesprek “met” 'aanhalingstekens'\nop twee lijnen",
                private_note="Onder ons",
                promises=(Promise.of(what="Bezorg het draaiboek", due_on=date(2016, 4, 1)),),
            )
        )
        session.write(
            CloseFollowUp.of(follow_up_id=made.ids("follow_up")[0], done_on=date(2016, 3, 30))
        )
        wrong = session.write(
            LogVisit.of(organisation_id=second.id, visited_on=date(2016, 5, 2), summary="Mis")
        )
        session.write(RetireVisit.of(visit_id=wrong.ids("visit")[0]))
        indicator = find_indicator(session, "OD2.3-b")
        session.write(
            AddMeasurement.of(
                indicator_id=indicator.id, observed_on=date(2016, 6, 1), value="0.3", note="Telling"
            )
        )
        session.write(AddFollowUp.of(what="Bel terug", goal_id=goal.id))
        session.write(
            SetTarget.of(
                indicator_id=indicator.id,
                period_start=date(2016, 1, 1),
                period_end=date(2016, 12, 31),
                value="7",
                reason="Herzien",
            )
        )
        session.write(
            Assign.of(
                person_id=session.actor,
                work_type_id=work_types(session)[0].id,
                starts_on=date(2016, 1, 1),
            )
        )


def dump(path: Path) -> str:
    """The schema and every row as SQL text; triggers of the schema refill what is derived."""
    connection = sqlite3.connect(path)
    parts = [schema_text()]
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
        " AND name NOT LIKE 'search%' ORDER BY rowid"
    ).fetchall()
    for (table,) in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = " || ', ' || ".join(f"quote({column})" for column in columns)
        order = "rowid" if has_rowid(connection, table) else ", ".join(columns)
        rows = connection.execute(f"SELECT {values} FROM {table} ORDER BY {order}")
        names = ", ".join(columns)
        parts += [f"INSERT INTO {table} ({names}) VALUES ({row[0]});\n" for row in rows]
    connection.close()
    return "".join(parts)


def has_rowid(connection: sqlite3.Connection, table: str) -> bool:
    """Whether its rows have the number that SQLite gives them."""
    (without,) = connection.execute(
        "SELECT wr FROM pragma_table_list WHERE name = ?", (table,)
    ).fetchone()
    return not without


def main() -> int:
    """Write the dump of the current version; refuses to replace one."""
    target = FOLDER / f"v{SCHEMA_VERSION}.sql"
    if target.exists():
        print(f"{target.name} is there already", file=sys.stderr)
        return 1
    with TemporaryDirectory() as folder:
        path = Path(folder) / "old.db"
        fill(path)
        FOLDER.mkdir(parents=True, exist_ok=True)
        target.write_text(dump(path), encoding="utf-8")
    print(f"{target.name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
