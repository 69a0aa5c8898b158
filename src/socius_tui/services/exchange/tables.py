"""The tables that leave the program: one definition of columns for CSV, JSON, Markdown, terminal.

Names and order of the columns are a promise to whoever reads the files (docs/csv.md): columns
may be added at the end, never renamed, moved or given another meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from socius_tui.domain.dates import format_date
from socius_tui.domain.model import EntryForm
from socius_tui.domain.numbers import (
    format_exact,
    format_number,
    format_percent,
    to_decimal_text,
    to_json_number,
)
from socius_tui.domain.programme import SYMBOLS
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.handles import handle
from socius_tui.services.wording import LATE, symbol, word

if TYPE_CHECKING:
    from socius_tui.domain.closing import PeriodLock
    from socius_tui.domain.drafts import Draft
    from socius_tui.domain.overview import CoverageLine, StatusLine
    from socius_tui.domain.records import (
        FollowUpLine,
        MeasurementLine,
        OrganisationLine,
        Person,
        VisitLine,
    )

#: What a cell can hold before it is written in one form or another.
Value = str | int | Fraction | date | tuple[str, ...] | None

#: Some rows as texts, by column; nothing is an empty text.
Batch = Sequence[Sequence[str]]

#: id: of a row. code: a word of the program, never translated in a file. text, names: from
#: data. decimal: a number as it was entered. share: 1 is all of it.
Kind = Literal["id", "code", "text", "names", "number", "decimal", "share", "date"]

Flow = Literal["keep", "wrap", "cut"]

EVERYTHING: Final = 1_000_000_000  # characters of a cell that an export keeps
NUMBERS: Final = frozenset(("number", "decimal", "share"))


class Column(NamedTuple):
    """One column: its stable name, its heading for people, its kind, where its value is.

    `show` gives what a person reads where that is not simply the value; `seen` is whether
    the terminal shows the column; `flow` what becomes of it where the terminal is too narrow.
    """

    name: str
    heading: str
    kind: Kind
    get: Callable[[Any], Value]
    show: Callable[[Any], str] | None = None
    seen: bool = True
    flow: Flow = "keep"


class Table(NamedTuple):
    """Columns and rows; a row is the record of the domain that the columns read.

    Rows may come one by one, and then once. `batches`, where a table has them, are the same
    rows as the store has them: columns of texts, some thousand rows together, for a fast CSV.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Any]
    batches: Iterable[Batch] | None = None


# ---- cells ---------------------------------------------------------------------------------


def json_value(column: Column, row: object) -> object:
    """A cell for JSON: numbers unrounded, dates in ISO form, missing values null."""
    value = column.get(row)
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [exported(each) for each in value]
    if isinstance(value, int | Fraction):
        return to_json_number(Fraction(value))
    if column.kind == "decimal":
        return to_json_number(Fraction(value))
    return exported(value) or None  # an empty text is a missing one


def plain_text(column: Column, row: object) -> str:
    """A cell for CSV before it is neutralised: point decimals, ISO dates, codes as they are."""
    value = column.get(row)
    if value is None:
        return ""
    if isinstance(value, str):
        return exported(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "; ".join(exported(each) for each in value)
    return to_decimal_text(value)


def shown(column: Column, row: object) -> str:
    """A cell for people, in the interface language, on one line."""
    if column.show is not None:
        return clean(column.show(row))
    value = column.get(row)
    language = get_language()
    if value is None:
        return "–" if column.kind in NUMBERS else ""
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, tuple):
        return clean(", ".join(value))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        if column.kind == "share":
            return format_percent(value, language)
        return format_number(value, language, places=None if value.denominator == 1 else 2)
    if column.kind == "code":
        return word(value)
    if column.kind == "id":
        return handle(value)
    if column.kind == "decimal":
        return format_exact(value, language)
    return clean(value)


def exported(text: str) -> str:
    """Text of any length with nothing in it that steers a terminal or a spreadsheet's cell."""
    return clean(text, limit=EVERYTHING, keep_newlines=True)


