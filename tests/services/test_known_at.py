"""As known at a moment: the rows of then, whatever was done since."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.domain.filters import VisitFilter
from socius_tui.errors import FileProblem, InvalidInput, ReadOnly, RuleBroken
from socius_tui.services.assigning import AddPerson
from socius_tui.services.detail import indicator_detail
from socius_tui.services.exchange.csvfile import content_hash
from socius_tui.services.exchange.tables import status_table
from socius_tui.services.explain import explain
from socius_tui.services.log import find, visit_log
from socius_tui.services.measuring import AddMeasurement, EditMeasurement, RetireMeasurement
from socius_tui.services.overview import plan_status
from socius_tui.services.resolve import find_goal, find_indicator, find_organisation
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit, Promise, RetireVisit
from socius_tui.store.driver import Connection
from socius_tui.store.journal.triggers import journalled_tables
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Transaction

START: Final = datetime(2018, 1, 1, 9, tzinfo=UTC)
END_2017: Final = date(2017, 12, 31)
COUNT: Final = "OD1.3-a"
OLD: Final = Path(__file__).parents[1] / "data" / "old_schemas"

Rows = dict[str, list[tuple[Any, ...]]]


class MovingClock:
    """A clock that a test sets, also backwards."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment that was set."""
        return self.moment

    def today(self) -> date:
        """Its day."""
        return self.moment.date()


class Write:
    """A use case out of a function, for what no use case does."""

    def __init__(self, work: Callable[[Transaction], object]) -> None:
        self._work = work

    def apply(self, transaction: Transaction) -> str:
        """Do the work."""
        self._work(transaction)
        return "written"


def rows(session: Session) -> Rows:
    """Every row of every journalled table."""

    def read(connection: Connection) -> Rows:
        return {
            table.name: connection.execute(f'SELECT * FROM "{table.name}" ORDER BY 1').fetchall()
            for table in journalled_tables(connection)
        }

    return session.read(read)


def journal(session: Session) -> list[tuple[Any, ...]]:
    """Every change."""
    return session.read(lambda c: c.execute("SELECT * FROM change ORDER BY seq").fetchall())


@pytest.fixture
def clock() -> MovingClock:
    """On New Year's day of 2018."""
    return MovingClock(START)


@pytest.fixture
def plan(fresh_file: Path, tmp_path: Path, clock: MovingClock) -> Iterator[Session]:
    """The real plan, with nothing logged; made in 2016."""
    with Session(Path(shutil.copy(fresh_file, tmp_path / "plan.db")), clock=clock) as session:
        yield session


def measured(session: Session, value: str, day: date = END_2017) -> str:
    """Enter a measurement and give its id."""
    indicator = find_indicator(session, COUNT).id
    entry = AddMeasurement.of(indicator_id=indicator, observed_on=day, value=value)
    return session.write(entry).ids("measurement")[0]


def corrected(session: Session, measurement: str, value: str) -> None:
    """Correct a measurement."""
    indicator = find_indicator(session, COUNT).id
    session.write(
        EditMeasurement.of(
            measurement_id=measurement, indicator_id=indicator, observed_on=END_2017, value=value
        )
    )


def value(session: Session) -> Fraction | None:
    """Of the indicator, at the end of 2017."""
    session.set_as_of(END_2017)
    line = plan_status(session).find(COUNT)
    assert line is not None
    return line.value


# ---- any sequence of use cases


def add(session: Session, rank: int) -> None:
    """A measurement."""
    measured(session, str(rank), END_2017 - timedelta(days=rank % 300))


def correct(session: Session, rank: int) -> None:
    """Another value for one that is there."""
    if (key := one_of(session, "measurement", rank)) is not None:
        corrected(session, key, f"{rank}.5")


def retire(session: Session, rank: int) -> None:
    """Take one out."""
    if (key := one_of(session, "measurement", rank)) is not None:
        session.write(RetireMeasurement.of(measurement_id=key))


