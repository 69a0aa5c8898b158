"""The plan of the next period: made from the one before, with its goals and indicators.

Organisations, people and the log belong to the file and not to a plan: they simply stay. What
is carried over and what is not, with the reasons, stands in docs/plan-periods.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import AfterValidator

from socius_tui.domain.carrying import Baseline, carried_baseline, moved_period
from socius_tui.domain.model import Period
from socius_tui.domain.plan import GoalRecord, IndicatorRecord, PlanRecord
from socius_tui.domain.text import check_text
from socius_tui.domain.titles import said
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.carrying_choice import chosen_goals, new_codes, period_after
from socius_tui.services.evidence import read_evidence
from socius_tui.services.operation import Title, UseCase
from socius_tui.services.rules import present
from socius_tui.services.session import Session
from socius_tui.store import carrying
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day_text, load_plans
from socius_tui.store.unit_of_work import Transaction, Value

Code = Annotated[str, AfterValidator(lambda text: check_text(text, max_length=60, required=True))]


class CarriedGoal(NamedTuple):
    """A goal of the new plan, with that of the old one; `depth` is 1 at the top."""

    record: GoalRecord
    code: str
    depth: int


class CarriedTarget(NamedTuple):
    """A target at its place in the new plan."""

    period: Period
    value: str
    qualifier: str


class CarriedIndicator(NamedTuple):
    """An indicator of the new plan, with that of the old one and its baseline."""

    record: IndicatorRecord
    code: str
    depth: int
    baseline: Baseline
    targets: tuple[CarriedTarget, ...]


class Proposal(NamedTuple):
    """What a new plan would hold, before anything is written.

    `lines` are goals, each followed by its indicators and then the goals under it. `judged_on`
    is the day of the baselines; `early` says that the old plan still runs after it.
    `left_targets` and `left_pauses` count what falls outside the new period.
    """

    previous: PlanRecord
    code: str
    period: Period
    lines: tuple[CarriedGoal | CarriedIndicator, ...]
    pauses: tuple[tuple[Period, str], ...]
    judged_on: date
    early: bool
    left_actions: int
    left_targets: int
    left_pauses: int

    @property
    def goals(self) -> list[CarriedGoal]:
        """The goals, parents first."""
        return [line for line in self.lines if isinstance(line, CarriedGoal)]

    @property
    def indicators(self) -> list[CarriedIndicator]:
        """The indicators."""
        return [line for line in self.lines if isinstance(line, CarriedIndicator)]


class CarryOver(UseCase):
    """Make the plan of the next period from one that is in the file.

    Without an end it is as long as the old one, without a start it begins on the day after it.
    `goal_ids` are the goals to take, each with all that is below it and the goals above it; None
    takes all. `renames` gives goals and indicators another code, by their old code. Targets are
    left to the new plan, or moved along (`shift`). `use` makes it the plan that the file shows.
    """

    previous_id: str
    code: Code
    title: Title
    starts_on: date | None = None
    ends_on: date | None = None
    goal_ids: tuple[str, ...] | None = None
    without_indicator_ids: tuple[str, ...] = ()
    renames: Mapping[str, str] = {}
    targets: Literal["none", "shift"] = "none"
    use: bool = False

    def apply(self, transaction: Transaction) -> str:
        """Write the plan."""
        connection = transaction.connection
        proposal = propose(connection, self, transaction.today)
        plan_id = _write_plan(transaction, self, proposal)
        goals = _write_goals(transaction, proposal, plan_id)
        _write_indicators(transaction, proposal, goals)
        if self.use:
            transaction.set_setting("plan", plan_id)
        return said(
            "Plan {title} made from {previous}", title=self.title, previous=proposal.previous.code
        )


def proposal(session: Session, wanted: CarryOver) -> Proposal:
    """What a new plan would hold. Raises what writing it would raise."""
    return session.read(lambda connection: propose(connection, wanted, session.today))


def propose(connection: Connection, wanted: CarryOver, today: date) -> Proposal:
    """What a new plan would hold, on a day; see `CarryOver` for what can be refused."""
    plans = load_plans(connection)
    previous = present(next((p for p in plans if p.id == wanted.previous_id), None))
    if wanted.code.casefold() in {plan.code.casefold() for plan in plans}:
        raise RuleBroken(
            _("The plan {code} is in this file already.").format(code=wanted.code),
            field="code",
            hint=_("Give the new plan another code."),
        )
    old = previous.rules.period
    period = period_after(previous, wanted.starts_on, wanted.ends_on)
    day = min(today, old.end, period.start - timedelta(days=1))
    evidence = read_evidence(connection, previous, day)
    chosen = chosen_goals(evidence, wanted.goal_ids)
    codes = new_codes(evidence, chosen, wanted.without_indicator_ids, wanted.renames)
    targets = carrying.target_rows(connection, previous.id) if wanted.targets == "shift" else {}
    lines: list[CarriedGoal | CarriedIndicator] = []
    left_targets = 0

    def write(parent: str | None, depth: int) -> None:
        nonlocal left_targets
        for goal in evidence.goals:
            if goal.parent_id != parent or goal.id not in codes:
                continue
            lines.append(CarriedGoal(goal, codes[goal.id], depth))
            for indicator in evidence.indicators:
                if indicator.goal_id != goal.id or indicator.id not in codes:
                    continue
                moved = _targets(targets.get(indicator.id, ()), old, period)
                left_targets += len(targets.get(indicator.id, ())) - len(moved)
                baseline = carried_baseline(
                    indicator.measure,
                    indicator.baseline_on,
                    evidence.judge(indicator, looking_ahead=False),
                    day,
                )
                lines.append(
                    CarriedIndicator(indicator, codes[indicator.id], depth + 1, baseline, moved)
                )
            write(goal.id, depth + 1)

    write(None, 1)
    pauses = carrying.pause_rows(connection, previous.id).values()
    at_place = [
        (moved_period(_period_of(row, "starts_on", "ends_on"), old, period), row) for row in pauses
    ]
    return Proposal(
        previous=previous,
        code=wanted.code,
        period=period,
        lines=tuple(lines),
        pauses=tuple((found, str(row["label"])) for found, row in at_place if found),
        judged_on=day,
        early=day < old.end,
        left_actions=chosen.actions,
        left_targets=left_targets,
        left_pauses=sum(found is None for found, _row in at_place),
    )


def _period_of(row: carrying.Row, start: str, end: str) -> Period:
    return Period(date.fromisoformat(str(row[start])), date.fromisoformat(str(row[end])))


def _targets(rows: Sequence[carrying.Row], old: Period, new: Period) -> tuple[CarriedTarget, ...]:
    """The targets that have a place in the new plan."""
    moved = [
        (moved_period(_period_of(row, "period_start", "period_end"), old, new), row) for row in rows
    ]
    return tuple(
        CarriedTarget(period, str(row["value"]), str(row["qualifier"]))
        for period, row in moved
        if period is not None
    )


_NOT_OF_THE_NEXT: Final = ("id", "retired_at", "source_line")


def _copied(row: Mapping[str, Value], **other: Value) -> dict[str, Value]:
    """A row as it is carried over: another id, no lines of the old text, and what differs."""
    kept = {name: value for name, value in row.items() if name not in _NOT_OF_THE_NEXT}
    return {**kept, **other}


def _write_plan(transaction: Transaction, wanted: CarryOver, proposal: Proposal) -> str:
    row = carrying.plan_row(transaction.connection, wanted.previous_id)
    plan_id = transaction.insert(
        "plan",
        _copied(
            row,
            code=wanted.code,
            title=wanted.title,
            starts_on=proposal.period.start.isoformat(),
            ends_on=proposal.period.end.isoformat(),
            source="",
            previous_plan_id=wanted.previous_id,
        ),
    )
    for period, label in proposal.pauses:
        transaction.insert(
            "plan_pause",
            {
                "plan_id": plan_id,
                "starts_on": period.start.isoformat(),
                "ends_on": period.end.isoformat(),
                "label": label,
            },
        )
    return plan_id


def _write_goals(transaction: Transaction, proposal: Proposal, plan_id: str) -> dict[str, str]:
    """Write the goals; gives the new id of each by its old one."""
    rows = carrying.goal_rows(transaction.connection, proposal.previous.id)
    ids: dict[str, str] = {}
    for goal in proposal.goals:
        old = goal.record
        ids[old.id] = transaction.insert(
            "goal",
            _copied(
                rows[old.id],
                plan_id=plan_id,
                parent_id=old.parent_id and ids[old.parent_id],
                code=goal.code,
                previous_goal_id=old.id,
            ),
        )
    return ids


def _write_indicators(
    transaction: Transaction, proposal: Proposal, goals: Mapping[str, str]
) -> None:
    rows = carrying.indicator_rows(transaction.connection, proposal.previous.id)
    for indicator in proposal.indicators:
        old = indicator.record
        new_id = transaction.insert(
            "indicator",
            _copied(
                rows[old.id],
                goal_id=goals[old.goal_id],
                code=indicator.code,
                baseline_value=indicator.baseline.value,
                baseline_on=day_text(indicator.baseline.day),
                previous_indicator_id=old.id,
            ),
        )
        for target in indicator.targets:
            start, end = target.period.start.isoformat(), target.period.end.isoformat()
            transaction.insert_natural(
                "target",
                (new_id, start, end, target.qualifier),
                {
                    "indicator_id": new_id,
                    "period_start": start,
                    "period_end": end,
                    "value": target.value,
                    "qualifier": target.qualifier,
                },
            )
