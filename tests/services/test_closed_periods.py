"""Closing and reopening periods, and what a change inside one needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.records import FollowUpLine, MeasurementLine, VisitLine
from socius_tui.domain.text import clean
from socius_tui.errors import InvalidInput, NotFound, PeriodClosed, RuleBroken
from socius_tui.services import log
from socius_tui.services.assigning import AddPerson, Assign, RetireAssignment
from socius_tui.services.closed_periods import closed_periods, next_to_close, period_locks
from socius_tui.services.explain import explain
from socius_tui.services.following import (
    AddFollowUp,
    CloseFollowUp,
    EditFollowUp,
    RetireFollowUp,
)
from socius_tui.services.late_marks import late_text
from socius_tui.services.locking import ClosePeriod, ReopenPeriod
from socius_tui.services.measuring import (
    AddMeasurement,
    EditMeasurement,
    RetireMeasurement,
    SetTarget,
)
from socius_tui.services.narrating import WriteNarrative
from socius_tui.services.overview import plan_status
from socius_tui.services.register import assignments, staff
from socius_tui.services.resolve import (
    find_goal,
    find_indicator,
    find_organisation,
    find_person,
    find_work_type,
)
from socius_tui.services.session import Operation, Session
from socius_tui.services.visiting import (
    CancelVisit,
    CompleteVisit,
    EditVisit,
    LogVisit,
    RetireVisit,
)
from socius_tui.store.unit_of_work import Transaction
from tests.hostile import HOSTILE, raw_signatures_in

CLOSED: Final = (date(2017, 1, 1), date(2017, 12, 31))
WHY: Final = "De cijfers kwamen te laat binnen"


@pytest.fixture
def closed(demo: Session) -> Session:
    """The demo, in which the director closed 2017."""
    close(demo, *CLOSED)
    return demo


def close(session: Session, start: date, end: date, note: str = "") -> None:
    as_director(session)
    session.write(ClosePeriod.of(starts_on=start, ends_on=end, note=note))


def as_director(session: Session) -> str:
    session.actor = next(p.id for p in staff(session) if p.role == "director")
    return session.actor


def late_rows(session: Session) -> list[tuple[Any, ...]]:
    return session.read(
        lambda connection: connection.execute(
            "SELECT kind, row_id, indicator_id, goal_id, reason, changed_by FROM late_change"
            " ORDER BY id"
        ).fetchall()
    )


def everything(session: Session) -> list[tuple[Any, ...]]:
    """All rows that a use case can write, to see that a refusal wrote nothing."""
    tables = "visit visit_goal measurement target narrative follow_up assignment late_change change"
    return session.read(
        lambda connection: [
            row
            for table in tables.split()
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")
        ]
    )


# ---- every use case, in a closed year and in an open one ------------------------------------


class Changed:
    """Changes of rows that no use case makes in one go."""

    def __init__(self, *changes: tuple[str, str, dict[str, str]]) -> None:
        self._changes = changes

    def apply(self, transaction: Transaction) -> str:
        for table, row_id, values in self._changes:
            transaction.change(table, row_id, values)
        return "changed"


def a_visit(session: Session, year: int, status: str = "done") -> VisitLine:
    wanted = VisitFilter(status=status, since=date(year, 1, 1), until=date(year, 12, 31))
    return log.visit_log(session, wanted)[-1]  # what it promised is due in the same year


def a_planned_visit(session: Session, year: int) -> VisitLine:
    """Written by another program: a visit that was planned for a day that is past by now."""

    visit = a_visit(session, year)
    session.write(Changed(("visit", visit.id, {"status": "planned"})), reason="made for a test")
    return a_visit(session, year, "planned")


def a_measurement(session: Session, year: int) -> MeasurementLine:
    found = log.measurement_list(session, find_indicator(session, "OD1.1-b").id)
    return next(line for line in found if line.observed_on.year == year)


def a_follow_up(session: Session, year: int, *, done: bool | None = None) -> FollowUpLine:
    return next(
        line
        for line in log.follow_up_list(session, open_only=False)
        if (line.due_on and line.due_on.year == year)
        and (done is None or (line.done_on is not None) == done)
    )


def an_open_promise(session: Session, year: int) -> FollowUpLine:
    session.write(promise(session, year), reason="made for a test")
    return a_follow_up(session, year, done=False)


def promise(session: Session, year: int) -> AddFollowUp:
    goal = find_goal(session, "OD2.3").id
    return AddFollowUp.of(what="Terugbellen", goal_id=goal, due_on=date(year, 6, 1))


def log_visit(session: Session, year: int) -> LogVisit:
    return LogVisit.of(
        organisation_id=find_organisation(session, "Vereniging 26").id,
        visited_on=date(year, 2, 1),
        goal_ids=(find_goal(session, "OD2.3").id, find_goal(session, "OD1.1").id),
    )


def measured(session: Session, year: int) -> dict[str, Any]:
    indicator = find_indicator(session, "OD1.1-b").id
    return {"indicator_id": indicator, "observed_on": date(year, 6, 15), "value": "12"}


def target(session: Session, year: int, reason: str = "") -> SetTarget:
    return SetTarget.of(
        indicator_id=find_indicator(session, "OD1.1-b").id,
        period_start=date(year, 1, 1),
        period_end=date(year, 6, 30),
        value="33",
        reason=reason,
    )


def story(session: Session, year: int) -> WriteNarrative:
    return WriteNarrative.of(
        goal_id=find_goal(session, "OD2.3").id,
        period_start=max(date(year - 1, 7, 1), date(2016, 1, 1)),
        period_end=date(year, 3, 31),
        what_happened="Veel",
    )


def hand_over(session: Session, year: int) -> Assign:
    return Assign.of(
        person_id=find_person(session, "Dries").id,
        work_type_id=find_work_type(session, "verenigingen").id,
        starts_on=date(year, 3, 1),
    )


def mistaken_assignment(session: Session, year: int) -> RetireAssignment:
    first = date(year, 3, 1)
    if all(a.starts_on != first for a in assignments(session)):
        session.write(hand_over(session, year), reason="made for a test")
    mine = next(a for a in assignments(session) if a.starts_on == first)
    return RetireAssignment.of(assignment_id=mine.id)


USE_CASES: Final[dict[str, Callable[[Session, int], Operation]]] = {
    "log a visit": log_visit,
    "correct a visit": lambda s, y: EditVisit.of(visit_id=a_visit(s, y).id, summary="Anders"),
    "other goals": lambda s, y: EditVisit.of(
        visit_id=a_visit(s, y).id, goal_ids=(find_goal(s, "OD4.2").id,)
    ),
    "take out a visit": lambda s, y: RetireVisit.of(visit_id=a_visit(s, y).id),
    "a visit took place": lambda s, y: CompleteVisit.of(visit_id=a_planned_visit(s, y).id),
    "cancel a visit": lambda s, y: CancelVisit.of(visit_id=a_planned_visit(s, y).id),
    "measure": lambda s, y: AddMeasurement.of(**measured(s, y)),
    "correct a measurement": lambda s, y: EditMeasurement.of(
        measurement_id=a_measurement(s, y).id, **measured(s, y)
    ),
    "take out a measurement": lambda s, y: RetireMeasurement.of(
        measurement_id=a_measurement(s, y).id
    ),
    "set a target": target,
    "write a narrative": story,
    "promise": promise,
    "keep a promise": lambda s, y: CloseFollowUp.of(
        follow_up_id=an_open_promise(s, y).id, done_on=date(y, 6, 20)
    ),
    "another day to keep it": lambda s, y: EditFollowUp.of(
        follow_up_id=an_open_promise(s, y).id, due_on=date(y, 6, 30)
    ),
    "take out a promise": lambda s, y: RetireFollowUp.of(follow_up_id=a_follow_up(s, y).id),
    "hand over": hand_over,
    "take out an assignment": mistaken_assignment,
}


@pytest.mark.parametrize("name", USE_CASES)
def test_inside_a_closed_period_a_reason_is_asked_and_kept(closed: Session, name: str) -> None:
    operation = USE_CASES[name](closed, 2017)
    before, marks = everything(closed), len(late_rows(closed))
    with pytest.raises(PeriodClosed) as refused:
        closed.write(operation)
    assert everything(closed) == before
    assert refused.value.field == "reason"
    assert refused.value.exit_code == 1
    for word in ("01/01/2017", "31/12/2017", "Frank Voorbeeld", "needs a reason"):
        assert word in refused.value.message
    assert "--late-reason" in refused.value.hint

    done = closed.write(operation, reason=WHY)
    new = late_rows(closed)[marks:]
    assert new
    assert {row[4] for row in new} == {WHY}
    assert {row[5] for row in new} == {closed.actor}
    touched = {(change.kind, change.id) for change in done.changes if change.kind != "late_change"}
    assert {(row[0], row[1]) for row in new} <= touched
    kept = closed.read(
        lambda c: c.execute("SELECT reason FROM change_set ORDER BY seq DESC LIMIT 1").fetchone()
    )
    assert kept == (WHY,)


@pytest.mark.parametrize("year", [2016, 2018])
def test_outside_it_nobody_is_asked(closed: Session, year: int) -> None:
    for name, use_case in USE_CASES.items():
        if year == 2016 and name in ("hand over", "take out an assignment"):
            continue  # who takes over in 2016 is contact person in 2017 as well
        closed.write(AddMeasurement.of(**measured(closed, year)))  # one to correct or take out
        closed.write(use_case(closed, year))
        assert late_rows(closed) == [], name


def test_without_a_closed_period_nothing_is_marked(demo: Session) -> None:
    as_director(demo)
    for use_case in USE_CASES.values():
        demo.write(use_case(demo, 2017), reason=WHY)
    assert late_rows(demo) == []


# ---- what is inside, and what is not --------------------------------------------------------


def test_a_row_that_moves_out_of_the_period_or_into_it_is_inside(closed: Session) -> None:
    for year, day in ((2017, date(2018, 1, 5)), (2018, date(2017, 12, 30))):
        move = EditVisit.of(visit_id=a_visit(closed, year).id, visited_on=day)
        with pytest.raises(PeriodClosed):
            closed.write(move)
        closed.write(move, reason=WHY)
    assert [row[0] for row in late_rows(closed) if row[0] == "visit"] == ["visit", "visit"]


def test_the_private_note_of_a_visit_is_nobodys_report(closed: Session) -> None:
    visit = a_visit(closed, 2017)
    closed.write(EditVisit.of(visit_id=visit.id, private_note="!", needs=("vorming",), met=("Jo",)))
    assert late_rows(closed) == []


def test_a_promise_of_the_period_that_is_kept_later_changes_nothing_in_it(closed: Session) -> None:
    promised = an_open_promise(closed, 2017)
    marks = late_rows(closed)
    closed.write(
        EditFollowUp.of(follow_up_id=promised.id, owner_id=find_person(closed, "Dries").id)
    )
    closed.write(CloseFollowUp.of(follow_up_id=promised.id, done_on=date(2018, 3, 1)))
    assert late_rows(closed) == marks


def test_a_hand_over_before_the_period_is_one_inside_it(closed: Session) -> None:
    with pytest.raises(PeriodClosed):
        closed.write(hand_over(closed, 2016))


def test_a_target_for_all_years_draws_its_line_through_each(closed: Session) -> None:
    whole = SetTarget.of(
        indicator_id=find_indicator(closed, "OD1.1-b").id,
        period_start=date(2016, 1, 1),
        period_end=date(2020, 12, 31),
        value="70",
    )
    with pytest.raises(PeriodClosed):
        closed.write(whole)


def test_who_gave_a_reason_already_is_not_asked_again(closed: Session) -> None:
    closed.write(target(closed, 2017, reason="Eén voltijdse minder"))
    assert [row[4] for row in late_rows(closed)] == ["Eén voltijdse minder"]
    closed.write(CancelVisit.of(visit_id=a_planned_visit(closed, 2017).id, reason="Ziek"))
    assert late_rows(closed)[-1][4] == "Ziek"


def test_a_change_that_is_none_needs_no_reason(closed: Session) -> None:
    visit = a_visit(closed, 2017)
    summaries = ("Anders", visit.summary)
    closed.write(Changed(*(("visit", visit.id, {"summary": each}) for each in summaries)))
    assert late_rows(closed) == []


def test_two_periods_are_named_and_marked_both(closed: Session) -> None:
    close(closed, date(2016, 1, 1), date(2016, 12, 31))
    move = EditVisit.of(visit_id=a_visit(closed, 2017).id, visited_on=date(2016, 12, 20))
    with pytest.raises(PeriodClosed) as refused:
        closed.write(move)
    assert "01/01/2016" in refused.value.message
    assert "31/12/2017" in refused.value.message
    closed.write(move, reason=WHY)
    assert [lock.late_changes > 0 for lock in period_locks(closed)] == [True, True]


# ---- the reason -----------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_an_empty_reason_is_none(closed: Session, reason: str) -> None:
    with pytest.raises(PeriodClosed):
        closed.write(log_visit(closed, 2017), reason=reason)


def test_a_reason_has_an_end(closed: Session) -> None:
    before = everything(closed)
    with pytest.raises(InvalidInput) as refused:
        closed.write(log_visit(closed, 2017), reason="a" * 2001)
    assert refused.value.field == "reason"
    with pytest.raises(InvalidInput):  # the use case allows more than a mark can hold
        closed.write(target(closed, 2017, reason="a" * 2001))
    assert everything(closed) == before
    closed.write(log_visit(closed, 2017), reason="a" * 2000)


def test_a_hostile_reason_is_refused_or_kept_and_shown_harmless(closed: Session) -> None:
    kept = 0
    for hostile in HOSTILE:
        add = AddMeasurement.of(**measured(closed, 2017))
        rule = hostile.refused_by if hostile.refused_in_note else None
        if rule in ("text.control", "text.bidi", "text.surrogate", "text.combining"):
            with pytest.raises(InvalidInput) as refused:
                closed.write(add, reason=hostile.text[:1000])
            assert refused.value.field == "reason"
        elif rule is None:
            closed.write(add, reason=hostile.text[:1000])
            kept += 1
    assert len(late_rows(closed)) == kept > 20
    for change in next(line for line in plan_status(closed).lines if line.late).late:
        assert change.reason.strip()
        assert not raw_signatures_in(clean(late_text(change)).encode())


# ---- taking back ----------------------------------------------------------------------------


class TakeBack:
    """What undoing a late measurement writes, at the level of rows."""

    def __init__(self, measurement_id: str, *, marks: bool = True) -> None:
        self._id, self._marks = measurement_id, marks

    def apply(self, transaction: Transaction) -> str:
        connection = transaction.connection
        if self._marks:
            connection.execute("DELETE FROM late_change WHERE row_id = ?", (self._id,))
        connection.execute("DELETE FROM measurement WHERE id = ?", (self._id,))
        return "taken back"


class BringBack:
    """What redoing it writes: the rows as they were, and their marks."""

    def __init__(self, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        self._rows = rows

    def apply(self, transaction: Transaction) -> str:
        for table, rows in self._rows.items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                transaction.connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)
        return "brought back"


def rows_about(session: Session, measurement_id: str) -> dict[str, list[tuple[Any, ...]]]:
    return session.read(
        lambda c: {
            table: c.execute(
                f"SELECT * FROM {table} WHERE {column} = ?", (measurement_id,)
            ).fetchall()
            for table, column in (("measurement", "id"), ("late_change", "row_id"))
        }
    )


def test_taking_back_a_late_change_gives_the_period_back_without_a_reason(closed: Session) -> None:
    done = closed.write(AddMeasurement.of(**measured(closed, 2017)), reason=WHY)
    (identifier,) = done.ids("measurement")
    there = rows_about(closed, identifier)
    closed.write(TakeBack(identifier))
    assert late_rows(closed) == []
    closed.write(BringBack(there))
    assert rows_about(closed, identifier) == there


def test_taking_back_what_is_older_than_the_closing_is_a_late_change(demo: Session) -> None:
    done = demo.write(AddMeasurement.of(**measured(demo, 2017)))
    (identifier,) = done.ids("measurement")
    close(demo, *CLOSED)
    with pytest.raises(PeriodClosed):
        demo.write(TakeBack(identifier))
    demo.write(TakeBack(identifier), reason=WHY)
    assert [row[0] for row in late_rows(demo)] == ["measurement"]


def test_a_mark_excuses_its_own_row_only(closed: Session) -> None:
    first = closed.write(AddMeasurement.of(**measured(closed, 2017)), reason=WHY)

    another = next(
        line.id
        for line in log.measurement_list(closed, find_indicator(closed, "OD1.1-b").id)
        if line.observed_on.year == 2017 and line.id not in first.ids("measurement")
    )

    class More(TakeBack):
        def apply(self, transaction: Transaction) -> str:
            transaction.retire("measurement", another)
            return super().apply(transaction)

    with pytest.raises(PeriodClosed):
        closed.write(More(*first.ids("measurement")))
    with pytest.raises(PeriodClosed):
        closed.write(TakeBack(*first.ids("measurement"), marks=False))


def test_a_mark_of_an_earlier_closing_excuses_nothing_in_a_later_one(closed: Session) -> None:
    done = closed.write(AddMeasurement.of(**measured(closed, 2017)), reason=WHY)
    (lock,) = closed_periods(closed)
    closed.write(ReopenPeriod.of(period_lock_id=lock.id, reason="Nog niet alles was er"))
    close(closed, *CLOSED)
    with pytest.raises(PeriodClosed):
        closed.write(TakeBack(*done.ids("measurement")))


# ---- closing and reopening ------------------------------------------------------------------


def test_who_closed_it_and_who_reopened_it_stays_written_down(closed: Session) -> None:
    (lock,) = closed_periods(closed)
    done = closed.write(ReopenPeriod.of(period_lock_id=lock.id, reason="Federatie te laat"))
    assert done.title == "Period 01/01/2017 to 31/12/2017 reopened"
    closed.write(log_visit(closed, 2017))
    assert closed_periods(closed) == []
    (lock,) = period_locks(closed)
    assert lock.state == "reopened"
    assert lock.closed_by == lock.reopened_by == "Frank Voorbeeld (directeur)"
    assert lock.reopen_reason == "Federatie te laat"
    with pytest.raises(RuleBroken, match="reopened already"):
        closed.write(ReopenPeriod.of(period_lock_id=lock.id, reason="Nog eens"))
    with pytest.raises(NotFound):
        closed.write(ReopenPeriod.of(period_lock_id="none", reason="Nog eens"))
    close(closed, *CLOSED)
    assert [lock.state for lock in period_locks(closed)].count("closed") == 1


@pytest.mark.parametrize("reason", ["", "  ", "a" * 2001, "a\x00b"])
def test_reopening_needs_a_reason_that_can_be_kept(closed: Session, reason: str) -> None:
    (lock,) = closed_periods(closed)
    with pytest.raises(InvalidInput) as refused:
        ReopenPeriod.of(period_lock_id=lock.id, reason=reason)
    assert refused.value.field == "reason"


@pytest.mark.parametrize("who", ["Amber", None])
def test_only_a_director_closes_and_reopens(closed: Session, who: str | None) -> None:
    (lock,) = closed_periods(closed)
    closed.actor = find_person(closed, who).id if who else None
    before = everything(closed)
    for operation in (
        ClosePeriod.of(starts_on=date(2016, 1, 1), ends_on=date(2016, 12, 31)),
        ReopenPeriod.of(period_lock_id=lock.id, reason=WHY),
    ):
        with pytest.raises(RuleBroken, match="Only a director") as refused:
            closed.write(operation)
        assert ("Frank" if who else "--as") in refused.value.hint
    assert everything(closed) == before


def test_without_a_director_it_says_how_to_add_one(fresh: Session) -> None:
    close_it = ClosePeriod.of(starts_on=date(2016, 1, 1), ends_on=date(2016, 3, 31))
    with pytest.raises(RuleBroken, match="no director yet") as refused:
        fresh.write(close_it)
    assert "--role director" in refused.value.hint
    added = fresh.write(AddPerson.of(name="Jo Maes", role="director"))
    (fresh.actor,) = added.ids("person")
    assert fresh.write(close_it).title == "Period 01/01/2016 to 31/03/2016 closed"


@pytest.mark.parametrize(
    ("start", "end", "field", "says"),
    [
        (date(2018, 1, 2), date(2018, 1, 1), "ends_on", "before the start"),
        (date(2015, 1, 1), date(2015, 12, 31), "starts_on", "outside the plan"),
        (date(2020, 1, 1), date(2021, 1, 1), "ends_on", "outside the plan"),
        (date(2018, 1, 1), date(2018, 7, 1), "ends_on", "in the future"),
        (date(2017, 12, 31), date(2018, 1, 31), "starts_on", "was closed by Frank"),
        (date(2016, 1, 1), date(2017, 1, 1), "starts_on", "was closed by Frank"),
        (date(2017, 3, 1), date(2017, 3, 31), "starts_on", "was closed by Frank"),
        (date(2016, 1, 1), date(2018, 6, 30), "starts_on", "was closed by Frank"),
    ],
)
def test_what_cannot_be_closed(
    closed: Session, start: date, end: date, field: str, says: str
) -> None:
    with pytest.raises((RuleBroken, InvalidInput), match=says) as refused:
        closed.write(ClosePeriod.of(starts_on=start, ends_on=end))
    assert getattr(refused.value, "field", "") == field


def test_what_touches_only_at_the_ends_can_be_closed(closed: Session) -> None:
    close(closed, date(2016, 1, 1), date(2016, 12, 31))
    close(closed, date(2018, 1, 1), closed.today)
    assert len(closed_periods(closed)) == 3


def test_the_next_to_close_is_the_first_that_is_open(demo: Session) -> None:
    for expected in (
        (date(2016, 1, 1), date(2016, 12, 31)),
        CLOSED,
        (date(2018, 1, 1), date(2018, 6, 30)),
    ):
        assert next_to_close(demo) == expected
        close(demo, *expected)


# ---- what shows -----------------------------------------------------------------------------


def marked(session: Session) -> dict[str, int]:
    return {line.code: len(line.late) for line in plan_status(session).lines if line.late}


def test_a_late_measurement_marks_its_indicator_and_the_goals_above(closed: Session) -> None:
    assert marked(closed) == {}
    closed.write(AddMeasurement.of(**measured(closed, 2017)), reason=WHY)
    plan = closed.plan().code
    assert marked(closed) == {plan: 1, "SD1": 1, "OD1.1": 1, "OD1.1-b": 1}
    closed.set_as_of(date(2016, 12, 31))  # 2017 does not exist yet
    assert marked(closed) == {}
    closed.set_as_of(date(2017, 1, 1))
    assert marked(closed)["OD1.1-b"] == 1


def test_a_late_visit_is_one_change_and_marks_what_counts_visits(closed: Session) -> None:
    closed.write(log_visit(closed, 2017), reason=WHY)
    found = marked(closed)
    assert found[closed.plan().code] == 1
    assert found["OD2.3"] == found["OD1.1"] == 1
    counting = {
        line.code
        for line in plan_status(closed).lines
        if line.level == "indicator" and line.code in found
    }
    rules = closed.read(
        lambda c: dict(c.execute("SELECT code, computed FROM indicator WHERE computed IS NOT NULL"))
    )
    assert counting
    assert {rules[code] for code in counting} <= {"visited_organisations", "visits_done"}


def test_a_mark_outlives_the_reopening(closed: Session) -> None:
    closed.write(AddMeasurement.of(**measured(closed, 2017)), reason=WHY)
    (lock,) = closed_periods(closed)
    closed.write(ReopenPeriod.of(period_lock_id=lock.id, reason="Alles opnieuw"))
    assert marked(closed)["OD1.1-b"] == 1


def test_explain_says_who_changed_it_when_and_why(closed: Session) -> None:
    closed.write(AddMeasurement.of(**measured(closed, 2017)), reason=WHY)
    for code in ("OD1.1-b", "OD1.1"):
        (line,) = explain(closed, code).late
        for word in ("2017", "measurement", "Frank Voorbeeld", WHY):
            assert word in line
