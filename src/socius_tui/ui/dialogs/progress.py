"""The form for a measurement: its value, with the last values and the target beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from socius_tui.domain.detail import IndicatorDetail
from socius_tui.domain.model import EntryForm, IndicatorKind
from socius_tui.domain.numbers import ParsedEntry
from socius_tui.domain.records import MeasurementLine
from socius_tui.errors import NotFound, RuleBroken, SociusError
from socius_tui.i18n import _
from socius_tui.services import log, resolve
from socius_tui.services.detail import goal_detail, indicator_detail
from socius_tui.services.looking import View
from socius_tui.services.measuring import (
    AddMeasurement,
    EditMeasurement,
    RetireMeasurement,
    computed_source,
)
from socius_tui.services.resolve import Named
from socius_tui.services.session import Operation, Session
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.dialogs.choices import NamedFinder, words
from socius_tui.ui.dialogs.form import WriteForm, only
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import Edited, FieldRow, FormField
from socius_tui.ui.widgets.number_field import NumberField
from socius_tui.ui.widgets.suggest_field import SuggestField
from socius_tui.ui.widgets.text_field import NoteField
from socius_tui.ui.work import start

LAST_VALUES = 4


@dataclass(frozen=True, slots=True)
class _Known:
    """What the form chooses from and begins with."""

    indicators: list[Named]
    work_types: list[Named]
    measurement: MeasurementLine | None
    indicator_id: str | None


def _known(
    session: Session, indicator_id: str | None, goal_id: str | None, measurement_id: str | None
) -> _Known:
    found = log.measurement(session, measurement_id) if measurement_id else None
    if found is not None:
        indicator_id = found.indicator_id
    elif indicator_id is None and goal_id is not None:
        below = [line.id for line in goal_detail(session, goal_id).children]
        own = [n for n in resolve.named_indicators(session) if n.id in below]
        indicator_id = own[0].id if len(own) == 1 else None
    return _Known(
        indicators=resolve.named_indicators(session),
        work_types=resolve.named_work_types(session),
        measurement=found,
        indicator_id=indicator_id,
    )


def _about(session: Session, indicator_id: str) -> tuple[IndicatorDetail, list[str]]:
    return indicator_detail(session, indicator_id), log.qualifiers(session, indicator_id)


class ProgressDialog(WriteForm):
    """Enter a measurement, or correct the one with `measurement_id`."""

    ALIASES: ClassVar[dict[str, str]] = {
        "numerator": "value",
        "denominator": "value",
        "form": "value",
    }
    FORM = "progress"
    SUBJECT = ("indicator_id", "goal_id", "measurement_id")

    def __init__(
        self,
        indicator_id: str | None = None,
        goal_id: str | None = None,
        *,
        measurement_id: str | None = None,
    ) -> None:
        super().__init__()
        self._indicator_id, self._goal_id = indicator_id, goal_id
        self._measurement_id = measurement_id
        self._measurement: MeasurementLine | None = None
        self._detail: IndicatorDetail | None = None
        self._asked: str | None = None
        self.indicator = ChoiceField(
            required=True, placeholder=_("code or word of the title"), id="indicator"
        )
        self.value = NumberField(id="value")
        self.day = DateField("" if measurement_id else _("today"), id="day")
        self.work_type = ChoiceField(placeholder=_("all together"), id="work-type")
        self.qualifier = SuggestField(limit=120, id="qualifier")
        self.note = NoteField(lines=4, id="note")
        self.evidence = NoteField(lines=1, id="evidence")

    def title_text(self) -> str:
        """What is being done."""
        return _("Correct a measurement") if self._measurement_id else _("Progress")

    def about(self) -> str:
        """The indicator."""
        return self.indicator.chosen.label if self.indicator.chosen is not None else ""

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("indicator_id", _("Indicator"), self.indicator)
        yield FormField("value", _("Value"), self.value)
        yield FormField("observed_on", _("Measured on"), self.day)
        yield FieldRow(
            FormField("work_type_id", _("Work type"), self.work_type),
            FormField("qualifier", _("for"), self.qualifier, short=True),
        )
        yield FormField("note", _("Note"), self.note)
        yield FormField("evidence", _("Evidence"), self.evidence)

    async def load(self, view: View) -> None:
        """Fill in what is known."""
        del view
        known = await self.ask(_known, self._indicator_id, self._goal_id, self._measurement_id)
        self.indicator.set_finder(NamedFinder(known.indicators, _("indicator")))
        types = NamedFinder(known.work_types, _("work type"))
        self.work_type.set_finder(types)
        if self._measurement_id is not None and known.measurement is None:
            raise NotFound(_("This measurement no longer exists."))
        if known.indicator_id is not None:
            self.prefill("indicator_id", lambda: self.indicator.fill(known.indicator_id))
            if self.indicator.value is not None and self.indicator.typed.has_focus:
                only(self, "value").focus_control()
            await self._look_up()
        if known.measurement is not None:
            self._show(known.measurement, types)

    def _show(self, old: MeasurementLine, types: NamedFinder) -> None:
        self._measurement = old
        self.indicator.typed.disabled = True
        self.prefill("value", lambda: self.value.fill(typed_value(old)))
        self.prefill("observed_on", lambda: self.day.fill(old.observed_on))
        work_type = types.one(old.work_type) if old.work_type else None
        if work_type is not None:
            self.prefill("work_type_id", lambda: self.work_type.fill(work_type.id))
        self.prefill("qualifier", lambda: self.qualifier.fill(old.qualifier))
        self.prefill("note", lambda: self.note.fill(old.note))
        self.prefill("evidence", lambda: self.evidence.fill(old.evidence))

    def on_edited(self, _event: Edited) -> None:
        """Another indicator has other values."""
        if self.indicator.value != self._asked:
            start(self, self._look_up_safely, group="about", exclusive=True)

    async def _look_up_safely(self) -> None:
        try:
            await self._look_up()
        except SociusError as error:
            self.complain(error)

    async def _look_up(self) -> None:
        """The last values and the target of the chosen indicator."""
        self._asked = identifier = self.indicator.value
        if identifier is None:
            self._detail = None
            self.context(())
            return
        detail, qualifiers = await self.ask(_about, identifier)
        if identifier != self.indicator.value:
            return
        self._detail = detail
        measure = detail.record.measure
        self.value.measure(detail.record.unit, percentage=measure.kind is IndicatorKind.PERCENTAGE)
        self.value.required = measure.kind is not IndicatorKind.NARRATIVE
        known = [*qualifiers, *(target.qualifier for target in measure.targets)]
        tags = list(dict.fromkeys(filter(None, known)))
        self.qualifier.set_finder(NamedFinder(words(tags), _("qualifier")))
        self.context(context_of(detail))
        field = only(self, "indicator_id")
        if measure.computed is not None:
            field.complain(
                _("{indicator} counts by itself, from {source}.").format(
                    indicator=detail.record.code, source=computed_source(measure.computed)
                )
            )
        elif field.complaint:
            field.clear()

    def operation(self) -> Operation:
        """The use case."""
        detail = self._detail
        if detail is not None and detail.record.measure.computed is not None:
            raise RuleBroken(
                _("{indicator} counts by itself, from {source}.").format(
                    indicator=detail.record.code,
                    source=computed_source(detail.record.measure.computed),
                ),
                field="indicator_id",
                hint=_("Log what happened there; the indicator follows."),
            )
        told = detail is not None and detail.record.measure.kind is IndicatorKind.NARRATIVE
        entry = self.value.value
        if entry is None:
            entry = ParsedEntry(EntryForm.TEXT if told else EntryForm.VALUE)
        fields = {
            "indicator_id": self.indicator.value,
            "observed_on": self.day.value,
            "form": entry.form,
            "value": entry.value,
            "numerator": entry.numerator,
            "denominator": entry.denominator,
            "qualifier": self.qualifier.typed.value,
            "work_type_id": self.work_type.value,
            "note": self.note.text,
            "evidence": self.evidence.text,
        }
        if self._measurement_id is not None:
            return EditMeasurement.of(measurement_id=self._measurement_id, **fields)
        return AddMeasurement.of(**fields)

    def can_take_out(self) -> bool:
        """A measurement that is in the file already."""
        return self._measurement_id is not None

    def taking_out(self) -> tuple[str, Operation]:
        """Out of the file."""
        old = self._measurement
        if old is None:
            raise NotFound(_("This measurement no longer exists."))
        question = _("Take the measurement of {indicator} on {day} out?").format(
            indicator=old.indicator, day=show.day(old.observed_on)
        )
        return question, RetireMeasurement.of(measurement_id=old.id)


def typed_value(line: MeasurementLine) -> str:
    """A measurement's value as it can be typed again."""
    if line.form == EntryForm.NOT_APPLICABLE:
        return _("n.a.")
    if line.form == EntryForm.RATIO:
        return f"{show.exact(line.numerator)}/{show.exact(line.denominator)}"
    return show.exact(line.value) if line.value is not None else ""


