"""The history in words: of everything, of one thing, filtered, undone, gone, by other programs."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from socius_tui.domain.history import Detail, Entry, HistoryFilter, Topic
from socius_tui.domain.titles import said
from socius_tui.errors import Ambiguous, NotFound
from socius_tui.i18n import set_language
from socius_tui.services import history, moments
from socius_tui.services import journal_columns as columns
from socius_tui.services.assigning import AddPerson, Assign, RetireAssignment
from socius_tui.services.clock import FixedClock
from socius_tui.services.exchange.history_table import changes_table, entries_table
from socius_tui.services.exchange.tables import shown
from socius_tui.services.following import AddFollowUp, CloseFollowUp, EditFollowUp, RetireFollowUp
from socius_tui.services.history_topics import find_actor, find_topic
from socius_tui.services.journal_words import label
from socius_tui.services.measuring import (
    AddMeasurement,
    EditMeasurement,
    RetireMeasurement,
    SetTarget,
)
from socius_tui.services.narrating import WriteNarrative
from socius_tui.services.resolve import (
    find_goal,
    find_indicator,
    find_organisation,
    find_person,
    find_work_type,
)
from socius_tui.services.session import Session
from socius_tui.services.visiting import (
    CancelVisit,
    CompleteVisit,
    EditVisit,
    LogVisit,
    Promise,
    RetireVisit,
)
from socius_tui.services.wording import known_word
from socius_tui.store.driver import Connection
from socius_tui.store.journal.triggers import Table, journalled_tables
from socius_tui.store.unit_of_work import Transaction

EVERYTHING = HistoryFilter()
DAY = date(2016, 6, 1)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def entries(
    session: Session,
    wanted: HistoryFilter = EVERYTHING,
    topic: Topic | None = None,
    *,
    private: bool = True,
) -> list[Entry]:
    return history.told(session, history.places(session, wanted, topic), topic, private=private)


def newest(session: Session) -> Entry:
    return entries(session)[0]


def details(session: Session, entry: Entry, *, full: bool = True) -> list[Detail]:
    return history.details(session, entry.place, full=full, private=True)


def texts(entry: Entry, rows: Iterable[Detail]) -> Iterator[str]:
    """All that people read of an entry."""
    yield from (entry.who, entry.what, entry.reason, entry.summary)
    for row in rows:
        yield row.head
        for field in row.fields:
            yield from (field.label, field.old, field.new)


def raw(session: Session, *statements: str) -> None:
    """What another program does to the file."""
    with closing(sqlite3.connect(session.path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


# ---- words for everything


@pytest.fixture
def tables(fresh: Session) -> list[Table]:
    return fresh.read(journalled_tables)


def test_every_table_has_a_name_and_a_kind(tables: list[Table]) -> None:
    names = {table.name for table in tables}
    assert set(columns.HEADS) == names
    kinds = [name for some in history.KINDS.values() for name in some]
    assert sorted(kinds) == sorted(names)
    assert all(history.kind_word(kind) for kind in history.KINDS)


def test_every_column_has_a_label(tables: list[Table]) -> None:
    missing = [
        (table.name, column.name)
        for table in tables
        for column in table.columns
        if column.name not in columns.SKIPPED
        and column.name not in columns.LABELS
        and (table.name, column.name) not in columns.OWN_LABELS
    ]
    assert not missing
    known = {(table.name, column.name) for table in tables for column in table.columns}
    assert set(columns.OWN_LABELS) | set(columns.PRIVATE) <= known


def test_every_reference_is_known(fresh: Session, tables: list[Table]) -> None:
    def references(connection: Connection) -> list[tuple[str, str]]:
        return [
            (row[3], row[2])
            for table in tables
            for row in connection.execute(f"PRAGMA foreign_key_list({table.name})")
        ]

    found = fresh.read(references)
    assert len(found) > 30
    assert not [pair for pair in found if columns.REFERENCES[pair[0]] != pair[1]]


def test_days_numbers_and_codes_are_those_of_the_schema(fresh: Session) -> None:
    created = dict(
        fresh.read(
            lambda connection: connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
        )
    )
    lines = [line for name in columns.HEADS for line in created[name].splitlines()]
    codes = [found for line in lines for found in re.findall(r"(\w+) IN \(('[^)]*)\)", line)]
    assert len(codes) > 15
    assert {column for column, _words in codes} <= columns.CODES
    for _column, words in codes:
        assert all(known_word(code) for code in re.findall(r"'(\w+)'", words)), words
    days = {found for line in lines for found in re.findall(r"date\(julianday\((\w+)\)\)", line)}
    assert days == columns.DATES
    numbers = {found for line in lines for found in re.findall(r"(\w+) GLOB '\*?\[0-9\]\*", line)}
    assert numbers == columns.NUMBERS - {"denominator"}  # at least one digit that is no zero


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_whole_demo_is_told_in_words(demo: Session, language: str) -> None:
    set_language(language)
    told = entries(demo)
    assert len(told) == 735
    for entry in told:
        rows = details(demo, entry)
        assert len(rows) == entry.place.size
        assert entry.what
        assert entry.who
        for text in texts(entry, rows):
            assert not UUID.search(text), text
            assert "{" not in text, text
            assert "unknown" not in text, text
        for row in rows:
            assert row.head
            assert all(field.label and field.old and field.new for field in row.fields)


def test_the_demo_has_its_own_dates_and_people(demo: Session) -> None:
    told = entries(demo)
    assert told[-1].what == "Plan Beleidsplan 2016-2020 made"
    assert told[-1].moment == datetime(2016, 1, 1, 16, tzinfo=UTC)
    moments_in_order = [entry.moment for entry in told if entry.moment]
    assert moments_in_order == sorted(moments_in_order, reverse=True)
    assert {name for _id, name in history.people(demo)} <= {entry.who for entry in told}


# ---- what each use case looks like


def steps(session: Session) -> Iterator[str]:
    """Every use case once, on a fresh file; gives its name after each."""
    organisation = find_organisation(session, "VER-01").id
    goal = find_goal(session, "OD1.1").id
    work_type = find_work_type(session, "verenigingen").id
    bo = find_work_type(session, "bewegingen").id

    def write(operation: object) -> str:
        session.write(operation)  # type: ignore[arg-type]
        return type(operation).__name__

    bram = session.write(AddPerson.of(name="Bram")).ids("person")[0]
    yield "AddPerson"
    assignment = session.write(Assign.of(person_id=bram, work_type_id=bo, starts_on=DAY)).ids(
        "assignment"
    )[0]
    yield "Assign"
    yield write(RetireAssignment.of(assignment_id=assignment))
    yield write(Assign.of(person_id=bram, work_type_id=work_type, starts_on=DAY))
    done = session.write(
        LogVisit.of(
            organisation_id=organisation,
            visited_on=DAY,
            goal_ids=(goal,),
            needs=("samenwerken",),
            met=("Griet",),
            private_note="GEHEIM",
            promises=(Promise.of(what="Bellen"),),
        )
    )
    yield "LogVisit"
    (visit,), (promise,) = done.ids("visit"), done.ids("follow_up")
    yield write(EditVisit.of(visit_id=visit, mode="phone", needs=("fondsen",), met=("Hilde",)))
    yield write(EditVisit.of(visit_id=visit, private_note="NOG GEHEIMER"))
    for operation in (CompleteVisit, CancelVisit):
        planned = LogVisit.of(
            organisation_id=organisation, visited_on=date(2016, 6, 20), status="planned"
        )
        later = session.write(planned).ids("visit")[0]
        yield write(operation.of(visit_id=later))
    yield write(EditFollowUp.of(follow_up_id=promise, what="Mailen", due_on=date(2016, 7, 1)))
    yield write(CloseFollowUp.of(follow_up_id=promise, done_on=DAY, outcome="Gedaan"))
    extra = session.write(AddFollowUp.of(what="Schrijven", goal_id=goal)).ids("follow_up")[0]
    yield "AddFollowUp"
    yield write(RetireFollowUp.of(follow_up_id=extra))
    indicator = find_indicator(session, "OD1.1-c").id
    number = session.write(
        AddMeasurement.of(indicator_id=indicator, observed_on=DAY, value="3", note="Nota")
    ).ids("measurement")[0]
    yield "AddMeasurement"
    yield write(
        EditMeasurement.of(
            indicator_id=indicator, measurement_id=number, observed_on=DAY, value="0.30"
        )
    )
    yield write(RetireMeasurement.of(measurement_id=number))
    yield write(
        SetTarget.of(
            indicator_id=indicator,
            period_start=date(2018, 1, 1),
            period_end=date(2018, 12, 31),
            value="7.5",
            reason="Bijgestuurd",
        )
    )
    yield write(
        WriteNarrative.of(
            goal_id=goal,
            period_start=date(2016, 1, 1),
            period_end=date(2016, 12, 31),
            what_happened="Van alles",
        )
    )
    yield write(RetireVisit.of(visit_id=visit))


def test_each_use_case_says_what_became_of_its_rows(fresh: Session) -> None:
    told: dict[str, list[str]] = {}
    for name in steps(fresh):
        entry = newest(fresh)
        assert entry.who == "An Peeters"
        rows = details(fresh, entry, full=False)
        for language in ("nl", "en"):
            set_language(language)
            for text in texts(newest(fresh), details(fresh, entry)):
                assert not UUID.search(text), text
                assert "{" not in text, text
                assert "_" not in text, text
        told[name] = [
            f"{row.head} {row.verb}: "
            + "; ".join(history.from_to(row.verb, field) for field in row.fields)
            for row in rows
        ]
    assert told["LogVisit"] == [
        "visit to Vereniging 01 (voorbeeld) of 01/06/2016 added: status: done; "
        "visitor: An Peeters; private note: GEHEIM",
        "OD1.1 at the visit to Vereniging 01 (voorbeeld) of 01/06/2016 added: ",
        "need “samenwerken” at the visit to Vereniging 01 (voorbeeld) of 01/06/2016 added: ",
        "person met at the visit to Vereniging 01 (voorbeeld) of 01/06/2016 added: "
        "person met: Griet",
        "follow-up “Bellen” added: visit: visit to Vereniging 01 (voorbeeld) of 01/06/2016; "
        "owner: An Peeters",
    ]
    assert told["EditMeasurement"] == [
        "measurement of OD1.1-c of 01/06/2016 changed: value: 3 → 0.30; note: Nota → (empty)"
    ]
    assert told["RetireMeasurement"] == ["measurement of OD1.1-c of 01/06/2016 taken_out: "]
    assert told["SetTarget"] == [
        "target of OD1.1-c for 2018 changed: target: 6 → 7.5; reason: (empty) → Bijgestuurd"
    ]
    assert told["CloseFollowUp"][0].startswith("follow-up “Mailen” changed: done on: (empty) →")
    assert "private note: GEHEIM → NOG GEHEIMER" in told["EditVisit"][0]


def test_a_row_that_comes_back_is_brought_back(fresh: Session) -> None:
    organisation = find_organisation(fresh, "VER-01").id
    logged = LogVisit.of(organisation_id=organisation, visited_on=DAY, needs=("a",))
    visit = fresh.write(logged).ids("visit")[0]
    fresh.write(EditVisit.of(visit_id=visit, needs=("b",)))
    fresh.write(EditVisit.of(visit_id=visit, needs=("a",)))
    verbs = {row.head[:8]: row.verb for row in details(fresh, newest(fresh))}
    assert verbs == {"need “a”": "brought_back", "need “b”": "taken_out"}


# ---- of one thing


def test_a_topic_has_what_belongs_to_it_and_nothing_else(fresh: Session) -> None:
    names = [*steps(fresh)]
    assert len(names) > 15
    organisation = find_topic(fresh, "VER-01")
    told = [entry.what for entry in entries(fresh, topic=organisation)]
    assert told[0].endswith("taken out")
    assert told[-1] == "Plan Beleidsplan 2016-2020 made"
    assert any(what.startswith("Follow-up done") for what in told)
    assert not any("OD1.1-c" in what or "Schrijven" in what for what in told)
    (first,) = history.details(fresh, entries(fresh, topic=organisation)[-1].place, organisation)
    assert first.head == "organisation Vereniging 01 (voorbeeld)"
    indicator = [entry.what for entry in entries(fresh, topic=find_topic(fresh, "OD1.1-c"))]
    assert indicator[-1] == "Plan Beleidsplan 2016-2020 made"
    assert [what.partition(" ")[0] for what in indicator[:-1]] == ["Target", *["OD1.1-c:"] * 3]
    goal = [entry.what for entry in entries(fresh, topic=find_topic(fresh, "OD1.1"))]
    assert goal[0].startswith("Narrative of OD1.1")
    assert "Follow-up added: Schrijven" in goal


def test_rows_that_are_gone_are_found_and_named(fresh: Session) -> None:
    organisation = find_organisation(fresh, "VER-01").id
    logged = LogVisit.of(
        organisation_id=organisation,
        visited_on=DAY,
        needs=("weg",),
        promises=(Promise.of(what="Verdwenen"),),
    )
    visit = fresh.write(logged).ids("visit")[0]
    raw(
        fresh,
        f"DELETE FROM follow_up WHERE visit_id = '{visit}'",
        f"DELETE FROM visit_need WHERE visit_id = '{visit}'",
        f"DELETE FROM visit WHERE id = '{visit}'",
    )
    topic = find_topic(fresh, history_code(visit))
    assert topic == Topic("visit", visit)
    for about in (topic, Topic("organisation", organisation)):
        told = entries(fresh, topic=about)
        assert [entry.who for entry in told[:2]] == ["another program", "An Peeters"]
        removed = history.details(fresh, told[0].place, about, private=True)
        assert [(row.head.split(" ")[0], row.verb) for row in removed] == [
            ("follow-up", "removed"),
            ("need", "removed"),
            ("visit", "removed"),
        ]
        assert all(row.shown_by in (None, Topic("organisation", organisation)) for row in removed)
        added = history.details(fresh, told[1].place, about, private=True)
        assert added[0].head == "visit to Vereniging 01 (voorbeeld) of 01/06/2016"


def history_code(identifier: str) -> str:
    from socius_tui.services.handles import handle

    return handle(identifier)


def test_what_is_typed_finds_a_topic(fresh: Session) -> None:
    assert find_topic(fresh, "od1.1").kind == "goal"
    assert find_topic(fresh, "OD1.1-a").kind == "indicator"
    assert find_topic(fresh, "Vereniging 02").kind == "organisation"
    with pytest.raises(Ambiguous):
        find_topic(fresh, "Vereniging")
    with pytest.raises(NotFound):
        find_topic(fresh, "qqqqqqqqqq")
    assert find_actor(fresh, "an peeters") == fresh.actor


def test_what_was_taken_out_can_be_asked_for(fresh: Session) -> None:
    organisation = find_organisation(fresh, "VER-01").id
    raw(fresh, f"UPDATE organisation SET retired_at = 'x' WHERE id = '{organisation}'")
    assert find_topic(fresh, "VER-01") == Topic("organisation", organisation)


# ---- filters


def test_filters_are_joined(demo: Session) -> None:
    amber = find_person(demo, "Amber").id
    hers = HistoryFilter(actor=amber, kind="visits", since=date(2017, 1, 1))
    found = entries(demo, hers._replace(until=date(2017, 12, 31)))
    assert found
    for entry in found:
        assert entry.who == "Amber Voorbeeld"
        assert entry.moment is not None
        assert entry.moment.year == 2017
        assert any(row.kind.startswith("visit") for row in details(demo, entry))
    everything = len(history.places(demo, EVERYTHING))
    assert 0 < len(found) < len(entries(demo, HistoryFilter(actor=amber))) < everything


def test_words_are_those_of_the_title_and_the_reason(fresh: Session) -> None:
    fresh.write(AddPerson.of(name="Zoë Ümit"))
    assert [e.what for e in entries(fresh, HistoryFilter(text="UMIT zoe"))] == ["Zoë Ümit added"]
    assert not entries(fresh, HistoryFilter(text="umit taken"))

    def choose(transaction: Transaction) -> str:
        transaction.set_setting("plan", "x")
        return said("Plan chosen")

    fresh.database.write(
        choose,
        today=DAY,
        now=datetime(2016, 6, 30, tzinfo=UTC),
        actor=None,
        reason="Omdat het moest",
    )
    (found,) = entries(fresh, HistoryFilter(text="omdat"))
    assert (found.who, found.reason) == ("somebody", "Omdat het moest")


@pytest.mark.parametrize("kind", history.KINDS)
def test_every_kind_is_a_part_of_the_whole(demo: Session, kind: str) -> None:
    every = history.places(demo, EVERYTHING)
    some = history.places(demo, HistoryFilter(kind=kind))
    assert some
    assert set(some) < set(every)
    assert some == [place for place in every if place in set(some)]


def test_pages_follow_one_another_without_a_gap(demo: Session) -> None:
    every = history.places(demo, EVERYTHING)
    assert len({place.key for place in every}) == len(every)
    paged = [
        entry
        for start in range(0, len(every), 50)
        for entry in history.told(demo, every[start : start + 50])
    ]
    assert [entry.place for entry in paged] == every


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Go and live somewhere else."""

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def test_days_and_moments_are_those_of_the_user(
    fresh: Session, zone: Callable[[str], None]
) -> None:
    late = Session(fresh.path, clock=FixedClock(datetime(2016, 6, 29, 23, 30, tzinfo=UTC)))
    with late:
        late.write(AddPerson.of(name="Nachtuil"))
        zone("CET-1CEST,M3.5.0,M10.5.0/3")
        entry = entries(late)[0]
        assert entry.what == "Nachtuil added"
        assert entry.moment is not None
        assert entry.moment.strftime("%Y-%m-%d %H:%M") == "2016-06-30 01:30"
        on_the_30th = HistoryFilter(since=date(2016, 6, 30), text="nachtuil")
        assert entries(late, on_the_30th)
        assert entries(late, on_the_30th._replace(until=date(2016, 6, 30)))
        assert not entries(late, on_the_30th._replace(since=None, until=date(2016, 6, 29)))
        zone("UTC0")
        assert not entries(late, on_the_30th)


