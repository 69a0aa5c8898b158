"""Days off: the list of them, and the form that notes some."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from socius_tui.i18n import _
from socius_tui.services import resolve
from socius_tui.services.days_off import AddDayOff, DayOff, RetireDayOff, days_off
from socius_tui.services.looking import View
from socius_tui.services.session import Operation, Session
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.planner import ADD_DAY_OFF, DAYS_OFF_WINDOW, REMOVE_DAY_OFF
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.text_field import TextField


def _coming(session: Session) -> list[DayOff]:
    return days_off(session, since=session.as_of)


class DaysOffWindow(ListWindow):
    """Days off that are not over, of everybody."""

    DOES: ClassVar[tuple[Command, ...]] = DAYS_OFF_WINDOW
    BINDINGS = bindings(*DAYS_OFF_WINDOW)
    DEFAULT_CSS = """
    DaysOffWindow > #window { width: 84; height: 60%; }
    """

    def heading(self) -> Content:
        """What is listed."""
        return text.styled(_("Days off"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Add, take out, back."""
        for command in (ADD_DAY_OFF, REMOVE_DAY_OFF):
            yield text.key_hint(command.key, _(command.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield LineTable(
            (
                Column(_("From"), 12),
                Column(_("Until"), 12),
                Column(_("For whom"), weight=1),
                Column(_("Note"), weight=2),
            ),
            empty=_("No days off were noted. Public holidays and pauses of the plan are known."),
            id="days-off",
        )

    async def load(self) -> None:
        """Ask for them."""
        lines = await host(self).session.ask(_coming)
        await self.table.show([_row(line) for line in lines])

    def action_add(self) -> None:
        """Note some."""
        self.app.push_screen(DayOffDialog(), self.done)

    def action_remove(self) -> None:
        """Take out the line with the cursor; u brings it back."""
        if key := self.table.current_key:
            self.do(RetireDayOff.of(day_off_id=key))


def _row(line: DayOff) -> Row:
    person = text.plain(line.person) if line.person_id else text.dim(_("everybody"))
    return Row(
        line.id,
        (show.day(line.starts_on), show.day(line.ends_on), person, text.plain(line.label)),
    )


class DayOffDialog(WriteForm):
    """Days on which somebody makes no visits."""

    FORM = "day_off"

    def __init__(self) -> None:
        super().__init__()
        self.start = DateField(id="start")
        self.end = DateField(required=False, id="end")
        self.person = ChoiceField(placeholder=_("empty: everybody"), id="person")
        self.label = TextField(limit=120, id="label")

    def title_text(self) -> str:
        """What is being done."""
        return _("Days off")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("starts_on", _("From"), self.start)
        yield FormField("ends_on", _("Until"), self.end)
        yield FormField("person_id", _("For whom"), self.person)
        yield FormField("label", _("Note"), self.label)

    async def load(self, view: View) -> None:
        """Begin with the person at the keyboard."""
        del view
        persons = await self.ask(resolve.named_persons)
        me = await self.ask(lambda session: session.actor)
        self.person.set_finder(NamedFinder(persons, _("person")))
        self.prefill("person_id", lambda: self.person.fill(me))

    def operation(self) -> Operation:
        """The use case."""
        return AddDayOff.of(
            starts_on=self.start.value,
            ends_on=self.end.value,
            person_id=self.person.value,
            label=self.label.value,
        )
