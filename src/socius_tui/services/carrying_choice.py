"""Which goals and indicators go along into the next plan, under which codes, for which period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from socius_tui.domain.carrying import next_period
from socius_tui.domain.dates import FIRST_YEAR, LAST_YEAR
from socius_tui.domain.model import GoalKind, Period
from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import check_text, clean
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.evidence import PlanEvidence
from socius_tui.services.exchange.fields import check_code
from socius_tui.services.rules import present, shown_date

_GOAL_CODE: Final = 40  # characters
_INDICATOR_CODE: Final = 60


class Chosen(NamedTuple):
    """The ids of the goals that go along with their indicators, and of those above them.

    `actions` is how many actions of year programmes stay behind.
    """

    goals: frozenset[str]
    frame: frozenset[str]
    actions: int


def renames_from(typed: Iterable[str]) -> dict[str, str]:
    """Pairs such as OD2.3=OD2.1, the old code first. Raises InvalidInput."""
    found: dict[str, str] = {}
    for pair in typed:
        old, equals, new = (part.strip() for part in pair.partition("="))
        if not (equals and old and new):
            raise InvalidInput(
                _("“{text}” is no pair of codes.").format(text=clean(pair, limit=80)),
                field="renames",
                hint=_("Write the old code, =, and the new one, such as OD2.3=OD2.1."),
            )
        found[old] = new
    return found


def period_after(previous: PlanRecord, start: date | None, end: date | None) -> Period:
    """The period of the new plan. Raises InvalidInput, and RuleBroken when it does not follow."""
    old = previous.rules.period
    try:
        period = next_period(old, start)
    except OverflowError:
        period = Period(start or old.end, date.max)
    period = Period(period.start, end or period.end)
    if period.end < period.start:
        raise InvalidInput(
            _("The end, {end}, is before the start, {start}.").format(
                end=shown_date(period.end), start=shown_date(period.start)
            ),
            field="ends_on",
        )
    if period.start <= old.start:
        raise RuleBroken(
            _("The new plan begins on {start}, and {previous} on {old}; it must be later.").format(
                start=shown_date(period.start), previous=previous.code, old=shown_date(old.start)
            ),
            field="starts_on",
            hint=_("Check the year."),
        )
    if not FIRST_YEAR <= period.start.year <= period.end.year <= LAST_YEAR:
        raise InvalidInput(
            _("The period lies between {first} and {last}.").format(
                first=FIRST_YEAR, last=LAST_YEAR
            ),
            field="ends_on",
            hint=_("Give its last day."),
        )
    return period


def chosen_goals(evidence: PlanEvidence, goal_ids: Iterable[str] | None) -> Chosen:
    """These goals (None is all) with all below them but actions, and the goals above them.

    Raises NotFound for one that is not in the plan, RuleBroken for an action.
    """
    goals = {goal.id: goal for goal in evidence.goals}
    actions = {goal.id for goal in evidence.goals if goal.kind == GoalKind.ACTION}
    asked = [
        present(goals.get(i), field="goal_ids") for i in (goals if goal_ids is None else goal_ids)
    ]
    for goal in asked if goal_ids is not None else ():
        if goal.id in actions:
            raise RuleBroken(
                _("{goal} is an action of {year}, and stays in its year programme.").format(
                    goal=goal.code, year=goal.year
                ),
                field="goal_ids",
                hint=_("Choose the goal that it serves."),
            )
    below = set[str]().union(*(evidence.below[goal.id] for goal in asked))
    chosen = below.difference(*(evidence.below[goal_id] for goal_id in actions))
    frame: set[str] = set()
    for goal_id in chosen:
        parent = goals[goal_id].parent_id
        while parent in goals and parent not in frame:
            frame.add(parent)
            parent = goals[parent].parent_id
    return Chosen(frozenset(chosen), frozenset(frame - chosen), len(below & actions))


def new_codes(
    evidence: PlanEvidence,
    chosen: Chosen,
    without: Collection[str],
    renames: Mapping[str, str],
) -> dict[str, str]:
    """The code in the new plan of each goal and indicator that goes along, by its old id.

    The code of an indicator that begins with that of its goal goes along with it. Raises
    NotFound for an indicator to leave out that is not there, InvalidInput and RuleBroken for a
    code that cannot be.
    """
    waiting = {old.casefold(): (old, new) for old, new in renames.items()}
    codes: dict[str, str] = {}
    renamed: list[str] = []

    def name(identifier: str, old: str, otherwise: str, longest: int) -> None:
        _old, new = waiting.pop(old.casefold(), (old, otherwise))
        codes[identifier] = new
        if new != old:
            _check_code(new, longest)
            renamed.append(new)

    owners = {goal.id: goal.code for goal in evidence.goals}
    for goal in evidence.goals:
        if goal.id in chosen.goals | chosen.frame:
            name(goal.id, goal.code, goal.code, _GOAL_CODE)
    offered = [i for i in evidence.indicators if i.goal_id in chosen.goals]
    if not set(without) <= {indicator.id for indicator in evidence.indicators}:
        present(None, field="without_indicator_ids")
    for indicator in offered:
        if indicator.id in without:
            continue
        owner, code = owners[indicator.goal_id], indicator.code
        if code.startswith(f"{owner}-"):
            code = codes[indicator.goal_id] + code.removeprefix(owner)
        name(indicator.id, indicator.code, code, _INDICATOR_CODE)
    for old, _new in waiting.values():
        raise RuleBroken(
            _("{code} is not carried over, so it cannot get another code.").format(
                code=clean(old, limit=80)
            ),
            field="renames",
        )
    times = Counter(code.casefold() for code in codes.values())
    for code in renamed:
        if times[code.casefold()] > 1:
            raise RuleBroken(
                _("The new plan would use the code {code} more than once.").format(code=code),
                field="renames",
            )
    return codes


def _check_code(code: str, longest: int) -> None:
    try:
        check_code(check_text(code, max_length=longest, required=True))
    except InputProblem as problem:
        raise InvalidInput(
            _("“{code}” cannot be a code.").format(code=clean(code, limit=80))
            + f" {problem.message}",
            field="renames",
            hint=problem.hint,
        ) from problem
