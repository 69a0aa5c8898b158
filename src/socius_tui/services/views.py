"""Use cases: save what a list shows under a name, and take a saved view out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, StrictBool, StrictStr

from socius_tui.domain.problem import InputProblem
from socius_tui.domain.saved_views import (
    FIELDS,
    LONGEST_NAME,
    LONGEST_TEXT,
    ME,
    WORDS,
    SavedView,
    as_json,
)
from socius_tui.domain.text import check_text, clean, fold
from socius_tui.domain.titles import said
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.history import KINDS
from socius_tui.services.operation import UseCase
from socius_tui.services.rules import present
from socius_tui.store.unit_of_work import Transaction
from socius_tui.store.views import is_there, saved_view, views_for

ViewName = Annotated[
    str, AfterValidator(lambda name: check_text(name, max_length=LONGEST_NAME, required=True))
]


class SaveView(UseCase):
    """Save the filters of a screen under a name; a view of that name is replaced.

    `filters` are fields of `domain.saved_views.FIELDS`, as `packed` gives them. Without
    `for_everybody` it is a view of the person at the keyboard alone.
    """

    screen: Literal["visits", "organisations", "history"]
    name: ViewName
    filters: Mapping[str, StrictStr | StrictBool]
    for_everybody: bool = False

    def apply(self, transaction: Transaction) -> str:
        """Write the view."""
        person = None if self.for_everybody else transaction.actor
        if person is None and not self.for_everybody:
            raise RuleBroken(
                _("It is not known who is at the keyboard, so this cannot be a view of yours."),
                field="whose",
                hint=_("Save it for everybody, or say who you are with --as or in the settings."),
            )
        for name, value in self.filters.items():
            self._check(transaction, name, value)
        values = {
            "person_id": person,
            "screen": self.screen,
            "name": self.name,
            "filters": as_json(self.filters),
        }
        before = self._of_that_name(transaction, person)
        if before is not None:
            transaction.change("saved_view", before.id, values)
            return said("View “{name}” replaced", name=self.name)
        key = (person or "", self.screen, fold(self.name))
        transaction.insert_natural("saved_view", key, values)
        return said("View “{name}” saved", name=self.name)

    def _of_that_name(self, transaction: Transaction, person: str | None) -> SavedView | None:
        wanted = (person, self.screen, fold(self.name))
        views = views_for(transaction.connection, person)
        return next((v for v in views if (v.person_id, v.screen, fold(v.name)) == wanted), None)

    def _check(self, transaction: Transaction, name: str, value: str | bool) -> None:
        """Raises InvalidInput or NotFound when a field cannot be kept."""
        holds = FIELDS[self.screen].get(name, "")
        if holds == "yes":
            right = value is True
        elif not isinstance(value, str) or not holds:
            right = False
        elif holds in WORDS:
            right = value in WORDS[holds]
        elif holds == "kind":
            right = value in KINDS
        elif holds == "day":
            right = _is_day(value)
        elif holds == "text":
            right = _is_text(value)
        elif value == ME:
            right = holds == "person"
        else:
            # Who did something stays in the history, in the staff or not.
            known = self.screen == "history" or is_there(transaction.connection, holds, value)
            right = present(known or None, field="filters")
        if not right:
            raise InvalidInput(
                _("A view of {screen} cannot hold {field}.").format(
                    screen=self.screen, field=clean(f"{name}={value}", limit=80)
                ),
                field="filters",
            )


class RemoveView(UseCase):
    """Take a saved view out; undo brings it back."""

    view_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire it."""
        view = present(saved_view(transaction.connection, self.view_id), field="view_id")
        transaction.retire("saved_view", view.id)
        return said("View “{name}” taken out", name=view.name)


def _is_text(value: str) -> bool:
    try:
        return bool(check_text(value, max_length=LONGEST_TEXT, required=True))
    except InputProblem:
        return False


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
