"""Histories of a few laptops that write, undo and exchange, and what has to hold at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from hypothesis import event
from hypothesis import strategies as st

from socius_tui.store.ids import natural_id
from socius_tui.store.journal.comparison import broken_entries, differences
from socius_tui.store.unit_of_work import Transaction
from tests.store.sync.laptops import (
    GOALS,
    INDICATOR,
    ORGANISATIONS,
    PEOPLE,
    VISITS,
    WORK_TYPE,
    Laptop,
    exchange_all,
)

LAPTOPS: Final = 4
_YEAR: Final = 366 * 86_400

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
day = st.sampled_from(["2016-02-01", "2016-05-01", "2017-01-01", "2018-06-30"])
some = st.integers(0, 2)
single = st.one_of(
    st.tuples(st.just("note"), some, text),
    st.tuples(st.just("name"), some, text),
    st.tuples(st.just("recognised"), some, st.sampled_from(["from", "until"]), day),
    st.tuples(st.just("visit"), some, some, text),
    st.tuples(st.just("retire"), st.sampled_from(["organisation", "visit"]), some, st.booleans()),
    st.tuples(st.just("follow_up"), some, some, text),
    st.tuples(st.just("visit_goal"), some, st.integers(0, 1), st.booleans()),
    st.tuples(st.just("target"), st.integers(0, 9)),
    st.tuples(st.just("merge"), some, some),
    st.tuples(st.just("parent"), st.integers(0, 1), st.integers(0, 1)),
    st.tuples(st.just("remove"), st.sampled_from(["visit", "follow_up", "visit_goal"]), some),
    st.tuples(st.just("assign"), st.integers(0, 1), day),
)
who = st.integers(0, LAPTOPS - 1)
step = st.one_of(
    st.tuples(st.just("write"), who, st.lists(single, min_size=1, max_size=3)),
    st.tuples(st.just("write"), who, st.lists(single, min_size=1, max_size=3)),
    st.tuples(st.just("outside"), who, single),
    st.tuples(st.just("undo"), who, st.integers(0, 3)),
    st.tuples(st.just("exchange"), who, who, st.integers(0, 2**20)),
    st.tuples(st.just("exchange"), who, who, st.integers(0, 2**20)),
)
skew = st.sampled_from([0, 0, 5, -3_600, 86_400, _YEAR, -_YEAR])

#: What laptops do, one after the other, and by how many seconds the clock of each is wrong.
steps = st.lists(step, max_size=25)
skews = st.lists(skew, min_size=LAPTOPS, max_size=LAPTOPS)


def statements(one: tuple[Any, ...], stamp: str) -> list[tuple[str, tuple[Any, ...]]]:
    """The SQL of one thing that somebody does."""
    match one:
        case ("note", n, words):
            return [("UPDATE organisation SET note = ? WHERE id = ?", (words, ORGANISATIONS[n]))]
        case ("name", n, words):
            return [
                ("UPDATE organisation SET name = ? WHERE id = ?", (f"x{words}", ORGANISATIONS[n]))
            ]
        case ("recognised", n, side, on):
            sql = f"UPDATE organisation SET recognised_{side} = ? WHERE id = ?"
            return [(sql, (on, ORGANISATIONS[n]))]
        case ("visit", n, to, words):
            return [
                (
                    "INSERT INTO visit (id, organisation_id, visited_on, status, summary,"
                    " recorded_at) VALUES (?, ?, '2016-03-01', 'done', ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET summary = excluded.summary,"
                    " organisation_id = excluded.organisation_id",
                    (VISITS[n], ORGANISATIONS[to], words, stamp),
                )
            ]
        case ("retire", table, n, away):
            row = (ORGANISATIONS if table == "organisation" else VISITS)[n]
            sql = f"UPDATE {table} SET retired_at = ? WHERE id = ?"
            return [(sql, (stamp if away else None, row))]
        case ("follow_up", n, visit, words):
            return [
                (
                    "INSERT INTO follow_up (id, visit_id, what, recorded_at) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET visit_id = excluded.visit_id,"
                    " what = excluded.what",
                    (natural_id("follow_up", str(n)), VISITS[visit], f"x{words}", stamp),
                )
            ]
        case ("visit_goal", n, goal, away):
            return [
                (
                    "INSERT INTO visit_goal (id, visit_id, goal_id, retired_at)"
                    " VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET retired_at = excluded.retired_at",
                    (
                        natural_id("visit_goal", str(n)),
                        VISITS[n],
                        GOALS[goal],
                        stamp if away else None,
                    ),
                )
            ]
        case ("target", value):
            return [
                (
                    "INSERT INTO target (id, indicator_id, period_start, period_end, value)"
                    " VALUES (?, ?, '2016-01-01', '2016-12-31', ?)"
                    " ON CONFLICT (id) DO UPDATE SET value = excluded.value",
                    (natural_id("target", "1"), INDICATOR, str(value)),
                )
            ]
        case ("merge", n, into):
            sql = "UPDATE organisation SET merged_into_id = ?, retired_at = ? WHERE id = ?"
            return [(sql, (ORGANISATIONS[into], stamp, ORGANISATIONS[n]))]
        case ("parent", goal, above):
            return [("UPDATE goal SET parent_id = ? WHERE id = ?", (GOALS[above], GOALS[goal]))]
        case ("remove", table, n):
            row = VISITS[n] if table == "visit" else natural_id(table, str(n))
            return [(f"DELETE FROM {table} WHERE id = ?", (row,))]
        case ("assign", person, on):
            key = natural_id("assignment", PEOPLE[person], WORK_TYPE, on)
            return [
                (
                    "INSERT INTO assignment (id, person_id, work_type_id, starts_on)"
                    " VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                    (key, PEOPLE[person], WORK_TYPE, on),
                )
            ]
    raise AssertionError(one)


def act(laptops: list[Laptop], what: tuple[Any, ...]) -> None:
    """One step of a history."""
    laptop = laptops[what[1]]
    if what[0] == "write":

        def work(transaction: Transaction) -> str:
            for one in what[2]:
                for sql, values in statements(one, transaction.stamp):
                    transaction.connection.execute(sql, values)
            return '{"say": "Something"}'

        laptop.write(work)
    elif what[0] == "outside":
        for sql, values in statements(what[2], "2016-03-14T09:00:00.000Z"):
            laptop.write_outside(sql, values)
    elif what[0] == "undo":
        laptop.undo(what[2])
    elif what[1] != what[2]:
        laptop.take_some(laptops[what[2]], what[3])
        event("exchanged midway")


def lost(laptops: list[Laptop]) -> list[str]:
    """What somebody wrote that nobody can find again: not in a row, not known by who wrote over
    it, and not in the list of conflicts."""
    rows = laptops[0].rows()
    disputes = laptops[0].disputes()
    told = {(one.kind, one.row_id, one.column, one.other) for one in disputes}
    aside = {(e.replica, e.sequence) for one in disputes for e in (one.lost, one.won)}
    acts = [one for laptop in laptops for one in laptop.acts]
    missing = []
    for one in acts:
        row = rows[one.kind].get(one.row_id)
        if one.column == "" or one.column in ("recorded_at",) or one.value in ("", None):
            continue
        if row is not None and row[one.column] == one.value:
            continue
        if (one.kind, one.row_id, one.column, one.value) in told:
            continue
        if row is None and (
            one.column == "retired_at" or (one.replica, one.sequence) in aside
        ):  # taken away by another as well, or told as a whole
            continue
        knowing = [
            other
            for other in acts
            if (other.kind, other.row_id) == (one.kind, one.row_id)
            and other.column in (one.column, "")
            and (
                other.sequence > one.sequence
                if other.replica == one.replica
                else other.knew.get(one.replica, 0) >= one.sequence
            )
        ]
        if not knowing:
            missing.append(f"{one}")
    return missing


def converge(steps: list[tuple[Any, ...]], skews: list[int]) -> None:
    """Live a history, exchange everything, and look."""
    laptops = [Laptop(f"r{n}", timedelta(seconds=skews[n])) for n in range(LAPTOPS)]
    for what in steps:
        act(laptops, what)
    exchange_all(laptops, through=len(steps) % LAPTOPS)
    check(laptops)


def check(laptops: list[Laptop]) -> None:
    """All that has to hold after a full exchange."""
    first, *others = laptops
    rows, journal = first.rows(), first.journal()
    disputes = [one.subject for one in first.disputes()]
    kept = sorted(first.connection.execute("SELECT * FROM kept_row"))
    for other in others:
        assert other.rows() == rows
        assert other.journal() == journal
        assert [one.subject for one in other.disputes()] == disputes
        assert sorted(other.connection.execute("SELECT * FROM kept_row")) == kept
    newcomer = Laptop("newcomer", timedelta(seconds=2 * _YEAR))
    newcomer.take(first.packets())
    assert newcomer.rows() == rows
    assert [one.subject for one in newcomer.disputes()] == disputes
    for laptop in laptops:
        connection = laptop.connection
        assert connection.execute("SELECT * FROM waiting").fetchall() == []
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    # Of one, as all have the same journal and rows.
    assert list(differences(first.connection)) == []
    assert broken_entries(first.connection) == []
    assert lost(laptops) == []
    event(f"conflicts: {min(len(disputes), 3)}")
    event(f"kept rows: {min(len(kept), 2)}")
    for rule in {one.rule for one in first.disputes()}:
        event(f"rule: {rule}")
