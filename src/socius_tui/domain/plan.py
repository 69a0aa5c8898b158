"""A plan as it is read from the file: the plan, its goals, its indicators."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.model import Measure, Rules


class PlanRecord(NamedTuple):
    """The plan itself; `coverage_fixed` is the fixed denominator where that is the policy.

    `previous_id` is here, and in a goal and an indicator, the one of the period before.
    """

    id: str
    code: str
    title: str
    organisation: str
    rules: Rules
    coverage_fixed: int | None
    previous_id: str | None = None


class GoalRecord(NamedTuple):
    """A goal of any level; `kind` is one of GoalKind, `state` how an action is going."""

    id: str
    parent_id: str | None
    kind: str
    code: str
    title: str
    summary: str
    challenge: str
    source_line: str
    year: int | None
    previous_id: str | None = None
    state: str = ""


class IndicatorRecord(NamedTuple):
    """An indicator's sheet; `measure` is the part by which it is judged."""

    id: str
    goal_id: str
    code: str
    title: str
    definition: str
    unit: str
    measure: Measure
    computed_linked: bool
    sphere: str
    source_kind: str
    collection_method: str
    baseline_on: date | None
    owner_id: str | None
    owner: str
    weight: Fraction
    origin: str
    source_line: str
    previous_id: str | None = None