@pytest.mark.parametrize("stored", ["", "x", "2016-13-01", "9999-99-99T00:00:00Z"])
def test_what_is_no_moment_is_none(stored: str) -> None:
    assert moments.local_moment(stored) is None


def test_a_moment_outside_the_calendar_is_none() -> None:
    assert moments.local_from_ms(10**18) is None


# ---- undone, other programs, damage


def test_what_was_taken_back_is_marked(fresh: Session) -> None:
    def write(transaction: Transaction) -> str:
        transaction.insert("person", {"name": "Wie", "role": "reader"})
        return said("{name} added", name="Wie")

    def again(undoes: str | None) -> str:
        done = fresh.database.write(
            write, today=DAY, now=datetime(2016, 6, 30, tzinfo=UTC), actor=None, undoes=undoes
        )
        assert done.key is not None
        return done.key

    first = again(None)
    undo = again(first)
    marks = [(entry.undone, entry.undoes) for entry in entries(fresh)[:2]]
    assert marks == [(False, True), (True, False)]
    assert "(undone)" in shown(entries_table([]).columns[2], entries(fresh)[1])
    redo = again(undo)
    marks = [(entry.undone, entry.undoes) for entry in entries(fresh)[:3]]
    assert marks == [(False, True), (True, True), (False, False)]
    again(redo)
    assert [entry.undone for entry in entries(fresh)[:4]] == [False, True, False, True]


