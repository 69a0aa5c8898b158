"""A plan file (TOML) as a list of goals, indicators and targets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from socius_tui.i18n import _
from socius_tui.services.exchange.plancheck import ACTION_KEYS
from socius_tui.services.exchange.planfile import PlanFile, read_plan_file
from socius_tui.services.exchange.tabular.source import Cell, Found, Source, SourceRow
from socius_tui.services.importing.plans import TakePlan


def plan_source(path: Path) -> Source:
    """The goals, indicators and targets of a plan file as rows, parents first.

    The number of a row is its place among them. Raises FileProblem and BadFile.
    """
    plan_file = read_plan_file(path)
    header = tuple(field.name for field in TakePlan.FIELDS)

    def rows() -> Iterator[SourceRow]:
        for number, values in enumerate(_rows(plan_file), 1):
            yield SourceRow(number, tuple(values.get(name) for name in header))

    remarks = tuple(
        _("Only goals, indicators and targets are taken of a plan file, not [[{table}]].").format(
            table=table
        )
        for table, some in (
            ("work_type", plan_file.work_types),
            ("pause", plan_file.pauses),
            ("key_figure", plan_file.key_figure_tables),
        )
        if some
    )
    if any(getattr(goal, key) is not None for goal in plan_file.goals for key in ACTION_KEYS):
        remarks += (_("The state, due day and budgets of actions are not taken here."),)
    found = Found(decimals="point")
    return Source(path, path.name, "toml", "", (), header, found, remarks, rows)


def _rows(plan_file: PlanFile) -> Iterator[dict[str, Cell]]:
    waiting, seen = list(plan_file.goals), set[str]()
    while waiting:
        later = []
        for goal in waiting:
            if goal.parent is not None and goal.parent not in seen:
                later.append(goal)
                continue
            seen.add(goal.code)
            yield {
                "level": goal.kind.value, "code": goal.code, "parent": goal.parent,
                "title": goal.title, "summary": goal.summary, "challenge": goal.challenge,
                "year": goal.year, "source_line": goal.source_line,
            }  # fmt: skip
        waiting = later
    for indicator in plan_file.indicators:
        yield {
            "level": "indicator", "code": indicator.code, "parent": indicator.goal,
            "title": indicator.title, "definition": indicator.definition, "unit": indicator.unit,
            "kind": indicator.kind.value, "direction": indicator.direction.value,
            "aggregation": indicator.aggregation.value, "scope": indicator.scope.value,
            "judging": indicator.judging.value, "sphere": indicator.sphere,
            "source_kind": indicator.source_kind,
            "collection_method": indicator.collection_method,
            "frequency": indicator.frequency.value, "baseline": indicator.baseline,
            "baseline_on": indicator.baseline_on, "weight": indicator.weight,
            "computed": indicator.computed and indicator.computed.value,
            "computed_linked": "yes" if indicator.computed_linked else "no",
            "band_low": indicator.band and indicator.band[0],
            "band_high": indicator.band and indicator.band[1],
            "origin": indicator.origin, "source_line": indicator.source_line,
        }  # fmt: skip
        for target in indicator.targets:
            yield {
                "level": "target", "code": indicator.code, "from": target.period_start,
                "until": target.period_end, "target": target.value, "qualifier": target.qualifier,
            }  # fmt: skip
