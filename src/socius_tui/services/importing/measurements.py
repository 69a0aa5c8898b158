"""A list of measurements, by the rules of the form that enters one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from socius_tui.domain.model import EntryForm, IndicatorKind
from socius_tui.domain.numbers import ParsedEntry, parse_entry
from socius_tui.domain.plan import IndicatorRecord
from socius_tui.domain.text import fold
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tabular.cells import number_of_cell
from socius_tui.services.exchange.tabular.source import Cell, Found
from socius_tui.services.importing.fields import Field
from socius_tui.services.importing.outcome import ListRow, Outcome, Refused, State
from socius_tui.services.importing.taking import (
    Choices,
    Known,
    Taker,
    about,
    differences,
    needed,
    text_in,
    work_types_in,
)
from socius_tui.services.importing.words import FORM, WORK_TYPES
from socius_tui.services.measuring import AddMeasurement, EditMeasurement
from socius_tui.services.resolve import Named
from socius_tui.services.rules import the_plan
from socius_tui.store import lookups
from socius_tui.store.plans import load_indicators
from socius_tui.store.unit_of_work import Transaction

_COLUMNS: Final = (
    "indicator_id", "observed_on", "form", "value", "numerator", "denominator", "qualifier",
    "work_type_id", "note", "evidence",
)  # fmt: skip


#: What stays as it is where the list says nothing of it.
_KEPT: Final = ("qualifier", "work_type_id", "note", "evidence")
_FIELDS: Final = {
    "indicator_id": "indicator", "observed_on": "date", "work_type_id": "work_type"
}  # fmt: skip


class TakeMeasurements(Taker):
    """Finds a measurement by id, or by indicator, day, qualifier and work type."""

    FIELDS = (
        Field("id", N_("Id"), ("uuid",)),
        Field("indicator", N_("Indicator"), ("code", "indicatorcode"), required=True),
        Field("date", N_("Date"), ("datum", "dag", "observed on", "peildatum"), "day",
              required=True),
        Field("form", N_("Kind"), ("vorm",), "code", codes=FORM),
        Field("value", N_("Value"), ("waarde", "getal", "aantal", "meting", "resultaat"), "raw"),
        Field("numerator", N_("Numerator"), ("teller",), "number"),
        Field("denominator", N_("Denominator"), ("noemer",), "number"),
        Field("qualifier", N_("Qualifier"), ("kenmerk", "doelgroep"), limit=120),
        Field("work_type", N_("Work type"), ("werksoort",)),
        Field("note", N_("Note"), ("nota", "opmerking", "toelichting"), "prose", 20_000),
        Field("evidence", N_("Evidence"), ("bewijs", "bron", "link"), "prose", 2_000),
        *(Field(name, "", also, told=False) for name, also in (
            ("unit", ("eenheid",)), ("recorded_by", ("ingevoerd door",)),
            ("recorded_at", ("ingevoerd op",)))),
    )  # fmt: skip

    def __init__(self, transaction: Transaction, found: Found, choices: Choices) -> None:
        super().__init__(transaction, found, choices)
        connection = transaction.connection
        plan = the_plan(transaction)
        self._records = {record.id: record for record in load_indicators(connection, plan.id)}
        indicators = [Named(r.id, r.code, r.title) for r in self._records.values()]
        self._indicators = Known(indicators, _("indicator"), "indicator")
        work_types = work_types_in(transaction)
        self._work_types = Known(work_types, _("work type"), "work_type")
        self._names = {w.id: w.name for w in work_types} | {i.id: i.code for i in indicators}

    def take(self, row: ListRow) -> Outcome:
        """What the row would do."""
        indicator = self._indicators.meant(str(needed(row, "indicator")))
        day = needed(row, "date")
        assert isinstance(day, date)
        qualifier = text_in(row, "qualifier")
        work_type_id = self._work_type(text_in(row, "work_type"))
        identifier = self._meant(row, indicator.id, day, qualifier, work_type_id)
        connection = self.transaction.connection
        there = (
            lookups.row_of(connection, "measurement", identifier, _COLUMNS) if identifier else {}
        )
        entry = self._entry(row, self._records[indicator.id], there)
        given: dict[str, str | None] = {
            "indicator_id": indicator.id,
            "observed_on": day.isoformat(),
            "form": entry.form.value,
            "value": entry.value,
            "numerator": entry.numerator,
            "denominator": entry.denominator,
            "qualifier": qualifier,
            "work_type_id": work_type_id,
            "note": text_in(row, "note"),
            "evidence": text_in(row, "evidence"),
        }
        label = f"{indicator.code} {day.isoformat()}"
        if not identifier:
            return Outcome(State.NEW, label, values=AddMeasurement.of(**given))
        for field in _KEPT:  # an empty cell leaves what is there
            given[field] = given[field] or there[field]
        changes = differences(self._told(given), self._told(there))
        values = EditMeasurement.of(measurement_id=identifier, **given)
        return Outcome(State.CHANGED if changes else State.SAME, label, identifier, changes, values)

    def write(self, outcome: Outcome) -> None:
        """By the use case, with its rules."""
        assert isinstance(outcome.values, AddMeasurement)
        outcome.values.apply(self.transaction)

    def _told(self, columns: Mapping[str, str | None]) -> dict[str, str | None]:
        """Columns as fields of the list, with names where the file has ids."""
        return {
            _FIELDS.get(column, column): self._names.get(value or "", value)
            for column, value in columns.items()
        }

    def _work_type(self, typed: str) -> str | None:
        if not typed:
            return None
        return self._work_types.meant(WORK_TYPES.get(fold(typed), typed)).id

    def _meant(
        self, row: ListRow, indicator_id: str, day: date, qualifier: str, work_type_id: str | None
    ) -> str:
        connection = self.transaction.connection
        if identifier := text_in(row, "id"):
            there = lookups.row_of(connection, "measurement", identifier, ("indicator_id",))
            if not there:
                raise Refused(
                    "ref.unknown",
                    _("There is no measurement with this id."),
                    _("Empty the cell to find it by indicator and date."),
                    "id",
                )
            if there["indicator_id"] != indicator_id:
                raise Refused(
                    "ref.other",
                    _("The measurement with this id is one of another indicator."),
                    _("Correct the cell, or empty that of the id for a new measurement."),
                    "indicator",
                )
            self.once(identifier, row, "id")
            return identifier
        key = (indicator_id, day.isoformat(), qualifier, work_type_id)
        self.once("|".join(map(str, key)), row)
        found = lookups.measurement_keys(connection, *key)
        if len(found) > 1:
            raise Refused(
                "ref.ambiguous",
                _("There are {n} measurements of this indicator on this day.").format(n=len(found)),
                _("Say which one with its id: `socius export measurements` has them."),
                "date",
            )
        return found[0] if found else ""

    def _entry(
        self, row: ListRow, record: IndicatorRecord, there: Mapping[str, str | None]
    ) -> ParsedEntry:
        """What was measured: as the row says, else as is there."""
        form = text_in(row, "form")
        cell = row.values.get("value")
        told = ("form", "value", "numerator", "denominator")
        if there and all(row.values.get(field) is None for field in told):
            return ParsedEntry(EntryForm(str(there["form"])), *(there[field] for field in told[1:]))
        if form in (EntryForm.NOT_APPLICABLE, EntryForm.TEXT):
            return ParsedEntry(EntryForm(form))
        above, below = row.values.get("numerator"), row.values.get("denominator")
        if above is not None or below is not None:
            numerator, denominator = needed(row, "numerator"), needed(row, "denominator")
            return ParsedEntry(EntryForm.RATIO, None, str(numerator), str(denominator))
        if cell is None and record.measure.kind is IndicatorKind.NARRATIVE:
            return ParsedEntry(EntryForm.TEXT)
        if cell is None:
            needed(row, "value")
        percent = record.measure.kind is IndicatorKind.PERCENTAGE
        with about("value"):
            return self._typed(cell, percent=percent)  # type: ignore[arg-type]  # a raw cell

    def _typed(self, cell: Cell, *, percent: bool) -> ParsedEntry:
        """A number, a ratio written as 40/57, or what says that it does not apply."""
        if isinstance(cell, str) and (
            "/" in cell or fold(cell)[:1].isalpha()  # n.v.t., n/a
        ):
            language = "en" if self.found.decimals == "point" else "nl"
            return parse_entry(cell, language, percent=percent)
        value = number_of_cell(cell, self.found.decimals, percent=percent)
        return ParsedEntry(EntryForm.VALUE, value)