def test_changes_of_another_program_are_grouped(fresh: Session) -> None:
    raw(fresh, *(f"UPDATE goal SET summary = 's{n}' WHERE code = 'OD1.{n}'" for n in (1, 2, 3)))
    fresh.write(AddPerson.of(name="Tussen"))
    raw(fresh, "UPDATE goal SET summary = 'nog' WHERE code = 'OD1.1'")
    told = entries(fresh)
    assert [(entry.who, entry.place.size) for entry in told[:3]] == [
        ("another program", 1),
        ("An Peeters", 1),
        ("another program", 3),
    ]
    others = [entry for entry in told if entry.who == "another program"]
    assert others[0].what == "Changed by another program"
    assert "summary: s1 → nog" in others[0].summary
    assert len(entries(fresh, HistoryFilter(kind="goals", text="another program"))) == 2
    assert not entries(fresh, HistoryFilter(kind="visits", text="another program"))
    assert not entries(fresh, HistoryFilter(actor=fresh.actor, text="another"))
    assert len(entries(fresh, topic=find_topic(fresh, "OD1.2"))) == 2


def test_a_table_of_another_program_has_its_own_name(fresh: Session) -> None:
    raw(fresh, "CREATE TABLE extra (id TEXT PRIMARY KEY NOT NULL, weird_one TEXT) STRICT")
    fresh.database.catch_up(datetime(2016, 6, 30, tzinfo=UTC))
    raw(fresh, "INSERT INTO extra VALUES ('a', 'b')")
    (row,) = details(fresh, next(e for e in entries(fresh) if e.who == "another program"))
    assert row.head == "row of the table extra"
    assert [(f.label, f.new) for f in row.fields] == [("weird_one", "b")]
    assert label("visit", "weird_one") == "weird_one"


