"""Use cases around an indicator's numbers: enter, correct, take out, set a target."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from socius_tui.domain.model import Computed, EntryForm, IndicatorKind
from socius_tui.domain.numbers import format_exact
from socius_tui.domain.plan import IndicatorRecord, PlanRecord
from socius_tui.domain.titles import Exact, Part, Title, said
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.i18n import _, get_language
from socius_tui.services.operation import Label, Prose, UseCase
from socius_tui.services.rules import inside_plan, not_in_future, present, shown_date
from socius_tui.store.measurements import line
from socius_tui.store.plans import load_indicators, plan_of, targets_of
from socius_tui.store.unit_of_work import Transaction


class AddMeasurement(UseCase):
    """Enter progress: a value, a numerator with its denominator, "not applicable", or text.

    Numbers are decimal text, exactly as typed; zero is a value.
    """

    indicator_id: str
    observed_on: date
    form: EntryForm = EntryForm.VALUE
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    qualifier: Label = ""
    work_type_id: str | None = None
    note: Prose = ""
    evidence: Prose = ""

    def apply(self, transaction: Transaction) -> str:
        """Write the measurement."""
        indicator = _indicator(transaction, self.indicator_id)
        _check_entry(transaction, indicator, self)
        transaction.insert(
            "measurement",
            {
                "indicator_id": self.indicator_id,
                **_columns(self),
                "recorded_by": transaction.actor,
                "recorded_at": transaction.stamp,
            },
        )
        return said(
            "{indicator}: {value} entered for {day}",
            indicator=indicator.code,
            value=_named(self),
            day=self.observed_on,
        )


class EditMeasurement(AddMeasurement):
    """Correct a measurement: everything about it is as given here."""

    measurement_id: str

    def apply(self, transaction: Transaction) -> str:
        """Write the corrected measurement over the old one."""
        old = present(line(transaction.connection, self.measurement_id), field="measurement_id")
        indicator = _indicator(transaction, old.indicator_id)
        _check_entry(transaction, indicator, self)
        transaction.change("measurement", self.measurement_id, _columns(self))
        return said(
            "{indicator}: measurement of {day} corrected to {value}",
            indicator=indicator.code,
            value=_named(self),
            day=self.observed_on,
        )


class RetireMeasurement(UseCase):
    """Take a measurement that was a mistake out; it can be restored."""

    measurement_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        old = present(line(transaction.connection, self.measurement_id), field="measurement_id")
        transaction.retire("measurement", self.measurement_id)
        return said(
            "{indicator}: measurement of {day} taken out",
            indicator=old.indicator,
            day=old.observed_on,
        )


class SetTarget(UseCase):
    """Set the target of a period; changing one that is there needs a reason."""

    indicator_id: str
    period_start: date
    period_end: date
    value: str
    qualifier: Label = ""
    reason: Prose = ""

    def apply(self, transaction: Transaction) -> str:
        """Write the target."""
        indicator = _indicator(transaction, self.indicator_id)
        if self.period_end < self.period_start:
            raise InvalidInput(
                _("The end, {end}, is before the start, {start}.").format(
                    end=shown_date(self.period_end), start=shown_date(self.period_start)
                ),
                field="period_end",
            )
        plan = _plan(transaction, self.indicator_id)
        inside_plan(transaction, self.period_start, field="period_start", plan=plan)
        inside_plan(transaction, self.period_end, field="period_end", plan=plan)
        key = (self.indicator_id, self.period_start.isoformat(), self.period_end.isoformat())
        existing = targets_of(transaction.connection, self.indicator_id)
        old = existing.get((*key[1:], self.qualifier))
        if old is not None and Fraction(old) != Fraction(self.value) and not self.reason.strip():
            raise InvalidInput(
                _(
                    "The target of {indicator} for this period is {old}; a change needs a reason."
                ).format(indicator=indicator.code, old=format_exact(old, get_language())),
                field="reason",
                hint=_("Say why the target changes; it is kept with the target."),
            )
        transaction.insert_natural(
            "target",
            (*key, self.qualifier),
            {
                "indicator_id": self.indicator_id,
                "period_start": key[1],
                "period_end": key[2],
                "value": self.value,
                "qualifier": self.qualifier,
                "reason": self.reason,
            },
        )
        values: dict[str, Part] = {"indicator": indicator.code, "value": Exact(self.value)}
        if old is None:
            return said("Target of {indicator} set to {value}", **values)
        return said("Target of {indicator} changed to {value}", **values)


def _indicator(transaction: Transaction, indicator_id: str) -> IndicatorRecord:
    found = load_indicators(
        transaction.connection, _plan(transaction, indicator_id).id, indicator_id
    )
    return present(found[0] if found else None, field="indicator_id")


def _plan(transaction: Transaction, indicator_id: str) -> PlanRecord:
    """The plan of an indicator, which need not be the one that is shown."""
    return present(plan_of(transaction.connection, indicator_id), field="indicator_id")


def _columns(entry: AddMeasurement) -> dict[str, str | None]:
    return {
        "observed_on": entry.observed_on.isoformat(),
        "form": entry.form.value,
        "value": entry.value,
        "numerator": entry.numerator,
        "denominator": entry.denominator,
        "qualifier": entry.qualifier,
        "work_type_id": entry.work_type_id,
        "note": entry.note,
        "evidence": entry.evidence,
    }


def _named(entry: AddMeasurement) -> Exact | Title:
    """What was entered, as a title has it."""
    if entry.form is EntryForm.RATIO:
        return said(
            "{numerator}/{denominator}",
            numerator=Exact(entry.numerator or "0"),
            denominator=Exact(entry.denominator or "0"),
        )
    if entry.form is EntryForm.VALUE:
        return Exact(entry.value or "0")
    return said("not applicable") if entry.form is EntryForm.NOT_APPLICABLE else said("text")


def _check_entry(
    transaction: Transaction, indicator: IndicatorRecord, entry: AddMeasurement
) -> None:
    """Refuse what the indicator cannot take; each sentence says the rule."""
    kind = indicator.measure.kind
    if indicator.measure.computed is not None:
        raise RuleBroken(
            _("{indicator} counts by itself, from {source}.").format(
                indicator=indicator.code, source=computed_source(indicator.measure.computed)
            ),
            field="indicator_id",
            hint=_("Log what happened there; the indicator follows."),
        )
    plan = _plan(transaction, indicator.id)
    inside_plan(transaction, entry.observed_on, field="observed_on", plan=plan)
    not_in_future(transaction, entry.observed_on, field="observed_on")
    if (kind is IndicatorKind.NARRATIVE) != (entry.form is EntryForm.TEXT) and (
        entry.form is not EntryForm.NOT_APPLICABLE
    ):
        raise InvalidInput(
            _("{indicator} is told in words: write a note instead of a number.").format(
                indicator=indicator.code
            )
            if kind is IndicatorKind.NARRATIVE
            else _("{indicator} needs a number.").format(indicator=indicator.code),
            field="value",
        )
    if entry.form is EntryForm.TEXT and not entry.note.strip():
        raise InvalidInput(_("Write in the note what there is to tell."), field="note")
    if entry.form is EntryForm.RATIO:
        _check_ratio(indicator, entry)
    elif entry.form is EntryForm.VALUE:
        _check_range(indicator, Fraction(entry.value or "0"))


def _check_ratio(indicator: IndicatorRecord, entry: AddMeasurement) -> None:
    if indicator.measure.kind not in (IndicatorKind.PERCENTAGE, IndicatorKind.RATIO):
        raise InvalidInput(
            _("{indicator} takes one number, not a fraction.").format(indicator=indicator.code),
            field="value",
        )
    numerator, denominator = Fraction(entry.numerator or "0"), Fraction(entry.denominator or "0")
    if denominator <= 0:
        raise InvalidInput(_("The number below the line must be greater than 0."), field="value")
    if indicator.measure.kind is IndicatorKind.PERCENTAGE:
        _check_range(indicator, 100 * numerator / denominator)


def _check_range(indicator: IndicatorRecord, value: Fraction) -> None:
    kind = indicator.measure.kind
    high = {IndicatorKind.PERCENTAGE: 100, IndicatorKind.MILESTONE: 1}.get(kind)
    if high is not None and not 0 <= value <= high:
        raise InvalidInput(
            _("{indicator} lies between 0 and {high}.").format(indicator=indicator.code, high=high),
            field="value",
        )
    if kind in (IndicatorKind.COUNT, IndicatorKind.RATIO) and value < 0:
        raise InvalidInput(
            _("{indicator} cannot be below 0.").format(indicator=indicator.code), field="value"
        )


def computed_source(computed: Computed) -> str:
    """Where a computed indicator gets its numbers, in words."""
    return {
        Computed.VISITED_ORGANISATIONS: _("the visit log"),
        Computed.VISITS_DONE: _("the visit log"),
        Computed.FOLLOW_UPS_ON_TIME: _("the follow-ups"),
        Computed.WORK_TYPES_WITH_CONTACT: _("the assignments"),
    }[computed]
