"""Who is losing touch: the list, and the form for the rhythm of a kind of organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain import touch
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _, ngettext
from socius_tui.services.looking import View
from socius_tui.services.resolve import named_work_types
from socius_tui.services.rhythm import SetRhythm, TouchLine, losing_touch
from socius_tui.services.session import Operation, Session
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.planner import SET_RHYTHM, TOUCH_MINE, TOUCH_VISIT, TOUCH_WINDOW
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.messages import OpenOrganisation
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.number_field import NumberField
from socius_tui.ui.widgets.option_row import OptionRow

_LOOKS = {
    touch.NEVER: ("○", ""),
    touch.OVERDUE: ("▼", "$status-off-track"),
    touch.DUE: ("▲", "$status-attention"),
    touch.IN_TOUCH: ("●", "$status-on-track"),
}
_EVERY_SIZE = "every"


def _lines(session: Session, mine: bool) -> list[TouchLine]:
    return losing_touch(session, contact_person_id=session.actor if mine else None)


class TouchWindow(ListWindow):
    """Organisations that were not visited lately enough, the worst first."""

    DOES: ClassVar[tuple[Command, ...]] = TOUCH_WINDOW
    BINDINGS = bindings(*TOUCH_WINDOW)
    DEFAULT_CSS = """
    TouchWindow {
        & > #window { width: 120; max-width: 100%; height: 90%; }
        & #about { height: auto; max-height: 3; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._mine = False
        self._lines: dict[str, TouchLine] = {}

    def heading(self) -> Content:
        """Whose, and how many."""
        words = _("Losing touch: mine") if self._mine else _("Losing touch")
        return text.spaced((text.styled(words, text.STRONG), text.dim(str(len(self._lines)))))

    def hints(self) -> Iterable[Content]:
        """Visit, rhythm, mine, back."""
        for command in (TOUCH_VISIT, SET_RHYTHM, TOUCH_MINE):
            yield text.key_hint(command.key, _(command.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list; below it by which rhythm the line is judged."""
        yield LineTable(
            (
                Column("", 1),
                Column(_("Organisation"), weight=3),
                Column(_("Work type"), weight=2, from_width=84),
                Column(_("Contact person"), weight=2, from_width=104),
                Column(_("Last visit"), 12),
                Column(_("days"), 6, "right"),
                Column(_("Planned"), 12, from_width=64),
            ),
            empty=_("Everybody was visited lately enough."),
            id="touch",
        )
        yield Static(id="about")

    async def load(self) -> None:
        """Ask for them."""
        lines = await host(self).session.ask(_lines, self._mine)
        self._lines = {line.organisation_id: line for line in lines}
        self.retitle()
        await self.table.show([_row(line) for line in lines])
        self.tell_of(self.table.current_key)

    def tell_of(self, key: str) -> None:
        """The row in full."""
        line = self._lines.get(key)
        self.query_one("#about", Static).update(_about(line) if line else text.NOTHING)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """To the organisation."""
        self.dismiss(None)
        self.app.post_message(OpenOrganisation(message.key))

    def action_mine(self) -> None:
        """Only your own, or everybody's."""
        self._mine = not self._mine
        self.reload()

    def action_visit(self) -> None:
        """Log or plan a visit."""
        from socius_tui.ui.dialogs.visit import VisitDialog

        if key := self.table.current_key:
            self.app.push_screen(VisitDialog(organisation_id=key), self.done)

    def action_rhythm(self) -> None:
        """Choose a rhythm."""
        self.app.push_screen(RhythmDialog(), self.done)


def _row(line: TouchLine) -> Row:
    symbol, style = _LOOKS[line.state]
    return Row(
        line.organisation_id,
        (
            text.styled(symbol, style),
            text.plain(line.organisation),
            text.plain(line.work_type),
            text.plain(line.contact_person),
            show.day(line.last_visit) if line.last_visit else text.dim(_("never")),
            "" if line.days is None else text.styled(str(line.days), style),
            show.day(line.next_visit) if line.next_visit else "",
        ),
    )


def _about(line: TouchLine) -> Content:
    """By which rhythm, and who chose that."""
    symbol, style = _LOOKS[line.state]
    words = _("ideally every {ideal} days, at most {most}").format(
        ideal=line.rhythm.ideal_days, most=line.rhythm.maximum_days
    )
    told = words if line.chosen else _("{rhythm} (the usual; nobody chose)").format(rhythm=words)
    past = (line.days or 0) - line.rhythm.maximum_days
    late = (
        ngettext("{n} day past the most", "{n} days past the most", past).format(n=past)
        if past > 0
        else ""
    )
    return text.lines(
        (
            text.spaced(
                (text.styled(f"{symbol} {text.word(line.state)}", style), line.organisation)
            ),
            text.spaced((text.dim(told), text.plain(late))),
        )
    )


class RhythmDialog(WriteForm):
    """How long a kind of organisation may be without a visit."""

    FORM = "rhythm"

    def __init__(self) -> None:
        super().__init__()
        self.work_type = ChoiceField(required=True, placeholder=_("name"), id="work-type")
        sizes = [(_EVERY_SIZE, _("every size"))]
        sizes += [(code, text.word(code)) for code in ("small", "medium", "large")]
        self.in_size = OptionRow(sizes, _EVERY_SIZE, id="in-size")
        self.ideal = NumberField(plain=True, id="ideal")
        self.most = NumberField(plain=True, id="most")

    def title_text(self) -> str:
        """What is being done."""
        return _("Rhythm of visits")

    def about(self) -> str:
        """The work type."""
        return self.work_type.chosen.label if self.work_type.chosen is not None else ""

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("work_type_id", _("Work type"), self.work_type)
        yield FormField("size", _("Size"), self.in_size)
        yield FormField("ideal_days", _("Days, ideally"), self.ideal)
        yield FormField("maximum_days", _("Days, at most"), self.most)

    async def load(self, view: View) -> None:
        """The work types; the usual days to begin with."""
        del view
        self.work_type.set_finder(NamedFinder(await self.ask(named_work_types), _("work type")))
        self.prefill("ideal_days", lambda: self.ideal.fill(str(touch.USUAL.ideal_days)))
        self.prefill("maximum_days", lambda: self.most.fill(str(touch.USUAL.maximum_days)))

    def operation(self) -> Operation:
        """The use case."""
        if self.work_type.value is None:
            raise RuleBroken(_("Choose a work type."), field="work_type_id")
        size = self.in_size.value
        return SetRhythm.of(
            work_type_id=self.work_type.value,
            size=None if size == _EVERY_SIZE else size,
            ideal_days=self.ideal.text,
            maximum_days=self.most.text,
        )
