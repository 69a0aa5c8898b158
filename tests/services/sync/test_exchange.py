"""Colleagues exchange real work through every kind of place, and all have the same afterwards."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest

from socius_tui.errors import ReadOnly, SociusError
from socius_tui.paths import state_folder
from socius_tui.services.assigning import Assign
from socius_tui.services.following import AddFollowUp, CloseFollowUp
from socius_tui.services.locking import ClosePeriod
from socius_tui.services.log import find, visit
from socius_tui.services.measuring import AddMeasurement, SetTarget
from socius_tui.services.merging import MergeOrganisations
from socius_tui.services.overview import plan_status
from socius_tui.services.publishing import publish, refresh
from socius_tui.services.session import Session
from socius_tui.services.sync.conflicts import Decide, conflicts
from socius_tui.services.sync.exchanging import exchange, rehearse
from socius_tui.services.sync.telling import summary
from socius_tui.services.sync.transport import Cancelled
from socius_tui.services.undoing import InTheWay, take_back
from socius_tui.services.visiting import EditVisit, RetireVisit
from socius_tui.store.journal import sets
from socius_tui.store.sync.exchange import ours
from tests.services.sync.colleagues import DAY, NOON, Colleague, Do, all_alike, in_turn
from tests.services.sync.places import PLACES, no_step

Three = tuple[Colleague, Colleague, Colleague]
everywhere = pytest.mark.parametrize("colleagues", sorted(PLACES), indirect=True)
Q1 = (date(2016, 1, 1), date(2016, 3, 31))


@everywhere
def test_everybody_gets_everything(colleagues: Three) -> None:
    an, bo, cem = colleagues
    visit_id = an.visit(summary="Over de ploeg", needs=("lokalen",), goal_ids=(an.goal(),))
    an.do(
        AddMeasurement.of(indicator_id=an.indicator(), observed_on=DAY, value="4.50"),
        AddFollowUp.of(what="Bel terug", visit_id=visit_id),
    )
    bo.do(
        SetTarget.of(
            indicator_id=bo.indicator(),
            period_start=date(2017, 1, 1),
            period_end=date(2017, 12, 31),
            value="20",
        ),
        Assign.of(
            person_id=bo.person("Bo Maes"),
            work_type_id=bo.one("SELECT id FROM work_type"),
            starts_on=date(2016, 1, 1),
        ),
        MergeOrganisations.of(
            keep_id=bo.organisation("VER-02"), other_id=bo.organisation("VER-03")
        ),
    )
    cem.be("Dirk")
    cem.do(ClosePeriod.of(starts_on=date(2016, 4, 1), ends_on=date(2016, 4, 30)))
    in_turn(colleagues)
    all_alike(colleagues)

    # Work goes on, on what others made: a hand-over moves a promise of somebody else.
    cem.be("Cem Yilmaz")
    cem.do(
        Assign.of(
            person_id=cem.person("Cem Yilmaz"),
            work_type_id=cem.one("SELECT id FROM work_type"),
            starts_on=date(2016, 6, 1),
        ),
        RetireVisit.of(visit_id=cem.one("SELECT min(id) FROM visit")),
    )
    an.do(
        CloseFollowUp.of(
            follow_up_id=an.one("SELECT id FROM follow_up WHERE what = 'Bel terug'"),
            done_on=date(2016, 6, 30),
            outcome="Gebeld",
        )
    )
    in_turn(colleagues)
    all_alike(colleagues)
    for each in colleagues:
        assert [one.rule for one in conflicts(each.session)] == []
        assert each.findings() == []
        assert find(each.session, "ploeg")
        assert visit(each.session, visit_id) is not None


@everywhere
def test_what_an_exchange_says(colleagues: Three) -> None:
    an, bo, cem = colleagues
    in_turn(colleagues)
    for _time in range(3):
        an.visit()
    bo.do(AddMeasurement.of(indicator_id=bo.indicator(), observed_on=DAY, value="1"))
    sent = an.sync()
    assert (sent.sent, sent.taken, sent.changes, dict(sent.people)) == (3, 0, 0, {})
    assert " ".join(summary(sent)) == "3 transactions sent. Nothing new came in."
    both = bo.sync()
    assert (both.sent, both.taken, dict(both.people)) == (1, 3, {"An Peeters": 3})
    assert dict(both.added) == {"visit": 3}
    assert " ".join(summary(both)) == "1 transaction sent. 3 visits came in, from An Peeters."
    got = cem.sync()
    assert (got.sent, got.taken) == (0, 4)
    assert dict(got.people) == {"An Peeters": 3, "Bo Maes": 1}
    assert dict(got.added) == {"visit": 3, "measurement": 1}
    again = cem.sync()
    assert (again.sent, again.taken, again.waiting, again.troubles) == (0, 0, (), ())


@everywhere
def test_one_field_changed_twice(colleagues: Three) -> None:
    an, bo, cem = colleagues
    visit_id = an.one("SELECT id FROM visit")
    an.do(EditVisit.of(visit_id=visit_id, summary="Van An"))
    bo.clock.moment += timedelta(hours=1)
    bo.do(EditVisit.of(visit_id=visit_id, summary="Van Bo"))
    in_turn(colleagues)
    all_alike(colleagues)
    told = [conflicts(each.session) for each in colleagues]
    assert told[0] == told[1] == told[2]
    (one,) = told[0]
    assert one.rule == "value"
    assert one.stands is not None
    assert one.other is not None
    assert (one.stands.value, one.stands.who) == ("Van Bo", "Bo Maes")
    assert (one.other.value, one.other.who) == ("Van An", "An Peeters")
    assert one.stands.moment != one.other.moment

    cem.do(Decide.of(rule=one.rule, subject=one.subject, choice="other", note="An was er"))
    in_turn(colleagues)
    all_alike(colleagues)
    for each in colleagues:
        assert conflicts(each.session) == []
        assert each.one("SELECT summary FROM visit WHERE id = ?", visit_id) == "Van An"


def test_a_decision_to_keep_travels(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    visit_id = an.one("SELECT id FROM visit")
    an.do(EditVisit.of(visit_id=visit_id, summary="Van An"))
    bo.do(EditVisit.of(visit_id=visit_id, summary="Van Bo"))
    in_turn(colleagues)
    (one,) = conflicts(an.session)
    assert one.stands is not None
    an.do(Decide.of(rule=one.rule, subject=one.subject, choice="kept"))
    with pytest.raises(SociusError):
        an.do(Decide.of(rule=one.rule, subject=one.subject, choice="kept"))
    in_turn(colleagues)
    for each in colleagues:
        assert conflicts(each.session) == []
        assert each.one("SELECT summary FROM visit") == one.stands.value
    all_alike(colleagues)


def test_who_saw_the_other_and_wrote_again_has_settled_it(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    visit_id = an.one("SELECT id FROM visit")
    an.do(EditVisit.of(visit_id=visit_id, summary="Van An"))
    bo.do(EditVisit.of(visit_id=visit_id, summary="Van Bo"))
    in_turn(colleagues)
    bo.do(EditVisit.of(visit_id=visit_id, summary="Van An en Bo"))
    in_turn(colleagues)
    assert [conflicts(each.session) for each in colleagues] == [[], [], []]


def test_undo_takes_back_own_work_and_no_later_one(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    visit_id = an.one("SELECT id FROM visit")
    an.do(EditVisit.of(visit_id=visit_id, summary="Van An", needs=("lokalen",)))
    in_turn(colleagues)
    bo.do(EditVisit.of(visit_id=visit_id, summary="Van Bo, later"))
    in_turn(colleagues)
    with pytest.raises(InTheWay):
        take_back(an.session, "undo")
    take_back(an.session, "undo", later="keep")
    in_turn(colleagues)
    all_alike(colleagues)
    assert an.one("SELECT summary FROM visit") == "Van Bo, later"
    assert an.one("SELECT count(*) FROM visit_need WHERE retired_at IS NULL") == 0
    # And what Bo did is still for Bo alone to take back.
    take_back(bo.session, "undo")
    in_turn(colleagues)
    assert an.one("SELECT summary FROM visit") == "Van An"
    all_alike(colleagues)


@everywhere
def test_a_reader_takes_and_sends_nothing(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    an.be("Ria")
    first = an.organisation()
    an.do(Do(lambda t: t.change("organisation", first, {"note": "van Ria"})))
    bo.visit()
    bo.sync()
    said = an.sync()
    assert (said.sent, said.taken) == (0, 1)
    assert bo.sync().taken == 0
    assert bo.one("SELECT note FROM organisation WHERE id = ?", first) == ""
    # The same laptop, with somebody else at the keyboard.
    an.be("An Peeters")
    assert an.sync().sent == 1
    assert bo.sync().taken == 1


@everywhere
def test_a_rehearsal_writes_nothing_here_or_there(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    an.visit()
    an.sync()
    bo.visit()
    before = list(bo.session.database.connection.iterdump())
    transport = bo.way()
    said = rehearse(bo.session, transport)
    published = dict(transport.published())
    transport.close()
    assert (said.sent, said.taken, dict(said.added)) == (1, 1, {"visit": 1})
    assert list(bo.session.database.connection.iterdump()) == before
    assert bo.replica not in published
    really = bo.sync()
    assert (really.sent, really.taken, dict(really.added)) == (1, 1, {"visit": 1})


def forget_marks() -> None:
    """The folder in which this computer knows its files again goes."""
    shutil.rmtree(state_folder() / "replicas")


class Stop:
    """Stops at the n-th step."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, _count: int) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Cancelled


