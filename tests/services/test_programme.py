"""The year programme in a real file: what is refused, what is written, what it does to a goal."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from socius_tui.domain.model import Status
from socius_tui.domain.money import format_euro
from socius_tui.domain.programme import ActionLine
from socius_tui.domain.report import Form, Kind, Wanted
from socius_tui.errors import InvalidInput, RuleBroken, SociusError
from socius_tui.services.acting import AddAction, EditAction, RetireAction, SetActionState
from socius_tui.services.exchange.planfile import parse_plan_file
from socius_tui.services.exchange.reports.render import render
from socius_tui.services.overview import plan_status
from socius_tui.services.planning import CreatePlan
from socius_tui.services.programme import action, action_list, programme
from socius_tui.services.reports.build import build_report, year_of
from socius_tui.services.resolve import find_goal, named_persons
from socius_tui.services.session import Session
from tests.hostile import HOSTILE

PLAN = """
[plan]
code = "p"
title = "Plan"
starts_on = 2016-01-01
ends_on = 2020-12-31

[[goal]]
code = "SD1"
kind = "strategic"
title = "Doel"

[[goal]]
code = "OD1.1"
parent = "SD1"
kind = "operational"
title = "Operationeel"

[[goal]]
code = "OD1.1-2018-1"
parent = "OD1.1"
kind = "action"
title = "Studiedag"
year = 2018
state = "under_way"
due_on = 2018-10-01
budget_planned = 4500.50
budget_spent = 0
"""


def add(session: Session, goal: str = "OD1.1", **fields: Any) -> ActionLine:
    given = {"title": "Leertraject", "year": 2018, **fields}
    made = session.write(AddAction.of(goal_id=find_goal(session, goal).id, **given))
    found = action(session, made.ids("goal")[0])
    assert found is not None
    return found


def test_an_action_is_added_changed_settled_and_taken_out(fresh: Session) -> None:
    owner = named_persons(fresh)[0]
    first = add(fresh, owner_id=owner.id, due_on=date(2018, 9, 30), budget_planned="1250.50")
    assert (first.code, first.state, first.owner) == ("OD1.1-2018-1", "planned", owner.name)
    assert (first.planned, first.spent) == (Fraction("1250.5"), None)
    assert add(fresh).code == "OD1.1-2018-2"

    fresh.write(EditAction.of(action_id=first.id, budget_spent="0", due_on=None))
    changed = action(fresh, first.id)
    assert changed is not None
    assert (changed.due_on, changed.spent, changed.title) == (None, Fraction(0), first.title)
    assert (changed.owner_id, changed.planned) == (owner.id, first.planned)

    said = fresh.write(SetActionState.of(action_id=first.id, state="done")).title
    assert said == "Action OD1.1-2018-1 done: Leertraject"
    assert [line.id for line in action_list(fresh, state="done")] == [first.id]

    fresh.write(RetireAction.of(action_id=first.id))
    assert action(fresh, first.id) is None
    # The code of what was taken out is not given again: it can come back.
    assert add(fresh).code == "OD1.1-2018-3"


def test_a_programme_adds_up_by_goal_and_in_all(fresh: Session) -> None:
    add(fresh, budget_planned="100.10", budget_spent="50")
    add(fresh, budget_planned="0.20")
    add(fresh, "BO2", budget_planned="7")
    add(fresh, year=2019, budget_planned="1000")
    found = programme(fresh, 2018)
    assert [(part.goal, part.totals.planned) for part in found.parts] == [
        ("OD1.1", Fraction("100.3")),
        ("BO2", Fraction(7)),
    ]
    assert (found.totals.planned, found.totals.spent) == (Fraction("107.3"), Fraction(50))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"goal": "SD1"}, "goal_id"),
        ({"year": 2021}, "year"),
        ({"due_on": date(2017, 12, 31)}, "due_on"),
        ({"title": "  "}, "title"),
        ({"budget_planned": "-1"}, "budget_planned"),
        ({"budget_spent": "0.001"}, "budget_spent"),
        ({"state": "busy"}, "state"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    fresh: Session, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(SociusError) as refusal:
        add(fresh, **fields)
    assert isinstance(refusal.value, InvalidInput | RuleBroken)
    assert refusal.value.field == field
    assert action_list(fresh) == []


def test_an_action_without_indicators_takes_nothing_from_its_goal(demo: Session) -> None:
    before = plan_status(demo)
    add(demo, "OD1.1", year=2018)
    after = plan_status(demo)
    line = next(line for line in after.lines if line.title == "Leertraject")
    assert (line.level, line.state, line.of) == ("action", "planned", 0)
    for old in before.lines:
        new = after.find(old.id)
        assert new is not None
        assert new._replace(late=old.late) == old, old.code


def test_an_action_that_is_measured_counts(fresh: Session) -> None:
    plan_file = parse_plan_file(
        (PLAN + '[[indicator]]\ngoal = "OD1.1-2018-1"\ncode = "a"\ntitle = "T"\nkind = "count"\n'
         'aggregation = "sum"\nsphere = "control"\n').encode(), "p.toml"
    )  # fmt: skip
    fresh.write(CreatePlan(plan_file))
    status = plan_status(fresh)
    goal = status.find("OD1.1")
    assert goal is not None
    assert (goal.of, goal.with_data, goal.status) == (1, 0, Status.NO_DATA)


def test_a_plan_file_brings_state_day_and_budgets(fresh: Session) -> None:
    fresh.write(CreatePlan(parse_plan_file(PLAN.encode(), "p.toml")))
    (found,) = action_list(fresh)
    assert (found.state, found.due_on) == ("under_way", date(2018, 10, 1))
    assert (found.planned, found.spent) == (Fraction("4500.5"), Fraction(0))


def test_a_plan_file_says_that_only_an_action_has_a_budget() -> None:
    wrong = PLAN.replace('title = "Operationeel"', 'title = "O"\nbudget_planned = 5')
    with pytest.raises(SociusError) as refusal:
        parse_plan_file(wrong.encode(), "p.toml")
    assert "budget_planned" in str(getattr(refusal.value, "problems", ""))


def test_a_title_is_kept_as_it_is_or_refused(fresh: Session) -> None:
    for hostile in HOSTILE:
        if hostile.refused_by is None and len(hostile.text) <= 500:
            assert add(fresh, title=hostile.text).title == hostile.stored, hostile.name
        else:
            with pytest.raises(InvalidInput):
                add(fresh, title=hostile.text)


def year_report(session: Session, kind: Kind = Kind.YEAR) -> str:
    period = year_of(2018) if kind is Kind.YEAR else None
    report = build_report(session, Wanted(kind, period, as_of=date(2018, 6, 30)))
    return render(report, Form.MARKDOWN).decode()


def test_the_year_report_accounts_for_the_programme(demo: Session) -> None:
    found = programme(demo, 2018)
    assert found.totals.number >= 5
    told = year_report(demo)
    section = told.split("Year programme", 2)[-1]
    for part in found.parts:
        for line in part.actions:
            assert line.title in section
            # In the programme alone, and not once more as a goal that has no data.
            assert f"{line.code} {line.title}" not in told
    assert format_euro(found.totals.planned, "en") in section
    assert format_euro(found.totals.spent, "en") in section


def test_the_department_hears_what_is_still_to_be_done(demo: Session) -> None:
    told = year_report(demo, Kind.DEPARTMENT)
    for line in action_list(demo, year=2018):
        assert (line.title in told) is line.is_open
    for line in action_list(demo, year=2018):
        demo.write(SetActionState.of(action_id=line.id, state="done"))
    assert "Year programme" not in year_report(demo, Kind.DEPARTMENT)


def test_the_programme_is_on_the_page_as_well(demo: Session) -> None:
    (line, *_rest) = action_list(demo, year=2018)
    report = build_report(demo, Wanted(Kind.YEAR, year_of(2018)))
    assert line.title in render(report, Form.HTML).decode()
