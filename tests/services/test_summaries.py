"""The status that is read from summaries is the one that every row gives, and stays so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from socius_tui.domain.overview import PlanStatus
from socius_tui.services import overview
from socius_tui.services.checking import check
from socius_tui.services.evidence import read_evidence
from socius_tui.services.kept_status import recalled
from socius_tui.services.publishing import publish
from socius_tui.services.session import Session
from socius_tui.store.summaries import has_stale

DAYS = (
    *(date(2015, 12, 31), date(2016, 1, 1), date(2016, 2, 29), date(2016, 7, 14)),
    *(date(2016, 12, 31), date(2017, 1, 31), date(2017, 11, 5), date(2018, 6, 30)),
    date(2020, 12, 31),
)


def by_rows(session: Session, day: date, work_type_id: str | None = None) -> PlanStatus:
    """Judged from every row."""
    plan = session.plan()
    return overview.status_of(
        session.read(lambda c: read_evidence(c, plan, day, work_type_id=work_type_id))
    )


def measured(session: Session) -> str:
    """The newest measurement that is a number."""
    found = session.read(
        lambda c: c.execute(
            "SELECT id FROM measurement WHERE form = 'value' AND retired_at IS NULL"
            " ORDER BY observed_on DESC LIMIT 1"
        ).fetchone()
    )
    return str(found[0])


@pytest.mark.parametrize("day", DAYS)
def test_status_on_any_day_is_that_of_the_rows(demo: Session, day: date) -> None:
    assert overview.plan_status(demo, on=day) == by_rows(demo, day)


def test_so_is_that_of_a_work_type(demo: Session) -> None:
    types = demo.read(lambda c: [row[0] for row in c.execute("SELECT id FROM work_type")])
    for work_type in types:
        assert overview.plan_status(demo, work_type) == by_rows(demo, demo.as_of, work_type)


def test_the_trend_is_what_each_day_gives(demo: Session) -> None:
    found = overview.trend(demo)
    days = overview._quarter_ends(demo.as_of, 8)
    for number, day in enumerate(days):
        for line in by_rows(demo, day).lines:
            assert found[line.id][number] == line.progress


def test_what_another_program_writes_is_seen_at_once(demo: Session) -> None:
    row = measured(demo)
    before = overview.plan_status(demo)
    with closing(sqlite3.connect(demo.path)) as other, other:
        other.execute("UPDATE measurement SET value = '123456.7' WHERE id = ?", (row,))
    assert demo.read(has_stale)
    after = overview.plan_status(demo)
    assert after != before
    assert after == by_rows(demo, demo.as_of)
    path = demo.path
    with Session(path) as again:
        assert not again.read(has_stale)
        assert overview.plan_status(again) == after
        assert not [f for f in check(again).findings if f.code.startswith("summary")]


def test_a_summary_that_differs_is_found(demo: Session) -> None:
    with closing(sqlite3.connect(demo.path)) as other, other:
        other.execute("UPDATE measurement_summary SET total = '1' || total WHERE grain = 'year'")
    assert [f for f in check(demo).findings if f.code == "summary.differs"]


def test_a_kept_status_is_the_same_and_not_taken_after_a_change(demo: Session) -> None:
    plan, day = demo.shown_plan(), demo.as_of
    publish(demo)
    kept = recalled(demo, plan.id, day)
    assert kept == by_rows(demo, day)
    assert overview.plan_status(demo) == kept
    row = measured(demo)
    with closing(sqlite3.connect(demo.path)) as other, other:
        other.execute("UPDATE measurement SET value = '77' WHERE id = ?", (row,))
    assert recalled(demo, plan.id, day) is None
    assert overview.plan_status(demo) == by_rows(demo, day)
    assert recalled(demo, plan.id, date(2017, 1, 1)) is None


def test_known_before_is_judged_from_what_was_known(demo: Session) -> None:
    publish(demo)
    plan = demo.shown_plan()
    demo.set_known_at(datetime(2017, 6, 1, tzinfo=UTC))
    assert recalled(demo, plan.id, demo.as_of) is None
    assert overview.plan_status(demo) == by_rows(demo, demo.as_of)
