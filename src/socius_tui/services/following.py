"""Use cases around a follow-up: promise, change, close, take out."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.titles import said
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.operation import Prose, Sentence, UseCase
from socius_tui.services.rules import not_in_future, present, shown_date
from socius_tui.store.follow_ups import follow_up
from socius_tui.store.plans import day_text
from socius_tui.store.unit_of_work import Transaction


class AddFollowUp(UseCase):
    """Promise something; it comes from a visit, a goal or an indicator."""

    what: Sentence
    owner_id: str | None = None
    due_on: date | None = None
    visit_id: str | None = None
    goal_id: str | None = None
    indicator_id: str | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write the promise; the owner is the person at the keyboard unless given."""
        if not (self.visit_id or self.goal_id or self.indicator_id):
            raise InvalidInput(
                _("A follow-up comes from a visit, a goal or an indicator; none was given."),
                field="source",
                hint=_("Choose what it came from."),
            )
        transaction.insert(
            "follow_up",
            {
                "visit_id": self.visit_id,
                "goal_id": self.goal_id,
                "indicator_id": self.indicator_id,
                "what": self.what,
                "owner_id": self.owner_id or transaction.actor,
                "due_on": day_text(self.due_on),
                "recorded_at": transaction.stamp,
            },
        )
        return said("Follow-up added: {what}", what=self.what)


class CloseFollowUp(UseCase):
    """A promise was kept, on a day, with what came of it."""

    follow_up_id: str
    done_on: date
    outcome: Prose = ""

    def apply(self, transaction: Transaction) -> str:
        """Mark as done."""
        found = present(follow_up(transaction.connection, self.follow_up_id))
        if found.done_on is not None:
            raise RuleBroken(
                _("This follow-up was done already, on {day}.").format(
                    day=shown_date(found.done_on)
                )
            )
        not_in_future(transaction, self.done_on, field="done_on")
        transaction.change(
            "follow_up",
            self.follow_up_id,
            {"done_on": self.done_on.isoformat(), "outcome": self.outcome},
        )
        return said("Follow-up done: {what}", what=found.what)


class EditFollowUp(UseCase):
    """Change what was promised, by whom or before when; None stays as it is."""

    follow_up_id: str
    what: Sentence | None = None
    owner_id: str | None = None
    due_on: date | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write what is given."""
        found = present(follow_up(transaction.connection, self.follow_up_id))
        due = self.due_on or found.due_on
        transaction.change(
            "follow_up",
            self.follow_up_id,
            {
                "what": self.what or found.what,
                "owner_id": self.owner_id or found.owner_id,
                "due_on": day_text(due),
            },
        )
        return said("Follow-up changed: {what}", what=self.what or found.what)


class RetireFollowUp(UseCase):
    """Take a follow-up that was a mistake out of the list; it can be restored."""

    follow_up_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        found = present(follow_up(transaction.connection, self.follow_up_id))
        transaction.retire("follow_up", self.follow_up_id)
        return said("Follow-up taken out: {what}", what=found.what)