def shown_value(line: MeasurementLine, *, unit: bool = True) -> str:
    """A measurement's value to read."""
    if line.form == EntryForm.TEXT:
        return _("text")
    value = typed_value(line)
    if unit and line.form == EntryForm.VALUE and line.unit:
        value += line.unit if line.unit == "%" else f" {line.unit}"
    return value


def context_of(detail: IndicatorDetail) -> list[Content]:
    """Baseline, target and the last values of an indicator: what a new one is held against."""
    record, line = detail.record, detail.line
    unit = record.unit
    facts: list[Content | str] = [text.status_text(line.status)]
    facts.append(text.join(text.dim(_("now") + " "), show.amount(line.value, unit)))
    if record.measure.baseline is not None:
        facts.append(
            text.join(text.dim(_("baseline") + " "), show.amount(record.measure.baseline, unit))
        )
    if line.expected is not None:
        facts.append(
            text.join(text.dim(_("expected by now") + " "), show.amount(line.expected, unit))
        )
    facts.append(text.join(text.dim(_("target") + " "), _target(detail, unit)))
    lines = [text.spaced(facts, " · ")]
    values = [
        text.join(text.dim(show.day(m.observed_on) + " "), shown_value(m, unit=False))
        for m in detail.measurements[:LAST_VALUES]
    ]
    if values:
        lines.append(text.join(text.dim(_("last values") + "  "), text.spaced(values, "  ")))
    elif record.measure.computed is None:
        lines.append(text.dim(_("No values yet.")))
    return lines


def _target(detail: IndicatorDetail, unit: str) -> str:
    line = detail.line
    value: Fraction | None = line.target
    if value is None:
        return show.NOTHING
    if line.period_start is None or line.period_end is None:
        return show.amount(value, unit)
    period = show.years(line.period_start, line.period_end)
    return f"{show.amount(value, unit)} ({period})"