def visit(session: Session, rank: int) -> None:
    """A visit with everything that can hang on it."""
    organisations = session.read(
        lambda c: c.execute("SELECT id FROM organisation ORDER BY name").fetchall()
    )
    session.write(
        LogVisit.of(
            organisation_id=organisations[rank % len(organisations)][0],
            visited_on=date(2017, 3, 1 + rank % 28),
            goal_ids=(find_goal(session, "OD2.3").id,),
            needs=("samenwerken",),
            met=("Mia",),
            summary=f"gesprek {rank}",
            promises=(Promise.of(what="terugbellen"),),
        )
    )


def retire_visit(session: Session, rank: int) -> None:
    """Take a visit out, with its promise."""
    if (key := one_of(session, "visit", rank)) is not None:
        session.write(RetireVisit.of(visit_id=key))


def rename(session: Session, rank: int) -> None:
    """Another name for an organisation, and words that are found."""
    key = find_organisation(session, "VER-01").id
    session.write(
        Write(lambda t: t.change("organisation", key, {"name": f"Naam {rank}", "note": "x\x01"}))
    )


def vanish(session: Session, rank: int) -> None:
    """A row that is taken away for good, as another program does."""
    if (key := one_of(session, "measurement", rank)) is not None:
        session.write(
            Write(lambda t: t.connection.execute("DELETE FROM measurement WHERE id = ?", (key,)))
        )


def one_of(session: Session, table: str, rank: int) -> str | None:
    """The id of a row that was not taken out."""
    keys = session.read(
        lambda c: c.execute(
            f"SELECT id FROM {table} WHERE retired_at IS NULL ORDER BY id"
        ).fetchall()
    )
    return keys[rank % len(keys)][0] if keys else None


DEEDS: Final = (add, correct, retire, visit, retire_visit, rename, vanish)
GAPS: Final = st.sampled_from((-3_600_000, -1, 0, 0, 1, 2, 60_000, 86_400_000))
STEPS: Final = st.lists(
    st.tuples(GAPS, st.sampled_from(DEEDS), st.integers(0, 50)), min_size=2, max_size=6
)
EXAMPLES: Final = 200 if os.environ.get("SOCIUS_TORTURE") else 5


@settings(max_examples=EXAMPLES)
@given(steps=STEPS)
def test_what_is_known_at_a_moment_is_what_was_there_then(
    fresh_file: Path, steps: list[tuple[int, Callable[[Session, int], None], int]]
) -> None:
    clock = MovingClock(START)
    snapshots: dict[int, tuple[Rows, list[tuple[Any, ...]]]] = {}
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(fresh_file, Path(folder) / "plan.db"))
        with Session(path, clock=clock) as session:
            for gap, deed, rank in steps:
                clock.moment += timedelta(milliseconds=gap)
                deed(session, rank)
                last = session.read(lambda c: c.execute("SELECT clock FROM journal_state"))
                snapshots[last.fetchone()[0] >> 16] = rows(session), journal(session)
            clock.moment += timedelta(days=300)
            for milliseconds, (then, changes) in snapshots.items():
                moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)
                session.set_known_at(moment)
                known = rows(session)
                assert known == then
                assert journal(session) == changes
                assert session.read(indexed) == session.read(searchable)
            session.set_known_at(None)
            assert rows(session) == then


def indexed(connection: Connection) -> list[tuple[Any, ...]]:
    """What the search index holds."""
    return connection.execute("SELECT rowid, title, body FROM search ORDER BY rowid").fetchall()


def searchable(connection: Connection) -> list[tuple[Any, ...]]:
    """What it should hold."""
    return connection.execute(
        "SELECT number, title, body FROM search_document ORDER BY number"
    ).fetchall()


# ---- what a director asks


def test_a_later_correction_is_not_known_before_it_was_made(
    plan: Session, clock: MovingClock
) -> None:
    clock.moment = datetime(2018, 1, 10, 9, tzinfo=UTC)
    measurement = measured(plan, "40")
    clock.moment = datetime(2018, 2, 1, 9, tzinfo=UTC)
    corrected(plan, measurement, "46")
    assert value(plan) == 46
    plan.set_known_at(datetime(2018, 1, 15, tzinfo=UTC))
    assert value(plan) == 40
    detail = indicator_detail(plan, find_indicator(plan, COUNT).id)
    assert [entry.value for entry in detail.measurements] == ["40"]
    assert "15 January 2018, 00:00" in dict(explain(plan, COUNT).facts)["As known on"]
    plan.set_known_at(datetime(2018, 1, 5, tzinfo=UTC))
    assert value(plan) is None
    plan.set_known_at(None)
    assert value(plan) == 46


