"""Undo and redo: whose, what comes along, and what somebody changed later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime

import pytest

from socius_tui.domain.undoing import Later
from socius_tui.errors import FileProblem, PeriodClosed, RuleBroken
from socius_tui.i18n import set_language
from socius_tui.services import log, register
from socius_tui.services.assigning import AddPerson, Assign, RetireAssignment
from socius_tui.services.backups import back_up, listed_of, restore_in
from socius_tui.services.clock import FixedClock
from socius_tui.services.erasing import ErasePerson, holding
from socius_tui.services.following import AddFollowUp, EditFollowUp
from socius_tui.services.locking import ClosePeriod
from socius_tui.services.narrating import WriteNarrative
from socius_tui.services.resolve import find_goal, find_organisation
from socius_tui.services.session import Session
from socius_tui.services.undoing import (
    BULK,
    InTheWay,
    TakeBack,
    pending,
    stack,
    take_back,
)
from socius_tui.services.visiting import EditVisit, LogVisit, Promise, RetireVisit
from socius_tui.store import driver
from socius_tui.store.journal import sets
from socius_tui.store.unit_of_work import Transaction
from tests.torture.using import agrees, rows


def by_script(session: Session, *statements: str) -> None:
    """What another program does to the file."""
    connection, _read_only = driver.open_file(session.path)
    with closing(connection):
        for statement in statements:
            connection.execute(statement)


DAY = date(2016, 3, 14)


@pytest.fixture
def bert(fresh: Session) -> str:
    """A second colleague; An stays at the keyboard."""
    an, fresh.actor = fresh.actor, None
    (added,) = fresh.write(AddPerson.of(name="Bert Claes")).ids("person")
    fresh.actor = an
    return added


@contextmanager
def at_keyboard(session: Session, person: str | None) -> Iterator[None]:
    """Somebody else for a moment."""
    before, session.actor = session.actor, person
    yield
    session.actor = before


def visited(session: Session, **fields: object) -> str:
    """Log a visit, and give its id."""
    organisation = find_organisation(session, "BEW-01")
    visit = LogVisit.of(
        **{"organisation_id": organisation.id, "visited_on": DAY, "summary": "first", **fields}
    )
    return session.write(visit).ids("visit")[0]


def summary(session: Session, visit: str) -> str | None:
    """What the visit says; None when it is not there."""
    found = log.visit(session, visit)
    return found.line.summary if found else None


def test_what_was_done_last_is_undone_and_done_again(fresh: Session) -> None:
    start = rows(fresh)
    visit = visited(fresh, needs=("leden",), met=("Els",), promises=(Promise.of(what="Bellen"),))
    fresh.write(EditVisit.of(visit_id=visit, summary="second"))
    end = rows(fresh)
    plan = pending(fresh, "undo")
    assert plan is not None
    assert plan.what == "Visit to Beweging 01 (voorbeeld) changed"
    assert plan.when == "30/06/2016, 12:00"
    assert (plan.places, plan.left) == ((), True)
    assert take_back(fresh, "undo") == ["Undone: Visit to Beweging 01 (voorbeeld) changed"]
    assert summary(fresh, visit) == "first"
    take_back(fresh, "undo")
    assert rows(fresh) == start
    again = pending(fresh, "redo")
    assert again is not None
    assert again.what == "Visit to Beweging 01 (voorbeeld) on 14/03/2016 logged"
    assert take_back(fresh, "redo", 2) == [
        "Done again: Visit to Beweging 01 (voorbeeld) on 14/03/2016 logged",
        "Done again: Visit to Beweging 01 (voorbeeld) changed",
    ]
    assert rows(fresh) == end
    assert agrees(fresh)


def test_an_undo_is_named_in_the_language_of_who_reads(fresh: Session) -> None:
    visited(fresh)
    take_back(fresh, "undo")
    set_language("nl")
    plan = pending(fresh, "redo")
    assert plan is not None
    assert plan.what == "Bezoek aan Beweging 01 (voorbeeld) op 14/03/2016 genoteerd"


def test_what_was_undone_can_be_found_again(fresh: Session) -> None:
    visited(fresh, summary="zeldzaamwoord")
    take_back(fresh, "undo")
    assert log.find(fresh, "zeldzaamwoord") == []
    take_back(fresh, "redo")
    assert len(log.find(fresh, "zeldzaamwoord")) == 1


class _Both:
    """An organisation and a visit to it, at once: as an import would."""

    def apply(self, transaction: Transaction) -> str:
        """Write both."""
        connection = transaction.connection
        (work_type,) = connection.execute("SELECT id FROM work_type LIMIT 1").fetchone()
        organisation = transaction.insert(
            "organisation", {"name": "Zeldzame club", "work_type_id": work_type}
        )
        visit = {
            "organisation_id": organisation,
            "visited_on": DAY.isoformat(),
            "status": "done",
            "recorded_at": transaction.stamp,
        }
        transaction.insert("visit", visit)
        return "imported"


def test_what_hangs_on_a_row_comes_back_after_it(fresh: Session) -> None:
    fresh.write(_Both())
    assert {hit.kind for hit in log.find(fresh, "zeldzame")} == {"organisation", "visit"}
    take_back(fresh, "undo")
    assert log.find(fresh, "zeldzame") == []
    take_back(fresh, "redo")
    assert {hit.kind for hit in log.find(fresh, "zeldzame")} == {"organisation", "visit"}


def test_an_undone_hand_over_gives_the_follow_ups_back(fresh: Session, bert: str) -> None:
    an = str(fresh.actor)
    (bewegingen,) = [w for w in register.work_types(fresh) if w.name == "Bewegingen"]
    fresh.write(Assign.of(person_id=an, work_type_id=bewegingen.id, starts_on=date(2016, 1, 1)))
    visited(fresh, promises=(Promise.of(what="Bellen"), Promise.of(what="Schrijven")))
    before = rows(fresh)
    done = fresh.write(
        Assign.of(person_id=bert, work_type_id=bewegingen.id, starts_on=date(2016, 6, 1))
    )
    assert "2 open follow-ups moved" in done.title
    assert {line.owner for line in log.follow_up_list(fresh)} == {"Bert Claes"}
    take_back(fresh, "undo")
    assert rows(fresh) == before
    assert {line.owner for line in log.follow_up_list(fresh)} == {"An Peeters"}


def test_the_news_says_which_kinds_changed(fresh: Session) -> None:
    visit = visited(fresh, promises=(Promise.of(what="Bellen"),))
    plan = pending(fresh, "undo")
    assert plan is not None
    news = fresh.write(TakeBack(plan.key))
    assert news.kinds == {"visit", "follow_up"}
    assert news.ids("visit") == (visit,)
    assert {change.verb for change in news.changes} == {"removed"}


# ---- whose


def test_everybody_undoes_only_their_own(fresh: Session, bert: str) -> None:
    visited(fresh)
    with at_keyboard(fresh, bert):
        with pytest.raises(RuleBroken, match="nothing of yours"):
            take_back(fresh, "undo")
        other = visited(fresh, summary="by Bert")
    take_back(fresh, "undo")
    assert summary(fresh, other) == "by Bert"
    assert pending(fresh, "undo") is None


def test_what_was_done_without_a_name_is_undone_without_a_name(fresh: Session, bert: str) -> None:
    with at_keyboard(fresh, None):
        assert [each.what for each in stack(fresh, "undo")] == ["Bert Claes added"]
        take_back(fresh, "undo")
    assert [person.name for person in register.staff(fresh)] == ["An Peeters"]


def test_how_a_file_was_set_up_is_not_undone(fresh: Session, demo: Session) -> None:
    with at_keyboard(fresh, None), pytest.raises(RuleBroken) as refusal:
        take_back(fresh, "undo")
    assert "does not know who you are" in refusal.value.hint
    for person in (None, *(person.id for person in register.staff(demo))):
        with at_keyboard(demo, person):
            assert stack(demo, "undo") == []


def test_what_the_program_did_by_itself_is_not_undone(fresh: Session) -> None:
    by_script(fresh, "DROP TRIGGER journal_person_changed", "UPDATE person SET role = 'director'")
    with Session(fresh.path) as session:
        steps = list(sets.own_steps(session.database.connection, None))
        assert "found afterwards" in steps[-1][-1]
        assert stack(session, "undo") == []


def test_what_concerns_the_file_itself_is_not_undone(fresh: Session) -> None:
    visited(fresh, met=("Els Maes",))
    fresh.write(ErasePerson(holding(fresh, "Els Maes")))
    restore_in(fresh, back_up(fresh))
    assert [each.what for each in stack(fresh, "undo")] == [
        "Visit to Beweging 01 (voorbeeld) on 14/03/2016 logged"
    ]


def test_a_backup_is_made_before_many_are_undone(fresh: Session) -> None:
    for _number in range(BULK + 1):
        visited(fresh)
    take_back(fresh, "undo", BULK)
    take_back(fresh, "redo", BULK + 1, only_say=True)
    assert listed_of(fresh) == []
    take_back(fresh, "redo", BULK)
    take_back(fresh, "undo", BULK + 1)
    assert [line.reason for line in listed_of(fresh)] == ["before much was undone"]


def test_something_new_ends_what_could_be_done_again(fresh: Session) -> None:
    visited(fresh)
    take_back(fresh, "undo")
    assert pending(fresh, "redo") is not None
    visited(fresh)
    assert pending(fresh, "redo") is None
    with pytest.raises(RuleBroken, match="nothing of yours to do again"):
        take_back(fresh, "redo")


def test_what_is_no_longer_next_is_refused(fresh: Session) -> None:
    visited(fresh)
    plan = pending(fresh, "undo")
    assert plan is not None
    visited(fresh, summary="meanwhile")
    with pytest.raises(RuleBroken, match="in the meantime"):
        fresh.write(TakeBack(plan.key))


def test_trying_changes_nothing(fresh: Session) -> None:
    visited(fresh)
    visited(fresh)
    before = rows(fresh)
    assert len(take_back(fresh, "undo", 2, only_say=True)) == 2
    assert rows(fresh) == before
    assert len(stack(fresh, "undo")) == 2
    visited(fresh)  # the file is not held


# ---- changed later


@pytest.fixture
def changed_later(fresh: Session, bert: str) -> str:
    """An changed day and summary of her visit; then Bert changed the summary."""
    visit = visited(fresh)
    fresh.write(EditVisit.of(visit_id=visit, visited_on=date(2016, 3, 15), summary="An’s"))
    with at_keyboard(fresh, bert):
        fresh.write(EditVisit.of(visit_id=visit, summary="Bert’s"))
    return visit


def test_a_later_change_is_said_in_words(fresh: Session, changed_later: str) -> None:
    plan = pending(fresh, "undo")
    assert plan is not None
    assert [place.sentence for place in plan.places] == [
        "Visit to Beweging 01 (voorbeeld) of 15/03/2016, note: “An’s” became “Bert’s”; "
        "Bert Claes, 30/06/2016, 12:00, “Visit to Beweging 01 (voorbeeld) changed”."
    ]
    assert plan.left
    assert not plan.firm
    before = rows(fresh)
    with pytest.raises(InTheWay, match="“An’s” became “Bert’s”") as refusal:
        take_back(fresh, "undo")
    assert not refusal.value.firm
    assert rows(fresh) == before


@pytest.mark.parametrize(
    ("later", "expected", "title"),
    [
        ("keep", "Bert’s", "Undone, except where it was changed later: Visit to"),
        ("take", "first", "Undone: Visit to"),
    ],
)
def test_what_becomes_of_a_later_change_is_chosen(
    fresh: Session, changed_later: str, later: Later, expected: str, title: str
) -> None:
    end = rows(fresh)
    (done,) = take_back(fresh, "undo", later=later)
    assert done.startswith(title)
    found = log.visit(fresh, changed_later)
    assert found is not None
    assert (found.line.summary, found.line.visited_on) == (expected, DAY)
    take_back(fresh, "redo")
    assert rows(fresh) == end, "with what Bert made of it"


def test_a_visit_that_was_changed_later_stays_whole(fresh: Session, bert: str) -> None:
    visit = visited(fresh, needs=("leden",), promises=(Promise.of(what="Bellen"),))
    (promise,) = [line.id for line in log.follow_up_list(fresh)]
    with at_keyboard(fresh, bert):
        fresh.write(EditFollowUp.of(follow_up_id=promise, what="Langsgaan"))
    before = rows(fresh)
    plan = pending(fresh, "undo")
    assert plan is not None
    assert not plan.left
    (title,) = take_back(fresh, "undo", later="keep")
    assert title.startswith("Nothing was left to undo of: Visit to")
    assert rows(fresh) == before
    assert pending(fresh, "undo") is None, "the next undo goes on to what was before it"
    take_back(fresh, "redo")
    take_back(fresh, "undo", later="take")
    assert summary(fresh, visit) is None
    assert log.follow_up_list(fresh) == []


def test_its_goals_and_needs_stay_with_a_visit_that_was_changed_later(
    fresh: Session, bert: str
) -> None:
    visit = visited(fresh, needs=("leden",), goal_ids=(find_goal(fresh, "OD1.1").id,))
    with at_keyboard(fresh, bert):
        fresh.write(EditVisit.of(visit_id=visit, summary="Bert’s"))
    before = rows(fresh)
    take_back(fresh, "undo", later="keep")
    assert rows(fresh) == before


def test_what_was_taken_out_later_is_said(fresh: Session, bert: str) -> None:
    visit = visited(fresh)
    with at_keyboard(fresh, bert):
        fresh.write(RetireVisit.of(visit_id=visit))
    plan = pending(fresh, "undo")
    assert plan is not None
    (place,) = plan.places
    assert place.sentence.startswith(
        "Visit to Beweging 01 (voorbeeld) of 14/03/2016 was taken out: Bert Claes, "
    )


def test_what_another_program_changed_is_said_too(fresh: Session) -> None:
    visit = visited(fresh)
    fresh.write(EditVisit.of(visit_id=visit, summary="second"))
    by_script(fresh, "UPDATE visit SET summary = 'by a script'")
    plan = pending(fresh, "undo")
    assert plan is not None
    (place,) = plan.places
    assert "“second” became “by a script”; another program, " in place.sentence
    by_script(fresh, "DELETE FROM visit")
    plan = pending(fresh, "undo")
    assert plan is not None
    (place,) = plan.places
    assert "was taken away: another program, " in place.sentence
    take_back(fresh, "undo", later="take")
    assert summary(fresh, visit) == "first"
    assert agrees(fresh)


def test_a_damaged_journal_is_told(fresh: Session) -> None:
    visited(fresh)
    by_script(
        fresh,
        "UPDATE journal_state SET applying = 1",
        "UPDATE change SET new = '{' WHERE kind = 'visit'",
        "UPDATE journal_state SET applying = 0",
    )
    for look in (
        lambda session: pending(session, "undo"),
        lambda session: take_back(session, "undo"),
    ):
        with pytest.raises(FileProblem, match="can no longer be read"):
            look(fresh)


# ---- what cannot go, or come back


def test_what_others_hang_on_cannot_go(fresh: Session, bert: str) -> None:
    visit = visited(fresh)
    with at_keyboard(fresh, bert):
        fresh.write(AddFollowUp.of(what="Bezorgen", visit_id=visit))
    plan = pending(fresh, "undo")
    assert plan is not None
    assert plan.firm
    assert not plan.left
    (place,) = plan.places
    assert place.sentence == (
        "Visit to Beweging 01 (voorbeeld) of 14/03/2016 cannot go while follow-up “Bezorgen” "
        "hangs on it; undo that first: Bert Claes, 30/06/2016, 12:00, “Follow-up added: "
        "Bezorgen”."
    )
    with pytest.raises(InTheWay, match="cannot go") as refusal:
        take_back(fresh, "undo", later="take")
    assert refusal.value.firm
    with at_keyboard(fresh, bert):
        take_back(fresh, "undo")
    take_back(fresh, "undo")
    assert summary(fresh, visit) is None


def test_who_did_something_cannot_go(fresh: Session, bert: str) -> None:
    visit = visited(fresh)
    with at_keyboard(fresh, bert):
        fresh.write(RetireVisit.of(visit_id=visit))
    with at_keyboard(fresh, None), pytest.raises(InTheWay, match=r"this person entered \(Bert"):
        take_back(fresh, "undo", later="take")


def test_what_needs_somebody_who_is_gone_cannot_come_back(fresh: Session, bert: str) -> None:
    goal = find_goal(fresh, "OD1.1").id
    fresh.write(AddFollowUp.of(what="Bellen", goal_id=goal, owner_id=bert))
    take_back(fresh, "undo")
    with at_keyboard(fresh, None):
        take_back(fresh, "undo")
    plan = pending(fresh, "redo")
    assert plan is not None
    (place,) = plan.places
    assert place.firm
    assert place.sentence == (
        "Follow-up “Bellen” cannot come back as it was: Bert Claes is no longer there."
    )
    with pytest.raises(InTheWay):
        take_back(fresh, "redo", later="take")
    with at_keyboard(fresh, None):
        take_back(fresh, "redo")
    take_back(fresh, "redo")
    assert [line.owner for line in log.follow_up_list(fresh)] == ["Bert Claes"]


def test_a_work_type_keeps_one_contact_person(fresh: Session, bert: str) -> None:
    an = str(fresh.actor)
    work_type = register.work_types(fresh)[0].id
    fresh.write(Assign.of(person_id=an, work_type_id=work_type, starts_on=date(2016, 1, 1)))
    (assignment,) = fresh.read(
        lambda c: c.execute("SELECT id FROM assignment").fetchone()  # the only one
    )
    fresh.write(RetireAssignment.of(assignment_id=assignment))
    with at_keyboard(fresh, bert):
        fresh.write(Assign.of(person_id=bert, work_type_id=work_type, starts_on=date(2016, 2, 1)))
    before = rows(fresh)
    with pytest.raises(RuleBroken, match="two contact persons on 01/02/2016"):
        take_back(fresh, "undo")
    assert rows(fresh) == before


def test_a_period_keeps_one_story(fresh: Session, bert: str) -> None:
    year = {"period_start": date(2016, 1, 1), "period_end": date(2016, 12, 31)}
    story = WriteNarrative.of(goal_id=find_goal(fresh, "OD1.1").id, what_happened="Veel.", **year)
    fresh.write(story)
    take_back(fresh, "undo")
    with at_keyboard(fresh, bert):
        fresh.write(story)
    with pytest.raises(RuleBroken, match="two stories"):
        take_back(fresh, "redo")


def test_a_name_stays_of_one_person(fresh: Session, bert: str) -> None:
    fresh.write(AddPerson.of(name="Chris"))
    take_back(fresh, "undo")
    with at_keyboard(fresh, bert):
        fresh.write(AddPerson.of(name="chris"))
    with pytest.raises(RuleBroken, match="already somebody called"):
        take_back(fresh, "redo")


def test_undo_in_a_closed_period(fresh: Session) -> None:
    """What was done before the closing needs a reason; a late change is taken back without."""
    fresh._clock = FixedClock(datetime(2017, 2, 1, 12, tzinfo=UTC))
    author = fresh.actor
    fresh.write(AddPerson.of(name="Dirk Directeur", role="director"))
    director = next(p.id for p in register.staff(fresh) if p.role == "director")
    organisation = find_organisation(fresh, "VER-01").id
    logged = LogVisit.of(organisation_id=organisation, visited_on=date(2016, 5, 2))
    early = fresh.write(logged).ids("visit")[0]
    fresh.actor = director
    fresh.write(ClosePeriod.of(starts_on=date(2016, 1, 1), ends_on=date(2016, 12, 31)))
    fresh.actor = author
    with pytest.raises(PeriodClosed):
        take_back(fresh, "undo")
    fresh.write(EditVisit.of(visit_id=early, mode="phone"), reason="Verkeerd genoteerd")
    late = "SELECT count(*) FROM late_change"
    assert fresh.database.connection.execute(late).fetchone() == (1,)
    take_back(fresh, "undo")
    assert fresh.database.connection.execute(late).fetchone() == (0,)
    take_back(fresh, "undo", reason="Nooit gebeurd")
    assert fresh.database.connection.execute(late).fetchone() == (1,)
    assert agrees(fresh)