# ---- status --------------------------------------------------------------------------------


def status_word(line: StatusLine) -> str:
    """A status as a symbol and a word, with a mark for what was changed late.

    Of an action that nothing measures, how it goes.
    """
    if line.state and not line.of:
        return f"{SYMBOLS[line.state]} {word(line.state)}"
    return f"{symbol(line.status)} {word(line.status)}{' ' + LATE if line.late else ''}"


def _days(line: StatusLine) -> str:
    """Pace in days as people count it, and as the screens show it: "-21 d" is behind."""
    if line.days_behind is None:
        return "–"
    text = format_number(-line.days_behind, get_language(), places=0)
    ahead = line.days_behind < 0 and text != "0"
    return _("{days} d").format(days=f"+{text}" if ahead else text)


def _indented(line: StatusLine, top: int) -> str:
    if line.level == "plan":
        return word(line.level)  # its code is long, and there is one
    return "  " * (line.depth - top) + line.code


def _with_data(line: StatusLine) -> str:
    if line.state and not line.of:
        return ""
    return _("{n} of {m}").format(n=line.with_data, m=line.of)


def status_columns(as_of: date, top: int = 1) -> tuple[Column, ...]:
    """The columns of the status on a day, in their stable order; `top` is not indented."""
    return (
        Column("code", N_("Code"), "text", lambda x: x.code, lambda x: _indented(x, top)),
        Column("level", N_("Level"), "code", lambda x: x.level, seen=False),
        Column("title", N_("Title"), "text", lambda x: x.title, flow="cut"),
        Column("unit", N_("Unit"), "text", lambda x: x.unit, seen=False),
        Column("baseline", N_("Baseline"), "number", lambda x: x.baseline, seen=False),
        Column("target", N_("Target"), "number", lambda x: x.target, seen=False),
        Column("period_start", N_("From"), "date", lambda x: x.period_start, seen=False),
        Column("period_end", N_("Until"), "date", lambda x: x.period_end, seen=False),
        Column("value", N_("Value"), "number", lambda x: x.value, seen=False),
        Column("progress", N_("Progress"), "share", lambda x: x.progress),
        Column("expected", N_("Expected"), "number", _expected, _expected_share),
        Column("pace_ratio", N_("Pace ratio"), "number", lambda x: x.pace_ratio, seen=False),
        Column("days_behind", N_("Pace"), "number", lambda x: x.days_behind, _days),
        Column("status", N_("Status"), "code", lambda x: x.status.value, status_word),
        Column("with_data", N_("Data"), "number", lambda x: x.with_data, _with_data),
        Column("of", N_("Of"), "number", lambda x: x.of, seen=False),
        Column("last_measurement", N_("Last"), "date", lambda x: x.last_measurement, seen=False),
        Column(
            "contact_person", N_("Contact person"), "text", lambda x: x.contact_person, seen=False
        ),
        Column("as_of", N_("As of"), "date", lambda _line: as_of, seen=False),
        Column("late_changes", N_("Late"), "number", lambda x: len(x.late), seen=False),
    )


def _expected(line: StatusLine) -> Fraction | None:
    """What the value should be by now; a goal has no value, so what its progress should be."""
    return line.expected if line.level == "indicator" else line.expected_progress


def _expected_share(line: StatusLine) -> str:
    found = line.expected_progress
    return "–" if found is None else format_percent(found, get_language())


def status_table(as_of: date, lines: Sequence[StatusLine]) -> Table:
    """The plan, goals and indicators as they stand on a day."""
    top = min((line.depth for line in lines if line.depth), default=1)
    return Table(status_columns(as_of, top), lines)


