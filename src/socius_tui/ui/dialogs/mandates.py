"""The register of mandates: who sits where, when somebody was there last, the form for one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.mandates import Mandate, MandateKind, MandateState
from socius_tui.errors import NotFound
from socius_tui.i18n import _, ngettext
from socius_tui.services import resolve
from socius_tui.services.looking import View
from socius_tui.services.representing import (
    AddMandate,
    EditMandate,
    LogAttendance,
    RetireMandate,
    register_of_mandates,
)
from socius_tui.services.session import Operation, Session
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.background import (
    ADD_MANDATE,
    ATTENDED,
    MANDATES_MINE,
    MANDATES_WINDOW,
    NEXT_KIND,
)
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import NoteField, TextField

_KINDS = (None, *MandateKind)
_LOOKS = {
    MandateState.CURRENT: ("●", "$status-on-track"),
    MandateState.UNREPRESENTED: ("▲", "$status-attention"),
    MandateState.NOT_STARTED: ("·", ""),
    MandateState.ENDED: ("×", text.DIM),
}


class _Seen(NamedTuple):
    """The lines, the day they are of, and the day on which an attendance is noted."""

    lines: list[Mandate]
    as_of: date
    today: date


def _seen(session: Session, kind: MandateKind | None, mine: bool) -> _Seen:
    person = session.actor if mine else None
    lines = register_of_mandates(session, kind=kind, person_id=person)
    return _Seen(lines, session.as_of, session.today)


class MandatesWindow(ListWindow):
    """Mandates, memberships, networks and policy watch, with the last attendance."""

    DOES: ClassVar[tuple[Command, ...]] = MANDATES_WINDOW
    BINDINGS = bindings(*MANDATES_WINDOW)
    DEFAULT_CSS = """
    MandatesWindow {
        & > #window { width: 126; max-width: 100%; height: 90%; }
        & #about { height: auto; max-height: 5; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._kind = 0
        self._mine = False
        self._seen: _Seen | None = None

    def heading(self) -> Content:
        """Which, and how many."""
        kind = _KINDS[self._kind]
        words = _("Mandates and networks") if kind is None else text.word(kind)
        count = str(len(self._seen.lines)) if self._seen is not None else ""
        mine = _("mine") if self._mine else ""
        return text.spaced((text.styled(words, text.STRONG), text.dim(count), text.dim(mine)))

    def hints(self) -> Iterable[Content]:
        """Was there, add, kind, mine, back."""
        for command in (ATTENDED, ADD_MANDATE, NEXT_KIND, MANDATES_MINE):
            yield text.key_hint(command.key, _(command.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list, and the line with the cursor in full."""
        yield LineTable(
            (
                Column("", 1),
                Column(_("Kind"), 16, from_width=84),
                Column(_("Name"), weight=3),
                Column(_("Represented by"), weight=1, from_width=60),
                Column(_("Last there"), 12),
                Column(_("days"), 6, "right"),
            ),
            empty=_("The register has nothing like that. a adds one."),
            id="mandates",
        )
        yield Static(id="about")

    async def load(self) -> None:
        """Ask for them."""
        self._seen = await host(self).session.ask(_seen, _KINDS[self._kind], self._mine)
        self.retitle()
        await self.table.show([_row(line, self._seen.as_of) for line in self._seen.lines])
        self.tell_of(self.table.current_key)

    def tell_of(self, key: str) -> None:
        """The row in full."""
        line = self._line(key)
        about = text.NOTHING
        if line is not None and self._seen is not None:
            about = _about(line, self._seen.as_of)
        self.query_one("#about", Static).update(about)

    def _line(self, key: str) -> Mandate | None:
        lines = self._seen.lines if self._seen is not None else []
        return next((line for line in lines if line.id == key), None)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Change the line."""
        self.app.push_screen(MandateDialog(mandate_id=message.key), self.done)

    def action_add(self) -> None:
        """One more."""
        self.app.push_screen(MandateDialog(), self.done)

    def action_attended(self) -> None:
        """Somebody was there today."""
        key = self.table.current_key
        if key and self._seen is not None:
            self.do(LogAttendance.of(mandate_id=key, attended_on=self._seen.today))

    def action_next_kind(self) -> None:
        """The next kind, and all."""
        self._kind = (self._kind + 1) % len(_KINDS)
        self.reload()

    def action_mine(self) -> None:
        """Only yours, or all."""
        self._mine = not self._mine
        self.reload()

    def action_remove(self) -> None:
        """Out of the register."""
        if key := self.table.current_key:
            self.do(RetireMandate.of(mandate_id=key))


def _row(line: Mandate, as_of: date) -> Row:
    symbol, style = _LOOKS[line.state(as_of)]
    days = line.days_since(as_of)
    person = text.plain(line.representative) if line.representative else text.dim(_("nobody"))
    return Row(
        line.id,
        (
            text.styled(symbol, style),
            text.dim(text.word(line.kind)),
            text.plain(line.name),
            person,
            show.day(line.attended_on) if line.attended_on else text.dim(_("never")),
            "" if days is None else str(days),
        ),
    )


def _about(line: Mandate, as_of: date) -> Content:
    """The line in full: state, who calls it together, since when, what for, where it stands."""
    state = line.state(as_of)
    symbol, style = _LOOKS[state]
    days = line.days_since(as_of)
    ago = (
        _("nobody was ever there")
        if days is None
        else ngettext("{n} day ago", "{n} days ago", days).format(n=days)
    )
    period = ""
    if line.starts_on or line.ends_on:
        period = f"{show.day(line.starts_on)} – {show.day(line.ends_on)}"
    source = _("lines {lines} of the plan").format(lines=line.source_line)
    return text.lines(
        (
            text.spaced((text.styled(f"{symbol} {text.word(state)}", style), line.name)),
            text.spaced((text.plain(line.convenor), text.plain(period), text.dim(ago))),
            text.plain(line.purpose),
            text.spaced(
                (
                    text.styled(line.goal_code, text.KEY),
                    text.dim(source) if line.source_line else "",
                )
            ),
        )
    )


class MandateDialog(WriteForm):
    """Add one to the register, or change `mandate_id`."""

    FORM = "mandate"
    SUBJECT = ("mandate_id",)

    def __init__(self, mandate_id: str | None = None) -> None:
        super().__init__()
        self._mandate_id = mandate_id
        kinds = [(kind.value, text.word(kind)) for kind in MandateKind]
        self.kind = OptionRow(kinds, MandateKind.MANDATE.value, id="kind")
        self.called = TextField(limit=200, required=True, id="called")
        self.convenor = TextField(limit=120, id="convenor")
        self.person = ChoiceField(placeholder=_("name"), id="person")
        self.start = DateField(required=False, id="start")
        self.end = DateField(required=False, id="end")
        self.purpose = NoteField(lines=3, id="purpose")

    def title_text(self) -> str:
        """What is being done."""
        return _("Change the register") if self._mandate_id else _("Add to the register")

    def about(self) -> str:
        """Its name."""
        return self.called.value

    def body(self) -> Iterable[Widget]:
        """The fields."""
        if self._mandate_id is None:
            yield FormField("kind", _("Kind"), self.kind)
        yield FormField("name", _("Name"), self.called)
        yield FormField("convenor", _("Called by"), self.convenor)
        yield FormField("representative_id", _("Represented by"), self.person)
        yield FormField("starts_on", _("From"), self.start)
        yield FormField("ends_on", _("Until"), self.end)
        yield FormField("purpose", _("Purpose"), self.purpose)

    async def load(self, view: View) -> None:
        """Fill in what is known."""
        del view
        persons = await self.ask(resolve.named_persons)
        self.person.set_finder(NamedFinder(persons, _("person")))
        if self._mandate_id is None:
            return
        known = {line.id: line for line in await self.ask(register_of_mandates)}
        old = known.get(self._mandate_id)
        if old is None:
            raise NotFound(_("This is no longer in the register."))
        self.prefill("name", lambda: setattr(self.called, "value", old.name))
        self.prefill("convenor", lambda: setattr(self.convenor, "value", old.convenor))
        self.prefill("representative_id", lambda: self.person.fill(old.representative_id))
        self.prefill("starts_on", lambda: self.start.fill(old.starts_on))
        self.prefill("ends_on", lambda: self.end.fill(old.ends_on))
        self.prefill("purpose", lambda: self.purpose.fill(old.purpose))

    def operation(self) -> Operation:
        """The use case."""
        fields = {
            "name": self.called.value,
            "convenor": self.convenor.value,
            "representative_id": self.person.value,
            "starts_on": self.start.value,
            "ends_on": self.end.value,
            "purpose": self.purpose.text,
        }
        if self._mandate_id is not None:
            return EditMandate.of(mandate_id=self._mandate_id, **fields)
        return AddMandate.of(kind=self.kind.value, **fields)
