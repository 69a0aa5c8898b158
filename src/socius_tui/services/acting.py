"""Use cases around an action of a year programme: add, change, say how it goes, take out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator

from socius_tui.domain.model import GoalKind
from socius_tui.domain.money import check_euro
from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.programme import ActionLine, free_code
from socius_tui.domain.titles import said
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.operation import Prose, Title, UseCase
from socius_tui.services.rules import present
from socius_tui.services.wording import word
from socius_tui.store import actions
from socius_tui.store.plans import day_text, load_plans
from socius_tui.store.unit_of_work import Transaction, Value

State = Literal["planned", "under_way", "done", "dropped"]
Euro = Annotated[str, AfterValidator(check_euro)]

#: What an action can stand under.
PARENTS: Final = (GoalKind.OPERATIONAL, GoalKind.OBJECTIVE, GoalKind.BASIC_TASK)


class AddAction(UseCase):
    """Put an action in the programme of a year, under an operational goal, an objective or a task.

    The budgets are euro as decimal text.
    """

    goal_id: str
    title: Title
    year: int
    summary: Prose = ""
    state: State = "planned"
    owner_id: str | None = None
    due_on: date | None = None
    budget_planned: Euro | None = None
    budget_spent: Euro | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write it, with a code made from that of the goal."""
        connection = transaction.connection
        goal = present(actions.goal_of(connection, self.goal_id), field="goal_id")
        plan_id, kind, goal_code, _goal_title = goal
        if kind not in PARENTS:
            raise RuleBroken(
                _("An action cannot stand under {goal}, which is of the kind “{kind}”.").format(
                    goal=goal_code, kind=word(kind)
                ),
                field="goal_id",
                hint=_("Choose an operational goal, an objective or a basic task."),
            )
        _inside(_plan(transaction, plan_id), self.year, self.due_on)
        code = free_code(goal_code, self.year, actions.codes_taken(connection, plan_id))
        transaction.insert(
            "goal",
            {
                "plan_id": plan_id,
                "parent_id": self.goal_id,
                "kind": GoalKind.ACTION.value,
                "code": code,
                "title": self.title,
                "summary": self.summary,
                "position": actions.last_position(connection, self.goal_id) + 1,
                "year": self.year,
                "owner_id": self.owner_id,
                "state": self.state,
                "due_on": day_text(self.due_on),
                "budget_planned": self.budget_planned,
                "budget_spent": self.budget_spent,
            },
        )
        return said("Action {code} added: {title}", code=code, title=self.title)


class EditAction(UseCase):
    """Change an action; a field that is not given stays, None or "" makes it empty.

    Title, year and state are never empty: None leaves them as they are.
    """

    action_id: str
    title: Title | None = None
    year: int | None = None
    state: State | None = None
    summary: Prose = ""
    owner_id: str | None = None
    due_on: date | None = None
    budget_planned: Euro | None = None
    budget_spent: Euro | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write what is given."""
        found = present(actions.action_line(transaction.connection, self.action_id))
        given = {name: getattr(self, name) for name in self.model_fields_set - {"action_id"}}
        columns: dict[str, Value] = {
            name: day_text(value) if isinstance(value, date) else value
            for name, value in given.items()
            if value is not None or name not in ("title", "year", "state")
        }
        if "year" in columns or "due_on" in columns:
            goal = present(actions.goal_of(transaction.connection, found.goal_id))
            due = self.due_on if "due_on" in given else found.due_on
            _inside(_plan(transaction, goal[0]), self.year or found.year, due)
        transaction.change("goal", self.action_id, columns)
        return said("Action {code} changed: {title}", code=found.code, title=found.title)


class SetActionState(UseCase):
    """Say how an action is going."""

    action_id: str
    state: State

    def apply(self, transaction: Transaction) -> str:
        """Write the state."""
        found = present(actions.action_line(transaction.connection, self.action_id))
        transaction.change("goal", self.action_id, {"state": self.state})
        return _stated(found, self.state)


class RetireAction(UseCase):
    """Take an action that was a mistake out of the programme; it can be restored."""

    action_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        found = present(actions.action_line(transaction.connection, self.action_id))
        transaction.retire("goal", self.action_id)
        return said("Action {code} taken out: {title}", code=found.code, title=found.title)


def _plan(transaction: Transaction, plan_id: str) -> PlanRecord:
    plans = load_plans(transaction.connection)
    return present(next((plan for plan in plans if plan.id == plan_id), None))


def _inside(plan: PlanRecord, year: int, due_on: date | None) -> None:
    """Raises RuleBroken for a year outside the plan, or a due day before that year."""
    start, end = plan.rules.period
    if not start.year <= year <= end.year:
        raise RuleBroken(
            _("{year} is outside the plan, which runs from {first} to {last}.").format(
                year=year, first=start.year, last=end.year
            ),
            field="year",
            hint=_("Check the year."),
        )
    if due_on is not None and due_on.year < year:
        raise RuleBroken(
            _("An action of {year} cannot be due before that year.").format(year=year),
            field="due_on",
            hint=_("Check the year, or the day."),
        )


def _stated(found: ActionLine, state: State) -> str:
    """A title for each state, so that it can be said in another language later."""
    values = {"code": found.code, "title": found.title}
    if state == "planned":
        return said("Action {code} planned again: {title}", **values)
    if state == "under_way":
        return said("Action {code} under way: {title}", **values)
    if state == "done":
        return said("Action {code} done: {title}", **values)
    return said("Action {code} dropped: {title}", **values)