def test_a_damaged_entry_does_not_hide_the_rest(fresh: Session) -> None:
    fresh.write(AddPerson.of(name="Gaaf"))
    fresh.write(AddPerson.of(name="Stuk"))
    raw(
        fresh,
        "UPDATE journal_state SET applying = 1",
        "UPDATE change SET new = '{\"name\":' WHERE seq = (SELECT max(seq) FROM change)",
        'UPDATE change_set SET title = \'{"say":"{x}"}\' '
        "WHERE seq = (SELECT max(seq) FROM change_set)",
        "UPDATE journal_state SET applying = 0",
    )
    told = entries(fresh)
    assert told[1].what == "Gaaf added"
    assert details(fresh, told[0])[0].head == "colleague Stuk"


# ---- private


def test_no_file_has_private_texts(fresh: Session) -> None:
    assert [*steps(fresh)]
    found = history.places(fresh, EVERYTHING)
    table = changes_table(history.every_change(fresh, found))
    cells = "\n".join(
        f"{column.get(row)} {shown(column, row)}" for row in table.rows for column in table.columns
    )
    for secret in ("GEHEIM", "Griet", "Hilde"):
        assert secret not in cells
        summaries = " ".join(entry.summary for entry in entries(fresh, private=False))
        assert secret not in summaries
    told = {
        (row.detail.kind, row.field.column, row.field.became) for row in table.rows if row.field
    }
    assert ("visit", "private_note", "(changed)") in told
    assert ("visit_met", "name", "(changed)") in told
    assert ("measurement", "value", "0.30") in told


def test_long_texts_are_cut_where_they_differ(fresh: Session) -> None:
    organisation = find_organisation(fresh, "VER-01").id
    long = "woord " * 100
    visit = fresh.write(
        LogVisit.of(organisation_id=organisation, visited_on=DAY, summary=f"{long}oud")
    ).ids("visit")[0]
    fresh.write(EditVisit.of(visit_id=visit, summary=f"{long}nieuw"))
    entry = newest(fresh)
    (short,) = (f for row in details(fresh, entry, full=False) for f in row.fields)
    assert short.old.startswith("…")
    assert short.old.endswith("woord oud")
    assert short.new.endswith("woord nieuw")
    (whole,) = (f for row in details(fresh, entry) for f in row.fields)
    assert whole.new == f"{long}nieuw"
    assert entry.summary.endswith("woord nieuw")
