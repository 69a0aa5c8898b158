"""The agenda of a real file: what comes in, what goes when it is done, and by which index."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from socius_tui.domain.agenda import AgendaFilter, AgendaItem, Matter, Part
from socius_tui.services import agenda as service
from socius_tui.services.acting import AddAction, SetActionState
from socius_tui.services.agenda import MOST, agenda_of, completed, dated, standing
from socius_tui.services.following import AddFollowUp, CloseFollowUp
from socius_tui.services.measuring import AddMeasurement
from socius_tui.services.resolve import (
    find_goal,
    find_indicator,
    find_organisation,
    named_persons,
)
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit


def listed(session: Session, **wanted: Any) -> dict[str, AgendaItem]:
    parts = agenda_of(session, AgendaFilter(**wanted))
    return {item.title: item for part in parts for item in part.items}


def part_with(session: Session, title: str) -> Part:
    return next(
        part.part
        for part in agenda_of(session, AgendaFilter())
        if any(item.title == title for item in part.items)
    )


def test_a_planned_visit_stays_until_somebody_says_what_became_of_it(fresh: Session) -> None:
    organisation = find_organisation(fresh, "VER-01")
    fresh.write(
        LogVisit.of(organisation_id=organisation.id, visited_on=date(2016, 6, 20), status="planned")
    )
    item = listed(fresh)[organisation.name]
    assert (item.kind, item.organisation_id, item.owner) == (
        Matter.VISIT,
        organisation.id,
        "An Peeters",
    )
    assert part_with(fresh, organisation.name) is Part.OVERDUE


def test_a_promise_goes_when_it_is_kept(fresh: Session) -> None:
    goal = find_goal(fresh, "OD1.1").id
    made = fresh.write(AddFollowUp.of(what="Gids sturen", goal_id=goal, due_on=date(2016, 7, 2)))
    undated = fresh.write(AddFollowUp.of(what="Ooit", goal_id=goal))
    assert part_with(fresh, "Gids sturen") is Part.WEEK
    assert part_with(fresh, "Ooit") is Part.UNDATED
    for change in (made, undated):
        fresh.write(
            CloseFollowUp.of(follow_up_id=change.ids("follow_up")[0], done_on=date(2016, 6, 30))
        )
    assert not {"Gids sturen", "Ooit"} & set(listed(fresh))


def test_an_action_goes_when_it_is_done(fresh: Session) -> None:
    goal = find_goal(fresh, "OD1.1").id
    made = fresh.write(
        AddAction.of(goal_id=goal, title="Studiedag", year=2016, due_on=date(2016, 7, 20))
    )
    fresh.write(AddAction.of(goal_id=goal, title="Nog lang niet", year=2018))
    assert listed(fresh)["Studiedag"].state == "planned"
    assert "Nog lang niet" not in listed(fresh)
    fresh.write(SetActionState.of(action_id=made.ids("goal")[0], state="done"))
    assert "Studiedag" not in listed(fresh)


def dialogue(session: Session) -> AgendaItem:
    found = listed(session, kind=Matter.COMMITMENT)
    return next(item for title, item in found.items() if title.startswith("BO2-b"))


def test_the_dialogue_says_who_is_its_audience_this_year(demo: Session) -> None:
    open_one = dialogue(demo)
    assert (open_one.audience, open_one.state) == ("leidinggevenden", "open")
    indicator = find_indicator(demo, "BO2-b").id
    wrong = {"indicator_id": indicator, "observed_on": date(2018, 6, 1), "value": "1"}
    demo.write(AddMeasurement.of(**wrong, qualifier="beroepskrachten"))
    assert dialogue(demo).state == "open"
    demo.write(AddMeasurement.of(**wrong, qualifier="leidinggevenden"))
    assert dialogue(demo).state == "fulfilled"
    demo.set_as_of(date(2019, 12, 31))
    assert (dialogue(demo).audience, dialogue(demo).state) == ("beroepskrachten", "open")


def test_a_milestone_stays_until_it_is_reached(demo: Session) -> None:
    found = listed(demo, kind=Matter.MILESTONE)
    assert found
    item = next(iter(found.values()))
    assert item.indicator_id is not None
    demo.write(
        AddMeasurement.of(indicator_id=item.indicator_id, observed_on=date(2018, 6, 1), value="1")
    )
    assert item.title not in listed(demo, kind=Matter.MILESTONE)


def test_the_second_step_adds_what_is_silent_and_the_status_of_targets(demo: Session) -> None:
    first = dated(demo, AgendaFilter())
    assert Matter.STALE not in {item.kind for item in first.items}
    items = completed(first, standing(demo), AgendaFilter())
    assert {item.state for item in items if item.kind is Matter.STALE} == {"stale", "never"}
    targets = [item for item in items if item.kind is Matter.TARGET]
    assert targets
    assert all(item.state and item.state != "met" for item in targets)


def test_a_person_sees_what_is_hers(demo: Session) -> None:
    for person in named_persons(demo):
        found = agenda_of(demo, AgendaFilter(owner_id=person.id))
        assert {item.owner for part in found for item in part.items} <= {person.name}
    everybody = sum(len(part.items) for part in agenda_of(demo, AgendaFilter()))
    assert everybody > MOST / 100


def test_more_than_can_be_listed_is_said(demo: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST", 1)
    found = dated(demo, AgendaFilter())
    assert found.cut == (Matter.VISIT, Matter.FOLLOW_UP)
    assert [item.kind for item in found.items].count(Matter.VISIT) == 1


def test_a_file_without_a_plan_has_an_empty_agenda(tmp_path: Any) -> None:
    from socius_tui.store.schema import new_database

    new_database(tmp_path / "empty.db")
    with Session(tmp_path / "empty.db") as session:
        assert agenda_of(session, AgendaFilter()) == ()
