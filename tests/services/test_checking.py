"""A check finds what is wrong, says what to do, and a repair does it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.filters import OrganisationFilter
from socius_tui.domain.findings import CheckReport, Severity
from socius_tui.domain.text import clean
from socius_tui.errors import FileProblem
from socius_tui.services.assigning import Assign
from socius_tui.services.check_words import WORDS
from socius_tui.services.checking import MOST, check, check_file, summary
from socius_tui.services.measuring import AddMeasurement, EditMeasurement
from socius_tui.services.operation import UseCase
from socius_tui.services.register import organisation_list, staff, work_types
from socius_tui.services.repairing import TakeOver, repair_file
from socius_tui.services.resolve import named_indicators
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit, Promise
from socius_tui.store.journal.comparison import differences
from socius_tui.store.unit_of_work import Story
from tests.services.conftest import MID_2016


@pytest.fixture(scope="session")
def small_file(fresh_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with its organisations and ten visits, promises, measurements, corrections."""
    path = Path(shutil.copy(fresh_file, tmp_path_factory.mktemp("small") / "plan.db"))
    with Session(path, clock=MID_2016) as session:
        session.actor = staff(session)[0].id
        wanted = OrganisationFilter(since=date(2016, 1, 1), until=session.today)
        organisations = organisation_list(session, wanted, limit=10)
        (measured, *_rest), types = named_indicators(session), work_types(session)
        with session.database.story() as story:
            for number, organisation in enumerate(organisations):
                day = date(2016, 2, 1 + number)
                visit = LogVisit.of(
                    organisation_id=organisation.id,
                    visited_on=day,
                    needs=("ruimte",),
                    promises=(Promise(what="Nasturen"),),
                )
                _written(story, session, visit)
                number_of = AddMeasurement.of(
                    indicator_id=measured.id, observed_on=day, value="1", note="Geteld."
                )
                (row,) = _written(story, session, number_of).ids("measurement")
                correction = EditMeasurement.of(
                    measurement_id=row, **{**number_of.model_dump(), "value": "0.5"}
                )
                _written(story, session, correction)
            for work_type in types:
                _written(
                    story,
                    session,
                    Assign.of(
                        person_id=session.actor,
                        work_type_id=work_type.id,
                        starts_on=date(2016, 1, 1),
                    ),
                )
    return path


def _written(story: Story, session: Session, use_case: UseCase) -> ChangeSet:
    now = MID_2016.now()
    return story.write(use_case.apply, today=session.today, now=now, actor=session.actor)


@pytest.fixture
def path(small_file: Path, tmp_path: Path) -> Path:
    """A copy of that file."""
    return Path(shutil.copy(small_file, tmp_path / "plan.db"))


@contextmanager
def another_program(path: Path, *, journalled: bool = True) -> Iterator[sqlite3.Connection]:
    """Write past the program; without the triggers of the journal if asked, as damage does."""
    connection = sqlite3.connect(path)
    try:
        if not journalled:
            connection.execute("UPDATE journal_state SET applying = 1")
        yield connection
        if not journalled:
            connection.execute("UPDATE journal_state SET applying = 0")
        connection.commit()
    finally:
        connection.close()


def codes(report: CheckReport) -> set[str]:
    return {finding.code for finding in report.findings}


def edited(path: Path, sql: str, *, journalled: bool = True) -> CheckReport:
    """The check after another program ran some SQL."""
    with another_program(path, journalled=journalled) as connection:
        connection.executescript(sql)
    return check_file(path, clock=MID_2016)


def test_a_whole_file_has_no_findings(path: Path) -> None:
    report = check_file(path, clock=MID_2016)
    assert report.findings == ()
    assert report.rows > 500
    assert report.changes > 500


def test_a_check_tells_how_far_it_is(path: Path) -> None:
    steps: list[str] = []
    check_file(path, clock=MID_2016, progress=steps.append)
    assert len(steps) >= 4


