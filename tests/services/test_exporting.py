"""Exports to files: every kind and form, row by row, the fast path byte for byte as the other."""

from __future__ import annotations

import csv
import gc
import io
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.history import HistoryFilter, Place
from socius_tui.domain.records import MeasurementLine
from socius_tui.errors import FileProblem, InvalidInput
from socius_tui.services import history
from socius_tui.services.exchange import exporting, forms
from socius_tui.services.exchange.exporting import KINDS, Tally, Wanted, export_parts, write_export
from socius_tui.services.exchange.tables import Column, Table, measurements_table
from socius_tui.services.log import measurement_list, visit_log
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.journal import reading
from tests.hostile import HOSTILE, raw_signatures_in

NUMBERS = st.from_regex(r"-?[0-9]{1,5}(\.[0-9]{1,4})?", fullmatch=True) | st.just("")
TEXTS = st.text(max_size=8) | st.sampled_from(
    [*(hostile.text for hostile in HOSTILE), "a,b;c", 'x"y', "één\r\ntwee", "-", "'=1", "1.5"]
)
CODES = st.from_regex(r"[0-9a-f-]{1,12}", fullmatch=True) | TEXTS
ROWS = st.lists(
    st.tuples(
        CODES,
        TEXTS,
        st.dates(date(1900, 1, 1)).map(date.isoformat),
        st.sampled_from(["value", "ratio", "text"]),
        NUMBERS,
        NUMBERS,
        NUMBERS,
        TEXTS,
        TEXTS,
        TEXTS,
        TEXTS,
        TEXTS,
        TEXTS,
        st.just("2018-06-27T16:00:00.000Z") | CODES,
    ),
    max_size=6,
)


def written(table: Table, **how: Any) -> tuple[bytes, Tally]:
    tally = Tally()
    parts = exporting.told(table, Wanted("measurements", **how), tally)
    return b"".join(
        part.encode("utf-8", "replace") if isinstance(part, str) else part for part in parts
    ), tally


def line(row: tuple[str, ...]) -> MeasurementLine:
    identifier, code, day, form, value, above, below, unit, *texts = row
    qualifier, work_type, note, evidence, by, at = texts
    return MeasurementLine(
        identifier, "", code, date.fromisoformat(day), form, value or None, above or None,
        below or None, qualifier, work_type, note, evidence, by, at, unit,
    )  # fmt: skip


@given(ROWS)
def test_the_fast_way_gives_the_same_bytes(rows: list[tuple[str, ...]]) -> None:
    lines = [line(row) for row in rows]
    for excel in (False, True):
        batches = [list(zip(*rows, strict=True))] if rows else []
        fast, quick = written(measurements_table(lines, batches), excel=excel)
        slow, steady = written(measurements_table(lines), excel=excel)
        assert fast == slow
        assert quick.written == steady.written
        assert quick.written.rows == len(rows)


