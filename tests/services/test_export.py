"""CSV: stable columns, both forms, exact numbers, no formulas, and back again."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.domain.history import HistoryFilter
from socius_tui.domain.text import clean, restore_formula
from socius_tui.services.closed_periods import period_locks
from socius_tui.services.exchange import tables
from socius_tui.services.exchange.csvfile import csv_lines
from socius_tui.services.exchange.history_table import changes_table
from socius_tui.services.exchange.register_tables import assignments_table, contacts_table
from socius_tui.services.exchange.tables import Column, Table, exported, json_value, plain_text
from socius_tui.services.history import every_change, places
from socius_tui.services.log import follow_up_list, measurement_list, visit_log
from socius_tui.services.overview import coverage, plan_status
from socius_tui.services.register import assignments, contact_list, organisation_list
from socius_tui.services.session import Session
from tests.hostile import HOSTILE, raw_signatures_in

DOCS = Path(__file__).resolve().parents[2] / "docs" / "csv.md"

COLUMNS = {
    "status": (
        "code,level,title,unit,baseline,target,period_start,period_end,value,progress,expected,"
        "pace_ratio,days_behind,status,with_data,of,last_measurement,contact_person,as_of,"
        "late_changes"
    ),
    "visits": (
        "id,date,organisation,work_type,status,mode,visitor,goals,needs,open_follow_ups,summary"
    ),
    "organisations": (
        "id,code,name,work_type,municipality,contact_person,last_visit,visits,next_visit,"
        "open_follow_ups,subtype,enterprise_number,size,participation,federation,"
        "recognised_from,recognised_until,note"
    ),
    "coverage": "work_type,contact_person,visited,recognised,share",
    "assignments": "id,person,work_type,from,until",
    "contacts": "id,organisation,organisation_code,name,function,email,phone",
    "measurements": (
        "id,indicator,date,form,value,numerator,denominator,unit,qualifier,work_type,note,"
        "evidence,recorded_by,recorded_at"
    ),
    "follow-ups": "id,due,what,owner,source,done,outcome",
    "history": ("entry,moment,who,what,reason,state,verb,kind,row,subject,column,from,to"),
    "closed periods": (
        "id,from,until,state,closed_by,closed_on,note,reopened_by,reopened_on,reason,late_changes"
    ),
}

TEXT = Column("text", "Text", "text", lambda row: row[0])
NUMBER = Column("number", "Number", "number", lambda row: row[1])
DAY = Column("day", "Day", "date", lambda row: row[2])
NAMES = Column("names", "Names", "names", lambda row: row[3])
Row = tuple[str, Fraction | int | None, date | None, tuple[str, ...]]

rows = st.lists(
    st.tuples(
        st.text() | st.sampled_from([hostile.text for hostile in HOSTILE]),
        st.none() | st.integers() | st.fractions(),
        st.none() | st.dates(),
        st.lists(st.text(max_size=5), max_size=3).map(tuple),
    ),
    max_size=5,
)


def all_tables(session: Session) -> dict[str, Table]:
    status = plan_status(session)
    window = OrganisationFilter(since=date(2016, 1, 1), until=session.as_of)
    return {
        "status": tables.status_table(status.as_of, status.lines),
        "visits": tables.visits_table(visit_log(session, VisitFilter())),
        "organisations": tables.organisations_table(organisation_list(session, window)),
        "measurements": tables.measurements_table(measurement_list(session)),
        "follow-ups": tables.follow_ups_table(follow_up_list(session, open_only=False)),
        "history": changes_table(every_change(session, places(session, HistoryFilter())[:200])),
        "closed periods": tables.periods_table(period_locks(session)),
        "coverage": tables.coverage_table(coverage(session)),
        "assignments": assignments_table(assignments(session)),
        "contacts": contacts_table(contact_list(session)),
    }


def test_columns_are_the_promised_ones_in_order(demo: Session) -> None:
    for name, table in all_tables(demo).items():
        assert ",".join(column.name for column in table.columns) == COLUMNS[name]
        assert table.rows or name in ("closed periods", "contacts")


def test_every_column_is_explained_and_nothing_else() -> None:
    sections = re.split(r"^## ", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    explained = {
        section.split("\n", 1)[0].strip().lower(): re.findall(
            r"^\| `(\w+)` \|", section, flags=re.MULTILINE
        )
        for section in sections
    }
    for name, columns in COLUMNS.items():
        assert explained[name] == columns.split(",")


@pytest.mark.parametrize("excel", [False, True])
def test_both_forms_read_back_as_the_same_cells(demo: Session, excel: bool) -> None:
    for table in all_tables(demo).values():
        text = "".join(csv_lines(table, excel=excel))
        assert text.startswith("\ufeff") is excel
        text = text.removeprefix("\ufeff")
        assert text.endswith("\r\n")
        header, *lines = csv.reader(
            io.StringIO(text, newline=""), delimiter=";" if excel else ",", strict=True
        )
        assert header == [column.name for column in table.columns]
        for row, cells in zip(table.rows, lines, strict=True):
            for column, cell in zip(table.columns, cells, strict=True):
                if column.kind in tables.NUMBERS:
                    assert not excel or "." not in cell
                    assert cell.replace(",", ".") == plain_text(column, row)
                else:
                    assert restore_formula(cell) == plain_text(column, row)


def test_dates_are_iso_and_codes_are_not_translated(demo: Session) -> None:
    text = "".join(csv_lines(all_tables(demo)["status"], excel=True))
    assert ";2018-06-30;0\r\n" in text
    for code in ("on_track", "off_track", "attention", "met", "no_data"):
        assert f";{code};" in text


def test_a_row_for_the_plan_each_goal_each_indicator(demo: Session) -> None:
    status = plan_status(demo)
    levels = [line.level for line in status.lines]
    assert levels.count("plan") == 1
    assert levels.count("strategic") == 4
    assert levels.count("operational") == 15
    assert levels.count("basic_task") == 2
    assert levels.count("indicator") >= 30
    assert len(list(csv_lines(tables.status_table(status.as_of, status.lines)))) == 1 + len(levels)


@given(rows)
def test_any_row_comes_back_exactly(found: list[Row]) -> None:
    table = Table((TEXT, NUMBER, DAY, NAMES), found)
    for excel in (False, True):
        text = "".join(csv_lines(table, excel=excel))
        assert not raw_signatures_in(text.removeprefix("\ufeff").encode("utf-8"))
        reader = csv.reader(
            io.StringIO(text.removeprefix("\ufeff"), newline=""),
            delimiter=";" if excel else ",",
            strict=True,
        )
        next(reader)
        for row, cells in zip(found, reader, strict=True):
            assert restore_formula(cells[0]) == exported(row[0])
            assert cells[0][:1] not in ("=", "+", "-", "@", "\t", "\r", "|")
            number = cells[1].replace(",", ".") if excel else cells[1]
            assert (float(number) if number else None) == (
                None if row[1] is None else float(row[1])
            )
            assert cells[2] == ("" if row[2] is None else row[2].isoformat())


@given(rows)
def test_json_has_numbers_dates_and_nulls(found: list[Row]) -> None:
    for row in found:
        number = json_value(NUMBER, row)
        assert number is None if row[1] is None else number == pytest.approx(float(row[1]))
        assert json_value(DAY, row) == (None if row[2] is None else row[2].isoformat())
        text = json_value(TEXT, row)
        assert text is None or (isinstance(text, str) and text == exported(row[0]))
        names = json_value(NAMES, row)
        assert isinstance(names, list)
        assert len(names) == len(row[3])


def test_an_export_keeps_the_whole_text_and_its_lines() -> None:
    text = "eerste regel\ntweede regel " + "x" * 15_000
    assert exported(text) == text
    assert len(clean(text)) < len(text)


def test_people_read_their_own_language_and_machines_do_not(demo: Session) -> None:
    from socius_tui.i18n import set_language

    status = plan_status(demo)
    table = tables.status_table(status.as_of, status.lines)
    line = next(line for line in status.lines if line.status.value == "on_track")
    word = next(column for column in table.columns if column.name == "status")
    in_english = (tables.shown(word, line), "".join(csv_lines(table)))
    set_language("nl")
    in_dutch = (tables.shown(word, line), "".join(csv_lines(table)))
    assert in_english[0] == "● on track"
    assert in_dutch[0] == "● op schema"
    assert in_english[1] == in_dutch[1]