def test_every_question_is_of_that_moment(plan: Session, clock: MovingClock) -> None:
    visit(plan, 1)
    clock.moment += timedelta(days=20)
    visit(plan, 2)
    plan.set_known_at(START + timedelta(days=10))
    assert len(visit_log(plan, VisitFilter())) == 1
    assert [hit.kind for hit in find(plan, "gesprek")].count("visit") == 1
    plan.set_known_at(None)
    assert [hit.kind for hit in find(plan, "gesprek")].count("visit") == 2


def test_nothing_can_be_written_while_looking_back(plan: Session, clock: MovingClock) -> None:
    before = rows(plan)
    clock.moment += timedelta(days=20)
    plan.set_known_at(START)
    with pytest.raises(InvalidInput, match="known on 1 January 2018, 09:00"):
        measured(plan, "1")
    with pytest.raises(ReadOnly):  # nor behind our back, in the copy
        plan.read(lambda c: c.execute("DELETE FROM measurement").fetchall())
    plan.set_known_at(None)
    assert rows(plan) == before
    measured(plan, "1")


def test_a_moment_that_has_not_passed_is_now(plan: Session, clock: MovingClock) -> None:
    plan.set_known_at(clock.moment)
    assert plan.known_at is None
    plan.set_known_at(clock.moment + timedelta(days=1))
    assert plan.known_at is None
    measured(plan, "3")
    assert value(plan) == 3


# ---- the journal and its moments


def test_a_clock_that_went_backwards_keeps_the_order(plan: Session, clock: MovingClock) -> None:
    measurement = measured(plan, "1")
    clock.moment -= timedelta(hours=8)
    corrected(plan, measurement, "2")
    clock.moment += timedelta(days=1)
    plan.set_known_at(START - timedelta(hours=1))
    assert value(plan) is None  # neither: the correction cannot be older than what it corrects
    plan.set_known_at(START)
    assert value(plan) == 2


def test_what_was_done_at_once_is_known_whole(plan: Session, clock: MovingClock) -> None:
    # The clock counts 65,536 changes in a millisecond; as if it had counted most of them.
    milliseconds = int(START.timestamp() * 1000)
    plan.database.connection.execute(
        "UPDATE journal_state SET clock = ?", ((milliseconds << 16) + 65_530,)
    )
    organisation = find_organisation(plan, "VER-01").id
    contact = {"organisation_id": organisation, "name": "Mia"}
    plan.write(Write(lambda t: [t.insert("organisation_contact", contact) for _ in range(20)]))
    after = plan.read(lambda c: c.execute("SELECT clock FROM journal_state").fetchone()[0])
    assert after >> 16 == milliseconds + 1
    clock.moment += timedelta(days=1)
    count = "SELECT count(*) FROM organisation_contact"
    for moment, known in ((START, 20), (START - timedelta(milliseconds=1), 0)):
        plan.set_known_at(moment)
        assert plan.read(lambda c: c.execute(count).fetchone()[0]) == known


def test_before_the_journal_nothing_is_known_and_that_is_said(plan: Session) -> None:
    plan.set_known_at(datetime(2017, 1, 1, tzinfo=UTC))
    with pytest.raises(RuleBroken, match="begins on 30 June 2016, 12:00") as caught:
        plan.set_known_at(datetime(2016, 6, 30, 11, 59, 59, tzinfo=UTC))
    assert caught.value.field == "known_at"
    assert plan.known_at == datetime(2017, 1, 1, tzinfo=UTC)  # as it was


def test_the_journal_of_an_upgraded_file_begins_with_the_upgrade(
    tmp_path: Path, clock: MovingClock
) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript((OLD / "v1.sql").read_text(encoding="utf-8"))
    connection.close()
    with Session(path, clock=clock) as session:
        clock.moment += timedelta(days=1)
        with pytest.raises(RuleBroken, match="begins on 1 January 2018, 09:00"):
            session.set_known_at(START - timedelta(days=1))
        now = rows(session)
        session.set_known_at(START)
        assert rows(session) == now