def periods_table(locks: Sequence[PeriodLock]) -> Table:
    """Periods that were closed, those reopened since too."""
    return Table(
        (
            Column("id", N_("Code"), "id", lambda x: x.id),
            Column("from", N_("From"), "date", lambda x: x.period.start),
            Column("until", N_("Until"), "date", lambda x: x.period.end),
            Column("state", N_("State"), "code", lambda x: x.state),
            Column("closed_by", N_("Closed by"), "text", lambda x: x.closed_by, flow="wrap"),
            Column("closed_on", N_("On"), "date", lambda x: _day_of(x.closed_at)),
            Column("note", N_("Note"), "text", lambda x: x.note, flow="wrap"),
            Column("reopened_by", N_("Reopened by"), "text", lambda x: x.reopened_by, flow="wrap"),
            Column("reopened_on", N_("On"), "date", lambda x: _day_of(x.reopened_at)),
            Column("reason", N_("Reason"), "text", lambda x: x.reopen_reason, flow="wrap"),
            Column("late_changes", N_("Late"), "number", lambda x: x.late_changes),
        ),
        locks,
    )


def _day_of(moment: str | None) -> date | None:
    return date.fromisoformat(moment[:10]) if moment else None


def coverage_table(lines: Sequence[CoverageLine]) -> Table:
    """Organisations visited, by work type, with the total last."""
    return Table(
        (
            Column(
                "work_type",
                N_("Work type"),
                "text",
                lambda x: x.work_type,
                lambda x: x.work_type or _("All together"),
                flow="wrap",
            ),
            Column("contact_person", N_("Contact person"), "text", lambda x: x.contact_person),
            Column("visited", N_("Visited"), "number", lambda x: x.visited),
            Column("recognised", N_("Of"), "number", lambda x: x.recognised),
            Column("share", N_("Share"), "share", _covered),
        ),
        lines,
    )


def _covered(line: CoverageLine) -> Fraction | None:
    return Fraction(line.visited, line.recognised) if line.recognised else None


# ---- the log and the register --------------------------------------------------------------


def visits_table(lines: Iterable[VisitLine]) -> Table:
    """The log. The private note and the people met are in no export."""
    return Table(
        (
            Column("id", N_("Code"), "id", lambda x: x.id),
            Column("date", N_("Date"), "date", lambda x: x.visited_on),
            Column(
                "organisation", N_("Organisation"), "text", lambda x: x.organisation, flow="wrap"
            ),
            Column("work_type", N_("Work type"), "text", lambda x: x.work_type, seen=False),
            Column("status", N_("Status"), "code", lambda x: x.status),
            Column("mode", N_("How"), "code", lambda x: x.mode, seen=False),
            Column("visitor", N_("Visitor"), "text", lambda x: x.visitor, flow="wrap"),
            Column("goals", N_("Goals"), "names", lambda x: x.goals, flow="wrap"),
            Column("needs", N_("Needs"), "names", lambda x: x.needs, flow="wrap"),
            Column("open_follow_ups", N_("Open"), "number", lambda x: x.open_follow_ups),
            Column("summary", N_("Summary"), "text", lambda x: x.summary, seen=False),
        ),
        lines,
    )


def organisations_table(lines: Sequence[OrganisationLine]) -> Table:
    """The register, with what the log says of each organisation."""
    from socius_tui.services.exchange.register_tables import sheet_columns

    return Table(
        (
            Column("id", N_("Id"), "id", lambda x: x.id, seen=False),
            Column("code", N_("Code"), "text", lambda x: x.code),
            Column("name", N_("Name"), "text", lambda x: x.name, flow="wrap"),
            Column("work_type", N_("Work type"), "text", lambda x: x.work_type, flow="wrap"),
            Column(
                "municipality", N_("Municipality"), "text", lambda x: x.municipality, seen=False
            ),
            Column(
                "contact_person",
                N_("Contact person"),
                "text",
                lambda x: x.contact_person,
                flow="wrap",
            ),
            Column("last_visit", N_("Last visit"), "date", lambda x: x.last_visit),
            Column("visits", N_("Visits"), "number", lambda x: x.visits),
            Column("next_visit", N_("Next visit"), "date", lambda x: x.next_visit),
            Column("open_follow_ups", N_("Open"), "number", lambda x: x.open_follow_ups),
            *sheet_columns(),
        ),
        lines,
    )


