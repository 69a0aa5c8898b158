"""A second plan in the same file: what goes along, what counts where, what can be taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.domain.carrying import LAST_VALUE
from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.model import Status
from socius_tui.domain.plan import IndicatorRecord
from socius_tui.errors import InvalidInput, NotFound, RuleBroken, SociusError
from socius_tui.services import log
from socius_tui.services.assigning import AddPerson
from socius_tui.services.baselines import RenewBaselines, renewed_baselines
from socius_tui.services.carrying import CarryOver, proposal
from socius_tui.services.carrying_choice import renames_from
from socius_tui.services.checking import check
from socius_tui.services.clock import FixedClock
from socius_tui.services.comparing import compare
from socius_tui.services.following import AddFollowUp
from socius_tui.services.history_topics import find_topic
from socius_tui.services.locking import ClosePeriod
from socius_tui.services.looking import look_at_plan_of, view
from socius_tui.services.measuring import AddMeasurement, SetTarget
from socius_tui.services.narrating import WriteNarrative
from socius_tui.services.overview import coverage, plan_status
from socius_tui.services.planning import UsePlan
from socius_tui.services.plans import plan_lines
from socius_tui.services.publishing import publish, refresh
from socius_tui.services.register import staff
from socius_tui.services.resolve import find_goal, find_indicator, find_organisation, named_goals
from socius_tui.services.session import Session
from socius_tui.services.undoing import InTheWay, stack, take_back
from socius_tui.services.visiting import EditVisit, LogVisit
from socius_tui.store.plans import load_goals, load_indicators, load_plans
from socius_tui.store.unit_of_work import Transaction
from tests.torture.using import agrees, rows

MID_2021 = FixedClock(datetime(2021, 6, 30, 12, tzinfo=UTC))
MID_2020 = FixedClock(datetime(2020, 6, 30, 12, tzinfo=UTC))
NEXT: dict[str, Any] = {"code": "plan-2021", "title": "Beleidsplan 2021-2025"}


def next_plan(session: Session, **other: Any) -> CarryOver:
    return CarryOver.of(previous_id=session.plan().id, **{**NEXT, **other})


def at(path: Path, clock: FixedClock) -> Session:
    session = Session(path, clock=clock)
    session.actor = staff(session)[0].id
    return session


@pytest.fixture
def mid_2020(fresh_file: Path, tmp_path: Path) -> Iterator[Session]:
    """The fresh file, half a year before the end of its plan."""
    with at(Path(shutil.copy(fresh_file, tmp_path / "one.db")), MID_2020) as session:
        yield session


@pytest.fixture(scope="module")
def two_plans(fresh_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fresh file with the plan that follows, which it shows."""
    path = Path(shutil.copy(fresh_file, tmp_path_factory.mktemp("two") / "two.db"))
    with at(path, MID_2021) as session:
        session.write(next_plan(session, use=True, targets="shift"))
    return path


@pytest.fixture
def two(two_plans: Path, tmp_path: Path) -> Iterator[Session]:
    """A copy of that, half a year into the new plan."""
    with at(Path(shutil.copy(two_plans, tmp_path / "two.db")), MID_2021) as session:
        yield session


def by_script(session: Session, work: Callable[[Transaction], object]) -> None:
    """Rows that no use case makes."""

    def write(transaction: Transaction) -> str:
        work(transaction)
        return "written"

    session.database.write(write, today=session.today, now=session.now, actor=None)


def plan_id(session: Session, code: str) -> str:
    return next(p.id for p in session.read(load_plans) if p.code == code)


def look_at(session: Session, code: str) -> None:
    session.set_plan(plan_id(session, code))


def shape(session: Session, plan: str) -> list[tuple[object, ...]]:
    """The tree of a plan, by codes and titles."""
    goals = session.read(lambda c: load_goals(c, plan))
    codes = {goal.id: goal.code for goal in goals}
    indicators = session.read(lambda c: load_indicators(c, plan))
    return [
        *(
            (g.kind, g.code, codes.get(g.parent_id or ""), g.title, g.summary)
            for g in goals
            if g.kind != "action"  # of a year, which is over
        ),
        *(
            (i.code, codes[i.goal_id], i.title, i.measure._replace(baseline=None, targets=()))
            for i in indicators
        ),
    ]


