"""The form that makes somebody the contact person of a work type, or hands it over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.records import Assignment, WorkType
from socius_tui.errors import RuleBroken, SociusError
from socius_tui.i18n import _
from socius_tui.services import register, resolve
from socius_tui.services.assigning import AddPerson, Assign
from socius_tui.services.looking import View
from socius_tui.services.resolve import Named
from socius_tui.services.session import Operation, Session
from socius_tui.services.wording import word
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import bindings
from socius_tui.ui.commands.forms import FORM, NEW_PERSON
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm, only
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import Edited, FormField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class _Known:
    """What the form chooses from."""

    persons: list[Named]
    work_types: list[WorkType]
    assignments: list[Assignment]


def _known(session: Session) -> _Known:
    return _Known(
        resolve.named_persons(session), register.work_types(session), register.assignments(session)
    )


class HandoverDialog(WriteForm):
    """From a day on somebody is the contact person; whoever it was hands over."""

    DOES = (*FORM, NEW_PERSON)
    BINDINGS = bindings(NEW_PERSON)
    FORM = "handover"
    SUBJECT = ("work_type_id",)

    def __init__(self, work_type_id: str | None = None) -> None:
        super().__init__()
        self._work_type_id = work_type_id
        self._known: _Known | None = None
        self.work_type = ChoiceField(required=True, id="work-type")
        self.person = ChoiceField(required=True, placeholder=_("name"), id="person")
        self.start = DateField(_("today"), id="start")
        self.end = DateField(required=False, id="end")

    def title_text(self) -> str:
        """What is being done."""
        return _("Contact person: assign or hand over")

    def about(self) -> str:
        """The work type."""
        return self.work_type.chosen.label if self.work_type.chosen is not None else ""

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("work_type_id", _("Work type"), self.work_type)
        yield FormField("person_id", _("Contact person"), self.person)
        yield FormField("starts_on", _("From"), self.start)
        yield FormField("ends_on", _("Until"), self.end)

    async def load(self, view: View) -> None:
        """The work types and the staff."""
        del view
        self._known = known = await self.ask(_known)
        self.work_type.set_finder(
            NamedFinder([Named(w.id, w.code, w.name) for w in known.work_types], _("work type"))
        )
        self.person.set_finder(NamedFinder(known.persons, _("person")))
        if self._work_type_id is not None:
            self.prefill("work_type_id", lambda: self.work_type.fill(self._work_type_id))
            if self.work_type.value is not None and self.work_type.typed.has_focus:
                only(self, "person_id").focus_control()
        self._show_history()

    def on_edited(self, _event: Edited) -> None:
        """Another work type has another history."""
        self._show_history()

    def _show_history(self) -> None:
        if self._known is None:
            return
        lines = [
            _history_line(assignment)
            for assignment in self._known.assignments
            if assignment.work_type_id == self.work_type.value
        ]
        if self.work_type.value is not None and not lines:
            lines = [text.dim(_("Nobody was contact person for this work type yet."))]
        elif lines:
            lines.append(
                text.dim(_("Open follow-ups of this work type move to the new contact person."))
            )
        self.context(lines)

    def action_new_person(self) -> None:
        """Add somebody who is not on the list, and choose them."""
        self.app.push_screen(PersonDialog(), self._added)

    async def _added(self, changes: ChangeSet | None) -> None:
        if changes is None:
            return
        await self._reload_persons()
        for person_id in changes.ids("person"):
            self.person.fill(person_id)

    async def _reload_persons(self) -> None:
        try:
            persons = await self.ask(resolve.named_persons)
        except SociusError as error:
            self.complain(error)
            return
        self.person.set_finder(NamedFinder(persons, _("person")))

    def operation(self) -> Operation:
        """The use case."""
        if self.person.value is None:
            raise RuleBroken(_("Choose a contact person."), field="person_id")
        return Assign.of(
            person_id=self.person.value,
            work_type_id=self.work_type.value,
            starts_on=self.start.value,
            ends_on=self.end.value,
        )


def _history_line(assignment: Assignment) -> Content:
    until = show.day(assignment.ends_on) if assignment.ends_on else _("now")
    return text.join(
        text.plain(assignment.person),
        text.dim(f"  {show.day(assignment.starts_on)} – {until}"),
    )


class PersonDialog(WriteForm):
    """Add a member of staff."""

    FORM = "person"

    def __init__(self) -> None:
        super().__init__()
        self.person = TextField(limit=200, required=True, id="person")
        roles = ("contact_person", "director", "reader")
        self.role = OptionRow([(code, word(code)) for code in roles], roles[0], id="role")

    def title_text(self) -> str:
        """What is being done."""
        return _("Add a colleague")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("name", _("Name"), self.person)
        yield FormField("role", _("Role"), self.role)

    def operation(self) -> Operation:
        """The use case."""
        return AddPerson.of(name=self.person.value, role=self.role.value)