DATA = {
    "goal.plan_retired": "UPDATE plan SET retired_at = 'x'",
    "goal.parent_retired": "UPDATE goal SET retired_at = 'x' WHERE code = 'SD1'",
    "goal.cycle": "UPDATE goal SET parent_id = (SELECT id FROM goal WHERE code = 'OD1.1')"
    " WHERE code = 'SD1'",
    "goal.code_twice": "UPDATE goal SET code = 'SD1' WHERE code = 'SD2'",
    "goal.no_weight": "UPDATE indicator SET weight = '0.0'",
    "indicator.goal_retired": "UPDATE goal SET retired_at = 'x' WHERE code LIKE 'OD%'",
    "indicator.code_twice": "UPDATE indicator SET code = 'x'",
    "target.overlap": "UPDATE target SET period_start = '2016-01-01'",
    "target.outside": "UPDATE target SET period_end = '2031-12-31'",
    "measurement.outside": "UPDATE measurement SET observed_on = '2012-12-31'",
    "measurement.computed": "UPDATE measurement SET indicator_id ="
    " (SELECT id FROM indicator WHERE computed IS NOT NULL)",
    "visit.goal_elsewhere": "INSERT INTO visit_goal (id, visit_id, goal_id)"
    " SELECT 'g', v.id, g.id FROM visit v, goal g LIMIT 1;"
    "UPDATE visit SET visited_on = '2012-12-31'",
    "plan.code_twice": "INSERT INTO plan (id, code, title, starts_on, ends_on)"
    " SELECT 'o', upper(code), 'o', '2001-01-01', '2001-12-31' FROM plan",
    "pause.outside": "INSERT INTO plan_pause (id, plan_id, starts_on, ends_on)"
    " SELECT 'p', id, '2001-01-01', '2001-02-01' FROM plan",
    "assignment.gap": "UPDATE assignment SET ends_on = '2016-02-01' WHERE starts_on < '2016-02-01'",
    "assignment.overlap": "UPDATE assignment SET work_type_id = (SELECT id FROM work_type)",
    "follow_up.visit_retired": "UPDATE visit SET retired_at = 'x'",
    "draft.unreadable": "INSERT INTO draft (id, form, fields, saved_at)"
    " VALUES ('d', 'visit', '{\"note\": \"half', 'x')",
    "schema.extra": "CREATE TRIGGER mine AFTER INSERT ON device BEGIN SELECT 1; END",
}


@pytest.mark.parametrize("code", DATA)
def test_what_does_not_agree_is_found(code: str, path: Path) -> None:
    report = edited(path, DATA[code])
    assert code in codes(report)
    assert not report.damaged, report.findings


def test_a_goal_of_another_plan_is_found(path: Path) -> None:
    report = edited(
        path,
        "INSERT INTO plan (id, code, title, starts_on, ends_on)"
        " VALUES ('other', 'o', 'o', '2021-01-01', '2021-12-31');"
        "UPDATE goal SET plan_id = 'other' WHERE code = 'SD1'",
    )
    assert "goal.parent_elsewhere" in codes(report)


DAMAGE = {
    "row.differs": "UPDATE measurement SET note = 'anders' WHERE rowid = 5",
    "row.lost": "DELETE FROM visit_need WHERE rowid = 5",
    "row.not_in_journal": "INSERT INTO visit_need (id, visit_id, tag)"
    " SELECT 'n', id, 'x' FROM visit LIMIT 1",
    "row.no_parent": "DELETE FROM organisation WHERE rowid > 60",
    "journal.entry": "UPDATE change SET old = '{\"note\":\"nooit\"}' WHERE verb = 'U'",
    "journal.no_entry": "DELETE FROM change WHERE seq = 500",
    "journal.set": "UPDATE change_set SET title = title || ' ' WHERE seq = 5",
    "journal.no_set": "DELETE FROM change_set WHERE seq = 5",
    "journal.state": "UPDATE journal_state SET sequence = sequence + 1",
    "search.documents": "UPDATE search_document SET title = 'anders' WHERE number = 5",
    "search.index": "DELETE FROM search_content WHERE id = 5",
    "summary.differs": "INSERT INTO measurement_summary SELECT id, 'year', '2001', '', '', 'value',"
    " 1, 1, '1', '1', '1', '1', '2001-01-01', '', '', '1', NULL, NULL FROM indicator LIMIT 1",
    "schema.no_index": "DROP INDEX visit_by_day",
    "schema.no_view": "DROP VIEW v_visits",
    "schema.no_trigger": "DROP TRIGGER journal_visit_changed",
    "schema.other_trigger": "DROP TRIGGER goal_found_removed; CREATE TRIGGER goal_found_removed"
    " AFTER DELETE ON goal BEGIN SELECT 1; END",
    "schema.no_table": "DROP TABLE device",
    "schema.other_table": "ALTER TABLE device ADD COLUMN colour TEXT",
}


@pytest.mark.parametrize("code", DAMAGE)
def test_what_is_not_whole_is_found(code: str, path: Path) -> None:
    report = edited(path, DAMAGE[code], journalled=False)
    assert code in codes(report)
    assert report.damaged


@pytest.mark.parametrize(
    "change",
    [
        "clock = clock + 1",
        "schema_version = 1",
        "schema_version = 99",
        "change_set = change_set + 1",
        "change_set = NULL",
        "kind = 'visits'",
        "replica = 'x'",
    ],
)
def test_every_part_of_an_entry_is_held_against_something(change: str, path: Path) -> None:
    report = edited(path, f"UPDATE change SET {change} WHERE seq = 500", journalled=False)
    assert report.damaged


@pytest.mark.parametrize(
    "change", ["clock = clock + 1", "last_set = 3", "change_set = 1", "moment = 1", "applying = 1"]
)
def test_every_part_of_the_state_is_held_against_something(change: str, path: Path) -> None:
    assert "journal.state" in codes(edited(path, f"UPDATE journal_state SET {change}"))


