"""Use case: write the story of a goal for a period, beside its numbers."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.titles import said
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.services.operation import Prose, UseCase
from socius_tui.services.rules import inside_plan, present, shown_date
from socius_tui.store.plans import load_goals, narratives, plan_of
from socius_tui.store.unit_of_work import Transaction


class WriteNarrative(UseCase):
    """What happened, so what, what next; a second time for one period replaces the first."""

    goal_id: str
    period_start: date
    period_end: date
    what_happened: Prose = ""
    so_what: Prose = ""
    what_next: Prose = ""

    def apply(self, transaction: Transaction) -> str:
        """Write the narrative."""
        plan = present(plan_of(transaction.connection, self.goal_id), field="goal_id")
        goals = load_goals(transaction.connection, plan.id)
        goal = present(next((g for g in goals if g.id == self.goal_id), None), field="goal_id")
        if self.period_end < self.period_start:
            raise InvalidInput(
                _("The end, {end}, is before the start, {start}.").format(
                    end=shown_date(self.period_end), start=shown_date(self.period_start)
                ),
                field="period_end",
            )
        inside_plan(transaction, self.period_start, field="period_start", plan=plan)
        inside_plan(transaction, self.period_end, field="period_end", plan=plan)
        if not (self.what_happened + self.so_what + self.what_next).strip():
            raise InvalidInput(
                _("Write at least what happened."),
                field="what_happened",
            )
        values = {
            "goal_id": self.goal_id,
            "period_start": self.period_start.isoformat(),
            "period_end": self.period_end.isoformat(),
            "what_happened": self.what_happened,
            "so_what": self.so_what,
            "what_next": self.what_next,
            "written_by": transaction.actor,
            "written_at": transaction.stamp,
        }
        period = (self.period_start, self.period_end)
        for old in narratives(transaction.connection, self.goal_id):
            if (old.period_start, old.period_end) == period:
                transaction.change("narrative", old.id, values)
                break
        else:
            transaction.insert("narrative", values)
        return said(
            "Narrative of {goal} written for {start} to {end}",
            goal=goal.code,
            start=period[0],
            end=period[1],
        )
