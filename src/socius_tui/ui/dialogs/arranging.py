"""The form that says through which place a file is exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Literal

from textual.widget import Widget

from socius_tui.errors import InvalidInput, OutOfReach, SociusError
from socius_tui.i18n import _
from socius_tui.services.looking import View
from socius_tui.services.sync.arranging import standing, wanted
from socius_tui.services.sync.beside import Wish, beside, try_place
from socius_tui.ui import text
from socius_tui.ui.beside import beside as on_a_thread
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.widgets.form_field import Edited, FormField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField


class ArrangeDialog(FormDialog[Wish]):
    """Gives the exchange that is to begin now; the place is kept once that went well."""

    WRITES = True

    def __init__(self) -> None:
        super().__init__()
        self.kind = OptionRow(
            (("folder", _("shared folder")), ("hub", "PostgreSQL")), "folder", id="kind"
        )
        self.address = TextField(limit=1000, required=True, id="address")
        self.fresh = OptionRow(
            (("there", _("it is there already")), ("new", _("begin in it"))), "there", id="fresh"
        )
        self.automatic = OptionRow(
            (("off", _("when I ask")), ("on", _("at the start and at the end"))),
            "off",
            id="automatic",
        )

    def title_text(self) -> str:
        """What is being done."""
        return _("Exchange with others")

    def save_text(self) -> str:
        """What saving is called here."""
        return _("Exchange")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("kind", _("Through"), self.kind)
        yield FormField("address", _("Where"), self.address)
        yield FormField("new", _("The folder"), self.fresh)
        yield FormField("automatic", _("Exchange"), self.automatic)

    async def load(self, view: View) -> None:
        """Begin with what was arranged."""
        del view
        found = (await self.ask(standing)).arranged
        if found is not None:
            self.prefill("kind", lambda: setattr(self.kind, "value", found.kind))
            self.prefill("address", lambda: self.address.fill(found.address))
            on = "on" if found.automatic else "off"
            self.prefill("automatic", lambda: setattr(self.automatic, "value", on))
        self._follow()

    def on_edited(self, _event: Edited) -> None:
        """What is asked depends on the kind of place."""
        self._follow()

    def _follow(self) -> None:
        folder = self.kind.value == "folder"
        field = next(f for f in self.query(FormField) if f.field == "new")
        field.display = folder
        if folder:
            self.address.placeholder = "~/Nextcloud/plan"
            said = (
                _("A folder that all laptops have: of Nextcloud or OneDrive, or a USB stick."),
                _("“Begin in it” makes it; whoever comes later finds it there already."),
            )
        else:
            self.address.placeholder = "postgresql://an@plan.example.org/socius"
            said = (_("The PostgreSQL of the team, with the account that it gave you."), "")
        self.context(text.dim(line) for line in said if line)

    async def submit(self) -> Wish:
        """See that the place can be reached, so that what is wrong stands beside it."""
        kind: Literal["folder", "hub"] = "hub" if self.kind.value == "hub" else "folder"
        fresh = kind == "folder" and self.fresh.value == "new"
        try:
            place = wanted(kind, self.address.value.strip())
            wish = Wish(place, new=fresh, automatic=self.automatic.value == "on")
            there = await self.ask(beside)
            await on_a_thread(partial(try_place, there, wish))
        except SociusError as error:
            hint = error.hint
            if isinstance(error, OutOfReach) and kind == "folder" and not fresh:
                hint = _("Start what carries the folder, or choose “begin in it” below.")
            raise InvalidInput(error.message, field="address", hint=hint) from error
        return wish
