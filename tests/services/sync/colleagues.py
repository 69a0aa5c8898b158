"""Colleagues with a real file each, who do real things in it and exchange."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.findings import Severity
from socius_tui.services.assigning import AddPerson
from socius_tui.services.checking import check
from socius_tui.services.clock import FixedClock
from socius_tui.services.operation import UseCase
from socius_tui.services.register import staff
from socius_tui.services.resolve import find_goal, find_indicator, find_organisation
from socius_tui.services.session import Session
from socius_tui.services.sync.exchanging import Outcome, exchange
from socius_tui.services.sync.transport import Step, Transport
from socius_tui.services.visiting import LogVisit
from socius_tui.store.driver import Connection
from socius_tui.store.journal import sets
from socius_tui.store.journal.projection import present_rows
from socius_tui.store.journal.triggers import journalled_tables
from socius_tui.store.sync.exchange import ours
from socius_tui.store.unit_of_work import Transaction
from tests.services.sync.places import AN, BO, CEM, Way, no_step
from tests.torture.working import make_file

NOON: Final = datetime(2016, 6, 30, 12, tzinfo=UTC)
DAY: Final = date(2016, 3, 14)
NAMES: Final = {AN: "An Peeters", BO: "Bo Maes", CEM: "Cem Yilmaz"}


class Clock:
    """A clock that goes a second on each time that somebody looks."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment."""
        self.moment += timedelta(seconds=1)
        return self.moment

    def today(self) -> date:
        """Its day."""
        return self.moment.date()


class Do:
    """Something for which there is no use case, or not one so short."""

    def __init__(self, work: Callable[[Transaction], object]) -> None:
        self._work = work

    def apply(self, transaction: Transaction) -> str:
        """Do it."""
        self._work(transaction)
        return '{"say": "Something"}'


def make_base(path: Path) -> Path:
    """The file with which all begin: a small plan, and a visit to the first organisation."""
    make_file(path, small=True)
    with Session(path, clock=FixedClock(NOON)) as session:
        for name, role in (
            ("Cem Yilmaz", "contact_person"),
            ("Dirk", "director"),
            ("Ria", "reader"),
        ):
            session.write(AddPerson.of(name=name, role=role))
        session.actor = next(p.id for p in staff(session) if p.name == "An Peeters")
        session.write(
            LogVisit.of(
                organisation_id=find_organisation(session, "VER-01").id,
                visited_on=DAY,
                summary="Eerste gesprek",
            )
        )
    return path


class Colleague:
    """One of them: a file of its own, open, and a way to the place."""

    def __init__(
        self, base: Path, folder: Path, login: str, way: Way, *, by_login: bool = False
    ) -> None:
        self.path = folder / f"{login}.db"
        shutil.copy(base, self.path)
        self._way, self._login, self._by_login = way, login, by_login
        self.clock = Clock()
        self.open(NAMES[login])

    def open(self, person: str) -> None:
        """Open the file; a copy goes on under a name of its own."""
        self.session = Session(self.path, clock=self.clock)
        self.session.database.settle()
        self.be(person)

    @property
    def replica(self) -> str:
        """The name under which the file writes now."""
        return self.session.read(ours).replica

    def way(self) -> Transport:
        """A closed way to the place: a hub looks at the login, the others at the file."""
        return self._way(self._login if self._by_login else self.replica)

    def be(self, person: str) -> None:
        """Somebody else sits down."""
        self.session.actor = self.person(person)

    def close(self) -> None:
        """Done for today."""
        self.session.close()

    def person(self, name: str) -> str:
        """Somebody's id."""
        return next(p.id for p in staff(self.session) if p.name == name)

    def organisation(self, code: str = "VER-01") -> str:
        """An organisation's id."""
        return find_organisation(self.session, code).id

    def goal(self, code: str = "OD2.3") -> str:
        """A goal's id."""
        return find_goal(self.session, code).id

    def indicator(self) -> str:
        """The indicator's id."""
        return find_indicator(self.session, "OD2.3-b").id

    def do(self, *operations: UseCase | Do) -> list[ChangeSet]:
        """Do things, one after the other."""
        return [self.session.write(operation) for operation in operations]

    def visit(self, **fields: Any) -> str:
        """Log a visit; its id."""
        known = {"organisation_id": self.organisation(), "visited_on": DAY}
        (made,) = self.do(LogVisit.of(**{**known, **fields}))
        return made.ids("visit")[0]

    def sync(self, step: Step = no_step, **more: Any) -> Outcome:
        """Exchange."""
        transport = self.way()
        try:
            return exchange(self.session, transport, step=step, **more)
        finally:
            transport.close()

    def ask(self, sql: str, *values: object) -> list[Any]:
        """Rows of the file."""
        return self.session.read(lambda connection: connection.execute(sql, values).fetchall())

    def one(self, sql: str, *values: object) -> Any:
        """One value."""
        return self.ask(sql, *values)[0][0]

    def holds(self) -> tuple[dict[str, dict[str, Any]], list[Any]]:
        """All that colleagues have in common: rows, and the journal whatever came first."""
        return self.session.read(common)

    def findings(self) -> list[tuple[str, str]]:
        """What `socius check` says."""
        return [(f.code, f.sentence) for f in check(self.session).findings]

    def damage(self) -> list[str]:
        """What `socius check` says of the file itself."""
        return [f.code for f in check(self.session).findings if f.severity is Severity.DAMAGE]


def common(connection: Connection) -> tuple[dict[str, dict[str, Any]], list[Any]]:
    """Rows and journal of a file, without the order in which they came."""
    rows = {
        table.name: dict(present_rows(connection, table)) for table in journalled_tables(connection)
    }
    journal = connection.execute(
        "SELECT replica, sequence, clock, schema_version, change_set, kind, row_id, verb, old, new,"
        " heard FROM change ORDER BY replica, sequence"
    ).fetchall()
    names = ", ".join(sets.ChangeSetRow._fields[1:])
    return rows, journal + connection.execute(
        f"SELECT {names} FROM change_set ORDER BY replica, number"
    ).fetchall()


def in_turn(colleagues: Iterable[Colleague], times: int = 2) -> None:
    """All exchange, a few times over, until everybody has everything."""
    everyone = list(colleagues)
    for _time in range(times):
        for colleague in everyone:
            colleague.sync()


def all_alike(colleagues: Sequence[Colleague]) -> None:
    """The same rows, the same journal, and nothing damaged anywhere."""
    first = colleagues[0].holds()
    for other in colleagues[1:]:
        assert other.holds() == first
    for colleague in colleagues:
        assert colleague.damage() == []
        assert colleague.ask("SELECT * FROM waiting") == []
