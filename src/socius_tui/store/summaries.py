"""Keeps the summaries of measurements, and reads what is judged from them.

Triggers note which months of which indicators changed (`measurement_stale`); these are worked out
from the rows before each commit. A summary is never added to, so it cannot drift. As long as an
indicator is noted there, whoever wrote it, all of it is read from its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from socius_tui.domain.model import Entry, EntryForm, Measure
from socius_tui.domain.summary import Cover, Need, Part, cover, cuts_of, needed, parts_of, together
from socius_tui.store.driver import Connection
from socius_tui.store.plans import number, some_number
from socius_tui.store.where import Where

_PART: Final = (
    "qualifier, work_type_id, form, entries, counted, total, below, lowest, highest, last_on,"
    " last_order, last_id, last_value, last_numerator, last_denominator"
)
_ROW: Final = (
    "observed_on, recorded_at || id, form, value, numerator, denominator, qualifier,"
    " coalesce(work_type_id, ''), id"
)
_FORMS: Final = {form.value: form for form in EntryForm}
# The same days and numbers come back; both are immutable.
_number = lru_cache(maxsize=20_000)(some_number)
_day = lru_cache(maxsize=5_000)(date.fromisoformat)
_SOME: Final = 500  # indicators in one query


def refresh_summaries(connection: Connection) -> None:
    """Work out what is not up to date; part of the transaction that it runs in."""
    if not has_stale(connection):
        return
    stale = connection.execute(
        "SELECT indicator_id, month FROM measurement_stale ORDER BY indicator_id, month"
    ).fetchall()
    for indicator_id, months in groupby(stale, key=lambda row: str(row[0])):
        _work_out(connection, indicator_id, [month for _, month in months])
    connection.execute("DELETE FROM measurement_stale")


def remake_summaries(connection: Connection) -> None:
    """Work out every summary anew; part of a transaction."""
    connection.execute("DELETE FROM kept_status")
    connection.execute("DELETE FROM measurement_summary")
    connection.execute(
        "INSERT OR IGNORE INTO measurement_stale"
        " SELECT DISTINCT indicator_id, substr(observed_on, 1, 7) FROM measurement"
    )
    refresh_summaries(connection)


def has_stale(connection: Connection) -> bool:
    """Whether a summary is not up to date."""
    return connection.execute("SELECT 1 FROM measurement_stale LIMIT 1").fetchone() is not None


def kept(connection: Connection) -> set[tuple[Any, ...]]:
    """Every summary as it is in the file."""
    return set(connection.execute("SELECT * FROM measurement_summary"))


def summed_entries(
    connection: Connection,
    measures: Mapping[str, Measure],
    cuts: Iterable[date],
    as_of: date,
    *,
    work_type_id: str | None = None,
) -> dict[str, list[Entry]]:
    """What is known of these indicators on a day, by id: as few entries as judge the same.

    They hold for every day of which the day after is a cut, and for the as-of date. Not for
    forecasts, nor for who wants to see the measurements themselves.
    """
    found: dict[str, list[Entry]] = {identifier: [] for identifier in measures}
    stale = {row[0] for row in connection.execute("SELECT indicator_id FROM measurement_stale")}
    shared = list(cuts)
    groups: dict[Cover | None, list[str]] = {}
    for identifier, measure in measures.items():
        how = None if identifier in stale else cover(cuts_of(measure, shared), as_of)
        groups.setdefault(how, []).append(identifier)
    for how, every in groups.items():
        for start in range(0, len(every), _SOME):
            some = every[start : start + _SOME]
            if how is None:
                _add_rows(connection, some, date.min, as_of, work_type_id, found)
                continue
            for row in _covered(connection, some, how, work_type_id):
                found[row[0]].append(_standing_for(measures[row[0]], row[1:]))
            for first, last in how.days:
                _add_rows(connection, some, first, last, work_type_id, found)
    return found


def _covered(
    connection: Connection, indicators: Sequence[str], how: Cover, work_type_id: str | None
) -> Iterator[tuple[Any, ...]]:
    split = [f"{year:04}" for year in how.split]
    for grain, condition, spans in (
        ("year", f"span <= ? AND span NOT IN ({_marks(split)})", [f"{how.last_year:04}", *split]),
        ("month", f"span IN ({_marks(how.months)})", list(how.months)),
    ):
        rows = connection.execute(
            f"SELECT indicator_id, {_PART} FROM measurement_summary WHERE grain = ?"
            f" AND indicator_id IN ({_marks(indicators)}) AND {condition}"
            + (" AND work_type_id = ?" if work_type_id else ""),
            (grain, *indicators, *spans, *([work_type_id] if work_type_id else ())),
        )
        yield from rows


def _standing_for(measure: Measure, row: Sequence[Any]) -> Entry:
    """As `entry_of` of the part, without making the numbers that it does not need."""
    form = _FORMS[row[2]]
    need = needed(measure, form)
    value, numerator, denominator, times = row[12], row[13], row[14], 1
    if need is not Need.LAST:
        times = row[3]
        amount, below = row[5], row[6]
        if need is Need.COUNTED:
            amount, below, times = "1" if row[4] else "0", "1", row[4] or 1
        elif need is not Need.TOTAL:
            amount, below = row[7 if need is Need.LOWEST else 8], "1"
        if form is EntryForm.RATIO:
            numerator, denominator = amount, below
        else:
            value = amount
    return Entry(
        day=_day(row[9]),
        order=row[10],
        form=form,
        value=None if value is None else _number(value),
        numerator=None if numerator is None else _number(numerator),
        denominator=None if denominator is None else _number(denominator),
        qualifier=row[0],
        work_type=row[1],
        ref=row[11],
        times=times,
    )


def _add_rows(
    connection: Connection,
    indicators: Sequence[str],
    first: date,
    last: date,
    work_type_id: str | None,
    found: dict[str, list[Entry]],
) -> None:
    where = Where("retired_at IS NULL").add("observed_on >= ?", first)
    where.add("observed_on <= ?", last).add("work_type_id = ?", work_type_id)
    rows = connection.execute(
        f"SELECT indicator_id, {_ROW} FROM measurement INDEXED BY measurement_by_indicator"
        f" WHERE indicator_id IN ({_marks(indicators)}) AND {where}",
        (*indicators, *where.values),
    )
    for row in rows:
        found[row[0]].append(_entry(row[1:]))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _work_out(connection: Connection, indicator_id: str, months: Sequence[str]) -> None:
    """The summaries of these months of an indicator, and of their years."""
    for month in months:
        rows = connection.execute(
            f"SELECT {_ROW} FROM measurement INDEXED BY measurement_by_indicator"
            " WHERE indicator_id = ? AND observed_on BETWEEN ? AND ? AND retired_at IS NULL",
            (indicator_id, f"{month}-01", f"{month}-31"),
        )
        _put(connection, indicator_id, "month", month, parts_of(map(_entry, rows)))
    for year in dict.fromkeys(month[:4] for month in months):
        rows = connection.execute(
            f"SELECT {_PART} FROM measurement_summary WHERE indicator_id = ? AND grain = 'month'"
            " AND span BETWEEN ? AND ?",
            (indicator_id, f"{year}-01", f"{year}-12"),
        )
        _put(connection, indicator_id, "year", year, together(map(_part, rows.fetchall())))


def _put(
    connection: Connection, indicator_id: str, grain: str, span: str, parts: Iterable[Part]
) -> None:
    connection.execute(
        "DELETE FROM measurement_summary WHERE indicator_id = ? AND grain = ? AND span = ?",
        (indicator_id, grain, span),
    )
    connection.executemany(
        f"INSERT INTO measurement_summary (indicator_id, grain, span, {_PART})"
        f" VALUES ({', '.join('?' * 18)})",
        [(indicator_id, grain, span, *_stored(part)) for part in parts],
    )


def _stored(part: Part) -> tuple[str | int | None, ...]:
    last = part.last
    return (
        *(part.qualifier, part.work_type, part.form.value, part.entries, part.counted),
        *map(str, (part.total, part.below, part.lowest, part.highest)),
        *(last.day.isoformat(), last.order, last.ref),
        *(None if n is None else str(n) for n in (last.value, last.numerator, last.denominator)),
    )


def _part(row: Sequence[Any]) -> Part:
    form = EntryForm(row[2])
    last = Entry(
        day=date.fromisoformat(row[9]),
        order=row[10],
        form=form,
        value=number(row[12]),
        numerator=number(row[13]),
        denominator=number(row[14]),
        qualifier=row[0],
        work_type=row[1],
        ref=row[11],
    )
    total, below, lowest, highest = (some_number(row[place]) for place in (5, 6, 7, 8))
    return Part(row[0], row[1], form, row[3], row[4], total, below, lowest, highest, last)


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(
        day=_day(row[0]),
        order=row[1],
        form=_FORMS[row[2]],
        value=None if row[3] is None else _number(row[3]),
        numerator=None if row[4] is None else _number(row[4]),
        denominator=None if row[5] is None else _number(row[5]),
        qualifier=row[6],
        work_type=row[7],
        ref=row[8],
    )
