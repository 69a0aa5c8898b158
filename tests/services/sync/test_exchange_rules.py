"""Every way in which the work of two laptops does not go together: listed, kept, put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from socius_tui.domain.conflicts import Conflict
from socius_tui.errors import RuleBroken
from socius_tui.services.assigning import Assign
from socius_tui.services.following import AddFollowUp
from socius_tui.services.locking import ClosePeriod
from socius_tui.services.log import visit
from socius_tui.services.measuring import AddMeasurement, EditMeasurement
from socius_tui.services.merging import MergeOrganisations
from socius_tui.services.overview import plan_status
from socius_tui.services.sync.arranging import count_conflicts
from socius_tui.services.sync.conflicts import (
    Decide,
    conflicts,
    find_conflict,
    rule_sentence,
)
from socius_tui.services.undoing import take_back
from socius_tui.services.visiting import EditVisit, RetireVisit
from socius_tui.store.unit_of_work import Transaction
from tests.services.sync.colleagues import DAY, Colleague, Do, all_alike, in_turn

Three = tuple[Colleague, Colleague, Colleague]


def listed(colleagues: Three, rule: str) -> list[Conflict]:
    """Exchange; what all of them then list alike, of one rule only."""
    in_turn(colleagues)
    all_alike(colleagues)
    found = conflicts(colleagues[0].session)
    for other in colleagues[1:]:
        assert conflicts(other.session) == found
        assert count_conflicts(other.session) == len(found)
    assert {one.rule for one in found} == {rule}
    for one in found:
        assert one.sentence == rule_sentence(rule)
        assert one.advice
        assert one.what
        assert find_conflict(colleagues[0].session, one.id) == one
    return found


def gone(colleagues: Three) -> None:
    """Exchange; nobody lists anything any more."""
    in_turn(colleagues)
    all_alike(colleagues)
    assert [conflicts(each.session) for each in colleagues] == [[], [], []]


def decided(colleagues: Three, one: Conflict, choice: str = "kept", by: int = 2) -> None:
    """Somebody decides, and it ends everywhere."""
    colleagues[by].do(Decide.of(rule=one.rule, subject=one.subject, choice=choice))
    gone(colleagues)


def change(table: str, row: str, **values: str | None) -> Do:
    return Do(lambda transaction: transaction.change(table, row, values))


def first_visit(colleague: Colleague) -> str:
    return str(colleague.one("SELECT min(id) FROM visit"))


def out_of_use(colleagues: Three) -> Conflict:
    an, bo, _cem = colleagues
    bo.do(EditVisit.of(visit_id=first_visit(bo), summary="Van Bo"))
    an.do(RetireVisit.of(visit_id=first_visit(an)))
    (one,) = listed(colleagues, "retired")
    assert one.other is not None
    assert "Van Bo" in one.other.value
    assert one.other.who == "Bo Maes"
    return one


def test_retired_and_edited_stays_out_of_use(colleagues: Three) -> None:
    one = out_of_use(colleagues)
    decided(colleagues, one)
    assert colleagues[0].one("SELECT retired_at FROM visit") is not None


def test_retired_and_edited_comes_back(colleagues: Three) -> None:
    one = out_of_use(colleagues)
    decided(colleagues, one, "other")
    assert colleagues[1].ask("SELECT retired_at, summary FROM visit") == [(None, "Van Bo")]


def test_a_new_visit_that_was_undone_and_edited(colleagues: Three) -> None:
    an, bo, cem = colleagues
    made = an.visit(summary="Van An")
    in_turn(colleagues)
    bo.do(EditVisit.of(visit_id=made, summary="Van Bo"))
    take_back(an.session, "undo")
    (one,) = listed(colleagues, "removed")
    assert one.other is not None
    assert "Van Bo" in one.other.value
    assert visit(cem.session, made) is None
    decided(colleagues, one, "other")
    assert visit(cem.session, made) is not None
    assert cem.one("SELECT summary FROM visit WHERE id = ?", made) == "Van Bo"


def test_two_dates_that_cannot_be_together(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    row = an.organisation()
    an.do(change("organisation", row, recognised_from="2018-01-01"))
    bo.clock.moment += timedelta(hours=1)
    bo.do(change("organisation", row, recognised_until="2017-01-01"))
    (one,) = listed(colleagues, "set_aside")
    assert one.other is not None
    assert one.other.who == "Bo Maes"
    dates = "SELECT recognised_from, recognised_until FROM organisation WHERE id = ?"
    assert an.ask(dates, row) == [("2018-01-01", None)]
    with pytest.raises(RuleBroken):  # not as things are
        bo.do(Decide.of(rule=one.rule, subject=one.subject, choice="other"))
    # Bo has seen it now, and puts the first date right: then it is settled.
    bo.do(change("organisation", row, recognised_from="2016-01-01", recognised_until="2017-01-01"))
    gone(colleagues)
    assert an.ask(dates, row) == [("2016-01-01", "2017-01-01")]


def test_two_contact_persons(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    work_type = an.one("SELECT id FROM work_type")
    for each, name, start in (
        (an, "An Peeters", date(2016, 2, 1)),
        (bo, "Bo Maes", date(2016, 4, 1)),
    ):
        each.do(Assign.of(person_id=each.person(name), work_type_id=work_type, starts_on=start))
    (one,) = listed(colleagues, "overlap")
    assert one.choices == ("kept",)
    with pytest.raises(RuleBroken):
        an.do(Decide.of(rule=one.rule, subject=one.subject, choice="other"))
    row = an.one("SELECT id FROM assignment ORDER BY starts_on LIMIT 1")
    an.do(change("assignment", row, ends_on="2016-03-31"))
    gone(colleagues)


def test_an_organisation_entered_twice(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    work_type = an.one("SELECT id FROM work_type")
    made = []
    for each, name in ((an, "Sportclub Zuid"), (bo, "sportclub zuid")):
        values = {"name": name, "work_type_id": work_type}
        (done,) = each.do(Do(lambda t, v=values: t.insert("organisation", v)))  # type: ignore[misc]
        made.append(done.ids("organisation")[0])
    listed(colleagues, "twice")
    bo.visit(organisation_id=made[1], summary="Van Bo")
    in_turn(colleagues)
    an.do(MergeOrganisations.of(keep_id=made[0], other_id=made[1]))
    gone(colleagues)
    assert bo.one("SELECT organisation_id FROM visit WHERE summary = 'Van Bo'") == made[0]


def goal(plan: str, code: str, parent: str | None = None) -> Callable[[Transaction], str]:
    kind = "operational" if parent else "strategic"
    values = {"plan_id": plan, "kind": kind, "code": code, "title": code, "parent_id": parent}
    return lambda transaction: transaction.insert("goal", values)


def test_two_goals_with_one_code(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    plan = an.session.plan().id
    for each in (an, bo):
        each.do(Do(goal(plan, "SD9")))
    (one,) = listed(colleagues, "code")
    for each in colleagues:
        assert len([line for line in plan_status(each.session).lines if line.code == "SD9"]) == 2
    last = bo.one("SELECT max(id) FROM goal WHERE code = 'SD9'")
    bo.do(change("goal", last, code="SD10"))
    gone(colleagues)
    assert one.topic[0] == "goal"


def test_two_indicators_with_one_code(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    columns = (
        "goal_id", "title", "kind", "direction", "aggregation", "scope", "sphere", "source_kind",
        "frequency", "origin",
    )  # fmt: skip
    row = an.ask(f"SELECT {', '.join(columns)} FROM indicator")[0]
    values = {**dict(zip(columns, row, strict=True)), "code": "NIEUW"}
    for each in (an, bo):
        each.do(Do(lambda transaction: transaction.insert("indicator", values)))
    (one,) = listed(colleagues, "code")
    assert one.topic[0] == "indicator"
    decided(colleagues, one)


def test_goals_that_stand_below_each_other(colleagues: Three) -> None:
    an, bo, cem = colleagues
    plan = an.session.plan().id
    an.do(Do(goal(plan, "OD7", an.goal("SD2"))), Do(goal(plan, "OD8", an.goal("SD2"))))
    in_turn(colleagues)
    seven, eight = an.goal("OD7"), an.goal("OD8")
    an.do(change("goal", seven, parent_id=eight))
    bo.do(change("goal", eight, parent_id=seven))
    (one,) = listed(colleagues, "circle")
    for each in colleagues:  # shown, and not hidden
        codes = [line.code for line in plan_status(each.session).lines]
        assert codes.count("OD7") == codes.count("OD8") == 1
    cem.do(change("goal", eight, parent_id=cem.goal("SD2")))
    gone(colleagues)
    assert one.topic[0] == "goal"


def test_taken_away_while_another_hung_something_on_it(colleagues: Three) -> None:
    an, bo, cem = colleagues
    made = an.visit(summary="Van An")
    in_turn(colleagues)
    bo.do(AddFollowUp.of(what="Beloofd", visit_id=made))
    take_back(an.session, "undo")
    (one,) = listed(colleagues, "kept")
    assert one.topic == ("visit", made)
    assert visit(cem.session, made) is not None
    take_back(bo.session, "undo")
    gone(colleagues)
    assert visit(cem.session, made) is None


def test_a_promise_on_a_visit_that_was_taken_out(colleagues: Three) -> None:
    an, bo, cem = colleagues
    an.do(RetireVisit.of(visit_id=first_visit(an)))
    bo.do(AddFollowUp.of(what="Beloofd", visit_id=first_visit(bo)))
    (one,) = listed(colleagues, "orphan")
    assert "Beloofd" in one.what
    cem.do(change("follow_up", cem.one("SELECT id FROM follow_up"), retired_at="2016-07-01"))
    gone(colleagues)


def test_what_the_director_closed_meanwhile(colleagues: Three) -> None:
    an, bo, cem = colleagues
    cem.be("Dirk")
    cem.do(ClosePeriod.of(starts_on=date(2016, 1, 1), ends_on=date(2016, 3, 31)))
    in_february, in_april = date(2016, 2, 1), date(2016, 4, 2)
    for day in (in_february, in_april):
        bo.do(AddMeasurement.of(indicator_id=bo.indicator(), observed_on=day, value="3"))
    (one,) = listed(colleagues, "late")
    row = bo.one("SELECT id FROM measurement WHERE observed_on = ?", in_february.isoformat())
    assert one.topic == ("measurement", row)
    # Who knows of it gives a reason, which is no conflict.
    an.session.write(
        EditMeasurement.of(
            measurement_id=row, indicator_id=an.indicator(), observed_on=in_february, value="4"
        ),
        reason="Nageteld",
    )
    assert [each.rule for each in listed(colleagues, "late")] == ["late"]
    decided(colleagues, one)


def test_a_later_dispute_about_the_same_is_a_new_one(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    for turn in ("eerste", "tweede"):
        an.do(EditVisit.of(visit_id=first_visit(an), summary=f"An, {turn}"))
        bo.do(EditVisit.of(visit_id=first_visit(bo), summary=f"Bo, {turn}"))
        (one,) = listed(colleagues, "value")
        decided(colleagues, one)


def test_two_decide_the_same_conflict(colleagues: Three) -> None:
    an, bo, cem = colleagues
    an.do(EditVisit.of(visit_id=first_visit(an), summary="Van An"))
    bo.do(EditVisit.of(visit_id=first_visit(bo), summary="Van Bo"))
    (one,) = listed(colleagues, "value")
    an.do(Decide.of(rule=one.rule, subject=one.subject, choice="kept"))
    cem.do(Decide.of(rule=one.rule, subject=one.subject, choice="kept", note="ook"))
    in_turn(colleagues)
    all_alike(colleagues)
    # The value is settled; that two gave another note may be told, and no more than that.
    for each in colleagues:
        assert [c for c in conflicts(each.session) if c.topic[0] == "visit"] == []


def test_the_same_from_both_is_no_conflict(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    for each in (an, bo):
        each.do(
            EditVisit.of(
                visit_id=first_visit(each), summary="Hetzelfde", visited_on=DAY, needs=("lokalen",)
            )
        )
    gone(colleagues)
