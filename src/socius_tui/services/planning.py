"""Use cases that make a file: a plan out of a plan file, organisations out of a list.

And which of its plans it shows. The plan of a next period is made in `services.carrying`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from socius_tui.domain.titles import counted, said
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.exchange.organisationfile import OrganisationRow
from socius_tui.services.exchange.planfile import GoalTable, IndicatorTable, PlanFile
from socius_tui.services.operation import UseCase
from socius_tui.services.rules import present
from socius_tui.store.people import subtypes, work_types
from socius_tui.store.plans import day_text, load_plan, load_plans, plan_code_exists
from socius_tui.store.unit_of_work import Transaction, Value


class CreatePlan:
    """Put a whole plan in the file: goals, indicators, targets, work types, key figures."""

    def __init__(self, plan_file: PlanFile) -> None:
        self._file = plan_file

    def apply(self, transaction: Transaction) -> str:
        """Write the plan and make it the one that the file shows."""
        plan = self._file.plan
        if plan_code_exists(transaction.connection, plan.code):
            raise RuleBroken(
                _("The plan {code} is in this file already.").format(code=plan.code),
                hint=_("Give the new plan another code, or use another file."),
            )
        plan_id = transaction.insert(
            "plan",
            {
                "code": plan.code,
                "title": plan.title,
                "organisation": plan.organisation,
                "starts_on": plan.starts_on.isoformat(),
                "ends_on": plan.ends_on.isoformat(),
                "on_track_from": plan.on_track_from,
                "attention_from": plan.attention_from,
                "coverage_policy": plan.coverage_policy,
                "coverage_fixed": plan.coverage_fixed,
                "source": plan.source,
            },
        )
        for pause in self._file.pauses:
            transaction.insert(
                "plan_pause",
                {
                    "plan_id": plan_id,
                    "starts_on": pause.starts_on.isoformat(),
                    "ends_on": pause.ends_on.isoformat(),
                    "label": pause.label,
                },
            )
        types = self._work_types(transaction)
        goals = self._goals(transaction, plan_id)
        self._indicators(transaction, goals)
        self._key_figures(transaction, plan_id, types)
        transaction.set_setting("plan", plan_id)
        return said("Plan {title} made", title=plan.title)

    def _work_types(self, transaction: Transaction) -> dict[str, str]:
        known = {w.code: w.id for w in work_types(transaction.connection, transaction.today)}
        for position, work_type in enumerate(self._file.work_types):
            if work_type.code in known:
                continue
            known[work_type.code] = transaction.insert(
                "work_type",
                {
                    "code": work_type.code,
                    "name": work_type.name,
                    "position": position,
                    "recognised": work_type.recognised,
                },
            )
            for place, subtype in enumerate(work_type.subtypes):
                transaction.insert(
                    "subtype",
                    {
                        "work_type_id": known[work_type.code],
                        "code": subtype.code,
                        "name": subtype.name,
                        "position": place,
                        "recognised": subtype.recognised,
                    },
                )
        return known

    def _goals(self, transaction: Transaction, plan_id: str) -> dict[str, str]:
        ids: dict[str, str] = {}
        waiting = list(enumerate(self._file.goals))
        while waiting:  # a file may name a goal before its parent; cycles were refused
            later = []
            for position, goal in waiting:
                if goal.parent is not None and goal.parent not in ids:
                    later.append((position, goal))
                    continue
                ids[goal.code] = transaction.insert(
                    "goal",
                    {
                        **goal_columns(goal),
                        **action_columns(goal),
                        "plan_id": plan_id,
                        "parent_id": goal.parent and ids[goal.parent],
                        "position": position,
                    },
                )
            waiting = later
        return ids

    def _indicators(self, transaction: Transaction, goals: dict[str, str]) -> None:
        for position, indicator in enumerate(self._file.indicators):
            indicator_id = transaction.insert(
                "indicator",
                {
                    **indicator_columns(indicator),
                    "goal_id": goals[indicator.goal],
                    "position": position,
                },
            )
            for target in indicator.targets:
                start, end = target.period_start.isoformat(), target.period_end.isoformat()
                transaction.insert_natural(
                    "target",
                    (indicator_id, start, end, target.qualifier),
                    {
                        "indicator_id": indicator_id,
                        "period_start": start,
                        "period_end": end,
                        "value": target.value,
                        "qualifier": target.qualifier,
                    },
                )

    def _key_figures(self, transaction: Transaction, plan_id: str, types: dict[str, str]) -> None:
        for figure in self._file.key_figures:
            transaction.insert_natural(
                "key_figure",
                (plan_id, figure.line, figure.name, str(figure.year)),
                {
                    "plan_id": plan_id,
                    "work_type_id": figure.work_type and types[figure.work_type],
                    "line": figure.line,
                    "year": figure.year,
                    "name": figure.name,
                    "value": figure.value,
                    "unit": figure.unit,
                    "source_line": figure.source_line,
                },
            )


def goal_columns(goal: GoalTable) -> dict[str, Value]:
    """A goal of a plan file as the columns of its row; its place in the tree is not among them."""
    return {
        "kind": goal.kind.value,
        "code": goal.code,
        "title": goal.title,
        "summary": goal.summary,
        "year": goal.year,
        "challenge": goal.challenge,
        "source_line": goal.source_line,
    }


def action_columns(goal: GoalTable) -> dict[str, Value]:
    """What an action of a plan file says of its state and budget, as columns of its row."""
    return {
        "state": goal.state,
        "due_on": day_text(goal.due_on),
        "budget_planned": goal.budget_planned,
        "budget_spent": goal.budget_spent,
    }


def indicator_columns(indicator: IndicatorTable) -> dict[str, Value]:
    """An indicator of a plan file as the columns of its row; its goal is not among them."""
    low, high = indicator.band or (None, None)
    return {
        "code": indicator.code,
        "title": indicator.title,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "kind": indicator.kind.value,
        "direction": indicator.direction.value,
        "band_low": low,
        "band_high": high,
        "aggregation": indicator.aggregation.value,
        "scope": indicator.scope.value,
        "judging": indicator.judging.value,
        "sphere": indicator.sphere,
        "source_kind": indicator.source_kind,
        "collection_method": indicator.collection_method,
        "frequency": indicator.frequency.value,
        "baseline_value": indicator.baseline,
        "baseline_on": day_text(indicator.baseline_on),
        "computed": indicator.computed and indicator.computed.value,
        "computed_linked": int(indicator.computed_linked),
        "weight": indicator.weight,
        "origin": indicator.origin,
        "source_line": indicator.source_line,
    }


class CreateEmptyPlan:
    """Put a plan without goals in the file, so that somebody can begin."""

    def __init__(self, code: str, title: str, starts_on: date, ends_on: date) -> None:
        self._values = {
            "code": code,
            "title": title,
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat(),
        }

    def apply(self, transaction: Transaction) -> str:
        """Write the plan."""
        plan_id = transaction.insert("plan", self._values)
        transaction.set_setting("plan", plan_id)
        return said("Empty plan made")


class RegisterOrganisations:
    """Add organisations to the register; their work types must be there."""

    def __init__(self, rows: Sequence[OrganisationRow]) -> None:
        self._rows = rows

    def apply(self, transaction: Transaction) -> str:
        """Write them all."""
        connection = transaction.connection
        types = {w.code: w.id for w in work_types(connection, transaction.today)}
        parts = {(type_id, code): row_id for row_id, type_id, code, _name in subtypes(connection)}
        for row in self._rows:
            if row.work_type not in types:
                raise RuleBroken(
                    _("{name}: there is no work type {code}.").format(
                        name=row.name, code=row.work_type
                    ),
                    hint=_("Known are: {codes}.").format(codes=", ".join(types)),
                )
            work_type_id = types[row.work_type]
            if row.subtype and (work_type_id, row.subtype) not in parts:
                raise RuleBroken(
                    _("{name}: there is no subtype {code}.").format(
                        name=row.name, code=row.subtype
                    ),
                    hint=_("Correct the list, or add the subtype to the plan file."),
                )
            transaction.insert(
                "organisation",
                {
                    "code": row.code,
                    "name": row.name,
                    "work_type_id": work_type_id,
                    "subtype_id": parts.get((work_type_id, row.subtype)),
                    "enterprise_number": row.enterprise_number,
                    "municipality": row.municipality,
                    "size": row.size or None,
                    "participation": row.participation or None,
                    "federation": row.federation,
                    "recognised_from": day_text(row.recognised_from),
                    "recognised_until": day_text(row.recognised_until),
                    "note": row.note,
                },
            )
        count = len(self._rows)
        return counted("{count} organisation registered", "{count} organisations registered", count)


class UsePlan(UseCase):
    """Make a plan the one that the file shows, to everybody."""

    plan_id: str

    def apply(self, transaction: Transaction) -> str:
        """Write the setting."""
        plans = load_plans(transaction.connection)
        plan = present(next((p for p in plans if p.id == self.plan_id), None), field="plan_id")
        shown = load_plan(transaction.connection)
        if shown is not None and shown.id == plan.id:
            raise RuleBroken(
                _("The file shows the plan {code} already.").format(code=plan.code),
                field="plan_id",
            )
        transaction.set_setting("plan", plan.id)
        return said("The file shows the plan {title} from now on", title=plan.title)