def test_the_next_plan_has_the_same_shape_its_own_period_and_links(demo: Session) -> None:
    old = demo.plan()
    demo.write(next_plan(demo))
    new = next(p for p in demo.read(load_plans) if p.code == "plan-2021")
    assert new.rules.period == (date(2021, 1, 1), date(2025, 12, 31))
    assert new.previous_id == old.id
    assert shape(demo, new.id) == shape(demo, old.id)
    goals = {goal.id: goal for goal in demo.read(lambda c: load_goals(c, old.id))}
    for goal in demo.read(lambda c: load_goals(c, new.id)):
        assert goals[goal.previous_id or ""].code == goal.code
        assert goal.source_line == ""
    for indicator in demo.read(lambda c: load_indicators(c, new.id)):
        assert indicator.previous_id
        assert indicator.measure.targets == ()
    assert demo.plan() == old  # the file goes on showing the old one
    assert agrees(demo)


def test_the_baselines_are_the_values_that_were_judged(demo: Session) -> None:
    wanted = next_plan(demo)
    found = proposal(demo, wanted)
    judged = {line.id: line for line in plan_status(demo).lines}
    taken = 0
    for line in found.indicators:
        if line.baseline.origin == LAST_VALUE:
            value = judged[line.record.id].value
            assert value is not None
            assert abs(Fraction(line.baseline.value or "") - value) < Fraction(1, 1_000_000)
            taken += 1
    assert taken >= 20
    assert found.judged_on == demo.today
    assert found.early
    demo.write(wanted)
    made = plan_id(demo, "plan-2021")
    new = demo.read(lambda c: load_indicators(c, made))
    assert [(i.code, i.measure.baseline, i.baseline_on) for i in new] == [
        (
            line.code,
            None if line.baseline.value is None else Fraction(line.baseline.value),
            line.baseline.day,
        )
        for line in found.indicators
    ]


def test_thresholds_pauses_and_coverage_go_along_and_key_figures_stay(fresh: Session) -> None:
    old = fresh.plan().id

    def rules(transaction: Transaction) -> None:
        fixed: dict[str, str | int | None] = {"coverage_policy": "fixed", "coverage_fixed": 136}
        transaction.change("plan", old, {"on_track_from": "0.90", **fixed})
        for year in (2016, 2020):
            days = {"starts_on": f"{year}-07-01", "ends_on": f"{year}-08-31"}
            transaction.insert("plan_pause", {"plan_id": old, "label": "zomer", **days})

    by_script(fresh, rules)
    found = proposal(fresh, next_plan(fresh, ends_on=date(2024, 12, 31)))
    assert [pause[0].start for pause in found.pauses] == [date(2021, 7, 1)]
    assert found.left_pauses == 1
    fresh.write(next_plan(fresh))
    look_at(fresh, "plan-2021")
    plan = fresh.plan()
    assert plan.rules.on_track_from == Fraction(9, 10)
    assert plan.coverage_fixed == 136
    assert [pause.start.year for pause in plan.rules.pauses] == [2021, 2025]
    figures = fresh.read(lambda c: c.execute("SELECT DISTINCT plan_id FROM key_figure").fetchall())
    assert figures == [(old,)]


def test_chosen_goals_bring_what_is_below_and_above_them(fresh: Session) -> None:
    goals = {goal.code: goal.id for goal in named_goals(fresh)}
    chosen = (goals["OD2.3"], goals["BO1"])
    without = (find_indicator(fresh, "OD2.3-b").id,)
    found = proposal(fresh, next_plan(fresh, goal_ids=chosen, without_indicator_ids=without))
    assert [g.code for g in found.goals] == ["SD2", "OD2.3", "BO1", "BO1.1", "BO1.2", "BO1.3"]
    codes = [line.code for line in found.indicators]
    assert "OD2.3-a" in codes
    assert "OD2.3-b" not in codes
    assert not any(code.startswith("SD2") for code in codes)
    assert [line.depth for line in found.goals] == [1, 2, 1, 2, 2, 2]


