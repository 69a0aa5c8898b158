"""The first start: who are you, and which plan."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import ClassVar, Final

from textual.widget import Widget

from socius_tui.errors import BadFile, InvalidInput
from socius_tui.i18n import _
from socius_tui.services.assigning import Role
from socius_tui.services.setup import EMPTY_PLAN, SOCIUS_PLAN, FirstStart
from socius_tui.services.wording import word
from socius_tui.ui import text
from socius_tui.ui.dialogs.form import FormDialog, sentences
from socius_tui.ui.widgets.form_field import Edited, FormField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField

__all__ = ["FirstStart", "FirstStartDialog"]

_FILE = "file"
_ROLES: Final[tuple[Role, ...]] = ("contact_person", "director", "reader")


class FirstStartDialog(FormDialog[FirstStart]):
    """Asks what a new file begins with, and gives it.

    `create` makes the file; while it refuses, the form stays open with what was typed.
    """

    ALIASES: ClassVar[dict[str, str]] = {"name": "person"}

    def __init__(self, create: Callable[[FirstStart], object] | None = None) -> None:
        super().__init__()
        self._create = create
        self.person = TextField(limit=200, required=True, id="person")
        self.role = OptionRow([(role, word(role)) for role in _ROLES], _ROLES[0], id="role")
        self.plan = OptionRow(
            [
                (SOCIUS_PLAN, _("Socius 2016-2020")),
                (EMPTY_PLAN, _("an empty plan")),
                (_FILE, _("a plan file")),
            ],
            SOCIUS_PLAN,
            id="plan",
        )
        self.path = TextField(limit=4000, placeholder=_("path of the file"), id="path")
        self.organisations = OptionRow([("no", _("no")), ("yes", _("yes"))], "no", id="samples")

    def title_text(self) -> str:
        """What is being done."""
        return _("Welcome: a new file")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("person", _("Your name"), self.person)
        yield FormField("role", _("You are"), self.role)
        yield FormField("plan", _("Begin with"), self.plan)
        yield FormField("path", _("Plan file"), self.path)
        yield FormField("sample_organisations", _("Sample register"), self.organisations)

    def on_mount(self) -> None:
        """What belongs to another choice is not seen."""
        self.context(
            [
                text.dim(
                    _("There is no file yet; this makes one. Everything can be changed later.")
                ),
                text.dim(_("The sample register holds 136 made-up organisations, marked as such.")),
            ]
        )
        self._arrange()

    async def _load(self) -> None:
        """There is no file to ask anything."""
        self._ready.set()

    @property
    def is_ready(self) -> bool:
        """Nothing is loaded, so it always is."""
        return True

    def on_edited(self, _event: Edited) -> None:
        """Another plan."""
        self._arrange()

    def _arrange(self) -> None:
        for field in self.query(FormField):
            if field.field == "path":
                field.display = self.plan.value == _FILE
            elif field.field == "sample_organisations":
                field.display = self.plan.value != EMPTY_PLAN

    async def submit(self) -> FirstStart:
        """Make the file."""
        chosen = self.plan.value
        if chosen == _FILE:
            chosen = self.path.value.strip()
            if not chosen:
                raise InvalidInput(_("Give the path of the plan file."), field="path")
        start = FirstStart(
            plan=chosen,
            sample_organisations=(
                self.organisations.value == "yes" and self.plan.value != EMPTY_PLAN
            ),
            person=self.person.value.strip(),
            role=next(role for role in _ROLES if role == self.role.value),
        )
        if self._create is not None:
            try:
                await asyncio.to_thread(self._create, start)
            except BadFile as error:
                if self.plan.value == _FILE:
                    raise InvalidInput(sentences(error), field="path") from error
                raise
        return start