def test_what_another_program_wrote_through_the_triggers_is_no_damage(path: Path) -> None:
    report = edited(path, "UPDATE measurement SET note = 'élders' WHERE rowid < 20")
    assert report.findings == ()


def test_every_finding_has_words_and_was_seen_here() -> None:
    seen = DATA.keys() | DAMAGE.keys() | {"goal.parent_elsewhere"}
    only_in_torture = {code for code in WORDS if code.startswith(("file.", "table."))}
    rare = {"more", "schema.other_index", "schema.other_view"}
    assert WORDS.keys() - seen - only_in_torture == rare


def test_a_finding_says_what_is_where_and_what_to_do(path: Path) -> None:
    report = edited(
        path,
        "UPDATE visit_need SET tag = 'a' || char(27) || '[31m' WHERE rowid = 5",
        journalled=False,
    )
    (finding,) = report.findings
    assert finding.severity is Severity.DAMAGE
    assert finding.kind == "visit_need"
    assert "tag" in finding.sentence
    assert "--repair" in finding.advice
    assert "--accept" in finding.advice
    assert finding.sentence == clean(finding.sentence)


def test_many_findings_of_one_kind_are_counted(path: Path) -> None:
    report = edited(path, "UPDATE target SET reason = 'anders'", journalled=False)
    found = [finding for finding in report.findings if finding.code == "row.differs"]
    assert len(found) == MOST + 1
    assert found[-1].severity is Severity.DAMAGE


def test_a_check_writes_nothing_and_needs_no_right_to(path: Path) -> None:
    before = path.read_bytes()
    path.chmod(0o444)
    check_file(path, clock=MID_2016)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_an_open_session_is_checked_without_another_connection(path: Path) -> None:
    with Session(path, clock=MID_2016) as session:
        assert check(session).findings == ()
        session.database.connection.execute("UPDATE plan SET retired_at = 'x'")
        assert "goal.plan_retired" in codes(check(session))


def test_a_file_of_an_earlier_version_is_checked_as_far_as_it_goes(tmp_path: Path) -> None:
    dump = Path(__file__).parents[1] / "data" / "old_schemas" / "v1.sql"
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(dump.read_text(encoding="utf-8"))
    connection.close()
    before = check_file(path, clock=MID_2016)
    assert before.findings == ()
    assert "earlier version" in summary(before)
    Session(path, clock=MID_2016).close()
    after = check_file(path, clock=MID_2016)
    assert {finding.code for finding in after.findings} <= {"assignment.gap"}
    assert "earlier version" not in summary(after)


# ---- repairing


@pytest.mark.parametrize(
    "code",
    [
        "row.differs",
        "row.lost",
        "row.no_parent",
        "journal.state",
        "search.documents",
        "search.index",
        "summary.differs",
        "schema.no_index",
        "schema.no_view",
        "schema.no_trigger",
        "schema.other_trigger",
    ],
)
def test_what_can_be_made_again_is(code: str, path: Path, small_file: Path) -> None:
    report = edited(path, DAMAGE[code], journalled=False)
    assert report.damaged
    damaged_bytes = path.read_bytes()
    repaired = repair_file(path, clock=MID_2016)
    assert repaired.copy.read_bytes() == damaged_bytes
    assert repaired.copy.stat().st_mode & 0o077 == 0
    assert check_file(path, clock=MID_2016).findings == ()
    assert rows_of(path) == rows_of(small_file)


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in ("measurement", "visit", "visit_need", "organisation", "goal", "change")
        }
    finally:
        connection.close()


def test_what_the_journal_cannot_decide_is_left_alone(path: Path) -> None:
    edited(path, DAMAGE["journal.no_entry"], journalled=False)
    edited(path, DAMAGE["row.differs"], journalled=False)
    before = rows_of(path)
    repair_file(path, clock=MID_2016)
    assert rows_of(path) == before
    assert check_file(path, clock=MID_2016).damaged


def test_a_state_without_a_name_gets_a_new_one(path: Path) -> None:
    with another_program(path) as connection:
        (before,) = connection.execute("SELECT replica FROM journal_state").fetchone()
    edited(path, "UPDATE journal_state SET replica = 'demp'")
    repair_file(path, clock=MID_2016)
    assert check_file(path, clock=MID_2016).findings == ()
    with Session(path, clock=MID_2016) as session:
        state = session.database.connection.execute(
            "SELECT replica, sequence FROM journal_state"
        ).fetchone()
    assert state[0] not in (before, "demp")
    assert state[1] == 0


def test_rows_can_be_accepted_instead(path: Path) -> None:
    report = edited(path, DAMAGE["row.differs"], journalled=False)
    assert "row.differs" in codes(report)
    with Session(path, clock=MID_2016) as session:
        changes = session.write(TakeOver())
        assert list(differences(session.database.connection)) == []
    assert changes.key is not None
    assert changes.kinds == {"measurement"}
    assert check_file(path, clock=MID_2016).findings == ()


def test_a_repair_of_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        repair_file(tmp_path / "nothing.db")