def test_the_fast_way_gives_the_same_file_of_the_demo(demo: Session, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    done = write_export(demo, Wanted("measurements"), path)
    expected, tally = written(measurements_table(measurement_list(demo)))
    assert path.read_bytes() == expected
    assert done == tally.written
    assert done.content == sha256(expected).hexdigest()


def test_a_table_never_waits_for_its_last_row() -> None:
    """What came before a row is told before the next one is asked for."""
    asked = []

    def rows() -> Iterator[MeasurementLine]:
        for number in range(3):
            asked.append(number)
            yield line((str(number), "A", "2018-01-01", "value", "1", *[""] * 9))

    for form in forms.FORMS:
        asked.clear()
        told = exporting.told(measurements_table(rows()), Wanted("measurements", form), Tally())
        while not asked:
            next(told)
        assert asked == [0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_in_every_form_has_the_same_rows(demo: Session, kind: str) -> None:
    found: dict[str, int] = {}
    hashes = set()
    for form in forms.FORMS:
        wanted = Wanted(
            kind, form, private=True, since=date(2018, 1, 1) if kind == "history" else None
        )
        text = b"".join(export_parts(demo, wanted)).decode()
        found[form] = len(_rows(form, text))
        told = partial(written, form=wanted.form)
        hashes.add(exporting.with_table(demo, wanted, told)[1].written)
    assert len(set(found.values())) == 1
    assert len(hashes) == 1
    assert found["csv"] or kind == "contacts"


def _rows(form: str, text: str) -> list[Any]:
    if form == "csv":
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    if form == "json":
        return list(json.loads(text))
    if form == "jsonl":
        return [json.loads(each) for each in text.split("\n") if each]
    return text.splitlines()[2:]


@given(st.lists(TEXTS, max_size=4))
def test_json_by_the_row_is_the_json_of_the_whole(texts: list[str]) -> None:
    lines = [
        line(("1", text, "2018-01-01", "value", "1", *[""] * 5, text, *[""] * 3)) for text in texts
    ]
    data, _tally = written(measurements_table(lines), form="json")
    assert not raw_signatures_in(data)
    whole = json.loads(data)
    assert data.decode() == json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    each, _tally = written(measurements_table(lines), form="jsonl")
    assert [json.loads(text) for text in each.decode().split("\n") if text] == whole


def test_json_leaves_no_garbage_behind() -> None:
    """A command collects none: what goes round in circles stays until it ends."""
    names = Column("names", "Names", "names", lambda row: row)
    texts: list[tuple[str, ...]] = [("é", '"\n'), (), ("a",)]
    table = Table((names, names._replace(name="again")), texts)
    whole = [{"names": list(each), "again": list(each)} for each in texts]
    expected = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    assert "".join(forms.json_parts(table)) == expected
    gc.collect()
    gc.disable()
    try:
        for _n in range(3):
            "".join(forms.json_parts(table))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_history_leaves_no_garbage_and_holds_a_long_entry_in_pieces(
    demo: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = history.places(demo, HistoryFilter())
    longest = max(found, key=lambda place: place.last - place.first)
    some = [*found[:30], longest]
    changes = history.every_change(demo, some)
    assert len(changes) > 200
    asked = []
    read = reading.changes_at

    def noted(connection: Connection, place: Place, *rest: Any, **more: Any) -> Any:
        given = read(connection, place, *rest, **more)
        if not more:  # told of a whole entry, its first changes are asked for with a limit
            asked.append(len(given))
        return given

    monkeypatch.setattr(reading, "changes_at", noted)
    monkeypatch.setattr(history, "_AT_ONCE", 7)
    gc.collect()
    gc.disable()
    try:
        assert list(history.iterate_changes(demo, some)) == changes
        assert gc.collect() == 0
    finally:
        gc.enable()
    assert max(asked) == 7


def test_days_limit_what_is_written(demo: Session) -> None:
    for kind, column in (("measurements", "date"), ("visits", "date"), ("history", "moment")):
        wanted = Wanted(kind, since=date(2018, 2, 1), until=date(2018, 6, 15))
        rows = _rows("csv", b"".join(export_parts(demo, wanted)).decode())
        days = {row[column][:10] for row in rows}
        assert days
        assert min(days) >= "2018-02-01"
        assert max(days) <= "2018-06-15"


def test_an_earlier_day_has_no_visit_of_after_it(demo: Session) -> None:
    def visits(until: date | None = None) -> list[Any]:
        wanted = Wanted("visits", "json", until=until)
        return _rows("json", b"".join(export_parts(demo, wanted)).decode())

    assert visits()[0]["date"] > demo.today.isoformat()  # what is planned
    last = date(2016, 12, 31)
    demo.set_as_of(last)
    log = visit_log(demo, VisitFilter(until=last))
    assert [row["id"] for row in visits()] == [visit.id for visit in log]
    assert visits(until=date(2018, 1, 1)) == visits()
    assert 0 < len(visits(until=date(2016, 6, 30))) < len(log)


def test_only_open_follow_ups_when_asked(demo: Session) -> None:
    text = b"".join(export_parts(demo, Wanted("follow-ups", open_only=True))).decode()
    assert all(not row["done"] for row in _rows("csv", text))
    everything = b"".join(export_parts(demo, Wanted("follow-ups"))).decode()
    assert len(_rows("csv", everything)) > len(_rows("csv", text))


def test_contacts_only_for_who_asks_for_personal_data(demo: Session, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_export(demo, Wanted("contacts"), tmp_path / "c.csv")
    assert "--include-private" in refused.value.hint
    assert not list(tmp_path.glob("c*"))
    write_export(demo, Wanted("contacts", private=True), tmp_path / "c.csv")


def test_organisations_have_what_an_import_takes(demo: Session) -> None:
    from socius_tui.services.exchange.organisationfile import COLUMNS

    header = next(iter(export_parts(demo, Wanted("organisations")))).split(b"\r\n")[0].decode()
    assert set(COLUMNS) <= set(header.split(","))


def test_a_file_that_is_there_stays_and_the_lock_is_given_back(
    demo: Session, tmp_path: Path
) -> None:
    path = tmp_path / "there.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileProblem):
        write_export(demo, Wanted("measurements"), path)
    assert path.read_text(encoding="utf-8") == "mine"
    assert not demo.database.connection.in_transaction
    assert write_export(demo, Wanted("measurements"), path, force=True).rows > 300


LITERAL = (
    "&copy; &#61; &amp;",
    "a | b",
    "*x* _y_ `z` ~~w~~",
    "<b>x</b>",
    "[x](y) ![x](y)",
    "# x",
    "\\&lt;",
)


@pytest.mark.parametrize("text", LITERAL)
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    lines = [line(("1", "A", "2018-01-01", "value", "1", "", "", text, *[""] * 6))]
    data, _tally = written(measurements_table(lines), form="markdown")
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode())
    cells = [token for token in page if token.type == "inline"]
    (shown,) = [cell for cell in cells if cell.content and _plain(cell) == text]
    assert not {child.type for child in shown.children or ()} - {"text", "text_special"}


def _plain(cell: Token) -> str:
    return "".join(child.content for child in cell.children or ())


def test_the_form_comes_from_the_name() -> None:
    names = ("a.csv", "a.JSON", "a.jsonl", "a.ndjson", "a.md", "a", "-", "a.txt")
    assert [forms.form_of(name) for name in names] == [
        "csv", "json", "jsonl", "jsonl", "markdown", "csv", "csv", "csv",
    ]  # fmt: skip
