"""Two laptops of one team: copies of one file with names of their own, and a folder between."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from socius_tui.services.clock import FixedClock
from socius_tui.services.register import staff
from socius_tui.services.session import Operation, Session
from socius_tui.services.sync import arranging
from socius_tui.services.sync.running import run
from socius_tui.services.visiting import LogVisit
from socius_tui.store.driver import Connection
from socius_tui.store.identity import give_name
from socius_tui.store.unit_of_work import Database
from tests.ui.plans import NOW, Write

OURS, THEIRS = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


class Team:
    """Our file, that of a colleague, and the folder that both have."""

    def __init__(self, file: Path, where: Path) -> None:
        self.ours = where / "ours.db"
        self.theirs = where / "theirs.db"
        self.folder = where / "shared"
        for path, name in ((self.ours, OURS), (self.theirs, THEIRS)):
            shutil.copy(file, path)
            database = Database(path)
            _call(database, name)
            database.close()
        with Session(self.ours) as session:
            me, other = staff(session)[:2]
        self.people = {self.ours: me, self.theirs: other}

    def opener(self, path: Path) -> Callable[[], Session]:
        """What opens one of the files, with its person at the keyboard."""
        return lambda: Session(path, clock=FixedClock(NOW), actor=self.people[path].id)

    def write(self, path: Path, operation: Operation) -> None:
        """Do something in one of the files."""
        with self.opener(path)() as session:
            session.write(operation)

    def exchange(self, path: Path, *, new: bool = False, automatic: bool = False) -> None:
        """Exchange one of the files, as `socius sync` does."""
        with self.opener(path)() as session:
            run(session, arranging.wanted("folder", str(self.folder)), new=new)
            arranging.set_automatic(session, automatic=automatic)

    def arrange(self, *, automatic: bool = False) -> None:
        """Both have exchanged before."""
        self.exchange(self.theirs, new=True)
        self.exchange(self.ours, automatic=automatic)

    def visit(self, path: Path, text: str, number: int = 0) -> None:
        """Somebody visits an organisation today."""
        self.write(
            path,
            LogVisit.of(
                organisation_id=self.organisation(number), visited_on=date(2018, 6, 30),
                summary=text,
            ),
        )  # fmt: skip

    def organisation(self, number: int = 0) -> Any:
        """An organisation of the file."""
        return self.ask(
            self.ours, "SELECT id FROM organisation WHERE retired_at IS NULL ORDER BY id", number
        )

    def visits(self, path: Path) -> list[str]:
        """What was said of the visits of today in a file."""
        with Session(path) as session:
            found = session.read(
                lambda connection: connection.execute(
                    "SELECT summary FROM visit WHERE visited_on = '2018-06-30' ORDER BY summary"
                ).fetchall()
            )
        return [summary for (summary,) in found]

    def disagree(self, table: str = "organisation", column: str = "note") -> Any:
        """Both change one field of one row; gives its id. Both have it after an exchange."""
        row = self.ask(self.ours, f"SELECT id FROM {table} WHERE retired_at IS NULL ORDER BY id", 0)
        for path, value in ((self.theirs, "Gent, zegt An"), (self.ours, "Brugge")):
            self.change(path, table, row, {column: value})
        self.exchange(self.theirs)
        self.exchange(self.ours)
        return row

    def change(self, path: Path, table: str, row: str, values: dict[str, Any]) -> None:
        """Change a row of a file."""
        self.write(path, Write(lambda transaction: transaction.change(table, row, values)))

    def value(self, path: Path, table: str, row: str, column: str) -> Any:
        """What stands in a file."""
        return self.ask(path, f"SELECT {column} FROM {table} WHERE id = '{row}'")

    def look_the_same_everywhere(self) -> None:
        """For a picture: the folder and the laptops are called the same on every computer."""

        def work(connection: Connection) -> None:
            connection.execute("UPDATE exchange SET address = '/srv/nextcloud/beleidsplan'")
            for name, replica in (("laptop-amber", OURS), ("laptop-bilal", THEIRS)):
                connection.execute(
                    "UPDATE device SET name = ?1, profile = json_set(profile, '$.computer', ?1,"
                    " '$.program', '1.0') WHERE id = ?2",
                    (name, replica),
                )

        with Session(self.ours) as session:
            session.database.note(work)

    def ask(self, path: Path, query: str, number: int = 0) -> str:
        """The first column of one of the lines of an answer."""
        with Session(path) as session:
            found = session.read(lambda connection: connection.execute(query).fetchall())
        return str(found[number][0])


def _call(database: Database, name: str) -> None:
    database.note(lambda connection: give_name(connection, database.path, name))