def test_a_new_code_goes_on_to_the_indicators_of_the_goal(fresh: Session) -> None:
    chosen = (find_goal(fresh, "OD2.3").id,)
    renames = renames_from(["OD2.3 = OD1.1", "od2.3-b=OD1.1-z"])
    found = proposal(fresh, next_plan(fresh, goal_ids=chosen, renames=renames))
    assert [line.code for line in found.lines] == ["SD2", "OD1.1", "OD1.1-a", "OD1.1-z", "OD1.1-c"]


@pytest.mark.parametrize(
    ("other", "field", "word"),
    [
        ({"code": "SOCIUS-2016-2020"}, "code", "in this file already"),
        ({"code": " "}, "code", "empty"),
        ({"starts_on": date(2016, 1, 1)}, "starts_on", "must be later"),
        ({"ends_on": date(2020, 12, 31)}, "ends_on", "before the start"),
        ({"ends_on": date(2200, 1, 1)}, "ends_on", "2199"),
        ({"goal_ids": ("gone",)}, "goal_ids", "no longer exists"),
        ({"without_indicator_ids": ("gone",)}, "without_indicator_ids", "no longer exists"),
        ({"renames": {"OD9.9": "OD1.9"}}, "renames", "OD9.9 is not carried over"),
        ({"renames": {"OD2.3": "OD2.4"}}, "renames", "more than once"),
        ({"renames": {"OD2.3": "OD 2"}}, "renames", "cannot be a code"),
        ({"targets": "double"}, "targets", "not right"),
        ({"previous_id": "gone"}, "", "no longer exists"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(
    fresh: Session, other: dict[str, Any], field: str, word: str
) -> None:
    before = rows(fresh)
    with pytest.raises(SociusError) as refused:
        fresh.write(CarryOver.of(**{"previous_id": fresh.plan().id, **NEXT, **other}))
    assert getattr(refused.value, "field", "") == field
    assert word in refused.value.message
    assert rows(fresh) == before


def test_a_pair_of_codes_is_two_codes() -> None:
    for typed in ("OD2.3", "=OD2.3", "OD2.3="):
        with pytest.raises(InvalidInput, match="no pair of codes"):
            renames_from([typed])


def test_actions_stay_in_their_year_programme(fresh: Session) -> None:
    goal = find_goal(fresh, "OD2.3").id
    action: dict[str, str | int | None] = {
        "plan_id": fresh.plan().id, "parent_id": goal, "kind": "action", "code": "A1",
        "title": "Studiedag", "year": 2016,
    }  # fmt: skip
    by_script(fresh, lambda transaction: transaction.insert("goal", action))
    found = proposal(fresh, next_plan(fresh, goal_ids=(goal,)))
    assert [line.code for line in found.goals] == ["SD2", "OD2.3"]
    assert found.left_actions == 1
    with pytest.raises(RuleBroken, match="action of 2016"):
        proposal(fresh, next_plan(fresh, goal_ids=(find_goal(fresh, "A1").id,)))


def test_targets_move_along_where_asked_and_fit(fresh: Session) -> None:
    whole = proposal(fresh, next_plan(fresh, targets="shift"))
    plan = fresh.plan().id
    old = {i.id: i for i in fresh.read(lambda c: load_indicators(c, plan))}
    for line in whole.indicators:
        moved = [
            (t.period.start.year - 5, t.period.end.year - 5, Fraction(t.value), t.qualifier)
            for t in line.targets
        ]
        assert moved == [
            (t.period.start.year, t.period.end.year, t.value, t.qualifier)
            for t in old[line.record.id].measure.targets
        ]
    assert whole.left_targets == 0
    short = proposal(fresh, next_plan(fresh, targets="shift", ends_on=date(2023, 12, 31)))
    assert short.left_targets > 20
    assert all(t.period.end.year <= 2023 for line in short.indicators for t in line.targets)


# What can be taken back


def test_an_untouched_plan_is_taken_back_row_for_row_and_done_again(mid_2020: Session) -> None:
    before = rows(mid_2020)
    mid_2020.write(next_plan(mid_2020, use=True, targets="shift"))
    made = rows(mid_2020)
    take_back(mid_2020, "undo")
    assert rows(mid_2020) == before
    assert mid_2020.plan().code == "socius-2016-2020"
    take_back(mid_2020, "redo")
    assert rows(mid_2020) == made
    assert mid_2020.plan().code == "plan-2021"
    assert agrees(mid_2020)


def test_a_plan_in_which_something_was_entered_stays_until_that_is_undone(two: Session) -> None:
    indicator = find_indicator(two, "OD1.1-b").id
    made = stack(two, "undo")[0].what
    actor, two.actor = two.actor, None
    two.write(AddMeasurement.of(indicator_id=indicator, observed_on=date(2021, 3, 1), value="25"))
    two.actor = actor
    with pytest.raises(InTheWay, match="undo that first"):
        take_back(two, "undo")
    two.actor = None
    take_back(two, "undo")
    two.actor = actor
    assert "Beleidsplan 2021-2025" in take_back(two, "undo")[0]
    assert "Beleidsplan 2021-2025" in made
    assert [line.record.code for line in plan_lines(two)] == ["socius-2016-2020"]


def test_which_plan_is_shown_can_be_chosen_and_taken_back(two: Session) -> None:
    old = plan_id(two, "socius-2016-2020")
    two.write(UsePlan.of(plan_id=old))
    assert two.plan().id == old
    with pytest.raises(RuleBroken, match="already"):
        two.write(UsePlan.of(plan_id=old))
    take_back(two, "undo")
    assert two.plan().code == "plan-2021"
    with pytest.raises(NotFound):
        two.write(UsePlan.of(plan_id="gone"))


def test_what_was_done_before_another_plan_is_shown_can_still_be_undone(
    mid_2020: Session,
) -> None:
    goal = find_goal(mid_2020, "OD2.3").id
    mid_2020.write(AddFollowUp.of(what="Bellen", goal_id=goal))
    mid_2020.write(next_plan(mid_2020, use=True))
    assert len(stack(mid_2020, "undo")) == 2
    take_back(mid_2020, "undo", 2)
    assert log.follow_up_list(mid_2020, open_only=False) == []
    assert stack(mid_2020, "undo") == []  # the set-up of the file stays


@settings(max_examples=8)
@given(
    chosen=st.sets(st.integers(0, 23), min_size=1),
    left=st.sets(st.integers(0, 51), max_size=6),
    shift=st.booleans(),
    use=st.booleans(),
    years=st.integers(1, 9),
)
def test_any_next_plan_has_what_was_chosen_and_goes_without_a_trace(
    fresh_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    chosen: set[int],
    left: set[int],
    shift: bool,
    use: bool,
    years: int,
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.db"
    with at(Path(shutil.copy(fresh_file, path)), MID_2020) as session:
        old = session.plan()
        goals = session.read(lambda c: load_goals(c, old.id))
        indicators = session.read(lambda c: load_indicators(c, old.id))
        taken = {indicators[n].id for n in left}
        below = {goals[n].id for n in chosen}
        for goal in goals:  # parents come first in this plan
            if goal.parent_id in below:
                below.add(goal.id)
        kept = [i.code for i in indicators if i.goal_id in below and i.id not in taken]
        without = [i.id for i in indicators if i.goal_id in below and i.id in taken]
        before = rows(session)
        session.write(
            next_plan(
                session,
                goal_ids=tuple(goals[n].id for n in sorted(chosen)),
                without_indicator_ids=tuple(without),
                targets="shift" if shift else "none",
                use=use,
                ends_on=date(2020 + years, 12, 31),
            )
        )
        new = plan_id(session, "plan-2021")
        codes = [i.code for i in session.read(lambda c: load_indicators(c, new))]
        assert codes == kept
        parents = {g.id: g for g in goals}
        wanted = set(below)
        for goal_id in below:
            parent = parents[goal_id].parent_id
            while parent is not None:
                wanted.add(parent)
                parent = parents[parent].parent_id
        assert [g.code for g in session.read(lambda c: load_goals(c, new))] == [
            g.code for g in goals if g.id in wanted
        ]
        assert agrees(session)
        take_back(session, "undo")
        assert rows(session) == before


# Taking the baselines again


def test_baselines_are_taken_again_when_the_old_plan_went_on(mid_2020: Session) -> None:
    indicator = find_indicator(mid_2020, "OD1.2-c").id
    at_once = {"indicator_id": indicator, "observed_on": date(2020, 6, 1)}
    mid_2020.write(AddMeasurement.of(**at_once, value="3.4"))
    mid_2020.write(next_plan(mid_2020))
    new = plan_id(mid_2020, "plan-2021")
    assert renewed_baselines(mid_2020, new) == []
    with pytest.raises(RuleBroken, match="already"):
        mid_2020.write(RenewBaselines.of(plan_id=new))
    mid_2020.write(AddMeasurement.of(**{**at_once, "observed_on": date(2020, 6, 29)}, value="3.6"))
    (change,) = renewed_baselines(mid_2020, new)
    assert (change.record.code, change.record.measure.baseline) == ("OD1.2-c", Fraction("3.4"))
    mid_2020.set_plan(new)
    mid_2020.write(SetTarget.of(
        indicator_id=change.record.id, value="4", period_start=date(2021, 1, 1),
        period_end=date(2021, 12, 31),
    ))  # fmt: skip
    before = rows(mid_2020)
    mid_2020.write(RenewBaselines.of(plan_id=new))
    record = find_record(mid_2020, new, "OD1.2-c")
    assert (record.measure.baseline, record.baseline_on) == (Fraction("3.5"), date(2020, 6, 29))
    take_back(mid_2020, "undo")
    assert rows(mid_2020) == before
    with pytest.raises(RuleBroken, match="not made from another"):
        renewed_baselines(mid_2020, plan_id(mid_2020, "socius-2016-2020"))


def find_record(session: Session, plan: str, code: str) -> IndicatorRecord:
    indicators = session.read(lambda c: load_indicators(c, plan))
    return next(indicator for indicator in indicators if indicator.code == code)


# What counts where


def visit(session: Session, day: date, *codes: str, **other: Any) -> str:
    organisation = find_organisation(session, "Vereniging 26").id
    goals = tuple(find_goal(session, code).id for code in codes)
    made = LogVisit.of(organisation_id=organisation, visited_on=day, goal_ids=goals, **other)
    return session.write(made).ids("visit")[0]


def value(session: Session, code: str) -> Fraction | None:
    return next(line.value for line in plan_status(session).lines if line.code == code)


def test_one_log_counts_in_each_plan_for_its_own_period(two: Session) -> None:
    visit(two, date(2021, 2, 1))
    visit(two, date(2021, 3, 1), "OD2.3")
    assert value(two, "BO2-a") == 1
    assert value(two, "OD2.3-a") == 1
    assert coverage(two)[-1].visited == 1
    look_at(two, "socius-2016-2020")
    assert value(two, "BO2-a") == 0
    assert value(two, "OD2.3-a") == 0
    assert coverage(two)[-1].visited == 0
    for day in (date(2016, 2, 1), date(2016, 3, 1)):  # the year of its target
        visit(two, day, "OD1.3")
    assert value(two, "BO2-a") == 1
    assert value(two, "OD1.3-c") == 2
    look_at(two, "plan-2021")
    assert value(two, "OD1.3-c") == 0
    two.set_as_of(date(2020, 12, 31))
    assert value(two, "BO2-a") is None  # the new plan has not begun
    assert all(line.status is not Status.OFF_TRACK for line in plan_status(two).lines)


def test_what_was_due_in_the_old_plan_is_late_there_and_not_in_the_new_one(two: Session) -> None:
    goal = find_goal(two, "OD2.3").id
    two.write(AddFollowUp.of(what="Te laat", goal_id=goal, due_on=date(2020, 3, 1)))
    look_at(two, "socius-2016-2020")
    assert value(two, "BO2-i") == 0
    look_at(two, "plan-2021")
    assert value(two, "BO2-i") is None
    two.write(AddFollowUp.of(what="Nu te laat", goal_id=goal, due_on=date(2021, 3, 1)))
    assert value(two, "BO2-i") == 0


def test_a_visit_takes_goals_of_the_plan_of_its_day_only(two: Session) -> None:
    with pytest.raises(RuleBroken) as refused:
        visit(two, date(2020, 5, 1), "OD2.3")
    assert refused.value.field == "goal_ids"
    assert "plan-2021" in refused.value.message
    made = visit(two, date(2021, 5, 1), "OD2.3")
    with pytest.raises(RuleBroken, match="is a goal of the plan plan-2021"):
        two.write(EditVisit.of(visit_id=made, visited_on=date(2020, 5, 1)))
    two.write(EditVisit.of(visit_id=made, visited_on=date(2020, 5, 1), goal_ids=()))
    with pytest.raises(RuleBroken, match="outside the plan's period"):
        visit(two, date(2015, 5, 1))


def test_a_visit_of_before_keeps_its_goals_when_it_is_corrected_now(two: Session) -> None:
    look_at(two, "socius-2016-2020")
    made = visit(two, date(2020, 5, 1), "OD2.3")
    look_at(two, "plan-2021")
    goals = log.visit(two, made)
    assert goals is not None
    assert goals.line.goals == ("OD2.3",)
    offered = named_goals(two, goals.goal_ids)
    (old,) = [goal for goal in offered if goal.id in goals.goal_ids]
    assert old.code == "OD2.3 (socius-2016-2020)"
    two.write(EditVisit.of(visit_id=made, summary="Nog iets", goal_ids=goals.goal_ids))
    assert len(log.visit_log(two, VisitFilter(goal_id=old.id))) == 1


def test_an_old_indicator_is_measured_in_its_own_period_whatever_is_shown(two: Session) -> None:
    look_at(two, "socius-2016-2020")
    old, goal = find_indicator(two, "OD1.1-b").id, find_goal(two, "OD1.1").id
    look_at(two, "plan-2021")
    late = AddMeasurement.of(indicator_id=old, observed_on=date(2021, 2, 1), value="30")
    with pytest.raises(RuleBroken, match=r"01/01/2016 to 31/12/2020"):
        two.write(late)
    two.write(AddMeasurement.of(indicator_id=old, observed_on=date(2020, 12, 1), value="30"))
    year = {"period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}
    two.write(WriteNarrative.of(goal_id=goal, what_happened="Af", **year))
    two.write(SetTarget.of(indicator_id=old, value="61", reason="Bijgesteld", **year))
    with pytest.raises(RuleBroken, match=r"01/01/2016 to 31/12/2020"):
        two.write(SetTarget.of(indicator_id=old, value="61", period_start=date(2021, 1, 1),
                               period_end=date(2021, 12, 31)))  # fmt: skip
    look_at(two, "socius-2016-2020")
    assert value(two, "OD1.1-b") == 30


def test_a_period_is_closed_in_its_own_plan_and_marks_that_one_only(two: Session) -> None:
    two.write(AddPerson.of(name="Dirk", role="director"))
    two.actor = next(person.id for person in staff(two) if person.role == "director")
    days = {"starts_on": date(2019, 1, 1), "ends_on": date(2019, 12, 31)}
    two.write(ClosePeriod.of(**days))
    organisation = find_organisation(two, "Vereniging 26").id
    late = LogVisit.of(organisation_id=organisation, visited_on=date(2019, 5, 1))
    two.write(late, reason="Nog gevonden")
    assert plan_status(two).plan.late == ()
    look_at(two, "socius-2016-2020")
    assert [change.reason for change in plan_status(two).plan.late] == ["Nog gevonden"]
    with pytest.raises(RuleBroken, match="outside the plan's period"):
        two.write(ClosePeriod.of(starts_on=date(2020, 7, 1), ends_on=date(2021, 3, 1)))


# Looking


def test_codes_are_those_of_the_plan_that_is_looked_at(two: Session) -> None:
    new = find_goal(two, "OD2.3").id
    assert find_topic(two, "OD2.3").id == new
    look_at(two, "socius-2016-2020")
    old = find_goal(two, "OD2.3").id
    assert old != new
    assert find_topic(two, "OD2.3").id == old
    assert look_at_plan_of(two, old) == ""
    assert look_at_plan_of(two, new) == "Beleidsplan 2021-2025"
    assert two.plan().code == "plan-2021"


def test_what_is_found_says_of_which_plan_it_is(two: Session, fresh: Session) -> None:
    assert {hit.plan for hit in log.find(two, "OD2.3-a")} == {"plan-2021", "socius-2016-2020"}
    assert {hit.plan for hit in log.find(fresh, "OD2.3-a")} == {""}
    assert {hit.plan for hit in log.find(two, "Vereniging 26")} == {""}


def test_a_view_says_whether_it_is_the_plan_of_the_file(two: Session) -> None:
    assert (view(two).plans, view(two).own_plan) == (2, False)
    look_at(two, "socius-2016-2020")
    assert view(two).own_plan
    two.set_plan("gone")
    assert not view(two).own_plan
    assert two.plan().code == "plan-2021"


def test_an_old_plan_that_is_over_expects_its_targets(two: Session) -> None:
    look_at(two, "socius-2016-2020")
    for line in plan_status(two).lines:
        if line.level == "indicator" and line.value is not None and line.expected is not None:
            assert line.expected == line.target


def test_before_the_new_plan_was_made_there_was_one(two: Session) -> None:
    moments = two.read(
        lambda c: [row[0] for row in c.execute("SELECT made_at FROM change_set ORDER BY seq")]
    )
    two.set_known_at(datetime.fromisoformat(moments[0]))
    assert two.plan().code == "socius-2016-2020"
    assert len(plan_lines(two)) == 1


def test_other_programs_read_the_plan_of_the_file_whatever_is_looked_at(two: Session) -> None:
    look_at(two, "socius-2016-2020")
    assert publish(two).plan_id == plan_id(two, "plan-2021")
    assert not refresh(two)
    two.write(UsePlan.of(plan_id=plan_id(two, "socius-2016-2020")))
    assert refresh(two)
    assert publish(two).plan_id == plan_id(two, "socius-2016-2020")


# Comparing


def test_a_comparison_holds_each_goal_to_the_one_it_came_from(two: Session) -> None:
    look_at(two, "socius-2016-2020")
    indicator = find_indicator(two, "OD1.2-c").id
    two.write(AddMeasurement.of(indicator_id=indicator, observed_on=date(2020, 5, 1), value="3.5"))
    dropped = find_goal(two, "OD2.5").id
    keep = tuple(g.id for g in named_goals(two) if g.code.startswith("OD") and g.id != dropped)
    two.write(
        CarryOver.of(
            previous_id=two.plan().id, code="other", title="Anders", goal_ids=keep,
            renames={"OD1.2": "OD1.9"},
        )
    )  # fmt: skip
    look_at(two, "other")
    new_row = {"plan_id": two.plan().id, "kind": "strategic", "code": "SD9", "title": "Nieuw"}
    by_script(two, lambda transaction: transaction.insert("goal", new_row))
    found = compare(two)
    assert (found.before_code, found.before_on) == ("socius-2016-2020", date(2020, 12, 31))
    assert (found.now_code, found.now_on) == ("other", date(2021, 6, 30))
    by_code = {line.there.code: line for line in found.lines}
    assert by_code["SD9"].change == "new"
    assert by_code["OD2.5"].change == by_code["BO1"].change == "dropped"
    renamed = by_code["OD1.9-c"]
    assert renamed.change == "continued"
    assert renamed.before is not None
    assert renamed.now is not None
    assert (renamed.before.code, renamed.before.value) == ("OD1.2-c", Fraction("3.5"))
    assert renamed.now.baseline == renamed.before.value
    assert [line.change for line in found.lines][-1] == "dropped"
    assert found.lines[0].change == "continued"


def test_plans_are_compared_over_the_ones_in_between(two: Session) -> None:
    two.write(next_plan(two, code="plan-2026", title="Later"))
    ids = [plan_id(two, code) for code in ("socius-2016-2020", "plan-2026")]
    found = compare(two, *ids)
    assert {line.change for line in found.lines} == {"continued"}
    assert compare(two, ids[0]).now_code == "plan-2021"


def test_there_must_be_two_plans_to_compare(two: Session) -> None:
    with pytest.raises(RuleBroken, match="itself"):
        compare(two, plan_id(two, "plan-2021"))
    look_at(two, "socius-2016-2020")
    with pytest.raises(RuleBroken, match="not made from another"):
        compare(two)


def test_a_file_with_two_plans_is_in_order(two: Session) -> None:
    visit(two, date(2021, 3, 1), "OD2.3")
    assert check(two).findings == ()
