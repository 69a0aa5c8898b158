"""The figures of docs/calculation.md are what the program calculates.

Every table under a line `<!-- figures: NAME -->` is worked out again, row by row, by the
function of that name: from the columns that it reads it gives what the others must hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple

import pytest

from socius_tui.domain import codes
from socius_tui.domain.aggregation import value_of
from socius_tui.domain.coverage import coverage
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import (
    Aggregation,
    Direction,
    Entry,
    Frequency,
    IndicatorKind,
    Judging,
    Period,
    Rules,
    Scope,
    Status,
)
from socius_tui.domain.numbers import format_number, format_percent
from socius_tui.domain.reporting import Reporting, freshness
from socius_tui.domain.rollup import Child, roll_up
from socius_tui.domain.schedule import days_so_far
from socius_tui.domain.status import status_of_ratio
from socius_tui.i18n import get_language, set_language
from socius_tui.services.wording import symbol, word
from tests.domain.building import (
    MID_2016,
    PLAN,
    RULES,
    day,
    entry,
    judged,
    measure,
    ratio,
    silent,
    target,
    words,
    year,
)
from tests.hygiene.sources import ROOT

PAGE: Final = ROOT / "docs" / "calculation.md"
NONE: Final = "–"
REMARKS: Final = ("why",)

Found = Mapping[str, object]


class Row:
    """One row of a table; remembers which columns were read."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.read: set[str] = set()

    def __getitem__(self, column: str) -> str:
        self.read.add(column)
        return self.cells[column]

    def number(self, column: str) -> Fraction:
        text = self[column]
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)

    def maybe(self, column: str) -> Fraction | None:
        return None if self[column] == NONE else self.number(column)

    def day(self, column: str) -> date:
        return day(self[column])

    def period(self, column: str) -> Period:
        start, end = self[column].split("..")
        return Period(day(start), day(end))

    def parts(self, column: str, separator: str = ";") -> list[str]:
        text = self[column]
        return [] if text == NONE else [part.strip() for part in text.split(separator)]