@everywhere
def test_stopped_anywhere_and_done_again(
    colleagues: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socius_tui.services.sync.exchanging._TOGETHER", 2)
    an, bo, _cem = colleagues
    for _time in range(5):
        an.visit()
        bo.visit()
    an.sync()
    stopped = 0
    for at in range(1, 12):
        try:
            bo.sync(Stop(at))
        except Cancelled:
            stopped += 1
            assert bo.damage() == [] if at == 4 else True
        for each in (an, bo):
            assert each.ask("PRAGMA foreign_key_check") == []
    assert stopped >= 3
    in_turn(colleagues)
    all_alike(colleagues)


def test_what_is_read_only_is_not_exchanged(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    bo.visit()
    bo.sync()
    with Session(an.path, read_only=True) as session, pytest.raises(ReadOnly):
        exchange(session, an.way())
    assert an.sync().taken == 1


@everywhere
def test_a_backup_that_was_put_back(colleagues: Three) -> None:
    an, bo, cem = colleagues
    in_turn(colleagues)
    an.visit(summary="voor de kopie")
    an.sync()
    before = an.replica
    kept = an.path.with_name("backup.db")
    an.session.database.connection.execute("VACUUM INTO ?", (str(kept),))
    an.visit(summary="na de kopie")
    an.sync()
    bo.sync()
    an.close()
    shutil.copy(kept, an.path)
    forget_marks()  # as on another computer
    an.open("An Peeters")
    said = an.sync()
    assert said.taken == 1  # what it had sent and lost
    assert an.replica != before
    an.visit(summary="na het herstel")
    in_turn(colleagues)
    all_alike([an, bo, cem])
    wanted = {"voor de kopie", "na de kopie", "na het herstel"}
    found = {text for (text,) in cem.ask("SELECT summary FROM visit")}
    assert wanted <= found
    assert not an.sync().renamed


@pytest.mark.parametrize(
    ("colleagues", "again"),
    [("memory", 1), ("memory", 2), ("memory", 3), ("folder", 2), ("hub", 2)],
    indirect=["colleagues"],
)
def test_a_computer_that_was_put_back_as_a_whole(colleagues: Three, again: int) -> None:
    """Nothing on it knows that it had sent more; what it writes is not taken for that."""
    an, bo, cem = colleagues
    in_turn(colleagues)
    an.visit(summary="voor de kopie")
    an.sync()
    before = an.replica
    kept, marks = an.path.with_name("backup.db"), an.path.with_name("marks")
    an.session.database.connection.execute("VACUUM INTO ?", (str(kept),))
    shutil.copytree(state_folder() / "replicas", marks)
    for number in range(2):
        an.visit(summary=f"na de kopie {number}")
    an.sync()
    bo.sync()
    an.close()
    shutil.copy(kept, an.path)
    forget_marks()
    shutil.copytree(marks, state_folder() / "replicas")
    an.open("An Peeters")
    for number in range(again):
        an.visit(summary=f"na het herstel {number}")
    take_back(an.session, "undo")
    take_back(an.session, "redo")
    assert an.replica == before
    said = an.sync()
    assert said.renamed
    assert (said.taken, said.troubles) == (2, ())
    assert an.replica != before
    in_turn(colleagues)
    all_alike([an, bo, cem])
    wanted = {f"na de kopie {n}" for n in range(2)} | {f"na het herstel {n}" for n in range(again)}
    assert wanted <= {text for (text,) in cem.ask("SELECT summary FROM visit")}
    assert [c.rule for c in conflicts(cem.session)] == []
    # And it goes on, and can take back what it did.
    take_back(an.session, "undo", again)
    assert not an.sync().renamed
    in_turn(colleagues)
    all_alike([an, bo, cem])


@pytest.mark.parametrize("colleagues", ["folder", "hub", "memory"], indirect=True)
def test_what_was_written_under_a_former_name_is_sent(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    in_turn(colleagues)
    an.visit(summary="onder de vroegere naam")
    an.session.database.note(lambda connection: sets.go_on_as(connection, sets.new_replica()))
    an.visit(summary="onder de nieuwe naam")
    said = an.sync()
    assert (said.sent, said.troubles) == (2, ())
    assert bo.sync().taken == 2
    in_turn(colleagues)
    all_alike(colleagues)


def test_a_clock_that_is_wrong_by_a_year_is_lived_with(colleagues: Three) -> None:
    an, bo, cem = colleagues
    cem.clock.moment = NOON + timedelta(days=366)
    cem.do(EditVisit.of(visit_id=cem.one("SELECT id FROM visit"), summary="uit 2017"))
    in_turn(colleagues)
    an.do(EditVisit.of(visit_id=an.one("SELECT id FROM visit"), summary="gezien en verbeterd"))
    in_turn(colleagues)
    all_alike(colleagues)
    assert bo.one("SELECT summary FROM visit") == "gezien en verbeterd"
    assert conflicts(bo.session) == []


def test_a_clock_ten_years_ahead_waits_and_freezes_nobody(colleagues: Three) -> None:
    an, bo, cem = colleagues
    cem.clock.moment = NOON + timedelta(days=3660)
    cem.do(EditVisit.of(visit_id=cem.one("SELECT id FROM visit"), summary="uit 2026"))
    cem.sync()
    bo.visit()
    bo.sync()
    said = an.sync()
    assert (said.taken, len(said.waiting)) == (1, 1)
    assert "Cem" in said.waiting[0].name or "Cem" in an.sync().waiting[0].name
    assert "3660 days ahead" in said.waiting[0].sentence or "3659" in said.waiting[0].sentence
    assert said.waiting[0].hint
    an.visit()
    clock = an.one("SELECT clock FROM journal_state") >> 16
    assert clock < (NOON + timedelta(days=2)).timestamp() * 1000
    assert an.sync().sent == 1
    assert bo.sync().taken == 1
    # Time goes on, and then it is taken over.
    for each in (an, bo):
        each.clock.moment = NOON + timedelta(days=3000)
    in_turn(colleagues)
    all_alike(colleagues)
    assert an.one("SELECT count(*) FROM visit WHERE summary = 'uit 2026'") == 1


def test_summary_search_and_publication_are_right_after_an_exchange(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    publish(an.session)
    before = plan_status(an.session)
    visit_id = bo.visit(summary="zeldzaamwoord", needs=("lokalen",))
    bo.do(AddMeasurement.of(indicator_id=bo.indicator(), observed_on=DAY, value="9"))
    bo.sync()
    an.sync()
    assert [hit.id for hit in find(an.session, "zeldzaamwoord")] == [visit_id]
    assert plan_status(an.session) != before
    assert plan_status(an.session) == plan_status(bo.session)
    assert refresh(an.session)
    assert not refresh(an.session)
    assert an.findings() == bo.findings() == []
    # What is taken away there is not found here any more.
    take_back(bo.session, "undo", 2)
    bo.sync()
    an.sync()
    assert find(an.session, "zeldzaamwoord") == []
    assert plan_status(an.session) == plan_status(bo.session)
    assert an.findings() == []


def test_nobody_hears_of_another_team(colleagues: Three) -> None:
    an, bo, _cem = colleagues
    an.visit()
    sent = an.sync().sent
    bo.session.database.note(lambda c: c.execute("UPDATE journal_state SET team = 'other'"))
    bo.visit()
    with pytest.raises(SociusError):
        bo.sync()
    transport = an.way()
    transport.open(an.session.read(ours).team)
    assert bo.replica not in transport.published()
    assert len(list(transport.pull({}, no_step))) == sent
    transport.close()
