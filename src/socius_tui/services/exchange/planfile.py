"""A plan as a person writes it: a TOML file, read exactly and checked.

The format is described in docs/plan-file.md. Numbers stay the decimals that were written.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Direction,
    Frequency,
    GoalKind,
    IndicatorKind,
    Judging,
    Period,
    Scope,
)
from socius_tui.domain.money import check_euro
from socius_tui.domain.problem import InputProblem
from socius_tui.errors import BadFile
from socius_tui.i18n import _
from socius_tui.services.exchange.fields import (
    Code,
    Day,
    Label,
    Line,
    LongCode,
    Name,
    NotNegative,
    Number,
    Prose,
    Share,
    Some,
    Table,
    Title,
    Unit,
    Year,
    YesNo,
)
from socius_tui.services.exchange.reading import read_text, refused, shown, text_of
from socius_tui.services.exchange.sentences import problems_of

_TOML_PLACE: Final = r"\(at line ([0-9]+), column ([0-9]+)\)"

SphereName = Literal["control", "influence", "ambition"]
SourceKind = Literal["self_registration", "administrative", "research"]
Origin = Literal["plan", "example", "own"]
ActionState = Literal["planned", "under_way", "done", "dropped"]
Budget = Annotated[NotNegative, AfterValidator(check_euro)]
CoveragePolicy = Literal["recognised", "fixed"]


class PlanTable(Table):
    """The plan itself; the thresholds are pace ratios from 0 to 1."""

    code: LongCode
    title: Title
    organisation: Line = ""
    starts_on: Day
    ends_on: Day
    on_track_from: Share = "0.85"
    attention_from: Share = "0.60"
    coverage_policy: CoveragePolicy = "recognised"
    coverage_fixed: Annotated[Some, Field(ge=1)] | None = None
    source: Line = ""

    @property
    def period(self) -> Period:
        """The policy period."""
        return Period(self.starts_on, self.ends_on)


class PauseTable(Table):
    """A stretch in which nothing is expected to move."""

    starts_on: Day
    ends_on: Day
    label: Label = ""


class SubtypeTable(Table):
    """A kind of organisation inside a work type."""

    code: LongCode
    name: Name
    recognised: Some | None = None


class WorkTypeTable(Table):
    """A work type; `recognised` is the number of organisations that the plan prints."""

    code: LongCode
    name: Name
    recognised: Some | None = None
    subtypes: tuple[SubtypeTable, ...] = Field(default=(), alias="subtype")


class GoalTable(Table):
    """A goal of any level; from `year` to `budget_spent` is for actions of a year programme."""

    code: Code
    kind: GoalKind
    parent: Code | None = None
    title: Title
    summary: Prose = ""
    challenge: Prose = ""
    year: Year | None = None
    state: ActionState | None = None
    due_on: Day | None = None
    budget_planned: Budget | None = None
    budget_spent: Budget | None = None
    source_line: Label = ""


class TargetTable(Table):
    """A value for a calendar year, or for the days from-until."""

    year: Year | None = None
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    value: Number
    qualifier: Label = ""

    @model_validator(mode="after")
    def _one_period(self) -> Self:
        given = [self.since is not None, self.until is not None]
        if given != [self.year is None] * 2:
            raise InputProblem(
                "target.period", _("A target has either a year, or both from and until.")
            )
        return self

    @property
    def period_start(self) -> date:
        """Its first day."""
        if self.since is not None:
            return self.since
        assert self.year is not None
        return date(self.year, 1, 1)

    @property
    def period_end(self) -> date:
        """Its last day; that it is not before the first is checked with the whole plan."""
        if self.until is not None:
            return self.until
        assert self.year is not None
        return date(self.year, 12, 31)


class IndicatorTable(Table):
    """An indicator's sheet with its targets."""

    goal: Code
    code: LongCode
    title: Title
    definition: Prose = ""
    unit: Unit = ""
    kind: IndicatorKind
    direction: Direction = Direction.INCREASE
    aggregation: Aggregation
    scope: Scope = Scope.PER_PERIOD
    judging: Judging = Judging.BY_PACE
    sphere: SphereName
    source_kind: SourceKind = "self_registration"
    collection_method: Line = ""
    frequency: Frequency = Frequency.YEAR
    baseline: Number | None = None
    baseline_on: Day | None = None
    band: tuple[Number, Number] | None = None
    computed: Computed | None = None
    computed_linked: YesNo = False
    weight: NotNegative = "1"
    origin: Origin = "plan"
    source_line: Label = ""
    targets: tuple[TargetTable, ...] = ()


