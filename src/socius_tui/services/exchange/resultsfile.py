"""Results as JSON, named after the `result` element of the IATI activity standard (2.03).

https://iatistandard.org/en/iati-standard/203/activity-standard/iati-activities/iati-activity/result/
A goal with indicators is a result; baselines, targets and actual values are exact numbers. The
models are what docs/results.schema.json is made from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from socius_tui import __version__
from socius_tui.domain.model import Direction, IndicatorKind
from socius_tui.domain.moments import moment_text
from socius_tui.domain.numbers import to_json_number
from socius_tui.services.evidence import PlanEvidence, read_evidence
from socius_tui.services.exchange.tables import exported

if TYPE_CHECKING:
    from socius_tui.domain.plan import IndicatorRecord
    from socius_tui.services.session import Session

Number = int | float


def _dashed(name: str) -> str:
    return name.replace("_", "-")


class Part(BaseModel):
    """A part of the file; names have hyphens, as in the standard, and none is unknown."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=_dashed, populate_by_name=True
    )


class Day(Part):
    """A day, as YYYY-MM-DD."""

    iso_date: date


class Dimension(Part):
    """What a value is limited to; `qualifier` is the only name."""

    name: Literal["qualifier"]
    value: str


class Value(Part):
    """A number in the unit of the indicator, and what it is limited to."""

    value: Number
    dimension: tuple[Dimension, ...] = ()


class Baseline(Part):
    """Where an indicator started."""

    value: Number
    year: int | None = None
    iso_date: date | None = None


class PeriodPart(Part):
    """A stretch of days with its target; `actual` is empty while there is no value."""

    period_start: Day
    period_end: Day
    target: tuple[Value, ...]
    actual: tuple[Value, ...]


class IndicatorPart(Part):
    """An indicator. `measure`: 1 unit, 2 percentage, 4 ordinal, 5 qualitative (IATI codelist).

    `ascending` is whether higher is better; null where it should stay inside a band.
    `aggregation-status` is whether values of periods can be added up.
    """

    measure: Literal["1", "2", "4", "5"]
    ascending: bool | None
    aggregation_status: bool
    reference: str = Field(description="The code of the indicator in the plan")
    title: str
    description: str
    unit: str
    baseline: Baseline | None
    period: tuple[PeriodPart, ...]


class Result(Part):
    """A goal. `type`: 1 output, 2 outcome, 3 impact, 9 other (IATI codelist ResultType)."""

    type: Literal["1", "2", "3", "9"]
    reference: str = Field(description="The code of the goal in the plan")
    title: str
    description: str
    indicator: tuple[IndicatorPart, ...]


class Activity(Part):
    """The plan, of which day, and as known at which moment (null: when it was written)."""

    iati_identifier: str = Field(description="The code of the plan; not registered with IATI")
    reporting_org: str
    title: str
    activity_date_start: date
    activity_date_end: date
    as_of: date
    known_at: str | None
    result: tuple[Result, ...]


class Results(Part):
    """The whole file."""

    version: Literal["2.03"] = Field(description="The IATI standard that the names come from")
    generated_by: str
    iati_activity: Activity


_MEASURES: Final[dict[IndicatorKind, Literal["1", "2", "4", "5"]]] = {
    IndicatorKind.PERCENTAGE: "2",
    IndicatorKind.RATIO: "2",
    IndicatorKind.SCALE: "4",
    IndicatorKind.MILESTONE: "5",
    IndicatorKind.NARRATIVE: "5",
}
_TYPES: Final[dict[str, Literal["1", "2", "3", "9"]]] = {
    "control": "1",
    "influence": "2",
    "ambition": "3",
}


def results(session: Session) -> Results:
    """The results of the plan on the as-of date. Raises RuleBroken when there is no plan."""
    plan = session.plan()
    evidence = session.read(lambda connection: read_evidence(connection, plan, session.as_of))
    period = plan.rules.period
    return Results(
        version="2.03",
        generated_by=f"socius-tui {__version__}",
        iati_activity=Activity(
            iati_identifier=exported(plan.code),
            reporting_org=exported(plan.organisation),
            title=exported(plan.title),
            activity_date_start=period.start,
            activity_date_end=period.end,
            as_of=session.as_of,
            known_at=moment_text(session.known_at) if session.known_at else None,
            result=tuple(_results(evidence)),
        ),
    )


def results_text(found: Results) -> str:
    """The file itself."""
    return found.model_dump_json(by_alias=True, indent=2) + "\n"


def _results(evidence: PlanEvidence) -> Iterator[Result]:
    for goal in evidence.goals:
        own = [record for record in evidence.indicators if record.goal_id == goal.id]
        if not own:
            continue
        spheres = {record.sphere for record in own}
        yield Result(
            type=_TYPES.get(spheres.pop(), "9") if len(spheres) == 1 else "9",
            reference=exported(goal.code),
            title=exported(goal.title),
            description=exported(goal.summary),
            indicator=tuple(_indicator(evidence, record) for record in own),
        )


def _indicator(evidence: PlanEvidence, record: IndicatorRecord) -> IndicatorPart:
    measure = record.measure
    return IndicatorPart(
        measure=_MEASURES.get(measure.kind, "1"),
        ascending=None
        if measure.direction is Direction.MAINTAIN
        else measure.direction is Direction.INCREASE,
        aggregation_status=measure.aggregation.value == "sum",
        reference=exported(record.code),
        title=exported(record.title),
        description=exported(record.definition),
        unit=exported(record.unit),
        baseline=None
        if measure.baseline is None
        else Baseline(
            value=to_json_number(measure.baseline),
            year=record.baseline_on.year if record.baseline_on else None,
            iso_date=record.baseline_on,
        ),
        period=tuple(
            PeriodPart(
                period_start=Day(iso_date=part.period.start),
                period_end=Day(iso_date=part.period.end),
                target=(_value(part.target, part.qualifier),),
                actual=() if part.value is None else (_value(part.value, part.qualifier),),
            )
            for part in evidence.judge(record, looking_ahead=False).periods
        ),
    )


def _value(number: Fraction, qualifier: str) -> Value:
    limited = (Dimension(name="qualifier", value=exported(qualifier)),) if qualifier else ()
    return Value(value=to_json_number(number), dimension=limited)


def schema_text() -> str:
    """The JSON schema of the file, as docs/results.schema.json has it."""
    import json

    schema = Results.model_json_schema(by_alias=True, mode="serialization")
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
