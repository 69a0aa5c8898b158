"""The saved views: the window that lists them, and the form that saves one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.saved_views import LONGEST_NAME, Stored, as_json, from_json
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.exchange.view_tables import shows, whose
from socius_tui.services.looking import View
from socius_tui.services.session import Operation, Session
from socius_tui.services.view_filters import Found, all_views, screen_word, usable
from socius_tui.services.views import RemoveView, SaveView
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.looks import REMOVE_VIEW, SAVE_VIEW, VIEW_WINDOW
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.messages import OpenView
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField

_MINE, _ALL = "mine", "everybody"


class ViewsWindow(ListWindow):
    """Every view of who is at the keyboard and for everybody, those of this screen first."""

    DOES: ClassVar[tuple[Command, ...]] = VIEW_WINDOW
    BINDINGS = bindings(*VIEW_WINDOW)
    DEFAULT_CSS = """
    ViewsWindow {
        & > #window { width: 90; height: 60%; min-height: 12; }
        & #about { height: auto; max-height: 4; margin-bottom: 1; }
    }
    """

    def __init__(self, screen: str, shown: Mapping[str, Stored] | None) -> None:
        super().__init__()
        self._of = screen
        self._shown = shown
        self._views: dict[str, Found] = {}

    def heading(self) -> Content:
        """What is listed."""
        return text.styled(_("Saved views"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Show one, save what is shown, take one out, back."""
        yield text.key_hint("enter", _("show it"))
        if self._shown is not None:
            yield text.key_hint(SAVE_VIEW.key, _(SAVE_VIEW.text))
        yield text.key_hint("del", _(REMOVE_VIEW.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list, and more on the view with the cursor."""
        yield LineTable(
            (
                Column(_("View"), weight=3),
                Column(_("Screen"), 14),
                Column(_("Shows"), weight=3, from_width=64),
                Column(_("For"), weight=1, from_width=64),
            ),
            empty=_("No view was saved yet. On a list, n saves what it shows.")
            if self._shown is not None
            else _("No view was saved yet. Open a list (3, 4, 7), choose its filters, then V."),
            id="views",
        )
        yield Static(id="about")

    async def load(self) -> None:
        """Ask for them."""
        found = await host(self).session.ask(all_views)
        found.sort(key=lambda each: each.view.screen != self._of)
        self._views = {each.view.id: each for each in found}
        await self.table.show([_row(each) for each in found])
        self.tell_of(self.table.current_key)

    def tell_of(self, key: str) -> None:
        """Say in full what the view with the cursor shows, and what it has lost."""
        found = self._views.get(key)
        self.query_one("#about", Static).update(_about(found) if found else text.NOTHING)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Show it, on its screen."""
        found = self._views[message.key]
        try:
            usable(found)
        except SociusError as error:
            host(self).complain(error)
            return
        self.app.post_message(OpenView(found.view.screen, found.values))
        if found.problems:
            host(self).tell(" ".join(found.problems), title=found.view.name)
        self.dismiss(None)

    def action_save_view(self) -> None:
        """The form that saves what is shown."""
        if self._shown is None:
            host(self).tell(_("This screen has no filters to save: go to a list first (3, 4, 7)."))
            return
        self.app.push_screen(SaveViewDialog(self._of, as_json(self._shown)), self.done)

    def action_remove_view(self) -> None:
        """Take the view with the cursor out, after asking."""
        found = self._views.get(self.table.current_key)
        if found is None:
            return
        operation = RemoveView.of(view_id=found.view.id)

        def answered(yes: bool | None) -> None:
            if yes:
                self.do(operation)

        self.app.push_screen(
            ConfirmDialog(
                _("Take out the view “{name}”?").format(name=found.view.name),
                more=_("The list itself stays as it is; undo brings the view back."),
                yes=_("Take out"),
                no=_("Keep"),
            ),
            answered,
        )


def _row(found: Found) -> Row:
    view = found.view
    mark = text.styled("! ", "$status-attention") if found.problems else text.NOTHING
    return Row(
        view.id,
        (
            text.join(mark, text.plain(view.name)),
            text.plain(screen_word(view.screen)),
            text.plain(shows(found)),
            text.plain(whose(found)),
        ),
    )


def _about(found: Found) -> Content:
    """What it shows in full, and in a sentence what it has lost."""
    told = [text.spaced((text.dim(_("Shows")), text.plain(shows(found))))]
    told += [text.styled(f"! {problem}", "$status-attention") for problem in found.problems]
    return text.lines(told)


class SaveViewDialog(WriteForm):
    """A name for what a list shows; `filters` is its JSON."""

    FORM = "save_view"
    SUBJECT = ("screen_name", "filters")
    DEFAULT_CSS = "SaveViewDialog > #form { max-width: 76; }"

    def __init__(self, screen_name: str, filters: str) -> None:
        super().__init__()
        self._screen_name = screen_name
        self._filters = filters
        self.called = TextField(limit=LONGEST_NAME, id="called")
        self.whose = OptionRow(
            [(_MINE, _("for me")), (_ALL, _("for everybody"))], _MINE, id="whose"
        )

    def title_text(self) -> str:
        """What is being done."""
        return _("Save this view")

    def about(self) -> str:
        """The screen."""
        return screen_word(self._screen_name)

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("name", _("Name"), self.called)
        yield FormField("whose", _("For whom"), self.whose)

    async def load(self, view: View) -> None:
        """Say what is saved; without somebody at the keyboard it is for everybody."""
        del view
        sentence = _("What the screen {screen} shows now; a view of the same name is replaced.")
        self.context([text.prose(sentence.format(screen=screen_word(self._screen_name)))])
        if await self.ask(_nobody):
            self.prefill("whose", lambda: setattr(self.whose, "value", _ALL))

    def operation(self) -> Operation:
        """The use case."""
        return SaveView.of(
            screen=self._screen_name,
            name=self.called.value,
            filters=from_json(self._filters) or {},
            for_everybody=self.whose.value == _ALL,
        )


def _nobody(session: Session) -> bool:
    """Whether it is not known who is at the keyboard."""
    return session.actor is None
