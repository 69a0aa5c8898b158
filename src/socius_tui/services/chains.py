"""The Theory of Change of a goal: its steps, and the indicators that watch them."""

from __future__ import annotations

from typing import Final, Literal

from socius_tui.domain.chain import LEVELS, Chain, Step, Watch
from socius_tui.domain.titles import said
from socius_tui.errors import NotFound
from socius_tui.i18n import _
from socius_tui.services.operation import Sentence, UseCase
from socius_tui.services.overview import plan_status
from socius_tui.services.rules import present, the_plan
from socius_tui.services.session import Session
from socius_tui.store import background, plans
from socius_tui.store.unit_of_work import Transaction

Level = Literal["activity", "output", "outcome", "impact"]
_SHOWN: Final = 60


def chain(session: Session, goal_id: str) -> Chain:
    """The chain of a goal with how its indicators stand on the as-of date. Raises NotFound."""
    status = plan_status(session)
    goal = status.find(goal_id)
    if goal is None or goal.level in ("plan", "indicator"):
        raise NotFound(_("Choose a goal: a chain belongs to one."))
    rows = session.read(lambda connection: background.steps(connection, goal_id))
    lines = {line.id: line for line in status.lines}
    steps = [
        Step(
            row.id,
            row.level,
            row.statement,
            row.assumption,
            tuple(
                Watch(line.id, line.code, line.title, line.status)
                for line in (lines.get(indicator) for indicator in row.indicator_ids)
                if line is not None
            ),
        )
        for row in rows
    ]
    steps.sort(key=lambda step: LEVELS.index(step.level))
    return Chain(goal.id, goal.code, goal.title, tuple(steps))


class AddStep(UseCase):
    """Add a step to the chain of a goal, watched by these indicators."""

    goal_id: str
    level: Level
    statement: Sentence
    assumption: str = ""
    indicator_ids: tuple[str, ...] = ()

    def apply(self, transaction: Transaction) -> str:
        """Write it at the end of the chain."""
        goals = plans.load_goals(transaction.connection, the_plan(transaction).id)
        goal = present(next((g for g in goals if g.id == self.goal_id), None), field="goal_id")
        place = background.next_position(
            transaction.connection, "logic_step", "goal_id", self.goal_id
        )
        step_id = transaction.insert(
            "logic_step",
            {
                "goal_id": self.goal_id,
                "level": self.level,
                "statement": self.statement,
                "assumption": self.assumption,
                "position": place,
            },
        )
        _watch(transaction, step_id, self.indicator_ids, ())
        return said("Step added to {code}: {words}", code=goal.code, words=self.statement[:_SHOWN])


class EditStep(UseCase):
    """Change a step and which indicators watch it."""

    step_id: str
    level: Level
    statement: Sentence
    assumption: str = ""
    indicator_ids: tuple[str, ...] = ()

    def apply(self, transaction: Transaction) -> str:
        """Write the step and its links."""
        row = _found(transaction, self.step_id)
        transaction.change(
            "logic_step",
            self.step_id,
            {
                "level": self.level,
                "statement": self.statement,
                "assumption": self.assumption,
            },
        )
        _watch(transaction, self.step_id, self.indicator_ids, row.indicator_ids)
        return said("Step changed: {words}", words=self.statement[:_SHOWN])


class RetireStep(UseCase):
    """Take a step out of its chain; it can be restored."""

    step_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        row = _found(transaction, self.step_id)
        transaction.retire("logic_step", self.step_id)
        return said("Step taken out: {words}", words=row.statement[:_SHOWN])


def _found(transaction: Transaction, step_id: str) -> background.StepRow:
    goal_id = present(background.goal_of_step(transaction.connection, step_id))
    rows = {row.id: row for row in background.steps(transaction.connection, goal_id)}
    return present(rows.get(step_id))


def _watch(
    transaction: Transaction, step_id: str, wanted: tuple[str, ...], there: tuple[str, ...]
) -> None:
    """Let these indicators watch a step, and no others."""
    owner = ("logic_step_id", step_id)
    transaction.relink("logic_step_indicator", owner, "indicator_id", wanted, there)