class Table(NamedTuple):
    name: str
    line: int
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def tables(text: str) -> Iterator[Table]:
    """The tables that have figures."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not (marked := re.fullmatch(r"<!-- figures: (\w+) -->", line)):
            continue
        rows = []
        for below in lines[number + 1 :]:
            if not below.startswith("|"):
                break
            rows.append([cell.strip() for cell in below.strip("|").split("|")])
        columns, dashes, *rest = rows
        assert set("".join(dashes)) == {"-"}
        cells = tuple(dict(zip(columns, row, strict=True)) for row in rest)
        yield Table(marked[1], number + 1, tuple(columns), cells)


def agrees(cell: str, value: object) -> bool:
    """Whether a cell shows this value; a number is rounded to the decimals of the cell."""
    if value is None:
        return cell == NONE
    if isinstance(value, Fraction | int):
        digits = cell.rstrip("%")
        places = len(digits.partition(".")[2])
        if cell.endswith("%"):
            return cell == format_percent(Fraction(value), "en", places)
        return cell == format_number(Fraction(value), "en", places=places, grouping=False)
    return cell == str(value)


# ---- the rules, by the name of their table


def rounding(row: Row) -> Found:
    exact = row.number("exact")
    return {
        "shown with 1 decimal": format_number(exact, "en", places=1),
        "with 2 decimals": format_number(exact, "en", places=2),
    }


def measured(text: str, on: str = "2016-05-01", qualifier: str = "") -> Entry:
    """One measurement: a number, a ratio, "n.a.", or a letter that is counted once."""
    if text == "n.a.":
        return silent(on)
    if "/" in text:
        above, below = text.split("/")
        return ratio(on, int(above), int(below))
    if text.isalpha():
        return entry(on, 1, key=text)
    return entry(on, text, qualifier=qualifier)


def value(row: Row) -> Found:
    what = measure(kind=IndicatorKind(row["kind"]), aggregation=Aggregation(row["aggregation"]))
    return {"value": value_of(what, [measured(part) for part in row.parts("measurements")]).value}


def scope(row: Row) -> Found:
    years = (2016, 2017, 2018)
    targets = [
        target(y, goal)
        for y, goal in zip(years, row.parts("targets 2016, 2017, 2018"), strict=True)
    ]
    what = measure(*targets, aggregation=Aggregation(row["aggregation"]), scope=Scope(row["scope"]))
    entered = zip(years, row.parts("entered 2016, 2017, 2018"), strict=True)
    entries = [
        measured(part.strip(), f"{y}-05-01") for y, parts in entered for part in parts.split("+")
    ]
    found = judged(what, *entries, on="2018-12-31")
    return {
        "value by target": "; ".join(str(result.value) for result in found.periods),
        "value": found.value,
        "target": found.target,
        "progress": found.progress,
    }


def level(row: Row) -> Judgement:
    what = measure(
        target(2016, row["target"]),
        direction=Direction(row["direction"]),
        aggregation=Aggregation.LATEST,
        baseline=row["baseline"],
    )
    return judged(what, entry("2016-05-01", row["value"]), on=MID_2016)


def progress(row: Row) -> Found:
    found = level(row)
    return {"progress": found.progress, "counts in its goal as": found.capped}


def holding(row: Row) -> Found:
    found = level(row)
    assert codes.HOLD_THE_LINE in found.rules
    return {
        "progress": found.progress,
        "status": found.status,
        "counts in its goal as": found.capped,
    }


def band(row: Row) -> Found:
    low, high = row["band"].split("..")
    what = measure(direction=Direction.MAINTAIN, aggregation=Aggregation.LATEST, band=(low, high))
    found = judged(what, entry("2016-05-01", row["value"]), on=MID_2016)
    assert found.progress is None
    return {"status": found.status}


def days(row: Row) -> Found:
    rules = Rules(row.period("period"))
    return {
        "day": days_so_far(rules, row.day("as of")),
        "of": days_so_far(rules, rules.period.end),
    }


VISITS = measure(target(2016, 136))
# Sixty by the end of June, twenty of them in the last 91 days.
SIXTY = (
    entry("2016-02-15", 25),
    entry("2016-03-31", 15),
    entry("2016-04-01", 12),
    entry("2016-06-30", 8),
)


def pace(row: Row) -> Found:
    rules = RULES
    if row["pause"] != NONE:
        rules = Rules(PLAN, pauses=(row.period("pause"),))
    on = row.day("as of")
    found = judged(VISITS, *SIXTY, on=on, rules=rules)
    assert found.path is not None
    return {
        "days passed": found.path.elapsed(on.toordinal()),
        "of": found.path.total,
        "expected": found.expected,
        "pace ratio": found.pace_ratio,
        "days behind": found.days_behind,
        "needed a week": found.needed_per_week,
        "planned a week": found.planned_per_week,
        "status": found.status,
    }


def boundaries(row: Row) -> Found:
    return {"status": status_of_ratio(row.number("pace ratio"), RULES)}


def in_words(row: Row) -> Found:
    found: dict[str, object] = {"symbol": symbol(Status(row["status"]))}
    before = get_language()
    try:
        for column, language in (("in English", "en"), ("in Dutch", "nl")):
            set_language(language)
            found[column] = word(row["status"])
    finally:
        set_language(before)
    return found


def ceiling(row: Row) -> Found:
    what = measure(
        target(2016, row["at most"]),
        direction=Direction.DECREASE,
        baseline=row.maybe("baseline"),
    )
    found = judged(what, entry("2016-03-01", row["value"]), on=row.day("as of"))
    return {
        "expected": found.expected,
        "progress": found.progress,
        "pace ratio": found.pace_ratio,
        "status": found.status,
    }


def milestone(row: Row) -> Found:
    what = measure(target(2017, 1), kind=IndicatorKind.MILESTONE, aggregation=Aggregation.LATEST)
    entries = [measured(v.strip(), on) for on, v in (p.split(":") for p in row.parts("entered"))]
    found = judged(what, *entries, on=row.day("as of"))
    return {"status": found.status, "days behind": found.days_behind}


def narrative(row: Row) -> Found:
    what = measure(kind=IndicatorKind.NARRATIVE, frequency=Frequency.QUARTER)
    return {"status": judged(what, words("2016-03-31"), on=row.day("as of")).status}


def verdicts(found: Judgement) -> Found:
    return {
        f"{result.period.start.year} {result.qualifier}".strip(): result.verdict
        for result in found.periods
    }


def promise(row: Row) -> Found:
    what = measure(*(target(y, 1) for y in range(2016, 2021)), judging=Judging.BY_PERIOD)
    held = (entry("2016-05-10", 1), entry("2017-04-01", 1), entry("2017-10-01", 1))
    found = judged(what, *held, on=row.day("as of"))
    assert found.days_behind is None
    return {
        **verdicts(found),
        "value": found.value,
        "progress": found.progress,
        "status": found.status,
    }


def alternating(row: Row) -> Found:
    turns = ("beroepskrachten", "leidinggevenden") * 2
    targets = [target(2017 + n, 1, who) for n, who in enumerate(turns)]
    held = [part.split() for part in row.parts("held")]
    entries = [entry(f"{y}-05-01", 1, qualifier=who) for y, who in held]
    found = judged(measure(*targets, judging=Judging.BY_PERIOD), *entries, on="2018-12-31")
    return {**verdicts(found), "status": found.status}


def forecast(row: Row) -> Found:
    found = {f.method: f for f in judged(VISITS, *SIXTY, on=MID_2016).forecasts}[row["method"]]
    return {
        "at the end": found.value,
        "of the target": found.share,
        "target reached on": found.reached_on,
    }


def refused(row: Row) -> Found:
    entries = [entry("2016-01-05", 2) for _ in range(int(row["measurements"]))]
    (reason,) = {f.refused for f in judged(VISITS, *entries, on=row.day("as of")).forecasts}
    return {"forecast": reason or "given"}


def child(text: str) -> Child:
    """A part of a goal: "40%", "80% x 3" with its weight, "–" without data, "n.a."."""
    share, _, weight = text.partition(" x ")
    there = share.endswith("%")
    return Child(
        Fraction(share[:-1]) / 100 if there else None,
        Fraction(weight or 1),
        Status.ON_TRACK if there else Status.NO_DATA,
        there,
        share == "n.a.",
    )


def rollup(row: Row) -> Found:
    found = roll_up([child(part) for part in row.parts("below it")])
    return {"progress": found.progress, "with data": f"{found.with_data} of {found.of}"}


def weakest(row: Row) -> Found:
    silent_ones = (Status.NO_DATA, Status.NOT_STARTED)
    parts = [Status(part) for part in row.parts("below it")]
    children = [Child(None, Fraction(1), s, s not in silent_ones) for s in parts]
    return {"status": roll_up(children).status}


def goal(row: Row) -> Found:
    part = Child(
        row.number("progress"),
        Fraction(1),
        Status.ON_TRACK,
        True,
        expected=row.number("expected"),
    )
    found = roll_up([part])
    return {
        "pace ratio": found.pace_ratio,
        "days behind": found.days_behind(int(row["days of the plan so far"])),
    }


SECTOR = {
    "verenigingen": (40, 57),
    "vormingsinstellingen": (20, 35),
    "vormingplus": (13, 13),
    "bewegingen": (10, 31),
}


def covered(row: Row) -> Found:
    organisations = [
        (f"{work_type} {n}", work_type, None, None)
        for work_type, (_visited, size) in SECTOR.items()
        for n in range(size)
    ]
    visits = [
        (f"{work_type} {n}", date(2016, 5, 1 + again))
        for work_type, (visited, _size) in SECTOR.items()
        for n in range(visited)
        for again in range(2)  # a second visit to one organisation counts for nothing
    ]
    found = coverage(organisations, visits, year(2016), date(2016, 12, 31))
    name = row["work type"]
    part = found.total if name == "all together" else found.by_work_type[name]
    return {"visited": part.visited, "of": part.denominator, "share": part.share}


def fresh(row: Row) -> Found:
    last = None if row["last"] == NONE else row.day("last")
    as_of = row.day("as of")
    return {
        "days": None if last is None else (as_of - last).days,
        "it is": freshness(last, as_of, Frequency(row["frequency"])),
    }


def completeness(row: Row) -> Found:
    found = Reporting(int(row["due"]), int(row["reported"]), int(row["on time"]))
    return {"completeness": found.completeness, "timeliness": found.timeliness}


RULES_OF: Final[Mapping[str, Callable[[Row], Found]]] = {
    "rounding": rounding,
    "value": value,
    "scope": scope,
    "progress": progress,
    "holding": holding,
    "band": band,
    "days": days,
    "pace": pace,
    "boundaries": boundaries,
    "words": in_words,
    "ceiling": ceiling,
    "milestone": milestone,
    "narrative": narrative,
    "promise": promise,
    "alternating": alternating,
    "forecast": forecast,
    "refused": refused,
    "rollup": rollup,
    "weakest": weakest,
    "goal": goal,
    "coverage": covered,
    "freshness": fresh,
    "completeness": completeness,
}
TABLES: Final = tuple(tables(PAGE.read_text(encoding="utf-8")))


def differences(table: Table, cells: Mapping[str, str]) -> list[str]:
    """What a row says and the program does not."""
    row = Row(cells)
    found = RULES_OF[table.name](row)
    unchecked = set(cells) - row.read - set(found) - set(REMARKS)
    assert not unchecked, f"nothing checks {unchecked}"
    assert not row.read & set(found), "a figure may not be checked against itself"
    return [
        f"{column}: the page has {cells[column]}, the program {found[column]}"
        for column in found
        if not agrees(cells[column], found[column])
    ]


def test_every_table_has_its_rule_and_every_rule_its_table() -> None:
    assert sorted(table.name for table in TABLES) == sorted(RULES_OF)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_figures(table: Table) -> None:
    wrong = [
        f"docs/calculation.md:{table.line + 3 + number} {difference}"
        for number, cells in enumerate(table.rows)
        for difference in differences(table, cells)
    ]
    assert table.rows
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_wrong_figure_is_found(table: Table) -> None:
    cells: dict[str, Any] = dict(table.rows[0])
    row = Row(cells)
    column = next(iter(RULES_OF[table.name](row)))
    assert differences(table, {**cells, column: "7.77"})


def test_every_status_has_its_words() -> None:
    (table,) = (table for table in TABLES if table.name == "words")
    assert [row["status"] for row in table.rows] == [status.value for status in Status]
