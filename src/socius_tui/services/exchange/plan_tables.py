"""The tables about several plans: which there are, what a new one would hold, two compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from socius_tui.domain.comparison import CONTINUED
from socius_tui.domain.numbers import format_number
from socius_tui.i18n import N_, get_language
from socius_tui.services.exchange.tables import Column, Table, Value, status_word
from socius_tui.services.wording import word

if TYPE_CHECKING:
    from socius_tui.domain.comparison import Comparison, ComparisonLine
    from socius_tui.domain.overview import StatusLine
    from socius_tui.services.baselines import RenewedBaseline
    from socius_tui.services.carrying import CarriedGoal, CarriedIndicator, Proposal
    from socius_tui.services.plans import PlanLine


def plans_table(lines: list[PlanLine]) -> Table:
    """The plans of the file, the first period first."""
    return Table(
        (
            Column("code", N_("Code"), "text", lambda x: x.record.code, flow="wrap"),
            Column("title", N_("Title"), "text", lambda x: x.record.title, flow="cut"),
            Column("from", N_("From"), "date", lambda x: x.record.rules.period.start),
            Column("until", N_("Until"), "date", lambda x: x.record.rules.period.end),
            Column("shown", N_("Shown"), "number", lambda x: int(x.shown), _shown),
            Column("previous", N_("Follows"), "text", lambda x: x.previous_code, flow="wrap"),
            Column("goals", N_("Goals"), "number", lambda x: x.goals, seen=False),
            Column("indicators", N_("Indicators"), "number", lambda x: x.indicators),
            Column("targets", N_("Targets"), "number", lambda x: x.targets, seen=False),
            Column("measurements", N_("Measurements"), "number", lambda x: x.measurements),
        ),
        lines,
    )


def _shown(line: PlanLine) -> str:
    return "●" if line.shown else ""


def proposal_table(proposal: Proposal) -> Table:
    """What a new plan would hold: its goals and indicators, with their baselines."""
    return Table(
        (
            Column("code", N_("Code"), "text", lambda x: x.code, _indented_new),
            Column("level", N_("Level"), "code", _level, seen=False),
            Column("title", N_("Title"), "text", lambda x: x.record.title, flow="cut"),
            Column("previous_code", N_("Was"), "text", lambda x: x.record.code, _other_code),
            Column("unit", N_("Unit"), "text", _unit, seen=False),
            Column("baseline", N_("Baseline"), "decimal", _baseline, _baseline_text),
            Column("baseline_on", N_("On"), "date", _baseline_day),
            Column("baseline_from", N_("Comes from"), "code", _origin, flow="wrap"),
            Column("targets", N_("Targets"), "number", _targets, _target_count),
        ),
        proposal.lines,
    )


def _indented_new(line: CarriedGoal | CarriedIndicator) -> str:
    return "  " * (line.depth - 1) + line.code


def _level(line: Any) -> str:
    return "indicator" if hasattr(line, "baseline") else str(line.record.kind)


def _other_code(line: CarriedGoal | CarriedIndicator) -> str:
    return line.record.code if line.record.code != line.code else ""


def _unit(line: Any) -> str:
    return str(getattr(line.record, "unit", ""))


def _baseline(line: Any) -> Any:
    return line.baseline.value if hasattr(line, "baseline") else None


def _baseline_text(line: Any) -> str:
    text = _baseline(line)
    return "" if text is None else format_number(Fraction(text), get_language())


def _baseline_day(line: Any) -> Any:
    return line.baseline.day if hasattr(line, "baseline") else None


def _origin(line: Any) -> str | None:
    return line.baseline.origin if hasattr(line, "baseline") else None


def _targets(line: Any) -> int | None:
    return len(line.targets) if hasattr(line, "targets") else None


def _target_count(line: Any) -> str:
    return str(len(line.targets)) if hasattr(line, "targets") else ""


def baselines_table(changes: Sequence[RenewedBaseline]) -> Table:
    """Baselines that are renewed: what each was, and what it becomes."""
    return Table(
        (
            Column("code", N_("Code"), "text", lambda x: x.record.code),
            Column("title", N_("Title"), "text", lambda x: x.record.title, flow="cut"),
            Column("unit", N_("Unit"), "text", lambda x: x.record.unit, seen=False),
            Column("previous_baseline", N_("Was"), "number", lambda x: x.record.measure.baseline),
            Column("previous_on", N_("On"), "date", lambda x: x.record.baseline_on),
            Column("baseline", N_("Baseline"), "decimal", _baseline, _baseline_text),
            Column("baseline_on", N_("On"), "date", _baseline_day),
            Column("baseline_from", N_("Comes from"), "code", _origin, flow="wrap"),
        ),
        changes,
    )


def comparison_table(comparison: Comparison) -> Table:
    """Two plans beside each other: before, and now."""
    before_on, now_on = comparison.before_on, comparison.now_on
    before_code, now_code = comparison.before_code, comparison.now_code
    return Table(
        (
            Column("code", N_("Code"), "text", _of("now", lambda x: x.code), _indented),
            Column("level", N_("Level"), "code", lambda x: x.there.level, seen=False),
            Column("title", N_("Title"), "text", lambda x: x.there.title, flow="cut"),
            Column("change", "", "code", lambda x: x.change, _change),
            Column("unit", N_("Unit"), "text", lambda x: x.there.unit, seen=False),
            Column(
                "previous_status", N_("Before"), "code", _of("before", _status), _word_of("before")
            ),
            Column("previous_progress", N_("Progress"), "share", _of("before", _progress)),
            Column("previous_value", N_("Value"), "number", _of("before", _value)),
            Column("status", N_("Now"), "code", _of("now", _status), _word_of("now")),
            Column("progress", N_("Progress"), "share", _of("now", _progress)),
            Column("value", N_("Value"), "number", _of("now", _value)),
            Column(
                "baseline", N_("Baseline"), "number", _of("now", lambda x: x.baseline), seen=False
            ),
            Column("target", N_("Target"), "number", _of("now", lambda x: x.target), seen=False),
            Column("previous_code", N_("Was"), "text", _of("before", lambda x: x.code), seen=False),
            Column(
                "previous_target",
                N_("Target"),
                "number",
                _of("before", lambda x: x.target),
                seen=False,
            ),
            Column("plan", N_("Plan"), "text", lambda _x: now_code, seen=False),
            Column("as_of", N_("As of"), "date", lambda _x: now_on, seen=False),
            Column("previous_plan", N_("Plan"), "text", lambda _x: before_code, seen=False),
            Column("previous_as_of", N_("As of"), "date", lambda _x: before_on, seen=False),
        ),
        comparison.lines,
    )


Side = Literal["before", "now"]


def _of(side: Side, get: Callable[[StatusLine], Value]) -> Callable[[ComparisonLine], Value]:
    """A column of one side; without a value where that side has no such line."""

    def value(line: ComparisonLine) -> Value:
        there = line.before if side == "before" else line.now
        return None if there is None else get(there)

    return value


def _word_of(side: Side) -> Callable[[ComparisonLine], str]:
    def text(line: ComparisonLine) -> str:
        return side_status(line.before if side == "before" else line.now)

    return text


def side_status(line: StatusLine | None) -> str:
    """The status on one side as a symbol and a word; nothing where there is no such line."""
    return "" if line is None else status_word(line)


def _change(line: ComparisonLine) -> str:
    return "" if line.change == CONTINUED else word(line.change)


def _status(line: StatusLine) -> Value:
    return line.status.value


def _progress(line: StatusLine) -> Value:
    return line.progress


def _value(line: StatusLine) -> Value:
    return line.value


def _indented(line: ComparisonLine) -> str:
    there = line.there
    if there.level == "plan":
        return word(there.level)
    return "  " * (there.depth - 1) + there.code