def test_an_empty_file_has_nothing_to_look_back_on(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    new_database(path)
    with Session(path) as session, pytest.raises(RuleBroken, match="Nothing has been recorded"):
        session.set_known_at(START)


def test_before_the_plan_it_says_that_there_was_none(tmp_path: Path, clock: MovingClock) -> None:
    path = tmp_path / "plan.db"
    new_database(path)
    with Session(path, clock=clock) as session:
        session.write(AddPerson.of(name="An"))
        clock.moment += timedelta(days=1)
        session.set_known_at(START)
        with pytest.raises(RuleBroken, match="On 1 January 2018, 09:00:00"):
            session.plan()


# ---- the file lives on


@pytest.mark.parametrize("own", [True, False])
def test_what_is_erased_from_the_file_is_no_longer_known(
    plan: Session, clock: MovingClock, own: bool
) -> None:
    measurement = measured(plan, "40")
    clock.moment += timedelta(days=1)
    plan.set_known_at(START)
    assert value(plan) == 40
    connection = plan.database.connection if own else sqlite3.connect(plan.path)
    connection.execute("BEGIN")
    connection.execute("UPDATE journal_state SET applying = 1")
    connection.execute("DELETE FROM change WHERE row_id = ?", (measurement,))
    connection.execute("DELETE FROM measurement WHERE id = ?", (measurement,))
    connection.execute("UPDATE journal_state SET applying = 0")
    connection.execute("COMMIT")
    assert value(plan) is None
    if not own:
        connection.close()


def test_what_is_recorded_later_changes_nothing_of_what_was_known(
    plan: Session, clock: MovingClock
) -> None:
    measurement = measured(plan, "40")
    clock.moment += timedelta(days=1)
    plan.set_known_at(START)
    then = rows(plan)
    with Session(plan.path, clock=clock) as other:
        corrected(other, measurement, "41")
        rename(other, 1)
    assert rows(plan) == then
    plan.set_known_at(None)
    assert value(plan) == 41


def test_a_damaged_journal_is_said_in_words(plan: Session, clock: MovingClock) -> None:
    clock.moment += timedelta(days=1)
    plan.database.connection.execute("DROP TABLE change_set")
    with pytest.raises(FileProblem):
        plan.set_known_at(START)


# ---- the same again


def status_hash(session: Session) -> str:
    """Of the status."""
    found = plan_status(session)
    return content_hash(status_table(found.as_of, found.lines))


def test_the_content_hash_changes_with_the_content_and_only_then(
    plan: Session, clock: MovingClock
) -> None:
    empty = status_hash(plan)
    measurement = measured(plan, "40")
    full = status_hash(plan)
    assert full != empty
    visit(plan, 1)  # a promise more, and what it counts for
    clock.moment += timedelta(days=1)
    rename(plan, 1)
    assert status_hash(plan) != full  # another day
    plan.set_as_of(START.date())
    with_visit = status_hash(plan)
    rename(plan, 2)  # of which the status says nothing
    assert status_hash(plan) == with_visit
    corrected(plan, measurement, "40.0")  # the same number
    assert status_hash(plan) == with_visit
    corrected(plan, measurement, "40.001")
    assert status_hash(plan) != with_visit
    plan.set_known_at(START - timedelta(days=1))
    assert status_hash(plan) == empty


def test_two_programs_in_two_zones_print_the_same(demo_file: Path) -> None:
    asked = ["status", "--as-of", "2016-12-31", "--known-at", "2017-01-15T12:00Z", "--lang", "en"]
    printed = {
        subprocess.run(
            [sys.executable, "-m", "socius_tui", "--db", str(demo_file), *asked],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
        ).stdout
        for zone, seed in (("Europe/Brussels", "1"), ("America/Lima", "2"))
    }
    (same,) = printed
    assert b"As of 31 December 2016, as known on 15 January 2017, 12:00 UTC" in same


def test_the_demo_knew_less(demo: Session) -> None:
    now = plan_status(demo).plan
    demo.set_known_at(datetime(2017, 1, 15, tzinfo=UTC))
    then = plan_status(demo).plan
    assert now.progress != then.progress
