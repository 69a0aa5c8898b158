"""Staff, assignments, hand-overs, follow-ups and narratives."""

from __future__ import annotations

from datetime import date

import pytest

from socius_tui.domain.model import Status
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.services.assigning import AddPerson, Assign, RetireAssignment
from socius_tui.services.detail import goal_detail
from socius_tui.services.following import AddFollowUp, CloseFollowUp, EditFollowUp, RetireFollowUp
from socius_tui.services.log import follow_up_list
from socius_tui.services.narrating import WriteNarrative
from socius_tui.services.overview import plan_status
from socius_tui.services.register import assignment_gaps, assignments, staff, work_types
from socius_tui.services.resolve import (
    find_goal,
    find_organisation,
    find_person,
    find_work_type,
)
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit, Promise

START = date(2016, 1, 1)


def add(session: Session, name: str) -> str:
    """Add a person and give the id."""
    return session.write(AddPerson.of(name=name)).ids("person")[0]


def assign(session: Session, person: str, day: date, until: date | None = None) -> str:
    """Make somebody contact person for the associations."""
    work_type = find_work_type(session, "verenigingen").id
    return session.write(
        Assign.of(person_id=person, work_type_id=work_type, starts_on=day, ends_on=until)
    ).title


def test_two_people_cannot_have_one_name(fresh: Session) -> None:
    with pytest.raises(RuleBroken, match="already somebody"):
        add(fresh, "an PEETERS")
    assert len(staff(fresh)) == 1


def test_a_work_type_without_contact_person_is_reported(fresh: Session) -> None:
    names = {w.name for w in work_types(fresh)}
    assert {gap[0] for gap in assignment_gaps(fresh)} == names
    assign(fresh, staff(fresh)[0].id, date(2016, 2, 1), date(2016, 2, 29))
    gaps = [gap[1:] for gap in assignment_gaps(fresh) if gap[0] == "Verenigingen"]
    assert gaps == [(START, date(2016, 1, 31)), (date(2016, 3, 1), date(2016, 6, 30))]


def test_a_hand_over_moves_open_follow_ups_and_no_others(fresh: Session) -> None:
    an, bo = staff(fresh)[0].id, add(fresh, "Bo Maes")
    assign(fresh, an, START)
    for code, done in (("VER-01", False), ("VER-02", True), ("BEW-01", False)):
        changes = fresh.write(
            LogVisit.of(
                organisation_id=find_organisation(fresh, code).id,
                visited_on=date(2016, 2, 1),
                promises=(Promise.of(what=code),),
            )
        )
        if done:
            fresh.write(
                CloseFollowUp.of(follow_up_id=changes.ids("follow_up")[0], done_on=date(2016, 2, 2))
            )
    assert "1 open follow-up moved" in assign(fresh, bo, date(2016, 4, 1))
    owners = {f.what: f.owner for f in follow_up_list(fresh, open_only=False)}
    assert owners == {"VER-01": "Bo Maes", "VER-02": "An Peeters", "BEW-01": "An Peeters"}
    assert [(a.person, a.starts_on, a.ends_on) for a in assignments(fresh)] == [
        ("An Peeters", START, date(2016, 3, 31)),
        ("Bo Maes", date(2016, 4, 1), None),
    ]
    assert next(w for w in work_types(fresh) if w.code == "verenigingen").contact_person == (
        "Bo Maes"
    )


def test_two_contact_persons_on_one_day_are_refused(fresh: Session) -> None:
    an, bo = staff(fresh)[0].id, add(fresh, "Bo Maes")
    assign(fresh, an, date(2016, 3, 1))
    with pytest.raises(RuleBroken, match="one contact person on any day"):
        assign(fresh, bo, START)
    assign(fresh, bo, START, date(2016, 2, 29))
    with pytest.raises(InvalidInput, match="before the start"):
        assign(fresh, bo, date(2016, 5, 1), date(2016, 4, 1))
    assert len(assignments(fresh)) == 2


def test_an_assignment_taken_out_is_gone(fresh: Session) -> None:
    assign(fresh, staff(fresh)[0].id, START)
    fresh.write(RetireAssignment.of(assignment_id=assignments(fresh)[0].id))
    assert assignments(fresh) == []


def test_contact_persons_move_their_indicator(fresh: Session) -> None:
    for work_type in work_types(fresh):
        before = plan_status(fresh).find("BO2-g")
        assert before is not None
        assert before.status is not Status.MET
        fresh.write(
            Assign.of(person_id=staff(fresh)[0].id, work_type_id=work_type.id, starts_on=START)
        )
    after = plan_status(fresh).find("BO2-g")
    assert after is not None
    assert after.value == 4
    assert after.status is Status.MET


def test_a_follow_up_lives_from_promise_to_done(fresh: Session) -> None:
    goal = find_goal(fresh, "OD1.1").id
    with pytest.raises(InvalidInput, match="comes from"):
        fresh.write(AddFollowUp.of(what="iets"))
    changes = fresh.write(AddFollowUp.of(what="iets", goal_id=goal, due_on=date(2016, 8, 1)))
    (follow_up,) = follow_up_list(fresh)
    assert (follow_up.owner, follow_up.source) == ("An Peeters", "OD1.1")
    fresh.write(EditFollowUp.of(follow_up_id=follow_up.id, what="iets anders"))
    with pytest.raises(RuleBroken, match="in the future"):
        fresh.write(CloseFollowUp.of(follow_up_id=follow_up.id, done_on=date(2016, 7, 1)))
    fresh.write(
        CloseFollowUp.of(follow_up_id=follow_up.id, done_on=date(2016, 6, 1), outcome="klaar")
    )
    with pytest.raises(RuleBroken, match="done already"):
        fresh.write(CloseFollowUp.of(follow_up_id=follow_up.id, done_on=date(2016, 6, 1)))
    assert follow_up_list(fresh) == []
    (done,) = goal_detail(fresh, goal).follow_ups
    assert (done.what, done.outcome, done.due_on) == ("iets anders", "klaar", date(2016, 8, 1))
    fresh.write(RetireFollowUp.of(follow_up_id=changes.ids("follow_up")[0]))
    assert follow_up_list(fresh, open_only=False) == []


def test_a_narrative_of_one_period_is_one(fresh: Session) -> None:
    goal = find_goal(fresh, "SD1").id
    period = {"period_start": START, "period_end": date(2016, 6, 30)}
    with pytest.raises(InvalidInput, match="what happened"):
        fresh.write(WriteNarrative.of(goal_id=goal, **period))
    fresh.write(WriteNarrative.of(goal_id=goal, **period, what_happened="veel"))
    fresh.write(WriteNarrative.of(goal_id=goal, **period, what_happened="meer", so_what="goed"))
    (story,) = goal_detail(fresh, goal).narratives
    assert (story.what_happened, story.so_what, story.written_by) == ("meer", "goed", "An Peeters")


def test_names_are_found_by_prefix(fresh: Session) -> None:
    add(fresh, "Bo Maes")
    assert find_person(fresh, "bo").name == "Bo Maes"
