"""What other programs read in the file is what the program shows for that day."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.services.exchange import tables
from socius_tui.services.exchange.tables import Table, json_value
from socius_tui.services.log import measurement_list, visit_log
from socius_tui.services.measuring import AddMeasurement
from socius_tui.services.overview import coverage, plan_status
from socius_tui.services.publishing import publish, published_on, refresh
from socius_tui.services.resolve import find_indicator
from socius_tui.services.session import Session
from socius_tui.services.visiting import RetireVisit

METADATA: Final = Path(__file__).resolve().parents[2] / "docs" / "datasette.json"
VIEWS: Final = ("v_goal_status", "v_coverage", "v_visits", "v_measurements")


def rows_of(session: Session, view: str) -> list[dict[str, Any]]:
    """A view as another program reads it."""
    with closing(sqlite3.connect(f"file:{session.path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {view}")]


def told(table: Table, *, joined: bool = True) -> list[dict[str, Any]]:
    """A table of the program with the same kinds of value as a view."""
    found = []
    for row in table.rows:
        cells = {column.name: json_value(column, row) for column in table.columns}
        found.append(
            {
                name: "; ".join(value) if isinstance(value, list) else value
                for name, value in cells.items()
            }
        )
    return found


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether cells that both have say the same; empty text is nothing."""
    return all(
        (one[name] or None) == (other[name] or None)
        or (isinstance(one[name], int | float) and one[name] == pytest.approx(other[name]))
        for name in one.keys() & other.keys()
    )


@pytest.mark.parametrize("day", [date(2016, 6, 30), date(2017, 12, 31), None])
def test_the_views_give_the_numbers_of_the_program(demo: Session, day: date | None) -> None:
    publish(demo, day)
    demo.set_as_of(day)
    status = plan_status(demo)
    shown = told(tables.status_table(demo.as_of, status.lines))
    seen = rows_of(demo, "v_goal_status")
    assert len(seen) == len(shown) > 60
    for ours, theirs in zip(shown, seen, strict=True):
        assert same({**ours, "parts": ours["of"]}, theirs), ours["code"]
        assert theirs["up_to_date"] == 1

    covered = told(tables.coverage_table(coverage(demo)))
    counted = rows_of(demo, "v_coverage")
    assert len(counted) == len(covered) == 5
    assert all(same(ours, theirs) for ours, theirs in zip(covered, counted, strict=True))

    for view, table in (
        ("v_visits", tables.visits_table(visit_log(demo, VisitFilter()))),
        ("v_measurements", tables.measurements_table(measurement_list(demo))),
    ):
        listed, read = told(table), rows_of(demo, view)
        assert len(listed) == len(read) > 20
        assert all(same(one, other) for one, other in zip(listed, read, strict=True)), view


def test_a_fixed_denominator_is_that_of_the_program(demo: Session) -> None:
    demo.database.note(
        lambda connection: connection.execute(
            "UPDATE plan SET coverage_policy = 'fixed', coverage_fixed = 140"
        )
    )
    publish(demo)
    assert rows_of(demo, "v_coverage")[-1]["recognised"] == 140
    assert coverage(demo)[-1].recognised == 140


def test_what_is_private_or_taken_out_is_in_no_view(demo: Session) -> None:
    first = visit_log(demo, VisitFilter(status="done"))[0]
    demo.write(RetireVisit.of(visit_id=first.id))
    names = {name for view in VIEWS for row in rows_of(demo, view)[:1] for name in row}
    assert not names & {"private_note", "met", "email", "phone", "recorded_by"}
    assert first.id not in {row["id"] for row in rows_of(demo, "v_visits")}


def test_the_status_says_when_it_is_older_than_the_file(demo: Session) -> None:
    def up_to_date() -> int:
        return int(rows_of(demo, "v_goal_status")[0]["up_to_date"])

    assert up_to_date() == 1  # a demo is made with it
    assert not refresh(demo)
    indicator = find_indicator(demo, "OD1.1-c")
    demo.write(AddMeasurement.of(indicator_id=indicator.id, observed_on=demo.today, value="3"))
    assert up_to_date() == 0
    assert refresh(demo)
    assert up_to_date() == 1
    code = {row["code"]: row["value"] for row in rows_of(demo, "v_goal_status")}
    assert code["OD1.1-c"] == 17


def test_a_chosen_day_stays_until_another_is_chosen(demo: Session) -> None:
    publish(demo, date(2017, 12, 31))
    indicator = find_indicator(demo, "OD1.1-c")
    demo.write(AddMeasurement.of(indicator_id=indicator.id, observed_on=demo.today, value="3"))
    assert refresh(demo)
    assert published_on(demo) == date(2017, 12, 31)
    assert rows_of(demo, "v_goal_status")[0]["as_of"] == "2017-12-31"
    publish(demo)
    assert published_on(demo) is None
    assert rows_of(demo, "v_goal_status")[0]["as_of"] == demo.today.isoformat()


def described() -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of the metadata file."""
    for database in json.loads(METADATA.read_text(encoding="utf-8"))["databases"].values():
        yield from database["tables"].items()


def test_the_metadata_describe_every_view_and_column(demo: Session) -> None:
    about = {name: table for name, table in described() if not table.get("hidden")}
    assert set(about) == set(VIEWS)
    for view in VIEWS:
        assert list(about[view]["columns"]) == list(rows_of(demo, view)[0]), view
        assert about[view]["description"]


def test_the_metadata_hide_what_is_personal(demo: Session) -> None:
    with closing(sqlite3.connect(demo.path)) as connection:
        names = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("sqlite_", "search_", "_"))
        }
    assert names - {name for name, table in described() if table.get("hidden")} == set()