def _by_year(given: Any) -> Any:
    """`{ 2011 = 287000 }`: keys of TOML are text, these are years."""
    if not isinstance(given, dict) or not all(re.fullmatch("[0-9]{4}", key) for key in given):
        raise InputProblem("key_figure.years", _("Write values by year: { 2011 = 287000 }."))
    return {int(year): value for year, value in given.items()}


class KeyFigureTable(Table):
    """Figures with one name, of a work type or a line: one without a year, or one a year."""

    work_type: LongCode | None = None
    line: Name | None = None
    name: Name
    value: Number | None = None
    values: Annotated[dict[Year, Number], BeforeValidator(_by_year)] = {}  # noqa: RUF012
    unit: Unit = ""
    source_line: Label = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.work_type is None and self.line is None:
            raise InputProblem("key_figure.of", _("A key figure needs a work_type or a line."))
        if (self.value is None) != bool(self.values):
            raise InputProblem("key_figure.value", _("A key figure has either value or values."))
        return self


class TotalTable(Table):
    """A total that the plan prints: of all key figures with this name and year."""

    name: Name
    year: Year | None = None
    total: Number


class ExpectTable(Table):
    """What the plan says of itself; what is left out is not compared."""

    strategic: Some | None = None
    operational: Some | None = None
    operational_per_strategic: tuple[Some, ...] | None = None
    basic_tasks: Some | None = None
    objectives: Some | None = None
    work_types: Some | None = None
    organisations: Some | None = None
    totals: tuple[TotalTable, ...] = Field(default=(), alias="total")


class Figure(NamedTuple):
    """One key figure; `line` is never empty, `year` None where the plan gives none.

    No two have the same line (or work type), name and year.
    """

    work_type: str | None
    line: str
    year: int | None
    name: str
    value: str
    unit: str
    source_line: str


class PlanFile(Table):
    """A whole plan file; the order of tables is the order of the plan."""

    plan: PlanTable
    pauses: tuple[PauseTable, ...] = Field(default=(), alias="pause")
    work_types: tuple[WorkTypeTable, ...] = Field(default=(), alias="work_type")
    goals: tuple[GoalTable, ...] = Field(default=(), alias="goal")
    indicators: tuple[IndicatorTable, ...] = Field(default=(), alias="indicator")
    key_figure_tables: tuple[KeyFigureTable, ...] = Field(default=(), alias="key_figure")
    expect: ExpectTable = ExpectTable()

    @property
    def key_figures(self) -> tuple[Figure, ...]:
        """Every key figure by itself; a work type's line is its name where none is given."""
        names = {work_type.code: work_type.name for work_type in self.work_types}
        found: list[Figure] = []
        for table in self.key_figure_tables:
            line = table.line or names.get(table.work_type or "", table.work_type or "")
            given: list[tuple[int | None, str]] = [*table.values.items()]
            if table.value is not None:
                given.append((None, table.value))
            found += (
                Figure(
                    table.work_type, line, year, table.name, value, table.unit, table.source_line
                )
                for year, value in given
            )
        return tuple(found)


def read_plan_file(path: str | Path) -> PlanFile:
    """The plan in a TOML file, checked.

    Raises FileProblem when the file cannot be read, and BadFile, with a sentence per problem
    that names file, table and key, when it does not hold a plan.
    """
    return _parsed(read_text(path), shown(path))


def parse_plan_file(data: bytes, name: str) -> PlanFile:
    """The plan in the bytes of a file with this name. Raises BadFile, like `read_plan_file`."""
    return _parsed(text_of(data, shown(name)), shown(name))


def _parsed(text: str, name: str) -> PlanFile:
    from socius_tui.services.exchange.plancheck import check_plan

    data = toml_tables(text, name)
    try:
        plan_file = PlanFile.model_validate(data)
    except ValidationError as error:
        raise refused(name, problems_of(error, data, PlanFile)) from error
    problems = check_plan(plan_file)
    if problems:
        raise refused(name, problems)
    return plan_file


def toml_tables(text: str, name: str) -> dict[str, Any]:
    """The tables of a TOML text; `name` is the file's. Raises BadFile, with the place."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        place = re.search(_TOML_PLACE, str(error))
        if place:
            message = _("{file}: line {line}, column {column} is not TOML.").format(
                file=name, line=place[1], column=place[2]
            )
        else:
            message = _("{file} is not TOML.").format(file=name)
        raise BadFile(
            message,
            problems=[message],
            hint=_("A text stands between quotes, a day is written 2016-03-14, and a table "
                   "starts with its name between brackets."),
        ) from error  # fmt: skip
