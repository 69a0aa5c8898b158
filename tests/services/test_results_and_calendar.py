"""Results as JSON with its schema, and the calendar: read back, complete, without secrets."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from pydantic import ValidationError

from socius_tui.domain.filters import VisitFilter
from socius_tui.i18n import set_language
from socius_tui.services.exchange.calendarfile import calendar_bytes
from socius_tui.services.exchange.resultsfile import Results, results, results_text, schema_text
from socius_tui.services.log import follow_up_list, visit_log
from socius_tui.services.overview import plan_status
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from socius_tui.services.visiting import EditVisit
from tests.hostile import raw_signatures_in

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "results.schema.json"


def test_results_read_back_through_the_schema_as_they_were(demo: Session) -> None:
    found = results(demo)
    text = results_text(found)
    assert Results.model_validate_json(text, by_name=False) == found
    assert results_text(results(demo)) == text
    with pytest.raises(ValidationError):
        Results.model_validate_json(text.replace('"reference"', '"referenz"', 1))


def test_results_are_the_numbers_of_the_status(demo: Session) -> None:
    data: dict[str, Any] = json.loads(results_text(results(demo)))
    indicators = {
        indicator["reference"]: indicator
        for result in data["iati-activity"]["result"]
        for indicator in result["indicator"]
    }
    lines = [line for line in plan_status(demo).lines if line.level == "indicator"]
    assert list(indicators) == [line.code for line in lines]
    compared = 0
    for line in lines:
        baseline = indicators[line.code]["baseline"]
        assert (baseline is None) == (line.baseline is None)
        if baseline is not None and line.baseline is not None:
            assert baseline["value"] == pytest.approx(float(line.baseline))
            compared += 1
    assert compared > 10
    assert indicators["OD1.1-b"]["period"][0]["period-start"] == {"iso-date": "2016-01-01"}


def test_the_schema_in_docs_is_that_of_the_models() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), (
        "write it anew: python -m tools.results_schema"
    )


def test_the_calendar_reads_back_with_every_day(demo: Session) -> None:
    data, count = calendar_bytes(demo)
    events = Calendar.from_ical(data).walk("VEVENT")
    assert len(events) == count
    days = {str(event["UID"]): event.decoded("DTSTART") for event in events}
    assert len(days) == count  # no two with one name
    visits = visit_log(demo, VisitFilter(status="planned"))
    assert visits
    for visit in visits:
        assert days[f"visit-{visit.id}@socius-tui"] == visit.visited_on
    promised = [f for f in follow_up_list(demo) if f.due_on]
    assert promised
    for follow_up in promised:
        assert days[f"follow-up-{follow_up.id}@socius-tui"] == follow_up.due_on
    for event in events:
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
        assert type(event.decoded("DTSTART")) is date
        assert event.decoded("DTSTAMP").utcoffset() == timedelta()
    assert any(uid.startswith("target-") for uid in days)


def test_the_calendar_is_the_same_each_time_and_keeps_secrets(demo: Session) -> None:
    connection = demo.database.connection
    connection.execute("UPDATE visit SET private_note = 'VERTROUWELIJK'")
    connection.execute("UPDATE follow_up SET what = char(27) || '[31mHOSTILE' || char(10) || 'X:1'"
                       " WHERE done_on IS NULL")  # fmt: skip
    data, _count = calendar_bytes(demo)
    assert calendar_bytes(demo)[0] == data
    assert b"VERTROUWELIJK" not in data
    assert not raw_signatures_in(data)
    assert not [line for line in data.split(b"\r\n") if line.startswith(b"X:1")]


def test_a_calendar_that_reads_it_again_sees_what_was_changed_since(demo: Session) -> None:
    def event(uid: str) -> Any:
        events = Calendar.from_ical(calendar_bytes(demo)[0]).walk("VEVENT")
        return next(each for each in events if each["UID"] == uid)

    moved, other = visit_log(demo, VisitFilter(status="planned"))[:2]
    names = [f"visit-{visit.id}@socius-tui" for visit in (moved, other)]
    before, untouched = map(event, names)
    assert before["SEQUENCE"] == untouched["SEQUENCE"] == 0
    day = moved.visited_on + timedelta(days=1)
    demo.write(EditVisit.of(visit_id=moved.id, visited_on=day))
    later = event(names[0])
    assert later["SEQUENCE"] == 1
    assert later.decoded("DTSTART") == day
    assert later.decoded("DTSTAMP") > before.decoded("DTSTAMP")
    demo.write(EditVisit.of(visit_id=moved.id, goal_ids=()))
    assert event(names[0])["SEQUENCE"] == 2  # its goals are rows of their own
    assert event(names[1]).to_ical() == untouched.to_ical()


def test_targets_are_written_as_people_write_them_and_leave_with_their_goal(demo: Session) -> None:
    set_language("nl")
    assert b"68\\,5 %" in calendar_bytes(demo)[0]
    set_language("en")
    assert b"68.5 %" in calendar_bytes(demo)[0]
    assert b"OD4.4-" in calendar_bytes(demo)[0]
    demo.database.connection.execute(
        "UPDATE goal SET retired_at = '2018-06-01T00:00:00.000Z' WHERE code = 'OD4.4'"
    )
    assert b"OD4.4-" not in calendar_bytes(demo)[0]


def test_mine_is_what_is_mine(demo: Session) -> None:
    everybody = staff(demo)
    counts = [calendar_bytes(demo, person.id)[1] for person in everybody]
    assert max(counts) < calendar_bytes(demo)[1]
    me = next(person for person, count in zip(everybody, counts, strict=True) if count)
    promised = [f for f in follow_up_list(demo, owner_id=me.id) if f.due_on]
    planned = visit_log(demo, VisitFilter(status="planned", visitor_id=me.id))
    mine = calendar_bytes(demo, me.id)[0]
    assert mine.count(b"UID:follow-up-") == len(promised)
    assert mine.count(b"UID:visit-") == len(planned)
