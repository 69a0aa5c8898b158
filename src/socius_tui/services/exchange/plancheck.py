"""Whether the tables of a plan file agree with each other, and with what the plan says.

Each check yields sentences that begin with the place, in the order of the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from socius_tui.domain.computed import AGGREGATION
from socius_tui.domain.dates import format_date
from socius_tui.domain.model import (
    Computed,
    Direction,
    GoalKind,
    IndicatorKind,
    Judging,
    Period,
)
from socius_tui.domain.numbers import format_exact
from socius_tui.domain.text import nearest
from socius_tui.i18n import _, get_language
from socius_tui.services.exchange.planfile import IndicatorTable, PlanFile
from socius_tui.services.exchange.sentences import at, quoted

#: Which kinds of goal a goal of each kind may stand under; none means that it stands on top.
PARENTS: Final = {
    GoalKind.STRATEGIC: (),
    GoalKind.BASIC_TASK: (),
    GoalKind.OPERATIONAL: (GoalKind.STRATEGIC,),
    GoalKind.OBJECTIVE: (GoalKind.BASIC_TASK, GoalKind.OPERATIONAL),
    GoalKind.ACTION: (GoalKind.OPERATIONAL, GoalKind.OBJECTIVE, GoalKind.BASIC_TASK),
}
#: Keys that only an action has, beside its year.
ACTION_KEYS: Final = ("state", "due_on", "budget_planned", "budget_spent")
_SHARES: Final = (IndicatorKind.PERCENTAGE, IndicatorKind.RATIO)
_COMPUTED_KINDS: Final = {
    Computed.VISITED_ORGANISATIONS: (IndicatorKind.COUNT,),
    Computed.VISITS_DONE: (IndicatorKind.COUNT,),
    Computed.FOLLOW_UPS_ON_TIME: _SHARES,
    Computed.WORK_TYPES_WITH_CONTACT: (IndicatorKind.COUNT,),
}


def check_plan(plan_file: PlanFile) -> list[str]:
    """What is wrong with a plan as a whole: a sentence for each problem, none when it is right."""
    return [
        *_plan(plan_file),
        *_work_types(plan_file),
        *_codes(plan_file),
        *_goals(plan_file),
        *_indicators(plan_file),
        *_key_figures(plan_file),
        *_expected(plan_file),
    ]


def _told(place: str, sentence: str) -> str:
    return f"{place}: {sentence}"


def _period(period: Period) -> str:
    language = get_language()
    return _("{start} to {end}").format(
        start=format_date(period.start, language), end=format_date(period.end, language)
    )


def _shown(value: Fraction | str) -> str:
    return format_exact(value, get_language())


def _plan(plan_file: PlanFile) -> Iterator[str]:
    plan = plan_file.plan
    if plan.starts_on > plan.ends_on:
        yield _told(at("plan", "ends_on"), _("The plan ends before it starts."))
    if Fraction(plan.attention_from) > Fraction(plan.on_track_from):
        yield _told(at("plan", "attention_from"), _("This must not be higher than on_track_from."))
    if plan.coverage_policy == "fixed" and plan.coverage_fixed is None:
        yield _told(
            at("plan", "coverage_fixed"), _("With coverage_policy “fixed” this number is needed.")
        )
    for number, pause in enumerate(plan_file.pauses, 1):
        place = at(f"pause {number}")
        if pause.starts_on > pause.ends_on:
            yield _told(place, _("It ends before it starts."))
        elif pause.ends_on < plan.starts_on or pause.starts_on > plan.ends_on:
            yield _told(
                place, _("It lies outside the plan, {period}.").format(period=_period(plan.period))
            )


def _twice(codes: Iterable[str]) -> list[str]:
    counted = Counter(code.casefold() for code in codes)
    return [code for code, times in counted.items() if times > 1]


def _work_types(plan_file: PlanFile) -> Iterator[str]:
    for code in _twice(work_type.code for work_type in plan_file.work_types):
        yield _told(f"work_type {quoted(code)}", _("This code is used more than once."))
    for work_type in plan_file.work_types:
        place = f"work_type {quoted(work_type.code)}"
        for code in _twice(subtype.code for subtype in work_type.subtypes):
            here = at(place, f"subtype {quoted(code)}")
            yield _told(here, _("This code is used more than once."))
        parts = [subtype.recognised for subtype in work_type.subtypes]
        known = [part for part in parts if part is not None]
        if work_type.recognised is None or not known or len(known) < len(parts):
            continue
        if sum(known) != work_type.recognised:
            yield _told(
                at(place, "recognised"),
                _("The subtypes together have {sum}, not {total}.").format(
                    sum=sum(known), total=work_type.recognised
                ),
            )


def _codes(plan_file: PlanFile) -> Iterator[str]:
    """A code means one thing, goal or indicator, however it is written."""
    goals = [goal.code for goal in plan_file.goals]
    indicators = [indicator.code for indicator in plan_file.indicators]
    for code in _twice([*goals, *indicators]):
        owner = "goal" if code in (goal.casefold() for goal in goals) else "indicator"
        spelling = next(c for c in [*goals, *indicators] if c.casefold() == code)
        yield _told(
            f"{owner} {quoted(spelling)}", _("This code is used more than once in the plan.")
        )


def _unknown(code: str, known: Iterable[str], sentence: str) -> str:
    near = nearest(code, known, 1)
    told = sentence.format(code=quoted(code))
    return told + " " + _("Did you mean {near}?").format(near=quoted(near[0])) if near else told


def _goals(plan_file: PlanFile) -> Iterator[str]:
    kinds = {goal.code: goal.kind for goal in plan_file.goals}
    plan = plan_file.plan
    for goal in plan_file.goals:
        place = f"goal {quoted(goal.code)}"
        allowed: Sequence[GoalKind] = PARENTS[goal.kind]
        if goal.parent is None:
            if allowed:
                yield _told(
                    at(place, "parent"),
                    _("A goal of kind “{kind}” stands under one of kind {allowed}.").format(
                        kind=goal.kind, allowed=", ".join(allowed)
                    ),
                )
        elif goal.parent not in kinds:
            yield _told(
                at(place, "parent"),
                _unknown(goal.parent, kinds, _("There is no goal with code {code}.")),
            )
        elif kinds[goal.parent] not in allowed:
            yield _told(
                at(place, "parent"),
                _("A goal of kind “{kind}” cannot stand under one of kind “{other}”.").format(
                    kind=goal.kind, other=kinds[goal.parent]
                ),
            )
        if goal.kind is GoalKind.ACTION:
            if goal.year is None:
                yield _told(at(place, "year"), _("An action needs the year that it is planned in."))
            elif not plan.starts_on.year <= goal.year <= plan.ends_on.year:
                yield _told(
                    at(place, "year"),
                    _("It lies outside the plan, {period}.").format(period=_period(plan.period)),
                )
        elif goal.year is not None:
            yield _told(at(place, "year"), _("Only an action has a year."))
        if goal.kind is not GoalKind.ACTION:
            for key in ACTION_KEYS:
                if getattr(goal, key) is not None:
                    yield _told(at(place, key), _("Only an action of a year programme has this."))


def _indicators(plan_file: PlanFile) -> Iterator[str]:
    goals = [goal.code for goal in plan_file.goals]
    for indicator in plan_file.indicators:
        place = f"indicator {quoted(indicator.code)}"
        if indicator.goal not in goals:
            sentence = _("There is no goal with code {code}.")
            yield _told(at(place, "goal"), _unknown(indicator.goal, goals, sentence))
        for key, problem in (*sheet_problems(indicator), *computed_problems(indicator)):
            yield _told(at(place, key), problem)
        if indicator.baseline_on is not None and indicator.baseline_on > plan_file.plan.ends_on:
            yield _told(at(place, "baseline_on"), _("This is after the end of the plan."))
        yield from _targets(place, indicator, plan_file.plan.period)


def sheet_problems(indicator: IndicatorTable) -> Iterator[tuple[str, str]]:
    """Keys that do not go together, with what is wrong."""
    band = indicator.band
    if indicator.direction is Direction.MAINTAIN:
        if band is None:
            yield "band", _("With direction “maintain” a band is needed: band = [80, 100].")
        elif Fraction(band[0]) > Fraction(band[1]):
            yield "band", _("The lower end of a band comes first.")
    elif band is not None:
        yield "band", _("Only an indicator with direction “maintain” has a band.")
    if indicator.baseline_on is not None and indicator.baseline is None:
        yield "baseline_on", _("A day without a baseline says nothing.")
    if indicator.judging is Judging.BY_PERIOD and not indicator.targets:
        yield "targets", _("What is judged year by year needs a target for each year.")
    if indicator.kind is IndicatorKind.NARRATIVE and (
        indicator.targets or band is not None or indicator.baseline is not None
    ):
        yield "kind", _("A narrative has no numbers: no baseline, no band and no targets.")


def computed_problems(indicator: IndicatorTable) -> Iterator[tuple[str, str]]:
    """Keys that do not go with a rule by which an indicator counts by itself, and why not."""
    rule = indicator.computed
    if rule is None:
        if indicator.computed_linked:
            yield "computed_linked", _("Only an indicator with a computed rule can be linked.")
        return
    kinds = _COMPUTED_KINDS[rule]
    if indicator.kind not in kinds:
        yield (
            "kind",
            _("What is computed as {rule} has kind {kinds}.").format(
                rule=rule, kinds=", ".join(kinds)
            ),
        )
    if indicator.aggregation is not AGGREGATION[rule]:
        yield (
            "aggregation",
            _("What is computed as {rule} has aggregation {aggregation}.").format(
                rule=rule, aggregation=AGGREGATION[rule]
            ),
        )
    if rule is Computed.WORK_TYPES_WITH_CONTACT and indicator.computed_linked:
        yield "computed_linked", _("Contact persons are not linked to goals.")


def _targets(place: str, indicator: IndicatorTable, plan: Period) -> Iterator[str]:
    seen: set[tuple[Period, str]] = set()
    for number, target in enumerate(indicator.targets, 1):
        here = at(place, f"targets {number}")
        period = Period(target.period_start, target.period_end)
        if period.start > period.end:
            yield _told(here, _("It ends before it starts."))
        elif period.start < plan.start or period.end > plan.end:
            yield _told(here, _("It lies outside the plan, {period}.").format(period=_period(plan)))
        key = (period, target.qualifier.strip().casefold())
        if key in seen:
            yield _told(here, _("There is a target for this period and qualifier already."))
        seen.add(key)


def _key_figures(plan_file: PlanFile) -> Iterator[str]:
    codes = [work_type.code for work_type in plan_file.work_types]
    for number, table in enumerate(plan_file.key_figure_tables, 1):
        if table.work_type is not None and table.work_type not in codes:
            yield _told(
                at(f"key_figure {number}", "work_type"),
                _unknown(table.work_type, codes, _("There is no work type with code {code}.")),
            )
    seen: set[tuple[str, str, int | None]] = set()
    for figure in plan_file.key_figures:
        name = figure.name.casefold()
        keys = {(owner, name, figure.year) for owner in (figure.work_type, figure.line) if owner}
        if keys & seen:
            here = at(f"key_figure {quoted(figure.line)}", quoted(figure.name))
            yield _told(at(here, str(figure.year or "")), _("This figure is given more than once."))
        seen |= keys


def _expected(plan_file: PlanFile) -> Iterator[str]:
    """The numbers by which a plan can be checked: what it says of itself, and what it has."""
    expect = plan_file.expect
    count = Counter(goal.kind for goal in plan_file.goals)
    recognised = [work_type.recognised for work_type in plan_file.work_types]
    organisations = sum(number or 0 for number in recognised)
    for key, expected, found in (
        ("strategic", expect.strategic, count[GoalKind.STRATEGIC]),
        ("operational", expect.operational, count[GoalKind.OPERATIONAL]),
        ("basic_tasks", expect.basic_tasks, count[GoalKind.BASIC_TASK]),
        ("objectives", expect.objectives, count[GoalKind.OBJECTIVE]),
        ("work_types", expect.work_types, len(plan_file.work_types)),
        ("organisations", expect.organisations, organisations),
    ):
        if expected is not None and expected != found:
            yield _told(
                at("expect", key),
                _("The plan says {expected}, the file has {found}.").format(
                    expected=expected, found=found
                ),
            )
    if expect.operational_per_strategic is not None:
        per = tuple(
            sum(child.parent == goal.code for child in plan_file.goals
                if child.kind is GoalKind.OPERATIONAL)
            for goal in plan_file.goals
            if goal.kind is GoalKind.STRATEGIC
        )  # fmt: skip
        if per != expect.operational_per_strategic:
            yield _told(
                at("expect", "operational_per_strategic"),
                _("The plan says {expected}, the file has {found}.").format(
                    expected=", ".join(map(str, expect.operational_per_strategic)),
                    found=", ".join(map(str, per)) or "0",
                ),
            )
    yield from _totals(plan_file)


def _totals(plan_file: PlanFile) -> Iterator[str]:
    for total in plan_file.expect.totals:
        found = sum(
            (
                Fraction(figure.value)
                for figure in plan_file.key_figures
                if figure.name == total.name and figure.year == total.year
            ),
            Fraction(0),
        )
        if found != Fraction(total.total):
            yield _told(
                at("expect", "total", quoted(total.name), str(total.year or "")),
                _("The plan prints {expected}, the figures add up to {found}.").format(
                    expected=_shown(total.total), found=_shown(found)
                ),
            )
