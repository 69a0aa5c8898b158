"""The analysis of the plan: findings on a grid, linked to goals; and whom the makers asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from socius_tui.domain.analysis import KINDS, Statement, places
from socius_tui.domain.survey import Ambition, Mismatch, SurveyGroup, cross_checks
from socius_tui.domain.titles import said
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.operation import Sentence, UseCase
from socius_tui.services.rules import present, the_plan
from socius_tui.services.session import Session
from socius_tui.services.wording import word
from socius_tui.store import background, plans
from socius_tui.store.driver import Connection
from socius_tui.store.unit_of_work import Transaction

Kind = Literal["weakness", "strength", "aspiration", "threat", "opportunity", "result"]
Strategy = Literal[
    "limit_damage",
    "choose",
    "question_again",
    "defend",
    "invest",
    "commit",
    "rethink",
    "realise",
    "risk",
]
_SHOWN: Final = 60  # characters of a statement in a title


class Survey(NamedTuple):
    """The survey table, and what in it does not add up."""

    groups: tuple[SurveyGroup, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def asked(self) -> int:
        """Everybody who was asked: the rows that are a part of nothing."""
        return sum(group.total or 0 for group in self.groups if group.whole is None)


def statements(session: Session) -> tuple[Statement, ...]:
    """The findings of the plan that is looked at, in their order."""
    plan_id = session.plan().id
    return tuple(session.read(lambda connection: background.statements(connection, plan_id)))


def survey(session: Session) -> Survey:
    """The survey of the plan that is looked at."""
    plan_id = session.plan().id
    groups = session.read(lambda connection: background.survey_groups(connection, plan_id))
    return Survey(tuple(groups), cross_checks(groups))


def ambition(asked: int, recognised: int) -> Ambition:
    """Organisations asked against a quarter of those recognised (plan, line 2637)."""
    return Ambition(asked, recognised, Fraction(1, 4))


def counts(found: Sequence[Statement]) -> Counter[str]:
    """How many findings each list and each strategy has; '' is those without a place."""
    counted = Counter(statement.kind for statement in found)
    counted.update(statement.strategy for statement in found)
    return counted


class AddStatement(UseCase):
    """Note a finding, with its place on the grid and the goals that it led to."""

    kind: Kind
    statement: Sentence
    strategy: Strategy | None = None
    goal_ids: tuple[str, ...] = ()

    def apply(self, transaction: Transaction) -> str:
        """Write it at the end of its list."""
        _check_place(self.kind, self.strategy)
        plan_id = the_plan(transaction).id
        place = background.next_position(
            transaction.connection, "analysis_statement", "plan_id", plan_id
        )
        statement_id = transaction.insert(
            "analysis_statement",
            {
                "plan_id": plan_id,
                "kind": self.kind,
                "statement": self.statement,
                "strategy": self.strategy,
                "position": place,
            },
        )
        _link(transaction, statement_id, self.goal_ids, ())
        return said("Added to the analysis: {statement}", statement=self.statement[:_SHOWN])


class EditStatement(UseCase):
    """Say a finding in other words, place it elsewhere, or link it to other goals."""

    statement_id: str
    statement: Sentence
    strategy: Strategy | None = None
    goal_ids: tuple[str, ...] = ()

    def apply(self, transaction: Transaction) -> str:
        """Write what it is now."""
        found = _found(transaction, self.statement_id)
        _check_place(found.kind, self.strategy)
        transaction.change(
            "analysis_statement",
            self.statement_id,
            {"statement": self.statement, "strategy": self.strategy},
        )
        _link(transaction, found.id, self.goal_ids, [link.goal_id for link in found.goals])
        return said("Changed in the analysis: {statement}", statement=self.statement[:_SHOWN])


class PlaceStatement(UseCase):
    """Give a finding its place on the grid, or (None) take it off."""

    statement_id: str
    strategy: Strategy | None

    def apply(self, transaction: Transaction) -> str:
        """Write the place. Raises RuleBroken for a cell that its list does not pass."""
        found = _found(transaction, self.statement_id)
        _check_place(found.kind, self.strategy)
        transaction.change("analysis_statement", self.statement_id, {"strategy": self.strategy})
        return said("Placed on the grid: {statement}", statement=found.statement[:_SHOWN])


class LinkStatement(UseCase):
    """A finding led to a goal; `linked` False takes that back."""

    statement_id: str
    goal_id: str
    linked: bool = True

    def apply(self, transaction: Transaction) -> str:
        """Write or retire the link."""
        found = _found(transaction, self.statement_id)
        goals = plans.load_goals(transaction.connection, the_plan(transaction).id)
        goal = present(next((g for g in goals if g.id == self.goal_id), None), field="goal_id")
        linked = any(link.goal_id == goal.id for link in found.goals)
        if self.linked:
            _link(transaction, found.id, (goal.id,), (goal.id,) if linked else ())
            return said("Linked to {code}: {words}", code=goal.code, words=found.statement[:_SHOWN])
        _link(transaction, found.id, (), (goal.id,) if linked else ())
        return said("No longer linked to {code}", code=goal.code)


class RetireStatement(UseCase):
    """Take a finding out of the analysis; it can be restored."""

    statement_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        found = _found(transaction, self.statement_id)
        transaction.retire("analysis_statement", found.id)
        return said("Taken out of the analysis: {statement}", statement=found.statement[:_SHOWN])


def _link(
    transaction: Transaction, statement_id: str, wanted: Sequence[str], there: Sequence[str]
) -> None:
    """Link a finding to these goals and to no others."""
    owner = ("statement_id", statement_id)
    transaction.relink("analysis_goal", owner, "goal_id", wanted, there)


def _found(transaction: Transaction, statement_id: str) -> Statement:
    return present(_by_id(transaction.connection, the_plan(transaction).id).get(statement_id))


def _by_id(connection: Connection, plan_id: str) -> dict[str, Statement]:
    return {each.id: each for each in background.statements(connection, plan_id)}


def _check_place(kind: str, strategy: str | None) -> None:
    if kind not in KINDS or strategy is None or strategy in places(kind):
        return
    raise RuleBroken(
        _("“{strategy}” is not on the line of this list.").format(strategy=word(strategy)),
        field="strategy",
        hint=_("It can be placed at {places}.").format(
            places=", ".join(word(place) for place in places(kind))
        ),
    )
