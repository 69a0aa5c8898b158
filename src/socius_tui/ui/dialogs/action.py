"""The form for an action of a year programme: add one, correct one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.widget import Widget

from socius_tui.domain.numbers import format_exact
from socius_tui.domain.programme import STATES, ActionLine
from socius_tui.errors import NotFound
from socius_tui.i18n import _, get_language
from socius_tui.services import resolve
from socius_tui.services.acting import PARENTS, AddAction, EditAction, RetireAction
from socius_tui.services.looking import View
from socius_tui.services.programme import action, goals_for_actions
from socius_tui.services.resolve import Named
from socius_tui.services.session import Operation, Session
from socius_tui.ui import text
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.number_field import NumberField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import NoteField, TextField


class _Known(NamedTuple):
    """What the form chooses from and begins with."""

    goals: list[Named]
    persons: list[Named]
    me: str | None
    preset: str | None
    old: ActionLine | None


def _known(session: Session, goal_id: str | None, action_id: str | None) -> _Known:
    goals = goals_for_actions(session, tuple(PARENTS))
    chosen = goal_id
    beside = action(session, goal_id) if goal_id else None
    if beside is not None:  # with the cursor on an action the new one comes beside it
        chosen = beside.goal_id
    old = action(session, action_id) if action_id else None
    if action_id and old is None:
        raise NotFound(_("This action no longer exists."))
    return _Known(
        goals,
        resolve.named_persons(session),
        session.actor,
        chosen if any(goal.id == chosen for goal in goals) else None,
        old,
    )


class ActionDialog(WriteForm):
    """Put an action in a year programme, or correct the action `action_id`."""

    FORM = "action"
    SUBJECT = ("goal_id", "action_id", "year")

    def __init__(
        self, goal_id: str | None = None, *, action_id: str | None = None, year: str = ""
    ) -> None:
        super().__init__()
        self._goal_id, self._action_id, self._year = goal_id, action_id, year
        self._old: ActionLine | None = None
        self.heading = TextField(limit=500, required=True, id="heading")
        self.goal = ChoiceField(required=True, placeholder=_("code or title"), id="goal")
        self.in_year = NumberField(plain=True, id="in-year")
        self.state = OptionRow([(code, text.word(code)) for code in STATES], "planned", id="state")
        self.owner = ChoiceField(placeholder=_("name"), id="owner")
        self.due = DateField(required=False, id="due")
        self.planned = NumberField(plain=True, required=False, id="planned")
        self.spent = NumberField(plain=True, required=False, id="spent")
        self.note = NoteField(lines=3, id="note")

    def title_text(self) -> str:
        """What is being done."""
        return _("Correct an action") if self._action_id else _("New action")

    def about(self) -> str:
        """The goal that it is for."""
        if self._old is not None:
            return f"{self._old.code} {self._old.title}"
        return self.goal.chosen.label if self.goal.chosen is not None else ""

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("title", _("Action"), self.heading)
        if self._action_id is None:
            yield FormField("goal_id", _("For the goal"), self.goal)
        yield FormField("year", _("Year"), self.in_year)
        yield FormField("state", _("State"), self.state)
        yield FormField("owner_id", _("By"), self.owner)
        yield FormField("due_on", _("Due"), self.due)
        yield FormField("budget_planned", _("Planned, euro"), self.planned)
        yield FormField("budget_spent", _("Spent, euro"), self.spent)
        yield FormField("summary", _("Note"), self.note)

    async def load(self, view: View) -> None:
        """Fill in what is known."""
        known = await self.ask(_known, self._goal_id, self._action_id)
        for field in (self.planned, self.spent):
            field.measure("€", percentage=False)
        self.goal.set_finder(NamedFinder(known.goals, _("goal")))
        self.owner.set_finder(NamedFinder(known.persons, _("person")))
        self._old = old = known.old
        if old is None:
            year = self._year or str(view.as_of.year)
            self.prefill("year", lambda: self.in_year.fill(year))
            self.prefill("owner_id", lambda: self.owner.fill(known.me))
            if known.preset is not None:
                self.prefill("goal_id", lambda: self.goal.fill(known.preset))
            return
        self.context(
            [
                text.spaced(
                    (
                        text.styled(old.code, text.KEY),
                        text.dim(f"{old.goal} {old.goal_title}"),
                    )
                )
            ]
        )
        self.prefill("title", lambda: self.heading.fill(old.title))
        self.prefill("year", lambda: self.in_year.fill(str(old.year)))
        self.prefill("state", lambda: setattr(self.state, "value", old.state))
        self.prefill("owner_id", lambda: self.owner.fill(old.owner_id))
        self.prefill("due_on", lambda: self.due.fill(old.due_on))
        for name, field, amount in (
            ("budget_planned", self.planned, old.planned),
            ("budget_spent", self.spent, old.spent),
        ):
            if amount is not None:
                shown = format_exact(amount, get_language())
                self.prefill(name, lambda field=field, shown=shown: field.fill(shown))  # type: ignore[misc]
        self.prefill("summary", lambda: self.note.fill(old.summary))

    def operation(self) -> Operation:
        """The use case."""
        year = self.in_year.value
        planned, spent = self.planned.value, self.spent.value
        fields = {
            "title": self.heading.value,
            "year": year.value if year else None,
            "state": self.state.value,
            "owner_id": self.owner.value,
            "due_on": self.due.value,
            "budget_planned": planned.value if planned else None,
            "budget_spent": spent.value if spent else None,
            "summary": self.note.text,
        }
        if self._action_id is not None:
            return EditAction.of(action_id=self._action_id, **fields)
        return AddAction.of(goal_id=self.goal.value, **fields)

    def can_take_out(self) -> bool:
        """An action that is in the programme already."""
        return self._action_id is not None

    def taking_out(self) -> tuple[str, Operation]:
        """Out of the programme."""
        return take_out_action(self._old)


def take_out_action(action: ActionLine | None) -> tuple[str, Operation]:
    """The question before an action goes out of its programme, and the use case."""
    if action is None:
        raise NotFound(_("This action no longer exists."))
    question = _("Take the action {code} “{title}” out of the programme?").format(
        code=action.code, title=action.title[:200]
    )
    return question, RetireAction.of(action_id=action.id)