def measurements_table(
    lines: Iterable[MeasurementLine], batches: Iterable[Batch] | None = None
) -> Table:
    """Measurements exactly as they were entered."""
    return Table(
        (
            Column("id", N_("Code"), "id", lambda x: x.id),
            Column("indicator", N_("Indicator"), "text", lambda x: x.indicator),
            Column("date", N_("Date"), "date", lambda x: x.observed_on),
            Column("form", N_("Kind"), "code", lambda x: x.form, seen=False),
            Column("value", N_("Value"), "decimal", lambda x: x.value, _entered),
            Column("numerator", N_("Numerator"), "decimal", lambda x: x.numerator, seen=False),
            Column(
                "denominator", N_("Denominator"), "decimal", lambda x: x.denominator, seen=False
            ),
            Column("unit", N_("Unit"), "text", lambda x: x.unit, flow="wrap"),
            Column("qualifier", N_("Qualifier"), "text", lambda x: x.qualifier, flow="wrap"),
            Column("work_type", N_("Work type"), "text", lambda x: x.work_type, flow="wrap"),
            Column("note", N_("Note"), "text", lambda x: x.note, flow="wrap"),
            Column("evidence", N_("Evidence"), "text", lambda x: x.evidence, seen=False),
            Column("recorded_by", N_("Entered by"), "text", lambda x: x.recorded_by, seen=False),
            Column("recorded_at", N_("Entered at"), "text", lambda x: x.recorded_at, seen=False),
        ),
        lines,
        batches,
    )


def _entered(line: MeasurementLine) -> str:
    language = get_language()
    if line.form == EntryForm.RATIO:
        above, below = line.numerator or "0", line.denominator or "0"
        return f"{format_exact(above, language)}/{format_exact(below, language)}"
    if line.form == EntryForm.VALUE:
        return format_exact(line.value or "0", language)
    return _("not applicable") if line.form == EntryForm.NOT_APPLICABLE else _("text")


def follow_ups_table(lines: Sequence[FollowUpLine]) -> Table:
    """What was promised."""
    return Table(
        (
            Column("id", N_("Code"), "id", lambda x: x.id),
            Column("due", N_("Due"), "date", lambda x: x.due_on),
            Column("what", N_("What"), "text", lambda x: x.what, flow="wrap"),
            Column("owner", N_("Owner"), "text", lambda x: x.owner, flow="wrap"),
            Column("source", N_("Comes from"), "text", lambda x: x.source, flow="wrap"),
            Column("done", N_("Done"), "date", lambda x: x.done_on),
            Column("outcome", N_("Outcome"), "text", lambda x: x.outcome, seen=False),
        ),
        lines,
    )


def drafts_table(kept: Sequence[Draft]) -> Table:
    """The forms that were not saved."""
    from socius_tui.services.drafting import first_words, form_word, kept_at

    return Table(
        (
            Column("id", N_("Code"), "id", lambda x: x.id),
            Column("form", N_("Kind"), "code", lambda x: x.form, form_word),
            Column("about", N_("Is about"), "text", lambda x: x.about, flow="wrap"),
            Column("saved_at", N_("Kept at"), "text", lambda x: x.saved_at, kept_at),
            Column("typed", N_("Typed"), "text", first_words, flow="cut"),
        ),
        kept,
    )


class StaffRow(NamedTuple):
    """A member of staff with the work types that they are contact person for on a day."""

    person: Person
    work_types: tuple[str, ...]


def staff_table(rows: Sequence[StaffRow]) -> Table:
    """The staff."""
    return Table(
        (
            Column("id", N_("Id"), "id", lambda x: x.person.id, seen=False),
            Column("name", N_("Name"), "text", lambda x: x.person.name, flow="wrap"),
            Column("role", N_("Role"), "code", lambda x: x.person.role),
            Column(
                "contact_person_for",
                N_("Contact person for"),
                "names",
                lambda x: x.work_types,
                flow="wrap",
            ),
        ),
        rows,
    )
